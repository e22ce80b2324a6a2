"""Starting, checking and supervising an installation. See README.md."""
