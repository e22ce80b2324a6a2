"""What contract filings write, and what decisions on them write: as far as the kinds share it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from yonggong import policy
from yonggong.accounts.models import User
from yonggong.cases.actions import Refused
from yonggong.cases.attempts import Attempt
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.cases.parts import Effects
from yonggong.cases.sealing import sealed
from yonggong.contracts import dispatch, refusals
from yonggong.contracts.forms import NEW_FORM, TERM_FIELD_NAMES
from yonggong.contracts.lookups import contract_of
from yonggong.contracts.models import WITH_TERMS, Carried, Contract, Filing
from yonggong.contracts.threads import dumped_text, held_values, particulars, values_of_text
from yonggong.forms import Problem
from yonggong.integrity import constraint_of
from yonggong.policy import Policy
from yonggong.registry.models import Employer, Worker

Values = Mapping[str, Any]


# --- what submission writes ----------------------------------------------------------------


def row(
    case: Case, attempt: Attempt, values: Values, contract: Contract, worker: Worker
) -> dict[str, Any]:
    """The columns of `Filing` that follow the form."""
    assert case.filed_at is not None
    code = attempt.applicant.employer.credit_code
    return {
        "contract": contract,
        "employer_id": case.applicant_id,
        "worker": worker,
        "agency_id": case.agency_id,
        "region_code": case.region_code,
        "state": case.state,
        "full_time": dispatch.is_full_time_contract(values, code),
        "exclusive": dispatch.is_exclusive(values, code, attempt.policy),
        "name": values.get("name") or worker.name,
        "sex": values.get("sex") or worker.sex,
        "employment_form": values["employment_form"],
        "term_type": values["term_type"],
        "job": values["job"],
        "signed_on": values.get("signed_on"),
        "start_on": values["start_on"],
        "end_on": values.get("end_on"),
        "ended_on": values.get("ended_on"),
        "end_reason": values.get("end_reason") or "",
        "filed_on": case.filed_at.astimezone().date(),
        "late_days": case.late_days,
    }


def save_again(row: QuerySet[Any], columns: dict[str, Any]) -> None:
    """Write the row of a case that was mended."""
    try:
        row.update(**columns)
    except IntegrityError as error:
        collided(error)
        raise


def collided(error: IntegrityError) -> None:
    """Raise `Refused` where two people filed the same at once. It is raised out of the whole
    submission, so nothing has to be rolled back in part."""
    raise raced(error) from error


_BY_ANOTHER = "其他单位或本单位其他经办人"
# What each of the database's rules holds apart, in the words of the check that came too early.
_HELD_APART: Mapping[str, Callable[[], Problem]] = {
    "contract_one_exclusive": lambda: refusals.full_time_elsewhere("其他单位"),
    "filing_one_pending": refusals.pending_on_contract,
    "filing_one_pending_exclusive": lambda: refusals.unreviewed(_BY_ANOTHER),
    "filing_one_pending_with_employer": lambda: refusals.unreviewed(_BY_ANOTHER),
    "posting_one_pending": refusals.unreviewed_posting,
}


def raced(error: IntegrityError) -> Refused:
    """Two people filed the same at once: the database let one of them through. Raises `error`
    itself where it broke any other rule, which is no race."""
    words = _HELD_APART.get(constraint_of(error))
    if words is None:
        raise error
    return Refused([words()])


def terms(values: Values, employer: Employer, rules: Policy) -> dict[str, Any]:
    """The columns of `Contract` that every new term, and every change, may alter."""
    return {
        "full_time": dispatch.is_full_time_contract(values, employer.credit_code),
        "exclusive": dispatch.is_exclusive(values, employer.credit_code, rules),
        "start_on": values["start_on"],
        "end_on": values.get("end_on"),
        "term_type": values["term_type"],
        "user_unit_code": dispatch.user_unit_code(values),
    }


def term_values(attempt: Attempt) -> dict[str, Any]:
    """The whole row's values of a filing whose form has only part of them (an ending)."""
    contract = contract_of(attempt)
    current = held_values(contract)
    return {
        **{name: current.get(name) for name in ("name", "sex", *TERM_FIELD_NAMES)},
        "start_on": contract.start_on,
        "end_on": contract.end_on,
        "term_type": contract.term_type,
        "employment_form": current.get("employment_form") or ("1" if contract.full_time else "2"),
        "job": current.get("job") or "",
        **attempt.values,
    }


def later_opened(stage: Filing.Kind) -> Callable[[Case, Attempt], Filing]:
    """The filing on a contract in force."""
    return lambda case, attempt: Filing(case=case, kind=stage, **_later_row(case, attempt))


def later_amended(case: Case, attempt: Attempt) -> None:
    """The same filing, submitted again."""
    save_again(Filing.objects.filter(case=case), _later_row(case, attempt))


def _later_row(case: Case, attempt: Attempt) -> dict[str, Any]:
    contract = contract_of(attempt)
    return row(case, attempt, term_values(attempt), contract, contract.worker)


def person_of_contract(attempt: Attempt) -> str:
    """The person whose contract it is, for one line of a list."""
    return contract_of(attempt).worker.name


# --- what decisions write ------------------------------------------------------------------


def mark(case: Case) -> None:
    """The filing's state follows its case."""
    Filing.objects.filter(case=case).update(state=case.state)


def transferred(case: Case) -> None:
    """The filing lies with the agency that its case was handed to."""
    Filing.objects.filter(case=case).update(agency=case.agency_id)


def moved(cases: Sequence[int], agency: int, region: str) -> None:
    """The filings lie with the agency to which their employer was moved."""
    Filing.objects.filter(case__in=cases).update(agency=agency, region_code=region)


def rules_of(case: Case) -> Policy:
    """What the province says on the day the case was filed."""
    assert case.filed_at is not None
    return policy.of(case.region_code, timezone.localdate(case.filed_at))


def save_contract(contract: Contract, case: Case) -> None:
    _carry_over(contract, case)
    contract.current = case
    try:
        with transaction.atomic():
            contract.save()
    except IntegrityError as error:
        raise raced(error) from error


def _carry_over(contract: Contract, case: Case) -> None:
    """A renewal's or change's form does not ask for the person again: what was filed before is
    kept beside the version, so that it alone says all that now holds."""
    if contract.current is None:
        return
    own = case.definition.form.fields_by_name
    held = dumped_text(contract.current) | particulars(contract.worker)
    kept = {name: value for name, value in held.items() if name not in own}
    data = sealed(kept, NEW_FORM.personal_fields, Carried.owner_of(case.version.pk))
    Carried.objects.create(version=case.version, contract=contract, data=data)


def in_force(case: Case) -> Contract:
    contract = (
        Contract.objects.select_related("employer")
        .select_for_update(of=("self",))
        .get(pk=case.subject_key)
    )
    found = refusals.of_contract(
        state=contract.state, rostered=True, needs_roster=False, what="本项备案"
    )
    if found:
        raise Refused(found)
    return contract


def present(case: Case) -> Values | None:
    """What now holds of the contract, for the fields that this case's form has."""
    if case.subject is None:
        return None
    earlier = (
        Case.objects.filter(
            filing__contract=case.subject,
            filing__state=State.APPROVED,
            filing__kind__in=WITH_TERMS,
        )
        .exclude(pk=case.pk)
        .order_by("-decided_at")
    )
    if case.decided_at is not None:
        earlier = earlier.filter(decided_at__lt=case.decided_at)
    held = earlier.first()
    return values_of_text(held) if held else None


def later_effects(
    stage: Filing.Kind,
    *,
    applied: Callable[[Case, User, datetime], None],
    revoked: Callable[[Case, User, datetime], None],
) -> Effects:
    """What a filing on a contract that is there already writes; `applied` is the kind's own, and what
    takes it back."""
    return Effects(
        opened=later_opened(stage),
        collided=collided,
        amended=later_amended,
        applied=applied,
        revoked=revoked,
        returned=mark,
        voided=mark,
        transferred=transferred,
        moved=moved,
    )
