"""Room `counters`: what counters typed in for others, looked into by supervisors (NMG-7). Level 5."""
