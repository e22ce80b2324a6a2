"""Room `codes`: identifiers, code tables, regions, the working-day calendar. Level 0."""
