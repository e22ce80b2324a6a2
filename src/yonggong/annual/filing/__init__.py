"""年度劳动用工备案: Tables 1 to 3 of a year."""
