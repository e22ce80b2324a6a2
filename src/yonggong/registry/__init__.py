"""Regions' agencies, employers and workers, as approved."""
