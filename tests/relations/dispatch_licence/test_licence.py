"""劳务派遣经营许可: its conditions, its way to the licence, what ends it, what it says of contracts."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.contracts.making import answers as contract_answers
from tests.contracts.making import revoke
from tests.documents.papers import page_texts
from tests.relations.dispatch_licence.applying import answers, later, licensed
from tests.relations.office import Office, filled_in, rules_found
from yonggong.cases import checking, handling
from yonggong.cases.actions import Refused
from yonggong.cases.errors import Forbidden
from yonggong.cases.models import Case
from yonggong.cases.procedure import Outcome
from yonggong.documents.models import Document
from yonggong.relations import licences
from yonggong.relations.dispatch_licence.form import CANCEL, CHANGE, EXTEND
from yonggong.relations.licence_models import DispatchLicence
from yonggong.relations.licence_terms import issued_on
from yonggong.relations.licences import ITEM
from yonggong.reminders.models import Message
from yonggong.services import surveys
from yonggong.services.record_models import Standing

pytestmark = pytest.mark.django_db


def years_after(now: datetime, days: int) -> datetime:
    return now + timedelta(days=days)


def only() -> DispatchLicence:
    return DispatchLicence.objects.get()


# --- what refuses it --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"registered_capital_10k": "199.99"}, "capital"),
        ({"premises_area": "99.9"}, "area"),
        ({"has_rules": "false"}, "condition"),
        ({"has_facilities": "false"}, "condition"),
        ({"premises_area": None}, "required"),
        ({"credit_code": "91150302MA0000001X"}, "other_unit"),
        ({"application_kind": EXTEND, "licence_number": "X", "operations": "平稳"}, "unknown"),
    ],
)
def test_what_lacks_a_condition_is_refused(
    office: Office, changed: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        office.apply(ITEM, answers(office, **changed))
    if code != "other_unit":
        assert code in {problem.code for problem in refused.value.problems}


def test_a_licence_that_there_is_not_is_not_cancelled(office: Office) -> None:
    with pytest.raises(Refused) as refused:
        office.apply(ITEM, later(office, CANCEL, "X"))
    assert {problem.code for problem in refused.value.problems} == {"unknown"}


def test_just_enough_is_enough(office: Office) -> None:
    case = office.apply(ITEM, answers(office))
    assert case.agency == office.agency


# --- from application to licence --------------------------------------------------------------


def test_it_goes_over_the_on_site_check_to_letter_and_licence(office: Office) -> None:
    case = office.apply(ITEM, answers(office))
    for _ in ("accept", "review"):
        office.step(case)
    with pytest.raises(Refused):
        office.step(case, answers={})
    for _ in ("survey", "decide"):
        office.step(case)
    assert not DispatchLicence.objects.exists()
    case = office.step(case, Outcome.END)
    licence = only()
    assert case.state == "approved"
    standing = Standing.objects.get(subject=case.applicant_id)
    assert (standing.key, standing.until) == ("dispatch_licence", licence.valid_until)
    assert (licence.valid_from, licence.valid_until) == (date(2026, 11, 20), date(2029, 11, 19))
    assert licence.number.startswith("1503002026")
    issued = {paper.title for paper in Document.objects.all()}
    assert issued >= {
        "劳务派遣经营准予行政许可决定书",
        f"劳务派遣经营许可证 {licence.number}",
    }
    assert Document.objects.get(kind="licence.dispatch").page_count == 2
    letter = Document.objects.get(heading="劳务派遣经营准予行政许可决定书")
    text = "".join("".join(page_texts(letter.pdf)).split())
    assert "经审查，符合法定条件，决定准予行政许可。" in text and licence.number in text
    assert "《中华人民共和国劳动合同法》第五十七条" in text and "1994" not in text
    assert text.count("申请日期") == 1
    assert surveys.photos_of(case).exists()


@pytest.mark.parametrize(
    ("found", "code"),
    [
        ({"area_found": "99.9"}, "area"),
        ({"facilities_found": "false"}, "condition"),
        ({"survey_result": "unmet"}, "unmet"),
    ],
)
def test_premises_that_are_not_as_asked_do_not_go_on(
    office: Office, found: dict[str, str], code: str
) -> None:
    case = office.apply(ITEM, answers(office))
    for _ in ("accept", "review"):
        case = office.step(case)
    form = handling.form_of(case, case.steps.get(acted_at=None))
    given = filled_in(form, office.hall.now) | found
    with pytest.raises(Refused) as refused:
        office.step(case, answers=given)
    assert [problem.code for problem in refused.value.problems] == [code]
    case = office.step(case, Outcome.REFUSE, answers=given, opinion="现场不符合许可条件")
    assert case.state == "refused"


def test_it_is_called_by_its_unit_and_what_is_asked_for_later(office: Office) -> None:
    first = licensed(office)
    unit = office.hall.employer.name
    assert first.subject_name == unit
    more = office.apply(ITEM, later(office, CANCEL, only().number))
    assert more.subject_name == f"{unit}（{CANCEL}）"


def test_refused_it_leaves_a_letter_with_the_grounds_and_no_licence(office: Office) -> None:
    case = office.apply(ITEM, answers(office))
    for _ in ("accept", "review"):
        office.step(case)
    case = office.step(case, Outcome.REFUSE, opinion="实测面积 60 平方米，不符合第七条")
    assert case.state == "refused"
    assert Document.objects.filter(heading="不予批准决定书").exists()
    assert not DispatchLicence.objects.exists()


# --- extended, changed, cancelled -------------------------------------------------------------


def test_sixty_days_before_its_end_it_is_extended_and_not_a_day_later(office: Office) -> None:
    licensed(office)
    last = issued_on(office.hall.today).extendable_until
    on_time = years_after(office.hall.now, (last - office.hall.today).days)
    raw = later(office, EXTEND, only().number, operations="三年来业务平稳")
    with pytest.raises(Refused) as refused:
        office.apply(ITEM, raw, at=on_time + timedelta(days=1))
    assert {problem.code for problem in refused.value.problems} == {"too_late"}
    office.through(office.apply(ITEM, raw, at=on_time), on_time)
    assert only().valid_until == issued_on(date(2029, 11, 20)).ends


def test_who_asks_in_time_is_extended_however_late_the_office_decides(office: Office) -> None:
    licensed(office)
    last = issued_on(office.hall.today).extendable_until
    on_time = years_after(office.hall.now, (last - office.hall.today).days)
    raw = later(office, EXTEND, only().number, operations="三年来业务平稳")
    case = office.apply(ITEM, raw, at=on_time)
    _, problems, _ = checking.attempt(
        kind=case.definition,
        raw=raw,
        case=case,
        applicant=office.hall.employer.party,
        by=office.hall.operator,
        now=on_time + timedelta(days=30),
    )
    assert not problems
    office.through(case, on_time + timedelta(days=70))
    assert only().valid_until == issued_on(date(2029, 11, 20)).ends


def test_asked_for_in_time_and_undecided_at_its_end_it_is_deemed_extended(office: Office) -> None:
    licensed(office)
    last = issued_on(office.hall.today).extendable_until
    on_time = years_after(office.hall.now, (last - office.hall.today).days)
    raw = later(office, EXTEND, only().number, operations="三年来业务平稳")
    case = office.apply(ITEM, raw, at=on_time)
    end = only().valid_until
    after = end + timedelta(days=1)

    def known_on(day: date) -> DispatchLicence:
        return licences.of_employer(office.hall.employer.pk, day)[0]

    def found(state: str) -> bool:
        return DispatchLicence.objects.filter(licences.in_state(state, after)).exists()

    assert not known_on(end).holds_on(after)
    assert known_on(after).holds_on(after) and known_on(after).held_in(after.year + 1)
    assert known_on(after).state_on(after) == "有效（视为准予延续）"
    assert found("valid") and not found("expired")
    for outcome in (Outcome.NEXT, Outcome.NEXT, Outcome.REFUSE):
        office.step(case, outcome, at=on_time, opinion="实测面积不符合第七条")
    assert known_on(after).state_on(after) == "已过期"
    assert found("expired") and not found("valid")


def test_who_is_too_late_applies_anew_who_is_not_extends(office: Office) -> None:
    licensed(office)
    with pytest.raises(Refused) as refused:
        office.apply(ITEM, answers(office))
    assert {problem.code for problem in refused.value.problems} == {"licensed"}
    late = years_after(office.hall.now, 3 * 365 - 20)
    office.apply(ITEM, answers(office), at=late)


def test_a_change_makes_what_holds_and_taken_back_what_held(office: Office) -> None:
    first = licensed(office)
    raw = later(
        office, CHANGE, only().number, changed=["地址"], business_address="海勃湾区新华街 2 号"
    )
    changed = office.through(office.apply(ITEM, raw))
    assert only().address == "海勃湾区新华街 2 号"
    with pytest.raises(Refused):
        take_back(office, first)
    take_back(office, changed)
    assert only().address == "乌海市海勃湾区人民路 1 号"
    take_back(office, first)
    assert not DispatchLicence.objects.exists()


def test_one_granted_before_the_platform_goes_back_to_what_it_said(office: Office) -> None:
    today = office.hall.today
    end = today + timedelta(days=60)
    licence = licences.enter(
        employer=office.hall.employer,
        agency=office.agency,
        number="150300202400001",
        said={
            "name": "原名称",
            "address": "原住所",
            "capital_10k": 300,
            "premises_area": 150,
            "valid_from": today - timedelta(days=1000),
            "valid_until": end,
        },
    )
    raw = later(office, EXTEND, licence.number, operations="三年来业务平稳")
    extended = office.through(office.apply(ITEM, raw))
    assert only().valid_until > end and only().name == office.hall.employer.name
    take_back(office, extended)
    assert (only().valid_until, only().name, only().capital_10k) == (end, "原名称", 300)


def take_back(office: Office, case: Case) -> Case:
    return revoke(case, by=office.first, second=office.second, now=office.hall.now)


def test_cancelled_it_holds_no_more(office: Office) -> None:
    licensed(office)
    case = office.apply(ITEM, later(office, CANCEL, only().number))
    office.through(case)
    assert (only().state_on(office.hall.today), only().ended_how) == ("已注销", "cancelled")
    assert Document.objects.filter(heading="准予注销劳务派遣经营许可决定书").exists()


def test_the_office_ends_it_with_facts_and_law(office: Office) -> None:
    licensed(office)
    given: dict[str, Any] = {"licence": only().pk, "now": office.hall.now, "address": None}
    for wrong in ({"how": "revoked", "ground": " "}, {"how": "cancelled", "ground": "注销"}):
        with pytest.raises(Refused):
            licences.end(**given, **wrong, by=office.first)
    with pytest.raises(Forbidden):
        licences.end(**given, how="revoked", ground="违法", by=office.hall.reviewer)
    licences.end(**given, how="revoked", ground="出租许可证，第三十三条", by=office.first)
    assert only().state_on(office.hall.today) == "已吊销"
    assert not only().holds_on(office.hall.today)
    assert not Standing.objects.exists()
    told = Message.objects.get(user=office.hall.operator, topic=f"licence-ended-{only().pk}")
    assert "已吊销" in told.title


@pytest.mark.parametrize(
    ("days", "state", "found"),
    [(0, "有效", "valid"), (3 * 365, "有效", "valid"), (3 * 365 + 1, "已过期", "expired")],
)
def test_it_runs_out(office: Office, days: int, state: str, found: str) -> None:
    licensed(office)
    day = office.hall.today + timedelta(days=days)
    assert only().state_on(day) == state
    assert DispatchLicence.objects.filter(licences.in_state(found, day)).exists()


# --- what it says of contracts ----------------------------------------------------------------


def dispatched(office: Office, **changed: Any) -> dict[str, Any]:
    given = {
        "employment_form": "3",
        "contract_text": "2",
        "user_unit": "乌海用工单位有限公司",
        "user_unit_code": "91150302MA0QJ6WF1L",
        "dispatch_post": "2",
        "dispatch_start_on": "2026-11-10",
        "dispatch_end_on": "2028-11-09",
    }
    return contract_answers(today=office.hall.today, **(given | changed))


def test_a_dispatcher_without_a_licence_on_the_day_is_told_so(office: Office) -> None:
    rule = "dispatch-licence-on-record"
    assert rule in rules_found(office, "contract.new", dispatched(office))
    licensed(office, office.hall.now - timedelta(days=30))
    assert rule not in rules_found(office, "contract.new", dispatched(office))
    licences.end(
        licence=only().pk,
        how="revoked",
        ground="出租许可证",
        by=office.first,
        now=office.hall.now - timedelta(days=20),
        address=None,
    )
    assert rule in rules_found(office, "contract.new", dispatched(office))


def test_a_dispatcher_whose_licence_is_deemed_extended_has_one(office: Office) -> None:
    licensed(office)
    today, rule = office.hall.today, "dispatch-licence-on-record"
    DispatchLicence.objects.update(
        valid_from=today - timedelta(days=1000), valid_until=today + timedelta(days=60)
    )
    office.apply(ITEM, later(office, EXTEND, only().number, operations="三年来业务平稳"))
    DispatchLicence.objects.update(valid_until=today - timedelta(days=1))
    raw = dispatched(office, start_on=today.isoformat())
    assert rule not in rules_found(office, "contract.new", raw)
    refused = {"state": "refused", "decided_at": office.hall.now, "decided_by": office.first}
    Case.objects.filter(state="pending").update(**refused)
    assert rule in rules_found(office, "contract.new", raw)
