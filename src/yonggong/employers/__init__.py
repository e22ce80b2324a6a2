"""Initial, change and cancellation filing of employers."""
