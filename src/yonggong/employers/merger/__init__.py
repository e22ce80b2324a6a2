"""Filing that an employer merges into another (合并)."""
