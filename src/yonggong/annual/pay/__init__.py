"""年度薪酬信息: what was paid in a year (NMG-11)."""
