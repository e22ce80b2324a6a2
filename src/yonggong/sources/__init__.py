"""Room `sources`: what people brought from documents: confirmed values, days-off notices. Level 3."""
