"""The hall of the portals' tests serves here too."""

from tests.portals.conftest import hall

__all__ = ["hall"]
