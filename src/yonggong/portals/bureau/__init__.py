"""Pages of bureaus and their agencies."""
