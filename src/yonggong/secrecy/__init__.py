"""Room `secrecy`: who looked at whose data, what is unusual about it, what is kept how long. Level 5."""
