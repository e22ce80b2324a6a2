"""Form values → the plain facts that `law` judges. Codes become the law's own words here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from yonggong.codes import tables
from yonggong.contracts import dispatch
from yonggong.contracts.background import Background, Term, prolonged, unbroken_since
from yonggong.contracts.forms import DISPATCH, DISPATCH_TEXT, OWN_TEXT, PART_TIME
from yonggong.law.facts import ContractFacts, DispatchSide, EndingFacts, PriorTerm
from yonggong.law.periods import full_months, last_day
from yonggong.policy import MinimumWage, Policy
from yonggong.registry.models import Employer

Values = Mapping[str, Any]

_SEX = {"1": "male", "2": "female"}
_FORM: dict[str | None, str] = {"1": "full_time", "2": "part_time", "3": "full_time"}
_TERM: dict[str | None, str] = {"1": "fixed", "2": "open", "3": "task"}
_HOURS: dict[str | None, str] = {"1": "standard", "2": "averaged", "3": "flexible"}
_DISPATCH_POST: dict[str | None, str] = {"1": "temporary", "2": "auxiliary", "3": "substitute"}
# 单位负责人, 专业技术人员 and 管理人员 hold management or technical posts; the rest workers' posts.
_CATEGORY_OF_POST = {
    "1": "management_technical",
    "2": "management_technical",
    "3": "management_technical",
    "4": "worker",
}
# Other foreigners' documents need no work permit: permanent residence replaces it.
_FOREIGN_PASSPORT = "08"
_NONE: tuple[Term, ...] = ()
_NOTHING = Decimal(0)

# Industries whose places are not fit for minors (GB/T 4754-2017): indoor amusement such as dance
# halls, game arcades and internet cafés; bars.
_ENTERTAINMENT = ("901", "6233")

# Answers that are facts as they stand.
_AS_ANSWERED = frozenset(
    {
        "lowest_post_pay",
        "work_days_per_week",
        "special_hours_approved",
        "special_hours_until",
        "worker_asked_fixed_term",
        "non_compete_months",
        "non_compete_pay",
        "has_secrets",
        "service_period_months",
        "training_cost",
        "liquidated_damages",
        "deposit",
        "health_check_on",
        "minor_arts_sports",
        "earlier_contract",
        "first_signed_on",
        "earlier_end_on",
        "earlier_fixed_terms",
        "extended_until",
        "permanent_resident",
        "overtime_daily_hours",
        "overtime_month_hours",
        "night_shift",
        "pregnant_months",
        "nursing",
        "draws_pension",
        "flexible_delay_until",
        "public_welfare_post",
        "work_permit_until",
    }
)

_ENDING_AS_ANSWERED = (
    "ended_on",
    "notice_on",
    "notice_pay",
    "average_pay",
    "local_average_pay",
    "last_month_pay",
    "damages_paid",
    "unlawful",
    "disability_grade",
    "worker_agrees",
    "union_notified",
    "no_union",
    "sick_leave_on",
    "extended_until",
    "trained_or_transferred",
    "other_work_offered",
    "change_negotiated",
    "layoff_explained_on",
    "layoff_reported",
    "worker_wants_renewal",
    "flexible_retirement_requested_on",
    "contribution_months",
    "certificate_on",
)


@dataclass(frozen=True, slots=True)
class Place:
    """What is the same for all that an employer files on a day: the policy, and the least wage."""

    employer: Employer
    policy: Policy
    on: date
    wage: MinimumWage | None

    @classmethod
    def of(cls, employer: Employer, policy: Policy, on: date) -> Place:
        """Where `employer` stands on a day."""
        return cls(employer, policy, on, policy.minimum_wage(employer.region_code, on))


@cache
def _words(table: str, column: str) -> dict[str, str]:
    """The law's word for each code of a table, from the table's own column."""
    return {line.code: line.extras[column] for line in tables.table(table)}


def contract_facts(
    values: Values,
    place: Place,
    background: Background | None,
    *,
    before: Sequence[Term] = _NONE,
    other_side: DispatchSide | None = None,
) -> ContractFacts:
    """The facts of a new, renewed or changed contract. Missing answers stay unknown (None).

    `before` are the terms before this one (`Background.terms_before`); `other_side` is what the
    other party of a dispatch filed.
    """
    get = values.get
    form = get("employment_form")
    part_time = form == PART_TIME
    wage = place.wage
    worker = background.worker if background else None
    facts: dict[str, Any] = {
        "birth_on": get("birth_on") or (worker.birth_on if worker else None),
        "sex": _SEX.get(get("sex") or (worker.sex if worker else "")),
        "employment_form": _FORM.get(form),
        "term_type": _TERM.get(get("term_type")),
        "signed_on": get("signed_on"),
        "work_start_on": get("work_start_on"),
        "start_on": get("start_on"),
        "end_on": get("end_on"),
        "probation_end_on": get("probation_end_on"),
        "probation_pay": get("probation_pay"),
        "base_pay": get("base_pay"),
        "performance_pay": get("performance_pay"),
        "allowances": get("allowances"),
        "hours_system": _HOURS.get(get("hours_system")),
        "daily_hours": get("daily_hours"),
        "weekly_hours": get("weekly_hours"),
        "is_dispatch": form == DISPATCH,
        "juvenile_registered": bool(get("juvenile_registered")),
        "post_category": _category(values),
        "service_start_on": _service_start(values, before),
        "merged_since": get("service_start_on"),
        "late_writing": _fact_of("late_writing", get("late_writing")),
        "extension": _fact_of("term_extension", get("extension")),
        "entertainment_venue": _entertainment_venue(values, place),
    }
    document_type = get("document_type")
    if document_type == "01":
        facts["id_number"] = get("document_number")
    elif document_type == _FOREIGN_PASSPORT:
        facts["is_foreigner"] = True
    if part_time:
        facts["hourly_pay"] = get("hourly_pay")
        facts["pay_period_days"] = get("pay_period_days")
        facts["minimum_hourly_wage"] = wage.hourly if wage else None
        # A person filed as part-time on the text for dispatch is dispatched part-time.
        facts["is_dispatch"] = get("contract_text") == DISPATCH_TEXT
    else:
        facts["minimum_monthly_wage"] = wage.monthly if wage else None
        if cycle := get("pay_cycle"):
            facts["pay_period_days"] = int(_words("pay_cycle", "days")[cycle])
    if facts["is_dispatch"]:
        facts |= _dispatch_facts(values, place, other_side)
    for name in _AS_ANSWERED & values.keys():
        if (answer := get(name)) is not None:
            facts[name] = answer
    _add_occasional(facts, values)
    if background is not None:
        facts |= _facts_of_history(values, place, background, before)
    return ContractFacts.of(facts)


def _service_start(values: Values, before: Sequence[Term]) -> date | None:
    """The first day of unbroken service; years taken over from another employer included."""
    begun, merged = values.get("work_start_on"), values.get("service_start_on")
    since = unbroken_since(begun, before) if begun and before else begun
    return min(since, merged) if since and merged else merged or since


def _fact_of(table: str, code: str | None) -> str | None:
    return _words(table, "fact")[code] if code else None


def _entertainment_venue(values: Values, place: Place) -> bool | None:
    """As answered, else as the employer's industry has it; not known of any other industry."""
    answer = values.get("entertainment_venue")
    if answer is None and place.employer.industry.startswith(_ENTERTAINMENT):
        return True
    return answer


def _prior_terms(values: Values, before: Sequence[Term]) -> tuple[PriorTerm, ...]:
    """The full-time terms before, the last of them prolonged as the filing says."""
    prior = [term.as_prior() for term in before if term.full_time]
    if prior and (code := values.get("extension")):
        prior[-1] = prolonged(
            prior[-1], _words("term_extension", "fact")[code], values.get("extended_until")
        )
    return tuple(prior)


def _category(values: Values) -> str | None:
    category = values.get("post_category")
    if category:
        return _words("post_category", "fact")[category]
    return _CATEGORY_OF_POST.get(values.get("post_kind") or "")


def _add_occasional(facts: dict[str, Any], values: Values) -> None:
    """Facts that few contracts have."""
    if values.get("contract_text") == OWN_TEXT and (clauses := values.get("clauses")):
        words = _words("contract_clause", "clause")
        facts["clauses"] = frozenset(words[code] for code in clauses)
    if hazards := values.get("hazards"):
        words = _words("hazardous_work", "hazard")
        facts["hazards"] = frozenset(words[code] for code in hazards)
    if text := values.get("agreed_matters"):
        facts["text"] = text
    if facts.get("liquidated_damages"):
        # Where damages were agreed, an empty answer says that nothing else was.
        facts.setdefault("service_period_months", 0)
        facts.setdefault("non_compete_months", 0)


def _facts_of_history(
    values: Values, place: Place, background: Background, before: Sequence[Term]
) -> dict[str, Any]:
    """What follows from what the platform knows of the person."""
    # Of a dispatched worker whom the user unit files, the dispatcher's is the contract.
    dispatcher = _dispatcher_code(values, place)
    elsewhere = next(
        (found for found in background.elsewhere if found.employer.credit_code != dispatcher), None
    )
    probation = values.get("probation_end_on")
    return {
        "other_full_time_employer": elsewhere.employer.name if elsewhere else None,
        "other_full_time_ran_out_on": (
            elsewhere.end_on if elsewhere and elsewhere.has_run_out(place.on) else None
        ),
        "prior_terms": _prior_terms(values, before),
        # A change states the probation of its term again: that is not a second one.
        "had_probation": any(term.probation_end_on not in (None, probation) for term in before),
    }


def _dispatcher_code(values: Values, place: Place) -> str | None:
    if not dispatch.is_user_unit(values, place.employer.credit_code):
        return None
    return values.get("dispatcher_code")


def _dispatch_facts(
    values: Values, place: Place, other_side: DispatchSide | None
) -> dict[str, Any]:
    get = values.get
    code = place.employer.credit_code
    licence, start_on = get("dispatch_licence_until"), get("start_on")
    return {
        **_posted(values),
        "user_unit": get("user_unit") or "",
        "user_unit_is_own": get("user_unit_is_own"),
        "dispatcher_licensed": licence >= start_on if licence and start_on else None,
        "own_side": dispatch.own_side(values, code),
        "other_side": other_side,
        "other_side_filed": _other_side_filed(values, place, other_side),
    }


def _posted(values: Values) -> dict[str, Any]:
    """To what sort of post somebody is sent, and for how many months."""
    posted_on, until = values.get("dispatch_start_on"), values.get("dispatch_end_on")
    months = None
    if posted_on and until and posted_on <= until:
        # Six months and a day are more than six months.
        months = full_months(posted_on, until)
        months += 1 if last_day(posted_on, months) < until else 0
    return {
        "dispatch_post": _DISPATCH_POST.get(values.get("dispatch_post") or ""),
        "dispatch_months": months,
    }


def posting_facts(values: Values) -> ContractFacts:
    """What a user unit's filing says of the dispatch; the contract is the dispatcher's."""
    return ContractFacts.of({"is_dispatch": True, **_posted(values)})


def _other_side_filed(values: Values, place: Place, other_side: DispatchSide | None) -> bool | None:
    """Whether the other party has filed; not asked before it had to."""
    if other_side is not None:
        return True
    days = [day for name in ("signed_on", "dispatch_start_on") if (day := values.get(name))]
    if not days or dispatch.other_party(values, place.employer.credit_code) is None:
        return None
    overdue = place.on > place.policy.deadline("contract_signed").due(max(days))
    return False if overdue else None


def later_facts(
    values: Values,
    place: Place,
    background: Background,
    *,
    held: Values,
    contract: int,
    renews: bool,
    other_side: DispatchSide | None = None,
) -> ContractFacts:
    """The facts of a renewal or a change: what the form does not ask again is taken from `held`.

    A change that leaves the term alone concludes nothing, so when the contract was signed and
    what went before are not judged again.
    """
    known = {**held, **values}
    # Years once merged stay merged, and residents residents, whether or not stated again.
    for name in ("service_start_on", "merged_severance_paid", "permanent_resident"):
        known[name] = values.get(name) or held.get(name)
    if all(term.contract != contract for term in background.terms):
        # Brought over from an older system: no filing tells of it, but a contract there was.
        known |= {"earlier_contract": True, "earlier_end_on": held.get("end_on")}
    if renews:
        # A renewal has no probation (Labour Contract Law, article 19).
        known["probation_end_on"] = known["probation_pay"] = None
        before = background.terms_before(None)
        return contract_facts(known, place, background, before=before, other_side=other_side)
    before = background.terms_before(contract)
    facts = contract_facts(known, place, background, before=before, other_side=other_side)
    if any(values.get(name) != held.get(name) for name in _CONCLUDED):
        return facts
    return replace(
        facts,
        signed_on=None,
        service_start_on=None,
        merged_since=None,
        prior_terms=None,
        earlier_fixed_terms=None,
    )


_CONCLUDED = ("signed_on", "start_on", "end_on", "term_type")


def ending_facts(
    values: Values,
    place: Place,
    background: Background | None,
    *,
    held: Values,
    contract: int,
    severance_since: date | None = None,
) -> EndingFacts:
    """The facts of a contract that is ended; `held` are the values in force until then, with the
    thread's 用工之日. `severance_since`: until then an employer before it has paid for."""
    get = values.get
    known = {**held, "post_category": get("retired_from") or held.get("post_category")}
    before = background.terms_before(contract) if background else []
    ended = contract_facts(known, place, background, before=before)
    special: dict[str, Any] = {"special_work": get("special_work")}
    if held.get("start_on") and not held.get("probation_end_on"):
        special["probation_months"] = 0
    ended = replace(ended, **special)
    facts: dict[str, Any] = {
        name: answer for name in _ENDING_AS_ANSWERED if (answer := get(name)) is not None
    }
    facts["extension"] = _fact_of("term_extension", get("extension"))
    if (years := get("total_work_years")) is not None:
        facts["total_work_months"] = years * 12
    if held.get("merged_severance_paid") and (begun := held.get("work_start_on")):
        facts["severance_start_on"] = unbroken_since(begun, before)
    if severance_since:
        facts["severance_start_on"] = severance_since
    words = _words("protected_circumstance", "fact")
    facts |= {words[code]: True for code in get("protected") or ()}
    if not dispatch.is_user_unit(held, place.employer.credit_code):
        # Severance is owed by the employer, not by the unit to which a worker was dispatched.
        facts["severance_paid"] = get("severance_paid")
    return EndingFacts(
        **facts,
        ground=get("end_reason"),
        contract=ended,
        service_start_on=ended.service_start_on or held.get("work_start_on"),
        minimum_monthly_wage=place.wage.monthly if place.wage else None,
        service_period_until=get("service_period_until") or _service_period_end(held),
    )


def _service_period_end(held: Values) -> date | None:
    """The earliest day on which an agreed service period can end: it begins after training, which
    is not before the contract."""
    months, start_on = held.get("service_period_months"), held.get("start_on")
    return last_day(start_on, months) if months and start_on else None
