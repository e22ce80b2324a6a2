"""People who sign in, their roles and scope, and the log of what they looked at."""
