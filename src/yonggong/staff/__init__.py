"""Accounts of bureaus and community platforms as cases: applied for, opined on, created, granted, handed
over, frozen."""
