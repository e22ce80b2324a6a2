"""Supervision: clues, orders to correct, who refused, inspections, and who looked at what for them."""
