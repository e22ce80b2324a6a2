"""我要办事: what a person may apply for, found by what happened to them (life event) or by word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yonggong.cases.kinds import CaseKind
from yonggong.forms.reading import read_key, read_line
from yonggong.portals.pages import items
from yonggong.portals.person.desk import Desk, at_desk


def events_of(kind: CaseKind) -> tuple[str, ...]:
    """The life events that lead to a kind; none for one that follows no item."""
    return kind.item.events if kind.item else ()


def events(kinds: Iterable[CaseKind]) -> list[tuple[str, int]]:
    """Life events with how many of the kinds each leads to, the most first."""
    return Counter(event for kind in kinds for event in events_of(kind)).most_common()


@at_desk
@require_GET
def page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The events; or of one event, or with a word in them, what may be begun and what only a counter
    takes in. `person`: for whom."""
    wanted = read_key(request.GET.get("person", ""))
    person = desk.persons[0] if wanted is None else desk.person(wanted)
    event, asked = request.GET.get("event", ""), read_line(request.GET.get("q", ""))[:40]
    offered = items.offered(desk.user, person, desk.today)
    context = {
        "person": person,
        "persons": desk.persons,
        "event": event,
        "q": asked,
        "events": events(offered),
        "kinds": _found(offered, event, asked),
        "at_counters": _found(items.at_counters(desk.user, person, desk.today), event, asked),
        "searched": bool(event or asked),
    }
    return render(request, "portals/person/apply.html", context)


def _found(kinds: Sequence[CaseKind], event: str, asked: str) -> list[CaseKind]:
    if not event and not asked:
        return []
    return [
        kind
        for kind in kinds
        if (not event or event in events_of(kind)) and (not asked or _speaks_of(kind, asked))
    ]


def _speaks_of(kind: CaseKind, asked: str) -> bool:
    words = (kind.title, *(kind.item.words if kind.item else ()))
    return any(asked in word for word in words)
