"""Demonstration data: three provinces' agencies, employers, workers and contracts, from a seed."""
