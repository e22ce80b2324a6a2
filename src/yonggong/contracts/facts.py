"""Form values → the plain facts that `law` judges. Codes become the law's own words here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from yonggong.contracts.background import Background
from yonggong.law.facts import ContractFacts, EndingFacts, PriorTerm
from yonggong.policy import Policy

Values = Mapping[str, Any]

_SEX = {"1": "male", "2": "female"}
_FORM = {"1": "full_time", "2": "part_time", "3": "full_time"}
_TERM = {"1": "fixed", "2": "open", "3": "task"}
_HOURS = {"1": "standard", "2": "averaged", "3": "flexible"}
_DISPATCH_POST = {"1": "temporary", "2": "auxiliary", "3": "substitute"}


def contract_facts(
    values: Values,
    *,
    policy: Policy,
    region_code: str,
    background: Background | None,
    employer_id: int,
    on: date,
) -> ContractFacts:
    """The facts of a new, renewed or changed contract. Missing answers stay unknown (None)."""
    get = values.get
    wage = policy.minimum_wage(region_code, on)
    part_time = get("employment_form") == "2"
    dispatched = get("employment_form") == "3"
    elsewhere = background.full_time if background else None
    worker = background.worker if background else None
    prior: tuple[PriorTerm, ...] = tuple(background.prior_terms) if background else ()
    return ContractFacts(
        id_number=get("document_number") if get("document_type") == "01" else None,
        birth_on=get("birth_on") or (worker.birth_on if worker else None),
        sex=_SEX.get(get("sex") or (worker.sex if worker else "")),  # type: ignore[arg-type]
        other_full_time_employer=(
            elsewhere[0] if elsewhere and elsewhere[1] != employer_id else None
        ),
        employment_form=_FORM.get(get("employment_form")),  # type: ignore[arg-type]
        term_type=_TERM.get(get("term_type")),  # type: ignore[arg-type]
        signed_on=get("signed_on"),
        work_start_on=get("work_start_on"),
        start_on=get("start_on"),
        end_on=get("end_on"),
        prior_terms=prior,
        probation_end_on=get("probation_end_on"),
        probation_pay=get("probation_pay"),
        had_probation=background.had_probation if background else None,
        base_pay=get("base_pay"),
        performance_pay=get("performance_pay"),
        allowances=get("allowances"),
        hourly_pay=get("hourly_pay"),
        pay_period_days=get("pay_period_days") if part_time else None,
        minimum_monthly_wage=wage.monthly if wage and not part_time else None,
        minimum_hourly_wage=wage.hourly if wage and part_time else None,
        hours_system=_HOURS.get(get("hours_system")),  # type: ignore[arg-type]
        daily_hours=get("daily_hours"),
        weekly_hours=get("weekly_hours"),
        is_dispatch=dispatched,
        dispatch_post=_DISPATCH_POST.get(get("dispatch_post")) if dispatched else None,  # type: ignore[arg-type]
        user_unit=get("user_unit") if dispatched else None,
    )


def ending_facts(
    values: Values, *, contract: ContractFacts | None, policy: Policy, region_code: str, on: date
) -> EndingFacts:
    """The facts of a contract that is ended."""
    get = values.get
    wage = policy.minimum_wage(region_code, on)
    return EndingFacts(
        ground=get("end_reason"),
        ended_on=get("ended_on"),
        notice_on=get("notice_on"),
        contract=contract,
        service_start_on=contract.work_start_on if contract else None,
        average_pay=get("average_pay"),
        minimum_monthly_wage=wage.monthly if wage else None,
        severance_paid=get("severance_paid"),
        union_notified=get("union_notified"),
    )
