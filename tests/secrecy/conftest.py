"""The hall of the portals' tests serves here too."""

from tests.portals.conftest import hall, screen

__all__ = ["hall", "screen"]
