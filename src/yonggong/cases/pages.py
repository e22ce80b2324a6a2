"""What the portals' pages say and show of a kind of case: the kind declares it, the portals read it
off the kind and name none. A kind that declares nothing has the pages of all items."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, Protocol

from yonggong.cases.kept import Kept
from yonggong.forms.advice import Advice
from yonggong.policy import Policy
from yonggong.registry.parties import Party

if TYPE_CHECKING:
    from yonggong.accounts.models import User
    from yonggong.cases.attempts import Attempt
    from yonggong.cases.models import Case

Values = Mapping[str, Any]
# Of all kinds that declare no pages of their own.
ITEM = "item"


class Site(Protocol):
    """Where the pages of a portal stand; `namespace` names the portal."""

    @property
    def namespace(self) -> str:
        """That of its url names."""

    def url(self, name: str, *args: object) -> str:
        """The address of one of the portal's pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnList:
    """The list of its own on which cases of a kind are begun.

    title     its heading, and its line in the menu
    icon      of that line
    act       what the button that begins a case is called
    note      what stands above it where these rules hold
    preset    the conditions with which it opens where these rules hold
    offered   whether a case can be begun on a row on a day; None where one is begun from nothing,
              and the rows are there to be mended
    begins    the answers with which the form of a case begun on a row starts
    """

    title: str
    icon: str
    act: str
    note: Callable[[Policy], str]
    preset: Callable[[Policy], Mapping[str, str]]
    offered: Callable[[Any, date], bool] | None = None
    begins: Callable[[Any], Values] = lambda row: {}

    @property
    def from_rows(self) -> bool:
        """Whether a case is begun on one of the list's rows."""
        return self.offered is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Somebody looks at a case; everything that a panel may want to know. `kept` holds what
    one panel looked up, so that the next need not."""

    case: Case
    user: User
    site: Site
    on: date
    unmasked: bool = False
    kept: Kept = field(default_factory=Kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFact:
    """What a reviewer looks at first: what some fields of the form say, in one line.

    label    what it is called
    fields   the fields, by name; those without an answer are left out
    between  what stands between two of them
    """

    label: str
    fields: tuple[str, ...]
    between: str = "，"


# Where on the page of a case a panel stands: above all, among the facts, above what was filled in,
# beside it; with what else is known of whom it concerns, looked up once that is asked for;
# "form": above the form while it is filled in.
Place = Literal["notice", "facts", "content", "aside", "before", "form"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """What a kind shows on the page of a case beside what every case has.

    place     where it stands
    template  what draws it
    given     what its template needs; None where there is nothing to show
    portal    the only one that shows it, "" for all
    """

    place: Place
    template: str
    given: Callable[[Look], Mapping[str, Any] | None]
    portal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """What is a kind's own on the pages where its cases are filled in and shown.

    word             for its pages in addresses
    place            title of the page to which its cases belong, where it is not called as they are
    list             its own list, if it has one
    notice           name of the province's text that stands above the form of a draft
    materials_apart  whether materials are uploaded on a page after the form, not on the form
    repeats          whether whoever files one mostly files the next: the form offers it
    starts           answers with which a form that nobody has touched starts, for this applicant
    advice           what is said beside the answers before they are sent; the case, the answers as
                     understood, and where pages stand
    panels           what the page of a case shows beside what every case has
    key_facts        what stands on top for who reviews it; the first answers where it names none
    """

    word: str = ITEM
    place: str = ""
    list: OwnList | None = None
    notice: str = ""
    materials_apart: bool = False
    repeats: bool = False
    starts: Callable[[Party], Values] = lambda applicant: {}
    advice: Callable[[Case, Attempt, Site], Iterable[Advice]] = lambda case, attempt, site: ()

    panels: tuple[Panel, ...] = ()
    key_facts: tuple[KeyFact, ...] = ()

    @property
    def place_title(self) -> str:
        """Title of the page to which its cases belong; "" where it is called as they are."""
        return self.place if self.own else "其他事项"

    @property
    def own(self) -> bool:
        """Whether it has pages of its own."""
        return self.word != ITEM


ITEM_PAGES = Pages()
