"""What is said of a file that cannot be taken."""

from __future__ import annotations


class UploadRefused(Exception):
    """The file cannot be taken; the message says why and what to do."""
