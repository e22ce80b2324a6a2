"""The life of a case: states, routing, clock, materials, opinions, history."""
