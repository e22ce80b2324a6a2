"""Whether the two sides of a dispatch filed the same (filing measures of Inner Mongolia, Art. 6).

The sides are matched by themselves: the worker, the dispatcher, the user unit, and periods that meet.
Nothing of it is kept: it is looked at whenever it is asked, so that it is right after every approval,
correction and withdrawal. Of the other side nothing is told but what both must agree on, and only
where each names the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce

from yonggong.cases.life import State
from yonggong.contracts.fields import DISPATCH_FIELDS, PAY_FIELDS, WORK_FIELDS
from yonggong.contracts.models import Contract, Posting
from yonggong.forms import Field
from yonggong.forms.view import line

# What both sides must agree on, and all that is told of the other.
AGREED = (
    "dispatch_start_on",
    "dispatch_end_on",
    "dispatch_post",
    "job",
    "workplace",
    "hours_system",
    "base_pay",
)
_ASKED = {item.name: item for item in (*DISPATCH_FIELDS, *WORK_FIELDS, *PAY_FIELDS)}
_FIELDS: dict[str, Field] = {name: _ASKED[name] for name in AGREED}
AGREES, DIFFERS, ALONE = "agrees", "differs", "alone"
STANDINGS = ((AGREES, "双方一致"), (DIFFERS, "双方不一致"), (ALONE, "对方未备案"))
_FILED = (State.PENDING, State.APPROVED)


def postings(but: int | None = None) -> QuerySet[Posting]:
    """What user units filed and now holds: of several filings of one dispatch the last one, and what
    was changed or ended as it was changed. As if the case of key `but` were not there."""
    others = Posting.objects.filter(state__in=_FILED).exclude(case=but)
    later = others.filter(
        worker=OuterRef("worker"),
        user_unit=OuterRef("user_unit"),
        dispatcher_code=OuterRef("dispatcher_code"),
        start_on__lte=OuterRef("end_on"),
        end_on__gte=OuterRef("start_on"),
        case__gt=OuterRef("case"),
    )
    return others.filter(~Exists(later), ~_changed(others))


def _changed(others: QuerySet[Posting]) -> Exists:
    """Whether a posting was changed or ended by one of the others."""
    return Exists(others.filter(replaces=OuterRef("case")))


def sent() -> QuerySet[Contract]:
    """The contracts in force of workers whom their employer sends to another unit."""
    named = Contract.objects.filter(~Q(user_unit_code=""), state=Contract.State.ACTIVE)
    return named.exclude(user_unit_code=F("employer__credit_code"))


def with_contract(rows: QuerySet[Posting]) -> QuerySet[Any]:
    """The postings with `standing` and `other`, the key of the dispatcher's contract that matches."""
    theirs = _dated(
        Contract.objects.filter(
            Q(state=Contract.State.ACTIVE)
            | Q(state=Contract.State.ENDED, ended_on__gte=OuterRef("start_on")),
            worker=OuterRef("worker"),
            employer__credit_code=OuterRef("dispatcher_code"),
            user_unit_code=OuterRef("user_unit__credit_code"),
        ),
        "current__current__data",
    ).filter(posted_on__lte=OuterRef("end_on"), posted_until__gte=OuterRef("start_on"))
    return _annotated(rows, theirs, own="case__current__data", other="current__current__data")


def with_posting(rows: QuerySet[Contract]) -> QuerySet[Any]:
    """Contracts with `standing` and `other`, the key of the user unit's filing that matches."""
    filed = Posting.objects.filter(state__in=_FILED)
    theirs = filed.filter(
        ~_changed(filed),
        worker=OuterRef("worker"),
        dispatcher_code=OuterRef("employer__credit_code"),
        user_unit__credit_code=OuterRef("user_unit_code"),
        start_on__lte=OuterRef("posted_until"),
        end_on__gte=OuterRef("posted_on"),
    )
    dated = _dated(rows, "current__current__data")
    return _annotated(dated, theirs, own="current__current__data", other="case__current__data")


def _dated(rows: QuerySet[Contract], data: str) -> QuerySet[Any]:
    return rows.annotate(
        posted_on=_day_in(data, "dispatch_start_on"),
        posted_until=_day_in(data, "dispatch_end_on"),
    )


def _day_in(data: str, name: str) -> Cast:
    return Cast(KeyTextTransform(name, data), DateField())


def _annotated(rows: QuerySet[Any], theirs: QuerySet[Any], *, own: str, other: str) -> Any:
    """`rows` with what the last of `theirs` says beside each of them; `own` and `other` lead to what
    each side filed."""
    rows = rows.annotate(**{f"own_{name}": KeyTextTransform(name, own) for name in AGREED})
    theirs = theirs.annotate(**{f"their_{name}": KeyTextTransform(name, other) for name in AGREED})
    same = Q(**{f"their_{name}": OuterRef(f"own_{name}") for name in AGREED})
    verdict = Case(When(same, then=Value(AGREES)), default=Value(DIFFERS))
    last = theirs.order_by("-pk")
    return rows.annotate(
        other=Subquery(last.values("pk")[:1]),
        standing=Coalesce(
            Subquery(last.annotate(verdict=verdict).values("verdict")[:1]),
            Value(ALONE),
            output_field=CharField(),
        ),
    )


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing that both must agree on, as each filed it; `same` where they do."""

    label: str
    own: str
    other: str
    same: bool


def compared(own: dict[str, Any], other: dict[str, Any]) -> list[Compared]:
    """The two sides beside each other, from what each filed as it is stored."""
    return [
        Compared(item.label, _said(item, own), _said(item, other), own.get(name) == other.get(name))
        for name, item in _FIELDS.items()
    ]


def _said(item: Field, stored: dict[str, Any]) -> str:
    held = stored.get(item.name)
    return line(item, None if held is None else item.type.load(item, held)).text
