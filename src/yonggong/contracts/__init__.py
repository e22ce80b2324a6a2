"""Labour contracts, their terms, and the filings on them."""
