"""Table 3 alone, between two years."""
