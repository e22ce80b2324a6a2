"""Disputes between workers and employers: mediation and arbitration, from the application to the award."""
