"""Yonggong (用工): the labour-employment filing platform."""
