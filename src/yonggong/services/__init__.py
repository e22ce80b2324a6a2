"""What items of the service standard share beyond the engine."""
