"""An employer's whole workforce on a day, counted from its contracts and endings.

Single endings that add up to a layoff, the share of dispatched workers, persons whom nobody has
given a new contract: what no filing shows alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, Q

from yonggong import law, policy
from yonggong.cases.life import State
from yonggong.contracts import dispatch
from yonggong.contracts.models import Contract, Filing
from yonggong.contracts.on_record import layoff_on_record
from yonggong.contracts.queries import run_out
from yonggong.law.facts import WorkforceFacts
from yonggong.law.findings import Finding
from yonggong.law.periods import add_months
from yonggong.law.rules.workforce import REHIRE_MONTHS
from yonggong.registry.actions import document_digest
from yonggong.registry.models import Employer

Values = Mapping[str, Any]

# The law names no span within which layoffs add up; a quarter is this platform's own measure.
WINDOW_DAYS = 90
_LAYOFF = "41"
# By agreement at the employer's wish, and for a change of circumstances: what a layoff in parts
# looks like.
_LIKE_LAYOFF = ("3601", "4003")


@dataclass(frozen=True, slots=True)
class Adding:
    """Endings about to be filed, not in the database yet.

    `layoff_reported` is what they say of the report to the bureau; None where they do not say.
    """

    layoffs: int = 0
    layoff_like: int = 0
    layoff_reported: bool | None = None


NOTHING = Adding()


def workforce_findings(employer: Employer, on: date) -> list[Finding]:
    """What the law says of an employer's workforce on a day, weighed by its region's policy; for
    the pages of the employer and of its bureau."""
    rules = policy.of(employer.region_code, on)
    found = law.check_workforce(workforce_facts(employer, on), on)
    return [rules.weigh(finding, on=on) for finding in found]


def workforce_facts(employer: Employer, on: date) -> WorkforceFacts:
    """Count the workforce of `employer` on a day.

    `without_contract_count` counts persons in post whose term ran out over a month ago and who
    were neither renewed nor ended. Counts of a day past are of the filings known today.
    """
    return WorkforceFacts(
        contract_count=headcount(employer),
        dispatched_count=_dispatched(employer),
        without_contract_count=_run_out(employer, on),
        **_layoffs(employer, on, NOTHING),
        **_rehiring(employer, laid_off_on(employer, on)),
    )


def _in_force() -> Q:
    return Q(state=Contract.State.ACTIVE)


def headcount(employer: Employer) -> int:
    """Persons with a labour contract with the employer; those it uses from a dispatcher are not."""
    every = Contract.objects.filter(_in_force(), employer=employer).count()
    used = Contract.objects.filter(
        _in_force(), employer=employer, user_unit_code=employer.credit_code
    ).count()
    return every - used


def _dispatched(employer: Employer) -> int:
    """Persons dispatched to the employer, whichever side filed them."""
    found: int = (
        Contract.objects.filter(_in_force(), user_unit_code=employer.credit_code)
        .exclude(user_unit_code="")
        .aggregate(persons=Count("worker", distinct=True))["persons"]
    )
    return found


def _run_out(employer: Employer, on: date) -> int:
    return run_out(on).filter(employer=employer).count()


def _endings(employer: Employer) -> Any:
    return Filing.objects.filter(
        employer=employer,
        kind=Filing.Kind.ENDING,
        state__in=(State.PENDING, State.APPROVED),
    )


def _layoffs(employer: Employer, on: date, adding: Adding) -> dict[str, Any]:
    """Layoffs, and what looks like them, within the window that closes on a day."""
    opens = on - timedelta(days=WINDOW_DAYS)
    layoff = Q(end_reason__startswith=_LAYOFF)
    counted = (
        _endings(employer)
        .filter(ended_on__gt=opens)
        .aggregate(
            layoffs=Count("pk", filter=layoff & Q(ended_on__lte=on)),
            alike=Count("pk", filter=Q(end_reason__in=_LIKE_LAYOFF, ended_on__lte=on)),
            reported=Count("pk", filter=layoff & Q(case__current__data__layoff_reported=True)),
            gone=Count("pk", filter=Q(state=State.APPROVED)),
        )
    )
    reported = adding.layoff_reported
    if reported is None and counted["layoffs"]:
        ended = _endings(employer).filter(layoff, ended_on__gt=opens, ended_on__lte=on)
        reported = layoff_on_record(employer, ended.values("contract"), on)
    return {
        "window_days": WINDOW_DAYS,
        "staff_before": headcount(employer) + counted["gone"],
        "layoffs": counted["layoffs"] + adding.layoffs,
        "layoff_like": counted["alike"] + adding.layoff_like,
        "layoff_reported": counted["reported"] > 0 if reported is None else reported,
    }


def last_layoff(employer: int, on: date) -> tuple[str, list[Any]]:
    """What asks for the day of the last layoff within six months before a day, and its values.
    Asked at every single filing: written out, since building it would take longer than answering
    it, and as a part of another statement."""
    return (
        "SELECT max(ended_on) FROM contracts_filing WHERE employer_id = %s"
        " AND kind = 'ending' AND state IN ('pending', 'approved')"
        " AND end_reason LIKE %s AND ended_on BETWEEN %s AND %s"
    ), [employer, f"{_LAYOFF}%", add_months(on, -REHIRE_MONTHS), on]


def laid_off_on(employer: Employer, on: date) -> date | None:
    """The last layoff within six months before a day; None without any."""
    with connection.cursor() as cursor:
        cursor.execute(*last_layoff(employer.pk, on))
        found: date | None = cursor.fetchone()[0]
    return found


def _rehiring(employer: Employer, laid_off_on: date | None) -> dict[str, Any]:
    """Persons taken on within six months after a layoff; empty where there was none."""
    if laid_off_on is None:
        return {}
    hired = Contract.objects.filter(
        employer=employer,
        state__in=(Contract.State.FILING, Contract.State.ACTIVE),
        work_start_on__gt=laid_off_on,
    ).exclude(user_unit_code=employer.credit_code)
    return {
        "last_layoff_on": laid_off_on,
        "hired_since_layoff": hired.count(),
    }


# --- what one filing, or a workbook of them, adds ---------------------------------------------

Rows = Iterable[tuple[int, Values]]


def at_ending(employer: Employer, rows: Rows, *, today: date) -> dict[int, list[Finding]]:
    """What endings filed together bring about, by row: only layoffs, and what looks like one, are
    spoken of."""
    touching = {
        row: values
        for row, values in rows
        if values.get("ended_on") and _touches_layoffs(values.get("end_reason"))
    }
    if not touching:
        return {}
    layoffs = sum(values["end_reason"].startswith(_LAYOFF) for values in touching.values())
    adding = Adding(
        layoffs=layoffs,
        layoff_like=len(touching) - layoffs,
        layoff_reported=_said(values.get("layoff_reported") for values in touching.values()),
    )
    until = max(values["ended_on"] for values in touching.values())
    facts = WorkforceFacts(**_layoffs(employer, until, adding))
    return dict.fromkeys(touching, law.check_workforce(facts, today))


def _touches_layoffs(reason: str | None) -> bool:
    return reason is not None and (reason.startswith(_LAYOFF) or reason in _LIKE_LAYOFF)


def _said(answers: Iterable[bool | None]) -> bool | None:
    """Whether any says yes; None where nobody answered."""
    given = [answer for answer in answers if answer is not None]
    return any(given) if given else None


def at_hiring(
    employer: Employer,
    rows: Rows,
    *,
    uses_dispatched: bool,
    laid_off_on: date | None,
    today: date,
) -> dict[int, list[Finding]]:
    """What new contracts filed together bring about, by row: hiring within six months of a
    layoff, and the share of dispatched workers where their user unit files them.

    `uses_dispatched` says whether a row may be such a worker's, `laid_off_on` when the last layoff
    within six months was; `rows` are read only where there
    is something to say.
    """
    rehiring = _rehiring(employer, laid_off_on)
    if not rehiring and not uses_dispatched:
        return {}
    hired: dict[int, Values] = {}
    used: list[int] = []
    for row, values in rows:
        if dispatch.is_user_unit(values, employer.credit_code):
            used.append(row)
        elif rehiring and _begins_after(values, rehiring["last_layoff_on"]):
            hired[row] = values
    found = dict.fromkeys(used, _share_with(employer, len(used), today)) if used else {}
    again = _laid_off_among(employer, hired, today) if hired else set[int]()
    for row, values in hired.items():
        if row in again:
            continue
        facts = WorkforceFacts(
            last_layoff_on=rehiring["last_layoff_on"],
            hired_since_layoff=rehiring["hired_since_layoff"] + len(hired),
            laid_off_invited=values.get("laid_off_invited"),
        )
        found[row] = law.check_workforce(facts, today)
    return found


def _laid_off_among(employer: Employer, hired: Mapping[int, Values], today: date) -> set[int]:
    """The rows that take somebody on again who was laid off within six months: nobody is preferred to
    them."""
    digests = {
        row: document_digest(values["document_type"], values["document_number"])
        for row, values in hired.items()
        if values.get("document_type") and values.get("document_number")
    }
    layoffs = _endings(employer).filter(
        end_reason__startswith=_LAYOFF,
        ended_on__gte=add_months(today, -REHIRE_MONTHS),
        worker__document_digest__in=list(digests.values()),
    )
    known = {bytes(one) for one in layoffs.values_list("worker__document_digest", flat=True)}
    return {row for row, digest in digests.items() if digest in known}


def _share_with(employer: Employer, more: int, today: date) -> list[Finding]:
    """What is said of the share of dispatched workers with `more` of them."""
    facts = WorkforceFacts(
        contract_count=headcount(employer), dispatched_count=_dispatched(employer) + more
    )
    return law.check_workforce(facts, today)


def _begins_after(values: Values, day: date) -> bool:
    begun = values.get("work_start_on") or values.get("start_on")
    return begun is not None and begun > day
