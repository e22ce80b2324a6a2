"""From answers and background to the facts that the law judges, and back to a field of the form."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta
from typing import Any

import pytest

from tests.contracts.making import Hall, answers, renewal_answers
from tests.contracts.speaking import (
    EXPIRED,
    EXPLAINED,
    Speaks,
    dispatched,
    in_force,
    rules_of,
    term,
    verdicts,
)
from yonggong import law, policy
from yonggong.contracts import background
from yonggong.contracts.background import Background, Term, unbroken_since
from yonggong.contracts.change.form import CHANGE_FORM
from yonggong.contracts.ending.form import ENDING_FORM
from yonggong.contracts.facts import Place, contract_facts, ending_facts
from yonggong.contracts.field_mapping import FIELD_OF_FACT, field_of, pointed
from yonggong.contracts.forms import NEW_FORM
from yonggong.contracts.models import Contract, Filing
from yonggong.contracts.renewal.form import RENEWAL_FORM
from yonggong.law.facts import ContractFacts, PriorTerm
from yonggong.registry.models import Employer

TODAY = date(2026, 11, 20)
FORMS = {
    "contract": (NEW_FORM, RENEWAL_FORM, CHANGE_FORM),
    "ending": (ENDING_FORM,),
    "workforce": (NEW_FORM, ENDING_FORM),
}
# Facts of the employer as a whole: no single filing asks for them.
OF_NO_FORM = {"without_contract_count", "layoff_preferred"}


# Whose facts are of what is filed here; those of others: `tests/annual/test_rules.py`, `tests/relations`.
RULES = [rule for rule in law.rules() if rule.subject in FORMS]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_fact_of_a_rule_points_to_a_field(rule: Any) -> None:
    for fact in rule.fields:
        field = field_of(rule.name, fact)
        asked = any(field in form.fields_by_name for form in FORMS[rule.subject])
        assert asked or fact in OF_NO_FORM, f"{fact} → {field}"


def test_only_facts_that_no_form_asks_by_name_are_pointed_elsewhere() -> None:
    facts = {fact for rule in RULES for fact in rule.fields}
    assert FIELD_OF_FACT.keys() - facts == {"own_side"}
    for field in FIELD_OF_FACT.values():
        assert any(field in form.fields_by_name for forms in FORMS.values() for form in forms)


def test_a_fact_that_the_form_does_not_ask_again_points_nowhere() -> None:
    found = law.rule("id-birth").finding("说明", remedy="请核对。")
    assert [item.field for item in pointed(found, NEW_FORM)] == ["birth_on"]
    assert [item.field for item in pointed(found, RENEWAL_FORM)] == [""]


@pytest.fixture
def place() -> Place:
    employer = Employer(pk=1, name="试验", credit_code="X" * 18, region_code="220104")
    return Place.of(employer, policy.of("220104", TODAY), TODAY)


def facts(place: Place, **says: Any) -> Any:
    return contract_facts(NEW_FORM.clean(answers(today=TODAY, **says)).values, place, None)


def test_missing_answers_stay_unknown(place: Place) -> None:
    found = contract_facts({}, place, None)
    known = {name for name, fact in vars(found).items() if fact is not None}
    assert known == {"is_dispatch", "juvenile_registered", "minimum_monthly_wage"}


@pytest.mark.parametrize("says", [{}, dispatched(), {"employment_form": "2", "clauses": ["01"]}])
def test_facts_are_those_that_the_law_knows(place: Place, says: dict[str, Any]) -> None:
    found = facts(place, **says)
    assert vars(found).keys() == {field.name for field in fields(ContractFacts)}
    assert found == ContractFacts(**vars(found)) == ContractFacts.of(vars(found))
    assert ContractFacts.of({"sex": "male"}) == ContractFacts(sex="male")


def test_pay_by_the_quarter_is_ninety_days(place: Place) -> None:
    assert facts(place, pay_cycle="5").pay_period_days == 90
    assert facts(place).pay_period_days is None


def test_a_standard_text_has_its_clauses(place: Place) -> None:
    assert facts(place, contract_text="90", clauses=["03", "06"]).clauses == {"term", "pay"}
    assert facts(place, contract_text="90").clauses is None
    assert facts(place).clauses is None


def test_only_a_foreigner_with_a_passport_needs_a_work_permit(place: Place) -> None:
    assert facts(place, document_type="08", document_number="E12345678").is_foreigner
    assert facts(place, document_type="07", document_number=None).is_foreigner is None


def test_damages_agreed_without_a_service_period_stand_alone(place: Place) -> None:
    found = facts(place, liquidated_damages="5000")
    assert (found.service_period_months, found.non_compete_months) == (0, 0)
    assert facts(place).service_period_months is None


@pytest.mark.parametrize(
    ("until", "months"), [("2027-05-08", 6), ("2027-05-09", 6), ("2027-05-10", 7)]
)
def test_a_part_of_a_month_of_posting_counts_as_one(place: Place, until: str, months: int) -> None:
    assert facts(place, **dispatched(dispatch_end_on=until)).dispatch_months == months


def test_the_other_side_is_not_late_before_its_thirty_days(place: Place) -> None:
    assert facts(place, **dispatched()).other_side_filed is None
    begun = TODAY - timedelta(days=31)
    late = dispatched(signed_on=begun.isoformat(), dispatch_start_on=begun.isoformat())
    assert facts(place, **late).other_side_filed is False


@pytest.mark.parametrize(
    ("until", "licensed"), [("2026-11-10", True), ("2026-11-09", False), (None, None)]
)
def test_a_licence_holds_on_the_day_the_contract_begins(
    place: Place, until: str | None, licensed: bool | None
) -> None:
    found = facts(place, **dispatched(dispatch_licence_until=until))
    assert found.dispatcher_licensed is licensed


def test_protected_circumstances_become_facts(place: Place) -> None:
    values = ENDING_FORM.clean({"protected": ["1", "3", "6"]}).values
    found = ending_facts(values, place, None, held={}, contract=1)
    assert found.pregnant_or_nursing and found.occupational_injury and found.union_officer
    assert found.in_medical_period is None and found.bargaining_representative is None
    assert found.contract is not None and found.contract.probation_months is None


def test_years_merged_and_paid_for_count_for_all_but_severance(place: Place) -> None:
    held = NEW_FORM.clean(
        answers(
            today=TODAY,
            work_start_on="2022-11-10",
            service_start_on="2015-01-01",
            merged_severance_paid="true",
        )
    ).values
    found = ending_facts({}, place, None, held=held, contract=1)
    assert found.service_start_on == date(2015, 1, 1)
    assert found.severance_start_on == date(2022, 11, 10)
    unpaid = ending_facts({}, place, None, held={**held, "merged_severance_paid": None}, contract=1)
    assert unpaid.severance_start_on is None


@pytest.mark.parametrize(
    ("industry", "answer", "venue"),
    [("9011", None, True), ("9011", "false", False), ("6233", None, True), ("6232", None, None)],
)
def test_the_industry_tells_a_place_not_fit_for_minors(
    place: Place, industry: str, answer: str | None, venue: bool | None
) -> None:
    place.employer.industry = industry
    assert facts(place, entertainment_venue=answer).entertainment_venue is venue


def test_earlier_contracts_are_asked_of_those_long_at_work(place: Place) -> None:
    found = facts(
        place,
        work_start_on="2019-03-01",
        earlier_contract="true",
        first_signed_on="2019-03-01",
        earlier_end_on="2026-11-09",
        earlier_fixed_terms="1",
    )
    assert (found.earlier_contract, found.earlier_fixed_terms) == (True, 1)
    assert law.check_contract(found, TODAY) == []


def test_of_a_contract_without_probation_that_much_is_known(place: Place) -> None:
    held = NEW_FORM.clean(answers(today=TODAY)).values
    found = ending_facts({}, place, None, held=held, contract=1)
    assert found.contract is not None and found.contract.probation_months == 0


def _term(contract: int, start: date, end: date | None, begun: date | None = None) -> Term:
    return Term(contract, begun or start, start, end, "1", True)


def test_service_runs_on_over_a_gap_of_a_month_at_most() -> None:
    first = _term(1, date(2016, 1, 1), date(2018, 12, 31))
    second = _term(2, date(2019, 1, 31), date(2021, 1, 31))
    assert unbroken_since(date(2021, 3, 3), [first, second]) == date(2016, 1, 1)
    assert unbroken_since(date(2021, 3, 4), [first, second]) == date(2021, 3, 4)


def test_the_term_that_is_changed_or_ended_is_not_before_itself() -> None:
    first, second = (
        _term(1, date(2020, 1, 1), date(2021, 12, 31)),
        _term(1, date(2022, 1, 1), date(2023, 12, 31), date(2020, 1, 1)),
    )
    known = Background(terms=[first, second])
    assert known.terms_before(None) == [first, second]
    assert known.terms_before(1) == [first]
    assert known.terms_before(2) == [first, second]


# --- from the database ----------------------------------------------------------------------


def terms_of(hall: Hall, contract: Any) -> list[Term]:
    return background.of_worker(contract.worker, employer_id=hall.employer.pk).terms


@pytest.mark.django_db
def test_only_approved_terms_were_before(hall: Hall) -> None:
    contract = in_force(hall, Speaks("", "", {}, held=EXPIRED))
    hall.roster(contract.current)  # type: ignore[arg-type]
    hall.file("renewal", renewal_answers(contract), contract=contract, explanations=EXPLAINED)
    [only] = terms_of(hall, contract)
    assert only.as_prior() == PriorTerm(
        date(2023, 11, 21), date(2026, 11, 20), "fixed", continued=True
    )


@pytest.mark.django_db
def test_a_change_prolongs_its_term_and_begins_none(hall: Hall) -> None:
    contract = in_force(hall, Speaks("", "", {}, held=term("2023-11-20", "2025-11-19")))
    prolonged = renewal_answers(
        contract,
        **{"signed_on": "2023-11-20", "start_on": "2023-11-20", "end_on": "2026-11-19"},
        changed_on="2025-11-19",
        change_reason="延长合同期限",
    )
    hall.approve(hall.file("change", prolonged, contract=contract, explanations=EXPLAINED))
    [only] = terms_of(hall, contract)
    assert (only.end_on, only.extended_months) == (date(2026, 11, 19), 12)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("extension", "until", "months", "automatic"),
    [("1", "2025-09-30", 0, False), ("2", "2025-09-30", 0, True), ("3", "2025-12-31", 12, False)],
    ids=["by law", "automatically", "by agreement"],
)
def test_a_renewal_says_how_the_term_before_went_on(
    hall: Hall, extension: str, until: str, months: int, automatic: bool
) -> None:
    contract = in_force(hall, Speaks("", "", {}, held=term("2023-01-01", "2024-12-31")))
    hall.roster(contract.current)  # type: ignore[arg-type]
    renewed = {"signed_on": "2026-01-01", "start_on": "2026-01-01", "end_on": "2027-12-31"}
    says = renewed | {"extension": extension, "extended_until": until}
    raw = renewal_answers(contract, **says)
    hall.approve(hall.file("renewal", raw, contract=contract, explanations=EXPLAINED))
    first, second = (item.as_prior() for item in terms_of(hall, contract))
    assert (first.continued, second.continued) == (True, True)
    assert (first.extended_months, first.automatic) == (months, automatic)


@pytest.mark.django_db
def test_a_renewal_after_prolongation_by_law_is_not_late(hall: Hall) -> None:
    contract = in_force(hall, Speaks("", "", {}, held=term("2019-03-01", "2025-12-31")))
    hall.roster(contract.current)  # type: ignore[arg-type]
    says = {"signed_on": "2026-11-20", "start_on": "2026-11-20", "end_on": "2028-11-19"}
    silent = says | {"extension": "1", "extended_until": "2026-11-19"}
    stated = verdicts(hall, "renewal", renewal_answers(contract, **silent), contract)
    assert rules_of(stated) == set()
    unstated = verdicts(hall, "renewal", renewal_answers(contract, **says), contract)
    assert rules_of(unstated) == {"renewal-in-time"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("signed_on", "rules"),
    [("2026-11-20", {"renewal-in-time"}), ("2026-10-30", set())],
    ids=["late", "in time"],
)
def test_a_contract_brought_over_was_a_written_one(
    hall: Hall, signed_on: str, rules: set[str]
) -> None:
    """Its renewal is judged from its end, not from a day of use seven years ago."""
    contract = in_force(hall, Speaks("", "", {}, held=term("2019-03-01", "2026-09-30")))
    Filing.objects.filter(contract=contract).update(state="refused")
    Contract.objects.filter(pk=contract.pk).update(current=None, migrated=True)
    contract.refresh_from_db()
    renewed = term(signed_on, "2028-11-19", signed_on=signed_on)
    del renewed["work_start_on"]
    raw = answers(today=hall.today) | renewed
    assert rules_of(verdicts(hall, "renewal", raw, contract)) == rules


@pytest.mark.django_db
def test_a_term_ended_early_ends_on_that_day(hall: Hall) -> None:
    contract = in_force(hall, Speaks("", "", {}, held=term("2025-01-01", "2027-12-31")))
    hall.roster(contract.current)  # type: ignore[arg-type]
    gone = {"ended_on": "2026-06-30", "end_reason": "3602", "severance_paid": "0"}
    hall.approve(hall.file("ending", gone, contract=contract))
    assert [item.end_on for item in terms_of(hall, contract)] == [date(2026, 6, 30)]


@pytest.mark.django_db
def test_terms_with_another_employer_are_not_counted(hall: Hall, make_employer: Any) -> None:
    contract = in_force(hall, Speaks("", "", {}, held=EXPIRED))
    other = make_employer()
    assert background.of_worker(contract.worker, employer_id=other.pk).terms == []
