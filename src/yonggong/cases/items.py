"""Which version of an item holds, and the kind of case that a version describes.

Versions are only ever added, so each is read once a process and kept; which are there is looked at
again now and then, so that a new one needs no restart. A case names its version and keeps it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Max
from django.utils import timezone

from yonggong import policy
from yonggong.cases.catalogued import kind_of, with_item
from yonggong.cases.item_models import ItemVersion
from yonggong.cases.kinds import CaseKind, all_kinds, find_kind
from yonggong.cases.now_and_then import NowAndThen
from yonggong.catalogue import own_titles
from yonggong.catalogue.book import narrowness
from yonggong.catalogue.items import Item
from yonggong.catalogue.versions import read_version
from yonggong.codes import regions

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Head:
    """A version without its content. `by_people`: an administrator's, not the package's."""

    pk: int
    key: str
    number: int
    region: str
    since: date | None
    by_people: bool

    def holds(self, region: str, on: date) -> bool:
        """Whether it holds in a region on a day, others left aside."""
        covers = not self.region or regions.covers(self.region, region)
        return covers and (self.since is None or self.since <= on)


class _Shelf:
    """What this process knows: heads by key, the one that comes first first; items by version."""

    def __init__(self) -> None:
        self.heads: Mapping[str, tuple[Head, ...]] = {}
        self.last = -1
        self.items: dict[int, Item] = {}
        self.by_people: set[int] = set()
        self.kinds: dict[int, tuple[CaseKind | None, CaseKind]] = {}
        self.taken: tuple[str, ...] = ()
        self.taken_by: tuple[int, date, int] | None = None
        self.in_use: tuple[CaseKind, ...] = ()
        self.in_use_by: tuple[object, ...] = ()


_shelf = _Shelf()


def _look() -> None:
    last = ItemVersion.objects.aggregate(last=Max("pk"))["last"] or 0
    if last == _shelf.last:
        return
    heads: dict[str, list[Head]] = {}
    columns = ("pk", "key", "number", "region_code", "holds_from", "approved_by")
    for pk, key, number, region, since, approved_by in ItemVersion.objects.values_list(*columns):
        head = Head(pk, key, number, region, since, approved_by is not None)
        heads.setdefault(key, []).append(head)
    _shelf.heads = {key: tuple(sorted(some, key=_precedence)) for key, some in heads.items()}
    _shelf.last = last


_looked = NowAndThen(_look)


def refresh() -> None:
    """Look at which versions there are now."""
    _looked.now()


def forget() -> None:
    """Know nothing again (tests, whose versions are taken back)."""
    _shelf.__init__()  # type: ignore[misc]
    _looked.forget()


def _precedence(head: Head) -> tuple[int, int, int]:
    """A city before its province before everywhere; the day begun last, the version added last."""
    day = head.since.toordinal() if head.since else 0
    return (-narrowness(head.region), -day, -head.number)


def _heads() -> Mapping[str, tuple[Head, ...]]:
    _looked.if_due()
    return _shelf.heads


# --- versions ----------------------------------------------------------------------------------


def head_of(key: str, *, region: str, on: date) -> Head | None:
    """The version of an item that holds in a region on a day; None where none does."""
    return next((head for head in _heads().get(key, ()) if head.holds(region, on)), None)


def heads_in(region: str, on: date) -> tuple[Head, ...]:
    """The versions that hold in a region on a day, one an item, in the order of their coming."""
    found = (head_of(key, region=region, on=on) for key in _heads())
    heads = tuple(head for head in found if head is not None)
    read_together(head.pk for head in heads)
    return heads


def is_taken(head: Head, rules: policy.Policy) -> bool:
    """Whether applications for it are taken where `rules` hold: what came with the package waits for a
    province to take it, what its own administrators approved is taken."""
    return head.by_people or rules.accepts(head.key)


def item_of(version: int) -> Item:
    """The item that a version describes. Raises `ItemVersion.DoesNotExist`."""
    item = _shelf.items.get(version)
    return _keep(ItemVersion.objects.get(pk=version)) if item is None else item


def _keep(row: ItemVersion) -> Item:
    item = read_version(row.content, region=row.region_code, since=row.holds_from)
    _shelf.items[row.pk] = item
    if row.approved_by_id is not None:
        _shelf.by_people.add(row.pk)
    return item


def read_together(versions: Iterable[int]) -> None:
    """Read those that are not known yet by one query: a province may take a whole standard."""
    unknown = [version for version in versions if version not in _shelf.items]
    if len(unknown) > 1:
        for row in ItemVersion.objects.filter(pk__in=unknown):
            _keep(row)


# --- kinds -------------------------------------------------------------------------------------


def definition_of(name: str, version: int | None) -> CaseKind:
    """The kind of a case that names a version of its item; of one that names none, as the code or
    the latest version has it. Raises KeyError for a kind that there is not."""
    if version is None:
        return kind_called(name)
    coded = find_kind(name)
    held = _shelf.kinds.get(version)
    if held is None or held[0] is not coded:
        item, taken = item_of(version), version in _shelf.by_people
        kind = (
            with_item(coded, item, version=version)
            if coded
            else kind_of(item, version=version, taken=taken)
        )
        held = _shelf.kinds[version] = (coded, kind)
    return held[1]


def kind_called(name: str) -> CaseKind:
    """The kind called `name`, wherever it holds: with code of its own, or from data, as its latest
    version has it. Raises KeyError."""
    coded = find_kind(name)
    if coded is not None:
        return coded
    latest = _latest(name)
    if latest is None:
        raise KeyError(name)
    return definition_of(name, latest)


def latest_of(keys: Iterable[str]) -> dict[str, Item]:
    """The items called so as their newest version has them, wherever that holds; those that have one."""
    versions = {key: version for key in keys if (version := _latest(key)) is not None}
    read_together(versions.values())
    return {key: item_of(version) for key, version in versions.items()}


def _latest(name: str) -> int | None:
    return max((head.pk for head in _heads().get(name, ())), default=None)


def holding(kind: CaseKind, *, region: str, on: date) -> CaseKind:
    """`kind` as the version of its item has it that holds in a region on a day; as it is where none
    does."""
    head = head_of(kind.name, region=region, on=on)
    return kind if head is None else definition_of(kind.name, head.pk)


def kinds_in_use() -> tuple[CaseKind, ...]:
    """Every kind that there may be cases of: those with code of their own, and from data those that
    some region takes. Asked several times a page, reckoned as seldom as `_taken`."""
    taken, coded = _taken(timezone.localdate()), all_kinds()
    known = (_shelf.taken_by, coded)
    if _shelf.in_use_by != known:
        read_together(filter(None, map(_latest, taken)))
        _shelf.in_use = (*coded, *map(kind_called, taken))
        _shelf.in_use_by = known
    return _shelf.in_use


def of_kinds_in_use(reckon: Callable[[Sequence[CaseKind]], _T]) -> Callable[[], _T]:
    """What `reckon` makes of the kinds in use, asked for often and reckoned again only when these change."""
    kept: tuple[Sequence[CaseKind], _T] | None = None

    def reckoned() -> _T:
        nonlocal kept
        kinds, known = kinds_in_use(), kept
        if known is None or known[0] is not kinds:
            known = kept = kinds, reckon(kinds)
        return known[1]

    return reckoned


def kinds_for(region: str, on: date) -> list[CaseKind]:
    """The kinds that may be begun in a region on a day, as they hold there."""
    rules = policy.of(region, on)
    coded = (holding(kind, region=region, on=on) for kind in all_kinds())
    held = (head_of(key, region=region, on=on) for key in _from_data())
    heads = [head for head in held if head and is_taken(head, rules)]
    read_together(head.pk for head in heads)
    data = (definition_of(head.key, head.pk) for head in heads)
    return [*(kind for kind in coded if rules.accepts(kind.name)), *data]


def _from_data() -> Iterator[str]:
    """The keys of items that have no code; the platform's own wait for theirs."""
    own = own_titles()
    return (key for key in _heads() if key not in own and find_kind(key) is None)


def _taken(on: date) -> tuple[str, ...]:
    """The keys of items from data that some region takes; reckoned once a day, once for each change
    of versions or policies."""
    _heads()  # looks again, where it is time to
    known = (_shelf.last, on, id(policy.default_book()))
    if _shelf.taken_by != known:
        _shelf.taken = tuple(key for key in _from_data() if _taken_somewhere(key, on))
        _shelf.taken_by = known
    return _shelf.taken


def _taken_somewhere(key: str, on: date) -> bool:
    return any(is_taken(head, policy.of(head.region, on)) for head in _heads()[key])
