"""Whose desk a shared page stands on, in any portal where people file."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from yonggong.accounts.models import User
from yonggong.cases.models import Case
from yonggong.portals.pages.site import Site
from yonggong.registry.parties import Party


class Desk(Protocol):
    """What every page of a portal knows of the request it answers. A shared page takes it after the
    request; the `at_desk` of each portal gives it one."""

    @property
    def user(self) -> User: ...
    @property
    def now(self) -> datetime: ...
    @property
    def today(self) -> date: ...
    @property
    def address(self) -> str | None: ...
    @property
    def site(self) -> Site:
        """Where the portal's pages stand."""

    @property
    def own(self) -> Party | None:
        """The party that is here itself, by its own people; None where somebody acts for it, or a
        clerk at a counter types."""

    def case(self, pk: int, *, around: bool = True) -> Case:
        """A case of the desk's own; `around` as in `get_case`. Raises `Case.DoesNotExist`."""
