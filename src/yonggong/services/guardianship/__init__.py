"""Whoever cares for a child, or for a parent, acts for them once an office has seen what shows it."""
