"""Amounts, periods, deadlines and thresholds of the service standard, as pure functions with their steps."""
