"""A person's messages: what became due, told once."""
