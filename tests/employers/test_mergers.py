"""合并、分立: contracts go on with another employer, service is counted on, all of it taken back again
(Labour Contract Law, 34; Regulations, 10)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.contracts.making import Hall, ending_answers, renewal_answers, revoke
from tests.contracts.test_taking_back import facts
from tests.employers.merging import merger, split
from tests.telling import titles
from yonggong import policy
from yonggong.cases import actions as case_actions
from yonggong.cases import drafting
from yonggong.cases.actions import Refused
from yonggong.cases.kinds import get_kind
from yonggong.cases.models import Case
from yonggong.contracts import background, service
from yonggong.contracts.facts import Place, ending_facts
from yonggong.contracts.models import Contract, Filing, Succession
from yonggong.contracts.threads import values_in_force
from yonggong.registry.models import Agency, Employer

pytestmark = pytest.mark.django_db
REGION = "150302"


@pytest.fixture
def there(db: None) -> Agency:
    return Agency.objects.create(name="海勃湾区劳动关系科", level="county", region_code=REGION)


@pytest.fixture
def make_hall(there: Agency, make_employer: Any, make_user: Any, now: Any) -> Callable[..., Hall]:
    reviewer = make_user("reviewer", agency=there, region_code=REGION)

    def make(name: str, **columns: Any) -> Hall:
        employer = make_employer(name=name, region_code=REGION, agency=there, **columns)
        operator = make_user("employer_operator", employer=employer)
        return Hall(employer=employer, operator=operator, reviewer=reviewer, now=now)

    return make


@pytest.fixture
def hall(make_hall: Any) -> Hall:
    return make_hall("乌海试验被并商贸有限公司")


@pytest.fixture
def other(make_hall: Any) -> Hall:
    return make_hall("乌海试验承继商贸有限公司")


@pytest.fixture
def third(make_hall: Any) -> Hall:
    return make_hall("乌海试验分出商贸有限公司")


@pytest.fixture
def take_back(hall: Hall, there: Agency, make_user: Any) -> Callable[[Case], Case]:
    second = make_user("reviewer", agency=there, region_code=REGION)
    return lambda case: revoke(case, by=hall.reviewer, second=second, now=hall.now)


def merged(hall: Hall, other: Hall, **changed: Any) -> Case:
    return hall.approve(merger(hall, other.employer, **changed))


def test_contracts_go_on_under_their_number_with_all_that_was_agreed(
    hall: Hall, other: Hall
) -> None:
    contract = hall.in_force(name="试安澜")
    before = Contract.objects.filter(pk=contract.pk).values().get()
    case = merged(hall, other)
    assert titles(other.operator) == [f"{hall.employer.name}的劳动合同由本单位承继"]
    after = Contract.objects.filter(pk=contract.pk).values().get()
    assert after | {"employer_id": before["employer_id"], "predecessors": None} == before
    assert after["employer_id"] == other.employer.pk
    assert after["predecessors"] == [hall.employer.pk]
    gone = Succession.objects.get()
    assert (gone.contract_id, gone.cause, gone.on) == (contract.pk, case, hall.today)
    # The employer is closed, and nothing ended.
    assert Employer.objects.get(pk=hall.employer.pk).state == "cancelled"
    assert not Filing.objects.filter(kind="ending").exists()


def test_the_new_employer_files_on_them_and_the_old_one_no_more(hall: Hall, other: Hall) -> None:
    contract = hall.old()
    merged(hall, other)
    contract.refresh_from_db()
    renewed = other.approve(other.file("renewal", renewal_answers(contract), contract=contract))
    contract.refresh_from_db()
    assert contract.current == renewed and contract.term_count == 2
    with pytest.raises(Contract.DoesNotExist):
        hall.file("ending", ending_answers(on=hall.today), contract=contract)


def test_service_is_counted_on_with_terms_that_had_ended_before(hall: Hall, other: Hall) -> None:
    first = hall.old(name="试望舒")
    number = first.worker.document_number
    hall.approve(
        hall.file(
            "ending",
            ending_answers(on=first.end_on),
            contract=first,
        )
    )
    begun = hall.today.isoformat()
    second = hall.in_force(
        name="试望舒", document_number=number, sex=first.worker.sex,
        birth_on=first.worker.birth_on.isoformat(),
        work_start_on=begun, start_on=begun, signed_on=begun,
    )  # fmt: skip
    merged(hall, other)
    known = background.of_worker(second.worker, employer_id=other.employer.pk)
    assert [term.contract for term in known.terms] == [first.pk, second.pk]
    assert background.unbroken_since(second.work_start_on, known.terms) == first.work_start_on
    filing = Filing.objects.select_related("worker", "contract").get(contract=second)
    assert service.of_filings([filing]) == {filing.pk: first.work_start_on}
    # To somebody else the same person is new.
    assert not background.of_worker(second.worker, employer_id=0).terms


def test_severance_paid_at_the_merger_is_not_owed_again(hall: Hall, other: Hall) -> None:
    contract = hall.old()
    merged(hall, other, severance_paid="1")
    contract.refresh_from_db()
    assert contract.severance_since == hall.today
    known = background.of_worker(contract.worker, employer_id=other.employer.pk)
    place = Place.of(other.employer, policy.of(REGION, hall.today), hall.today)
    ended = ending_facts(
        {"ended_on": hall.today + timedelta(days=1), "end_reason": "4401"},
        place,
        known,
        held=values_in_force(contract),
        contract=contract.pk,
        severance_since=contract.severance_since,
    )
    assert ended.service_start_on == contract.work_start_on
    assert ended.paid_since == hall.today


def test_taking_back_the_second_of_two_mergers_leaves_what_the_first_paid(
    hall: Hall, other: Hall, third: Hall, take_back: Any
) -> None:
    contract, day = hall.old(), hall.today - timedelta(days=1)
    merged(hall, other, severance_paid="1", merged_on=day.isoformat())
    second = merged(other, third, severance_paid="1")
    contract.refresh_from_db()
    assert (contract.employer, contract.severance_since) == (third.employer, hall.today)
    second.refresh_from_db()
    take_back(second)
    contract.refresh_from_db()
    assert (contract.employer, contract.severance_since) == (other.employer, day)


def test_open_filings_and_drafts_follow_and_the_rest_is_void(hall: Hall, other: Hall) -> None:
    contract = hall.in_force()
    waiting, returned = hall.filed(), hall.return_(hall.filed())
    merged(hall, other)
    for case in (waiting, returned):
        case.refresh_from_db()
        assert case.applicant_id == case.filing.employer_id == other.employer.pk
    assert (waiting.state, returned.state) == ("pending", "returned")
    assert other.approve(waiting).state == "approved"
    assert Contract.objects.get(pk=contract.pk).state == "active"


def test_what_waits_goes_to_the_successor_s_agency_and_back_in_nobody_s_hands(
    hall: Hall, other: Hall, there: Agency, take_back: Any, make_user: Any
) -> None:
    elsewhere = Agency.objects.create(name="乌达区劳动关系科", level="county", region_code="150304")
    third = Agency.objects.create(name="海南区劳动关系科", level="county", region_code="150303")
    Employer.objects.filter(pk=other.employer.pk).update(agency=elsewhere, region_code="150304")
    decided, waiting, entrusted = hall.approved(), hall.filed(), hall.filed()
    Case.objects.filter(pk=entrusted.pk).update(agency=third, acting_agency=third)
    Filing.objects.filter(pk=entrusted.pk).update(agency=third)

    def lie() -> list[tuple[int, int, str]]:
        rows = Case.objects.filter(pk__in=[decided.pk, waiting.pk, entrusted.pk]).order_by("pk")
        return [(row.agency_id, row.filing.agency_id, row.region_code) for row in rows]

    case_actions.assign(case=waiting, by=hall.reviewer, now=hall.now, address=None)
    case = merged(hall, other)
    moved = [(there.pk, "150304"), (elsewhere.pk, "150304"), (third.pk, "150304")]
    assert lie() == [(agency, agency, region) for agency, region in moved]
    waiting.refresh_from_db()
    assert waiting.acting_agency == elsewhere and waiting.assigned_to is None
    beyond = make_user("reviewer", agency=elsewhere, region_code="150304")
    case_actions.assign(case=waiting, by=beyond, now=hall.now, address=None)
    case.refresh_from_db()
    take_back(case)
    waiting.refresh_from_db()
    assert waiting.acting_agency == there and waiting.assigned_to is None
    back = [(there.pk, REGION), (there.pk, REGION), (third.pk, REGION)]
    assert lie() == [(agency, agency, region) for agency, region in back]


def typed(hall: Hall, kind: str, subject: int | None) -> Case:
    return drafting.save_draft(
        kind=get_kind(kind),
        applicant=hall.employer.party,
        raw={},
        case=None,
        subject=subject,
        by=hall.operator,
        now=hall.now,
    )


@pytest.mark.parametrize("kind", ["contract.ending", "contract.new"])
def test_what_is_typed_goes_over_and_comes_back_and_nothing_of_the_successor_s_with_it(
    hall: Hall, other: Hall, third: Hall, take_back: Any, kind: str
) -> None:
    """On a contract, or on none yet; over two mergers, one after the other."""
    contract = hall.in_force()
    draft = typed(hall, kind, contract.pk if kind == "contract.ending" else None)
    theirs = typed(other, "contract.new", None)
    first = merged(hall, other)
    second = merged(other, third)

    def whose() -> list[int]:
        for case in (draft, theirs, first, second):
            case.refresh_from_db()
        return [draft.applicant_id, theirs.applicant_id]

    assert whose() == [third.employer.pk] * 2
    take_back(second)
    assert whose() == [other.employer.pk] * 2
    take_back(first)
    assert whose() == [hall.employer.pk, other.employer.pk]


def test_withdrawn_everything_is_as_before(hall: Hall, other: Hall, take_back: Any) -> None:
    hall.in_force()
    hall.old()
    hall.filed()
    case = merger(hall, other.employer)
    before = facts()
    hall.approve(case)
    assert facts() != before
    case.refresh_from_db()
    take_back(case)
    assert titles(other.operator) == [f"{hall.employer.name}的劳动合同的承继已撤销"]
    assert facts() == before
    assert (
        Case.objects.filter(filing__isnull=False).exclude(applicant=hall.employer.pk).count() == 0
    )


def test_what_was_filed_on_a_contract_since_is_withdrawn_first(
    hall: Hall, other: Hall, take_back: Any
) -> None:
    contract = hall.in_force()
    case = merged(hall, other)
    later = other.now + timedelta(hours=1)
    other.now = later
    other.approve(other.file("ending", ending_answers(on=hall.today), contract=contract))
    case.refresh_from_db()
    with pytest.raises(Refused, match="以本办件为依据"):
        take_back(case)


def test_only_a_filed_employer_named_by_code_and_name_goes_on(hall: Hall, other: Hall) -> None:
    hall.in_force()
    with pytest.raises(Refused, match="已完成初次备案"):
        merger(hall, other.employer, name="乌海别的有限公司")
    with pytest.raises(Refused):
        merger(hall, hall.employer)
    case = merger(hall, other.employer)
    Employer.objects.filter(pk=other.employer.pk).update(
        state="cancelled", cancelled_on=date(2026, 11, 19)
    )
    with pytest.raises(Refused):
        hall.approve(case)
    assert Contract.objects.get().employer == hall.employer


def test_a_province_that_does_not_take_it_refuses(employer: Any, operator: Any, now: Any) -> None:
    with pytest.raises(Refused, match=r"不受理|未开通|不办理"):
        case_actions.submit(
            kind=get_kind("employer.merge"),
            raw={},
            applicant=employer.party,
            key=None,
            by=operator,
            now=now,
            address=None,
        )


def test_by_a_split_those_named_go_over_and_the_others_stay(
    hall: Hall, other: Hall, third: Hall, take_back: Any
) -> None:
    goes, stays = hall.in_force(name="试去"), hall.in_force(name="试留")
    case = split(hall, [other.employer], [(goes.worker, other.employer)])
    before = facts()
    hall.approve(case)
    assert Contract.objects.get(pk=goes.pk).employer == other.employer
    assert Contract.objects.get(pk=stays.pk).employer == hall.employer
    assert Employer.objects.get(pk=hall.employer.pk).state == "filed"
    case.refresh_from_db()
    take_back(case)
    assert facts() == before


def test_who_stays_may_be_named_instead(hall: Hall, other: Hall) -> None:
    goes, stays = hall.in_force(name="试去"), hall.in_force(name="试留")
    hall.approve(
        split(
            hall,
            [other.employer],
            [(stays.worker, hall.employer)],
            rest_code=other.employer.credit_code,
        )
    )
    assert Contract.objects.get(pk=goes.pk).employer == other.employer
    assert Contract.objects.get(pk=stays.pk).employer == hall.employer


def test_an_employer_dissolved_by_its_split_closes_and_all_go_over(
    hall: Hall, other: Hall, third: Hall
) -> None:
    one, two = hall.in_force(), hall.in_force()
    hall.approve(
        split(
            hall,
            [other.employer, third.employer],
            [(one.worker, third.employer)],
            split_kind="new",
            rest_code=other.employer.credit_code,
        )
    )
    assert Contract.objects.get(pk=one.pk).employer == third.employer
    assert Contract.objects.get(pk=two.pk).employer == other.employer
    assert Employer.objects.get(pk=hall.employer.pk).state == "cancelled"


def test_who_goes_over_works_here_and_goes_to_one_of_the_new_employers(
    hall: Hall, other: Hall, third: Hall
) -> None:
    here, elsewhere = hall.in_force(), other.in_force()
    with pytest.raises(Refused, match="没有在本单位履行中的劳动合同"):
        split(hall, [other.employer], [(elsewhere.worker, other.employer)])
    with pytest.raises(Refused, match="不是上面所列承继单位"):
        split(hall, [other.employer], [(here.worker, third.employer)])


def test_however_many_contracts_one_statement_carries_them(hall: Hall, other: Hall) -> None:
    def asked(count: int) -> int:
        for _ in range(count):
            hall.approved()
        case = merger(hall, other.employer)
        with CaptureQueriesContext(connection) as statements:
            hall.approve(case)
        Employer.objects.filter(pk=hall.employer.pk).update(state="filed", cancelled_on=None)
        return len(statements)

    assert asked(1) == asked(4)
