"""What the registration authorities say of an employer beside what it has filed (NMG-4, NMG-6): where
they differ, the employer is asked to file it within the time that its province sets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from yonggong import policy
from yonggong.accounts.models import User
from yonggong.codes import regions, tables
from yonggong.employers.models import AskedFiling
from yonggong.registry import feeding
from yonggong.registry.models import Employer, Registration

# What the law sets a time for, where it changes (内人社发〔2014〕95号第九条第二项).
TIMED = ("name", "legal_representative", "economic_type")
_DEADLINES: dict[str, policy.Event] = {"change": "employer_changed", "cancel": "employer_closed"}


@dataclass(frozen=True, slots=True)
class Line:
    """One particular: as registered and as filed, in words, and whether the two differ."""

    label: str
    registered: str
    filed: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """A registration beside what is filed; `asked` what the employer is asked to file by it."""

    registration: Registration
    lines: list[Line]
    asked: list[AskedFiling]

    @property
    def differs(self) -> bool:
        """Whether anything does."""
        return any(line.differs for line in self.lines)


_COMPARED = {
    "name": "单位名称",
    "legal_representative": "法定代表人",
    "economic_type": "经济类型",
    "address": "住所（通讯地址）",
    "region_code": "登记地（行政区划）",
}


def beside(employer: Employer, filed: Mapping[str, Any] | None = None) -> Beside | None:
    """The registration of an employer beside what it has filed, or beside the values of a form; what
    the authority leaves open apart. None where nothing came in."""
    registration = registration_of(employer)
    if registration is None:
        return None
    lines = []
    for name, label in _COMPARED.items():
        registered = getattr(registration, name)
        said = (getattr(employer, name) if filed is None else filed.get(name)) or ""
        if registered:
            words = _in_words(name, registered), _in_words(name, said)
            lines.append(Line(label, *words, bool(said) and registered != said))
    return Beside(registration, lines, open_of(employer))


def registration_of(employer: Employer) -> Registration | None:
    """What the registration authorities say of an employer, if anything came in."""
    return Registration.objects.filter(credit_code=employer.credit_code).first()


def _in_words(name: str, value: str) -> str:
    if not value:
        return ""
    if name == "economic_type":
        return tables.table("economic_type").label(value)
    return regions.full_name(value) if name == "region_code" else value


def differing(employer: Employer, registration: Registration) -> list[str]:
    """The columns whose change must be filed, and has not been."""
    return [
        name
        for name in TIMED
        if (said := getattr(registration, name)) and said != getattr(employer, name)
    ]


def open_of(employer: Employer) -> list[AskedFiling]:
    """What the employer is asked to file now."""
    return list(AskedFiling.objects.filter(employer=employer, settled_at=None).order_by("due_on"))


def labels_of(asked: AskedFiling) -> str:
    """In words, what differs."""
    return "、".join(_COMPARED[name] for name in asked.differs)


@transaction.atomic
def take_in(
    *,
    columns: Mapping[str, Sequence[object]],
    numbers: Sequence[int],
    source: str,
    by: User,
    now: datetime,
    address: str | None,
) -> tuple[feeding.Taken, int]:
    """Take in registrations (`registry.feeding.take`), and ask the employers that they change; how many
    of these are asked for something new."""
    taken = feeding.take(
        columns=columns, numbers=numbers, source=source, by=by, now=now, address=address
    )
    touched = Employer.objects.filter(credit_code__in=taken.codes).values_list("pk", flat=True)
    return taken, compare(touched, now=now)


@transaction.atomic
def compare(employers: Iterable[int], *, now: datetime) -> int:
    """Ask these employers (keys) for what their registration says and they have not filed; settle
    what now agrees. How many are asked for something new."""
    found = {
        employer.credit_code: employer
        for employer in Employer.objects.filter(pk__in=list(employers))
    }
    registered = {
        row.credit_code: row for row in Registration.objects.filter(credit_code__in=list(found))
    }
    open_now = {
        (asked.employer_id, asked.act): asked
        for asked in AskedFiling.objects.select_for_update()
        .filter(employer__in=[employer.pk for employer in found.values()], settled_at=None)
        .order_by("pk")
    }
    added = []
    for code, registration in registered.items():
        employer = found[code]
        for act, (differs, since) in _wanted(employer, registration, now).items():
            held = open_now.pop((employer.pk, act), None)
            if held is None:
                added.append(_asked(employer, act, differs, since, now))
            elif held.differs != differs:
                held.differs = differs
                held.save(update_fields=["differs"])
    AskedFiling.objects.filter(pk__in=[asked.pk for asked in open_now.values()]).update(
        settled_at=now
    )
    AskedFiling.objects.bulk_create(added, ignore_conflicts=True)
    return len(added)


def _wanted(
    employer: Employer, registration: Registration, now: datetime
) -> Mapping[str, tuple[list[str], date]]:
    """What the employer must file by its registration: the act, what differs, since when."""
    if not employer.is_filed:
        return {}
    if registration.is_over:
        assert registration.state_on is not None
        return {AskedFiling.Act.CANCEL: ([], registration.state_on)}
    if differs := differing(employer, registration):
        since = registration.changed_on or timezone.localdate(now)
        return {AskedFiling.Act.CHANGE: (differs, since)}
    return {}


def _asked(
    employer: Employer, act: str, differs: list[str], since: date, now: datetime
) -> AskedFiling:
    rules = policy.of(employer.region_code, timezone.localdate(now))
    return AskedFiling(
        employer=employer,
        act=act,
        differs=differs,
        since=since,
        due_on=rules.deadline(_DEADLINES[act]).due(since),
        asked_at=now,
    )


def begun_with(employer: Employer) -> dict[str, Any]:
    """What the initial filing begins with, as registered; nothing where no registration came in, or
    it is over."""
    registration = registration_of(employer)
    if registration is None or registration.is_over:
        return {}
    known = {
        "name": registration.name,
        "region_code": registration.region_code,
        "licence_on": registration.registered_on,
        "legal_representative": registration.legal_representative,
        "address": registration.address,
        "economic_type": registration.economic_type,
    }
    return {name: value for name, value in known.items() if value}


def changed_to(employer: Employer) -> dict[str, Any]:
    """What a change begins with beside what is filed: what is registered otherwise, and since when."""
    registration = registration_of(employer)
    if registration is None or registration.is_over:
        return {}
    differs = differing(employer, registration)
    if not differs:
        return {}
    return {
        **{name: getattr(registration, name) for name in differs},
        "change_kind": "3",
        "changed_on": registration.changed_on,
    }


def closed_by(employer: Employer) -> dict[str, Any]:
    """What a cancellation begins with: that the registration is over, and since when."""
    registration = registration_of(employer)
    if registration is None or not registration.is_over:
        return {}
    return {
        "closed_on": registration.state_on,
        "reason": f"登记机关（{registration.get_register_display()}）{registration.get_state_display()}",
    }
