"""What waits for whom, and the messages that say so."""
