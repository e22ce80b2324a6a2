"""Filing that an employer has changed (变更备案)."""
