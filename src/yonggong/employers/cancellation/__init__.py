"""Filing that an employer closes (注销备案)."""
