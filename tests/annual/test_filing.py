"""Tables 1 to 3 of a year: filled in, explained, filed, returned, mended, approved (SX-1 to SX-3)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contracts.making import Hall, approve, return_
from yonggong.annual import actions, rows, standing
from yonggong.annual.models import DraftRows, FiledRows, Return
from yonggong.cases import actions as case_actions
from yonggong.cases import queries as case_queries
from yonggong.cases.errors import Refused
from yonggong.cases.models import Case
from yonggong.forms.page import explanations

pytestmark = pytest.mark.django_db


def begun(hall: Hall, kind: str = standing.WHOLE, year: int = 2025) -> Case:
    return actions.begin(
        kind=kind, employer=hall.employer, year=year, by=hall.operator, now=hall.now
    )


def send(hall: Hall, case: Case, **changed: Any) -> Case:
    case = case_queries.get_case(hall.operator, case.pk)
    raw = {**case_queries.typed_in(case), **changed}
    return case_actions.submit(
        kind=case.definition,
        raw=raw,
        applicant=hall.employer.party,
        case=case,
        explanations=explanations(raw),
        key=None,
        by=hall.operator,
        now=hall.now,
        address=None,
    )


def refusal(hall: Hall, case: Case, **changed: Any) -> set[str]:
    with pytest.raises(Refused) as refused:
        send(hall, case, **changed)
    return {problem.code for problem in refused.value.problems} | {
        verdict.rule for verdict in refused.value.verdicts if verdict.stops
    }


WHY = {"explain-annual-without-contract": "正在协商续订，六月底前签订。"}


def change(hall: Hall, case: Case, place: int | None, **changed: Any) -> None:
    case = case_queries.get_case(hall.operator, case.pk)
    sheet = rows.sheet_of(case, "persons")
    stands = sheet.between(place, place + 1)[0] if place is not None else None
    actions.keep_row(
        case=case,
        table="persons",
        place=place,
        seen=actions.fingerprint(stands),
        row={**(stands or {}), **changed},
        by=hall.operator,
        now=hall.now,
    )


def test_it_begins_with_the_contracts_that_held_at_the_end_of_the_year(staffed: Hall) -> None:
    case = begun(staffed)
    figures = case_queries.typed_in(case)
    told = ("staff", "rural", "should_sign", "signed", "rate", "middle", "long")
    assert [figures[name] for name in told] == [3, 1, 3, 2, 67, 1, 1]
    assert (figures["ownership"], figures["year"]) == ("private", 2025)
    persons = rows.sheet_of(case, "persons").columns()
    assert sorted(persons["service_years"]) == [1, 1, 1]
    assert persons["pay"] == [4200] * 3


def test_the_first_filing_has_no_table_3(staffed: Hall) -> None:
    case = begun(staffed)
    assert standing.tables_of(case) == ("persons",)
    assert not rows.sheet_of(case, "endings").parts
    case = approve(send(staffed, case, **WHY), by=staffed.reviewer, now=staffed.now)
    assert standing.tables_of(case) == ("persons",)


def test_who_should_have_a_contract_and_has_none_is_explained_before_it_is_filed(
    staffed: Hall,
) -> None:
    case = begun(staffed)
    assert refusal(staffed, case) == {"annual-without-contract", "explanation_required"}
    filed = send(staffed, case, **WHY)
    found = filed.version.findings[0]
    assert found["explanation"] == WHY["explain-annual-without-contract"]
    assert found["articles"][0].startswith("《关于进一步加强劳动用工备案工作的通知》")


def test_table_1_is_refused_where_it_does_not_add_up(staffed: Hall) -> None:
    case = begun(staffed)
    assert "not_the_sum" in refusal(staffed, case, staff=4, **WHY)
    assert "not_the_rate" in refusal(staffed, case, rate=66, **WHY)


def test_table_1_that_adds_up_and_is_not_table_2_is_explained(staffed: Hall) -> None:
    case = begun(staffed)
    typed = case_queries.typed_in(case)
    more = {"staff": 4, "men": typed["men"] + 1, "on_post": 4}
    assert "annual-figures" in refusal(staffed, case, **more, **WHY)


def test_whoever_is_in_table_2_alone_is_told_until_the_row_says_why(staffed: Hall) -> None:
    case = begun(staffed)
    change(staffed, case, 0, document_number="110101199003074514", name="别人")
    assert {"annual-unfiled", "annual-left-out"} <= refusal(staffed, case, **WHY)
    change(staffed, case, 0, remark="合同正在补办备案")
    told = refusal(staffed, case, **WHY)
    assert "annual-unfiled" not in told
    assert "annual-left-out" in told


def test_a_term_that_differs_from_the_contract_filed_is_told(staffed: Hall) -> None:
    case = begun(staffed)
    change(staffed, case, 0, end_on="2030-01-01")
    assert "annual-differing" in refusal(staffed, case, **WHY)
    found = standing.found(
        case, staffed.employer, 2025, staffed.today.replace(year=2025, month=12, day=31)
    )
    assert [(one.sort, one.columns) for one in found] == [("differing", ("end_on",))]


def test_a_person_who_stands_twice_or_a_row_without_its_answers_is_refused(staffed: Hall) -> None:
    case = begun(staffed)
    first = rows.sheet_of(case, "persons").between(0, 1)[0]
    change(staffed, case, None, **first)
    assert "person_twice" in refusal(staffed, case, **WHY)
    change(staffed, case, 1, post_kind=None)
    assert "row_incomplete" in refusal(staffed, case, **WHY)


def test_a_row_changed_meanwhile_is_not_overwritten(staffed: Hall) -> None:
    case = begun(staffed)
    with pytest.raises(Refused):
        actions.keep_row(
            case=case, table="persons", place=0, seen="", row=None,
            by=staffed.operator, now=staffed.now,
        )  # fmt: skip
    assert rows.sheet_of(case, "persons").size == 3


def test_what_was_filed_stays_as_it_was_while_it_is_mended(staffed: Hall) -> None:
    case = send(staffed, begun(staffed), **WHY)
    assert not DraftRows.objects.exists()
    assert Return.objects.get(case=case).year == 2025
    return_(case, by=staffed.reviewer, now=staffed.now, opinion="第 1 行的工资请核对。")
    change(staffed, case, 0, pay=5000)
    first = FiledRows.objects.get(case=case, number=1, table="persons")
    assert first.opened()["pay"][0] == 4200
    again = send(staffed, case, **WHY)
    assert again.version.number == 2
    assert rows.sheet_of(again, "persons").columns()["pay"][0] == 5000
    done = approve(again, by=staffed.reviewer, now=staffed.now)
    assert done.state == "approved"
    assert FiledRows.objects.filter(case=case).count() == 2


def test_what_is_taken_back_begins_again_with_its_rows(staffed: Hall) -> None:
    from yonggong.cases import second_thoughts

    case = send(staffed, begun(staffed), **WHY)
    fresh = second_thoughts.take_back(
        case=case, reason="", by=staffed.operator, now=staffed.now, address=None
    )
    assert rows.sheet_of(fresh, "persons").size == 3


def test_a_year_is_filed_once_and_the_next_has_table_3(staffed: Hall) -> None:
    approve(send(staffed, begun(staffed), **WHY), by=staffed.reviewer, now=staffed.now)
    again = begun(staffed)
    assert "filed_already" in refusal(staffed, again, **WHY)
    assert standing.tables_of(again) == ("persons", "endings")
    assert rows.sheet_of(again, "endings").columns()["end_reason"] == ["3701"]


def test_a_year_that_is_not_over_is_refused(staffed: Hall) -> None:
    assert "year_not_over" in refusal(staffed, begun(staffed), year=2026, **WHY)


def test_table_3_alone_tells_who_left_and_is_not_told_twice(staffed: Hall) -> None:
    from tests.contracts.making import ending_answers
    from yonggong.contracts.models import Contract

    leaves = Contract.objects.filter(employer=staffed.employer, state="active").first()
    assert leaves is not None
    staffed.approve(staffed.file("ending", ending_answers(on=staffed.today), contract=leaves))
    case = begun(staffed, standing.ALONE, 2026)
    assert rows.sheet_of(case, "endings").size == 1
    approve(send(staffed, case), by=staffed.reviewer, now=staffed.now)
    again = begun(staffed, standing.ALONE, 2026)
    assert rows.sheet_of(again, "endings").size == 0
    assert "no_endings" in refusal(staffed, again)


def test_elsewhere_it_is_not_taken(hall: Hall, make_employer: Any, make_user: Any) -> None:
    other = make_employer(region_code="220104")
    operator = make_user("employer_operator", employer=other)
    case = actions.begin(kind=standing.WHOLE, employer=other, year=2024, by=operator, now=hall.now)
    hall.employer, hall.operator = other, operator
    assert "not_taken_here" in refusal(hall, case)
