"""Conditions people put on a list. Each reads its own parameters and never raises on them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from django.db.models import Q, QuerySet
from django.utils import timezone

from yonggong.codes import regions
from yonggong.codes.identifiers import CodeError
from yonggong.codes.normalise import plain
from yonggong.codes.pinyin import is_spelled
from yonggong.codes.tables import Code, table
from yonggong.forms.reading import is_blank, read_date
from yonggong.listings import sought

if TYPE_CHECKING:
    from yonggong.accounts.models import User

_MAX_TEXT = 60
_MOST_RELATED = 1000

Params = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a condition."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a condition made of its parameters.

    typed     parameter → what was sent, to be asked again and shown
    shown     the same, where it is shown otherwise than it stands in an address
    q         the rows wanted; None where the condition is not used, or cannot be read
    bound     what `q` implies of the field that the list is ordered by; None where nothing
    words     the condition in words, for exports; empty where it is not used
    problem   what is wrong with it, for the person who typed it; empty where nothing is
    blocks    `q`, where an index keeps the ranges of its field and of the key for each block of
              rows (BRIN); None where none does
    """

    typed: Mapping[str, str] = field(default_factory=dict)
    q: Q | None = None
    words: str = ""
    problem: str = ""
    bound: Q | None = None
    blocks: Q | None = None
    shown: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Condition(ABC):
    """One condition of a list: its name in addresses, its label, whether it always shows.

    A condition that is not `prominent` is folded away until people ask for more conditions.
    """

    name: str
    label: str
    hint: str = ""
    prominent: bool = True
    widget: ClassVar[str] = "text"
    # Whether what is typed must not stand in an address as it is.
    personal: ClassVar[bool] = False

    @property
    def params(self) -> tuple[str, ...]:
        """The parameters it reads."""
        return (self.name,)

    @abstractmethod
    def read(self, params: Params, user: User) -> Reading:
        """What was asked. Never raises: what cannot be read is a problem beside the condition."""

    def choices_for(self, user: User) -> Sequence[Choice]:
        """The choices to offer, where there are any."""
        return ()


def _one(params: Params, name: str) -> str:
    values = params.get(name) or ("",)
    # As people type it with an input method at full width.
    return values[-1].replace("\u3000", " ").strip()


@dataclass(frozen=True, kw_only=True)
class TextCondition(Condition):
    """A text in one field. `contains` reads every row of the scope: only for lists that stay
    short (one employer's own), everything else is found by its beginning.

    field      may be several fields, any of which may match
    normalise  what brings what was typed to the form that is stored (`plain` for numbers and
               codes, `codes.names` for names); where the fields hold several forms, each
               is sought
    spelled    user and letters → keys of the rows whose name begins so in pinyin or initials
    """

    field: str | tuple[str, ...]
    match: Literal["prefix", "exact", "contains"] = "prefix"
    normalise: tuple[Callable[[str], str], ...] = (str,)
    spelled: Callable[[User, str], QuerySet[Any, int]] | None = None

    def read(self, params: Params, user: User) -> Reading:
        raw = _one(params, self.name)
        typed = {self.name: raw[:_MAX_TEXT]}
        texts = list(dict.fromkeys(form(raw) for form in self.normalise))
        text = texts[0]
        if not all(texts):
            return Reading(typed)
        if len(text) > _MAX_TEXT or not text.isprintable():
            return Reading(typed, problem=f"{self.label}不超过{_MAX_TEXT}个字，不含特殊字符。")
        how = {"prefix": "startswith", "exact": "exact", "contains": "contains"}[self.match]
        fields = (self.field,) if isinstance(self.field, str) else self.field
        wanted = Q()
        for name, form in product(fields, texts):
            wanted |= Q(**{f"{name}__{how}": form})
        if self.spelled and is_spelled(raw):
            keys = list(self.spelled(user, raw)[: _MOST_RELATED + 1])
            if len(keys) > _MOST_RELATED:
                return self._too_many(typed)
            wanted |= Q(pk__in=keys)
        verb = {"prefix": "以“{}”开头", "exact": "“{}”", "contains": "包含“{}”"}[self.match]
        return Reading(typed, wanted, f"{self.label}：{verb.format(text)}")

    def _too_many(self, typed: Mapping[str, str]) -> Reading:
        problem = f"符合该{self.label}的超过{_MOST_RELATED}个，请输入得更完整一些。"
        return Reading(typed, problem=problem)


@dataclass(frozen=True, kw_only=True)
class RelatedTextCondition(TextCondition):
    """A text in a field of what the rows refer to (the employer of a contract, say).

    What is referred to is looked up first, so that the list itself is sought by its own column: a
    join with a beginning that fits everything would read every row.

    field    in the related rows, and must be indexed there
    related  user → the related rows to look among
    to       field of the list's rows that refers to them
    q        keys of related rows → the rows wanted, where no field of theirs refers to them
    """

    related: Callable[[User], QuerySet[Any]]
    to: str = ""
    q: Callable[[list[int]], Q] | None = None

    def read(self, params: Params, user: User) -> Reading:
        reading = super().read(params, user)
        if reading.q is None:
            return reading
        found = self.related(user).filter(reading.q).order_by()
        keys = list(found.values_list("pk", flat=True)[: _MOST_RELATED + 1])
        if len(keys) > _MOST_RELATED:
            return self._too_many(reading.typed)
        wanted = self.q(keys) if self.q else Q(**{f"{self.to}__in": keys})
        return Reading(reading.typed, wanted, reading.words)


@dataclass(frozen=True, kw_only=True)
class DigestCondition(Condition):
    """A sealed number, found by its keyed digest: only whole.

    digests  the normalised number → the digests it may be stored under. Raises ValueError with a
             message for the person who typed it where it can't be such a number
    q        digests → the rows wanted, where that is not `field` among them
    The number itself does not go into exports: `words` masks it; nor into addresses (`sought`).
    """

    personal: ClassVar[bool] = True

    field: str = ""
    digests: Callable[[str], Sequence[bytes]]
    q: Callable[[Sequence[bytes]], Q] | None = None

    def read(self, params: Params, user: User) -> Reading:
        try:
            text = plain(sought.opened(_one(params, self.name), user))
        except ValueError as error:
            return Reading({self.name: ""}, problem=str(error))
        shown = {self.name: text[:_MAX_TEXT]}
        typed = {self.name: sought.hidden(text[:_MAX_TEXT], user)}
        if not text:
            return Reading(typed)
        if len(text) > _MAX_TEXT or not text.isprintable():
            return Reading(typed, problem=f"请输入完整、正确的{self.label}。", shown=shown)
        try:
            digests = self.digests(text)
        except ValueError as error:
            return Reading(typed, problem=str(error), shown=shown)
        hidden = f"{text[:4]}…{text[-2:]}" if len(text) > 8 else "…"
        wanted = self.q(digests) if self.q else Q(**{f"{self.field}__in": list(digests)})
        return Reading(typed, wanted, f"{self.label}：{hidden}", shown=shown)


@dataclass(frozen=True, kw_only=True)
class ChoiceCondition(Condition):
    """One of some choices. Exactly one of `choices`, `table` (a code table's name), `options`
    (what a person may choose) is given.

    q      code → the rows wanted, where that is not `field` = code
    below  with `table`: a chosen code also finds the codes under it
    """

    widget: ClassVar[str] = "choice"

    field: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    table: str | None = None
    options: Callable[[User], Iterable[tuple[str, str]]] | None = None
    q: Callable[[str], Q] | None = None

    def choices_for(self, user: User) -> Sequence[Choice]:
        if self.table:
            return tuple(Choice(line.code, line.name) for line in table(self.table))
        offered = self.options(user) if self.options else self.choices
        return tuple(Choice(code, label) for code, label in offered)

    def read(self, params: Params, user: User) -> Reading:
        code = _one(params, self.name)
        if not code:
            return Reading({self.name: ""})
        label = next((item.label for item in self.choices_for(user) if item.code == code), None)
        if label is None:
            return Reading({self.name: ""}, problem=f"请从列表中选择{self.label}。")
        wanted = self.q(code) if self.q else Q(**{self.field: code})
        return Reading({self.name: code}, wanted, f"{self.label}：{label}")


@dataclass(frozen=True, kw_only=True)
class YesNoCondition(Condition):
    """Yes, no, or either."""

    widget: ClassVar[str] = "choice"

    yes: Q
    no: Q
    yes_label: str = "是"
    no_label: str = "否"

    def choices_for(self, user: User) -> Sequence[Choice]:
        return (Choice("1", self.yes_label), Choice("0", self.no_label))

    def read(self, params: Params, user: User) -> Reading:
        answer = _one(params, self.name)
        if not answer:
            return Reading({self.name: ""})
        if answer not in ("0", "1"):
            return Reading({self.name: ""}, problem=f"请从列表中选择{self.label}。")
        wanted, words = (self.yes, self.yes_label) if answer == "1" else (self.no, self.no_label)
        return Reading({self.name: answer}, wanted, f"{self.label}：{words}")


@dataclass(frozen=True, kw_only=True)
class DateRangeCondition(Condition):
    """A day from, a day to, both included, either may be left open.

    moment  where the field holds a time: the day is then one of the calendar in Shanghai
    after   another field, a time that is never later than this one: the last day holds for it too,
            so that a list in its order can begin where the rows are
    only    what every row that has a day in the field is, so that an index of such rows serves
    blocks  an index keeps the ranges of the field and of the key for each block of rows
    """

    widget: ClassVar[str] = "dates"

    field: str
    moment: bool = False
    after: str = ""
    only: Q | None = None
    blocks: bool = False

    @property
    def params(self) -> tuple[str, ...]:
        return (f"{self.name}_from", f"{self.name}_to")

    def read(self, params: Params, user: User) -> Reading:
        texts = [_one(params, name) for name in self.params]
        typed = {name: text[:_MAX_TEXT] for name, text in zip(self.params, texts, strict=True)}
        try:
            first, last = (
                None if is_blank(text) else read_date(text, serials=False) for text in texts
            )
        except CodeError as error:
            return Reading(typed, problem=f"{self.label}{error.message_zh}，{error.remedy_zh}。")
        # Shown again as they were understood.
        days = zip(self.params, (first, last), strict=True)
        typed = {name: day.isoformat() if day else "" for name, day in days}
        if first is None and last is None:
            return Reading(typed)
        if first and last and first > last:
            return Reading(typed, problem=f"{self.label}的起始日期不能晚于截止日期。")
        wanted, bound = self.only or Q(), None
        if first:
            wanted &= Q(**{f"{self.field}__gte": _midnight(first) if self.moment else first})
        if last:
            end = last + timedelta(days=1)
            wanted &= Q(**{f"{self.field}__lt": _midnight(end) if self.moment else end})
            bound = Q(**{f"{self.after}__lt": _midnight(end)}) if self.after else None
        words = f"{self.label}：{first or '不限'} 至 {last or '不限'}"
        return Reading(typed, wanted, words, bound=bound, blocks=wanted if self.blocks else None)


def _midnight(day: date) -> datetime:
    # Bounds, not a cast of the field: only so can an index on the time be used.
    return timezone.make_aware(datetime.combine(day, time.min))


@dataclass(frozen=True, kw_only=True)
class RegionCondition(Condition):
    """A region with all that lies below it.

    within  user → the regions their choices are taken from, each with what lies below it
    """

    widget: ClassVar[str] = "region"

    field: str
    within: Callable[[User], Sequence[str]]

    def choices_for(self, user: User) -> Sequence[Choice]:
        return tuple(choice for code in self.within(user) for choice in _region_and_below(code))

    def read(self, params: Params, user: User) -> Reading:
        code = _one(params, self.name)
        if not code:
            return Reading({self.name: ""})
        label = next((item.label for item in self.choices_for(user) if item.code == code), None)
        if label is None:
            return Reading({self.name: ""}, problem=f"请从列表中选择{self.label}。")
        low, high = regions.span(code)
        wanted = Q(**{f"{self.field}__gte": low, f"{self.field}__lt": high})
        return Reading({self.name: code}, wanted, f"{self.label}：{label.strip()}")


@cache
def _region_and_below(code: str) -> tuple[Choice, ...]:
    """A region and those below it down to the county, each set in by its depth."""
    return tuple(_tree(table("region").get(code), 0))


def _tree(line: Code, depth: int) -> Iterator[Choice]:
    # Grouping lines (市辖区) are no regions: what lies below them stands in their place.
    grouping = bool(line.extras.get("grouping"))
    if not grouping:
        yield Choice(line.code, "　" * depth + line.name)
    for child in table("region").children(line.code):
        yield from _tree(child, depth if grouping else depth + 1)
