"""集体合同审查: sent, reviewed, on the employer's one register; objected to, followed, ended, taken back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.making import Hall, revoke
from tests.entitlements.test_collective import filed as filed_by_itself
from tests.relations.collective.sent import LAWFUL, OBJECTED, answers, reviewed, sent
from tests.relations.stepping import complete
from yonggong.cases.actions import Refused
from yonggong.cases.checking import attempt
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.documents.models import Document
from yonggong.entitlements import queries
from yonggong.entitlements.models import CollectiveAgreement
from yonggong.law.rules.collective import effective_on, may_object
from yonggong.relations import agreements
from yonggong.relations.collective import papers
from yonggong.relations.collective.kind import KIND
from yonggong.relations.collective_models import CollectiveReview
from yonggong.services.record_models import Standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(hall: Hall, make_user: Any) -> Any:
    """Another reviewer of the agency, without whom no approval is withdrawn."""
    return make_user("reviewer", agency=hall.employer.agency, region_code="150302")


_NO_CONGRESS = dict.fromkeys(("congress_all", "congress_present", "congress_for"))


def refused_at(hall: Hall, **changed: Any) -> set[str]:
    with pytest.raises(Refused) as refusal:
        sent(hall, **changed)
    return {problem.field for problem in refusal.value.problems}


def found_of(hall: Hall, **changed: Any) -> set[str]:
    """The rules that speak of it while it is filled in."""
    raw = answers(hall, **changed)
    _, _, verdicts = attempt(
        kind=KIND,
        raw=raw,
        applicant=hall.employer.party,
        by=hall.operator,
        now=hall.now,
        typing=True,
    )
    return {verdict.rule for verdict in verdicts}


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 60))
def test_it_takes_effect_on_the_sixteenth_day_and_cannot_be_objected_to_from_then_on(
    received: date, later: int
) -> None:
    day = received + timedelta(days=later)
    assert (effective_on(received) - received).days == 16
    assert may_object(received, day) is (later <= 15)


def test_reviewed_it_stands_on_the_register_with_its_letter(hall: Hall) -> None:
    case = reviewed(sent(hall), hall)
    assert case.state == State.APPROVED
    (held,) = queries.summary(hall.employer).agreements
    assert Standing.objects.get(subject=hall.employer.pk).key == "collective_contract"
    letter = Document.objects.get(kind=papers.OPINION.name)
    assert (held.number, held.reviewed_by) == (letter.number, "海勃湾区劳动关系科")
    assert (held.sort, held.covered, held.review.effective_on) == (
        "general",
        86,
        hall.today + timedelta(days=16),
    )
    assert letter.pdf.startswith(b"%PDF")
    day = hall.today + timedelta(days=15)
    assert agreements.state_of(held, day) == "待生效"
    assert agreements.state_of(held, day + timedelta(days=1)) == "履行中"


def test_a_later_term_takes_effect_when_it_begins(hall: Hall) -> None:
    start = hall.today + timedelta(days=60)
    reviewed(sent(hall, collective_contract_start=start.isoformat()), hall)
    assert CollectiveReview.objects.get().effective_on == start


def test_what_was_reviewed_here_is_not_asked_again(hall: Hall) -> None:
    case = reviewed(sent(hall), hall)
    values = case.values
    with pytest.raises(Refused) as refusal:
        filed_by_itself(
            hall,
            sort="general",
            start_on=values["collective_contract_start"].isoformat(),
            end_on=values["collective_contract_end"].isoformat(),
        )
    assert [problem.code for problem in refusal.value.problems] == ["registered"]
    assert refused_at(hall) == {"signing_kind"}


def test_what_the_employer_filed_itself_is_taken_up_not_doubled(hall: Hall, other: Any) -> None:
    term = {"start_on": "2026-11-20", "end_on": "2028-11-19", "sort": "general"}
    hall.approve(filed_by_itself(hall, **term))
    case = reviewed(sent(hall), hall)
    (held,) = CollectiveAgreement.objects.all()
    assert held.case != case and held.review.case == case
    assert (held.reviewed_by, held.reviewed_on) == ("海勃湾区劳动关系科", hall.today)
    with pytest.raises(Refused) as refusal:
        revoke(held.case, by=hall.reviewer, second=other, now=hall.now)
    assert [problem.code for problem in refusal.value.problems] == ["built_on"]
    revoke(case, by=hall.reviewer, second=other, now=hall.now)
    held.refresh_from_db()
    assert (held.reviewed_by, held.number) == (
        "海勃湾区人力资源和社会保障局",
        "海人社集审〔2026〕18号",
    )
    assert held.reviewed_on == date(2026, 3, 28)
    revoke(held.case, by=hall.reviewer, second=other, now=hall.now)
    assert not CollectiveAgreement.objects.exists()


def test_of_two_that_wait_only_one_comes_onto_the_register(hall: Hall) -> None:
    term = {"start_on": "2026-11-20", "end_on": "2028-11-19", "sort": "general"}
    own, one, other_ = filed_by_itself(hall, **term), sent(hall), sent(hall)
    reviewed(one, hall)
    for decide in (lambda: hall.approve(own), lambda: reviewed(other_, hall)):
        with pytest.raises(Refused) as refusal:
            decide()
        assert [problem.code for problem in refusal.value.problems] == ["registered"]
    assert CollectiveAgreement.objects.count() == 1


def test_what_is_mended_was_sent_on_the_day_it_first_came_in(hall: Hall) -> None:
    _, _, verdicts = attempt(
        kind=KIND,
        raw=answers(hall),
        case=sent(hall),
        applicant=hall.employer.party,
        by=hall.operator,
        now=hall.now + timedelta(days=20),
    )
    assert not verdicts


def test_an_objection_registers_nothing_and_lists_the_clauses(hall: Hall) -> None:
    case = reviewed(sent(hall), hall, OBJECTED)
    assert not CollectiveAgreement.objects.exists()
    review = CollectiveReview.objects.get(case=case)
    assert review.objected and review.effective_on is None
    assert "提出以下异议" in papers.says(OBJECTED, hall.today, hall.today)


@pytest.mark.parametrize(("days", "registered"), [(15, False), (16, True)])
def test_after_the_fifteenth_day_an_objection_holds_nothing_up(
    hall: Hall, days: int, registered: bool
) -> None:
    reviewed(sent(hall), hall, OBJECTED, now=hall.now + timedelta(days=days))
    assert CollectiveAgreement.objects.exists() is registered
    said = papers.says(OBJECTED, hall.today, hall.today + timedelta(days=days))
    assert ("已经依法生效" in said) is registered


def test_an_objection_is_made_when_its_letter_goes_out(hall: Hall) -> None:
    last = hall.now + timedelta(days=15)
    case = complete(sent(hall), by=hall.reviewer, now=last)
    case = complete(case, by=hall.reviewer, now=last, answers=OBJECTED)
    while case.state == State.PENDING:
        case = complete(case, by=hall.reviewer, now=last + timedelta(days=1))
    review = CollectiveReview.objects.get(case=case)
    assert review.objected and review.effective_on == hall.today + timedelta(days=16)
    assert review.reviewed_on == last.date() and CollectiveAgreement.objects.exists()


@pytest.mark.parametrize(
    "record",
    [
        LAWFUL | {"content_lawful": False},
        LAWFUL | {"objections": OBJECTED["objections"]},
    ],
)
def test_a_verdict_and_its_objections_belong_together(hall: Hall, record: dict[str, Any]) -> None:
    case = complete(sent(hall), by=hall.reviewer, now=hall.now)
    with pytest.raises(Refused) as refusal:
        complete(case, by=hall.reviewer, now=hall.now, answers=record)
    assert {problem.field for problem in refusal.value.problems} == {"objections"}


def followed(hall: Hall, signing: str, **changed: Any) -> tuple[CollectiveAgreement, Case]:
    """A contract in force, and what follows on it in half a year."""
    reviewed(sent(hall), hall)
    first = CollectiveAgreement.objects.get()
    start = (hall.today + timedelta(days=180)).isoformat()
    given = {"signing_kind": signing, "collective_contract_start": start} | changed
    return first, reviewed(sent(hall, **given), hall)


def test_a_changed_contract_ends_the_one_before(hall: Hall, other: Any) -> None:
    first, case = followed(hall, "变更")
    first.refresh_from_db()
    assert first.ended_on == hall.today + timedelta(days=179)
    day = hall.today + timedelta(days=200)
    assert agreements.last_of(hall.employer.pk, "general") == case.collective_review.agreement
    assert list(CollectiveAgreement.objects.filter(agreements.in_force(day))) != [first]
    with pytest.raises(Refused) as refusal:
        revoke(first.case, by=hall.reviewer, second=other, now=hall.now)
    assert [problem.code for problem in refusal.value.problems] == ["built_on"]
    revoke(case, by=hall.reviewer, second=other, now=hall.now)
    first.refresh_from_db()
    assert first.ended_on is None and CollectiveAgreement.objects.count() == 1


def test_a_change_within_the_term_follows_when_it_takes_effect(hall: Hall) -> None:
    first, case = followed(hall, "变更", collective_contract_start=hall.today.isoformat())
    first.refresh_from_db()
    assert first.ended_on == hall.today + timedelta(days=15)
    assert case.collective_review.before == first and CollectiveAgreement.objects.count() == 2


def test_an_ending_ends_it_on_its_day(hall: Hall) -> None:
    day = hall.today + timedelta(days=30)
    first, _ = followed(
        hall,
        "终止解除",
        collective_contract_start=hall.today.isoformat(),
        collective_contract_end=day.isoformat(),
    )
    first.refresh_from_db()
    assert first.ended_on == day and CollectiveAgreement.objects.count() == 1
    assert first.state_on(day) == "履行中" and first.state_on(day + timedelta(days=1)) == "已终止"


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"employer_negotiator_count": "2"}, {"employer_negotiator_count"}),
        ({"employee_negotiator_count": "10"}, {"employee_negotiator_count"}),
        ({"employee_negotiator_count": "4"}, {"employee_negotiator_count"}),
        ({"congress_present": "19", "congress_for": "19"}, {"congress_present"}),
        ({"congress_for": "14"}, {"congress_for"}),
        ({"congress_for": "29"}, {"congress_for"}),
        ({"congress_all": None}, {"congress_all"}),
        ({"reply_date": "2026-09-01"}, {"reply_date"}),
        ({"adopted_on": "2026-11-21"}, {"signed_on"}),
        ({"signed_on": "2026-11-22", "submitted_on": "2026-11-23"}, {"signed_on"}),
        ({"collective_contract_end": "2026-11-19"}, {"collective_contract_end"}),
        ({"contents": None}, {"contents"}),
        ({"sort": "wages", "contents": None}, {"wage_contents"}),
        (
            {"scope": "regional", "contents": None, "adopted_on": None} | _NO_CONGRESS,
            {
                "negotiation_organiser",
                "organiser_phone",
                "region_or_industry_name",
                "wider_contents",
            },
        ),
        ({"employee_chief_named": False}, {"employee_chief_authorised"}),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    hall: Hall, changed: dict[str, Any], fields: set[str]
) -> None:
    assert refused_at(hall, **changed) == fields


@pytest.mark.parametrize(
    ("changed", "rules"),
    [
        ({}, set()),
        ({"signed_on": "2026-11-10", "adopted_on": "2026-11-10"}, {"collective-filed-seven"}),
        ({"signed_on": "2026-11-09", "adopted_on": "2026-11-09"}, {"collective-filed-late"}),
        ({"reply_date": "2026-11-05"}, {"collective-answer"}),
        ({"employee_outside": "2"}, {"collective-outsiders"}),
        ({"collective_contract_end": "2030-11-19"}, {"collective-term"}),
        ({"collective_contract_end": "2027-02-01"}, {"collective-term"}),
        ({"collective_contract_end": "2027-02-01", "signing_kind": "终止解除"}, set()),
        (
            {"sort": "wages", "wage_contents": ["违约责任"], "contents": None},
            {"collective-wages-yearly"},
        ),
        (
            {"employer_chief_named": False, "employer_chief_authorised": False},
            {"collective-chiefs"},
        ),
    ],
)
def test_what_the_law_says_is_told_while_it_is_filled_in(
    hall: Hall, changed: dict[str, Any], rules: set[str]
) -> None:
    found = found_of(hall, **changed)
    assert found == rules
