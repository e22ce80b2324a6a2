"""Filing that an employer is split (分立)."""
