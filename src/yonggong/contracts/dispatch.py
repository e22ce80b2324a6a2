"""Labour dispatch as filed from both sides: by the dispatcher, and by the unit that uses the worker.

Measures of Inner Mongolia, article 6: a dispatched worker is filed by both, and the two agree. The
labour contract is the dispatcher's (Labour Contract Law, article 58); what the user unit files is
a thread of its own that is nobody's full-time contract.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from yonggong.cases.life import State
from yonggong.contracts.forms import DISPATCH, PART_TIME
from yonggong.contracts.models import WITH_TERMS, Contract, Filing, Posting
from yonggong.law.facts import DispatchSide
from yonggong.policy import Policy

Values = Mapping[str, Any]


def is_user_unit(values: Values, credit_code: str) -> bool:
    """Whether who files is the user unit of a dispatched worker, not the employer."""
    return values.get("employment_form") == DISPATCH and values.get("user_unit_code") == credit_code


def is_full_time_contract(values: Values, credit_code: str) -> bool:
    """Whether this is a full-time contract of the one who files."""
    return values["employment_form"] != PART_TIME and not is_user_unit(values, credit_code)


def is_exclusive(values: Values, credit_code: str, rules: Policy) -> bool:
    """Whether it is a full-time contract, and the province refuses a second one beside it."""
    return rules.one_full_time_contract and is_full_time_contract(values, credit_code)


def user_unit_code(values: Values) -> str:
    """The credit code of the unit that uses a dispatched worker; "" of everybody else."""
    if values.get("employment_form") != DISPATCH:
        return ""
    return values.get("user_unit_code") or ""


def user_unit_known_as(credit_code: str, *, before: str) -> None:
    """The contracts of workers dispatched to a unit name it by the code that it has now."""
    Contract.objects.filter(user_unit_code=before).update(user_unit_code=credit_code)


def own_side(values: Values, credit_code: str) -> DispatchSide:
    """What this filing says of the dispatch."""
    dispatcher = values.get("dispatcher_code") if is_user_unit(values, credit_code) else credit_code
    return DispatchSide(
        dispatcher_code=dispatcher,
        user_unit_code=values.get("user_unit_code"),
        start_on=values.get("dispatch_start_on"),
        end_on=values.get("dispatch_end_on"),
        post=values.get("job"),
    )


def other_party(values: Values, credit_code: str) -> str | None:
    """The credit code of the other party; None where the filing does not name it."""
    if is_user_unit(values, credit_code):
        return values.get("dispatcher_code")
    return values.get("user_unit_code")


def other_sides(wanted: Mapping[int, str | None], own: str) -> dict[int, DispatchSide]:
    """What the other party filed last of each worker, by the worker's key; one query a way to file.

    `wanted` names the other party of each by its credit code, `own` is that of who asks: what a user
    unit filed of another's worker is none of theirs.
    """
    codes = {code for code in wanted.values() if code}
    if not codes:
        return {}
    rows = (
        Filing.objects.filter(
            worker__in=list(wanted),
            employer__credit_code__in=codes,
            employment_form=DISPATCH,
            kind__in=WITH_TERMS,
            state__in=(State.PENDING, State.APPROVED),
            contract__state__in=(Contract.State.FILING, Contract.State.ACTIVE),
        )
        .order_by("case_id")
        .values_list(
            "worker_id",
            "employer__credit_code",
            "job",
            "case__current__data__dispatcher_code",
            "case__current__data__user_unit_code",
            "case__current__data__dispatch_start_on",
            "case__current__data__dispatch_end_on",
        )
    )
    found = _posted(wanted, codes, own)
    for worker, code, job, dispatcher, user_unit, start, end in rows:
        if wanted[worker] == code:
            found[worker] = DispatchSide(
                dispatcher_code=dispatcher if user_unit == code else code,
                user_unit_code=user_unit,
                start_on=_day(start),
                end_on=_day(end),
                post=job,
            )
    return found


def _posted(wanted: Mapping[int, str | None], codes: set[str], own: str) -> dict[int, DispatchSide]:
    """What user units filed of workers whom the employer of code `own` sends them."""
    rows = (
        Posting.objects.filter(
            worker__in=list(wanted),
            user_unit__credit_code__in=codes,
            dispatcher_code=own,
            state__in=(State.PENDING, State.APPROVED),
        )
        .order_by("case_id")
        .values_list("worker_id", "user_unit__credit_code", "job", "start_on", "end_on")
    )
    return {
        worker: DispatchSide(own, code, start, end, job)
        for worker, code, job, start, end in rows
        if wanted[worker] == code
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
