"""The user guide within the platform, for those signed in."""
