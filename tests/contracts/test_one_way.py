"""A row is checked as the page's form is: the same refusals, findings, lateness, agency and missing
materials, in the same words, whichever way it comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.contracts.making import Hall, answers, ending_answers, part_time_answers, renewal_answers
from yonggong.batch.filing import checked, completed
from yonggong.batch.models import Batch
from yonggong.batch.reading import Part
from yonggong.cases import checking
from yonggong.cases.attempts import Attempts
from yonggong.cases.checking import MATERIAL_MISSING
from yonggong.cases.kinds import get_kind
from yonggong.contracts.models import Contract
from yonggong.contracts.renewal.form import RENEWAL_FORM
from yonggong.contracts.renewal.going_on import continued
from yonggong.policy.book import EXTRA_FOLDERS, book_of_files
from yonggong.registry.models import Agency, AgencyItem

pytestmark = pytest.mark.django_db

_INVENTED = Path(__file__).parents[1] / "policy" / "invented"
_XINING = "630102"
_SAID = "情况属实，已报主管部门。"
_thoroughly = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def by_page(hall: Hall, kind: str, raw: dict[str, Any], subject: int | None, said: str) -> Attempts:
    """What the page's checks make of a form."""
    asked: dict[str, Any] = {
        "kind": get_kind(f"contract.{kind}"),
        "raw": raw,
        "applicant": hall.employer.party,
        "subject": subject,
        "by": hall.operator,
        "now": hall.now,
    }
    tried, _, verdicts = checking.attempt(**asked)
    if said:
        explained = {verdict.rule: said for verdict in verdicts}
        tried, _, _ = checking.attempt(**asked, explanations=explained)
    return tried.among


def by_workbook(hall: Hall, kind: str, rows: list[dict[str, Any]], said: list[str]) -> Attempts:
    """What the workbook's checks make of rows, as its job has them checked."""
    batch = Batch(
        pk=7,
        kind=f"contract.{kind}",
        employer=hall.employer,
        agency=hall.employer.agency,
        region_code=hall.employer.region_code,
        filed_by=hall.operator,
        filed_on=hall.today,
    )
    names = {name for row in rows for name in row} & set(batch.form.fields_by_name)
    cells = {name: [row.get(name) for row in rows] for name in names}
    cleaned = batch.form.clean_columns(completed(batch, cells, len(rows)), len(rows))
    return checked(batch, Part(range(2, len(rows) + 2), cells, said), cleaned, {})


def words(tried: Attempts, row: int) -> dict[str, Any]:
    """All that the checks say of a row. Where a missing material can be given is the one thing in
    which a workbook differs."""
    return {
        "problems": sorted(
            (problem.code, problem.message, "" if missing else problem.remedy)
            for problem in tried.problems.get(row, ())
            for missing in [problem.code == MATERIAL_MISSING]
        ),
        "verdicts": [asdict(verdict) for verdict in tried.verdicts.get(row, ())],
        "lateness": tried.lateness[row],
        "agency": tried.agencies[row],
    }


def compare(hall: Hall, kind: str, rows: list[Any], said: list[str]) -> None:
    """`rows`: (contract or None, answers) of different people."""
    cells = [_named(contract) | raw for contract, raw in rows]
    workbook = by_workbook(hall, kind, cells, said)
    for row, (contract, raw) in enumerate(rows):
        page = by_page(hall, kind, raw, contract.pk if contract else None, said[row])
        assert words(workbook, row) == words(page, 0), raw


def _named(contract: Contract | None) -> dict[str, Any]:
    if contract is None:
        return {}
    worker = contract.worker
    return {
        "document_type": worker.document_type,
        "document_number": worker.document_number,
        "name": worker.name,
    }


_DAYS = st.integers(-400, 40)
_EXPLAINED = st.lists(st.sampled_from(["", _SAID]), min_size=3, max_size=3)
# What people leave out, mistake, or agree against the law.
_CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "base_pay": st.sampled_from(["800.00", "2000.00", "4200.00", "many", None]),
        "weekly_hours": st.sampled_from(["40", "52", None]),
        "term_type": st.sampled_from(["1", "2", "3", "9"]),
        "job": st.sampled_from(["行政专员", None]),
        "probation_pay": st.sampled_from(["1000.00", "4000.00", None]),
        "hours_system": st.sampled_from(["1", "2", "3"]),
        "employment_form": st.sampled_from(["1", "2", "3"]),
        "liquidated_damages": st.just("5000.00"),
        "non_compete_months": st.sampled_from(["12", "30"]),
        "deposit": st.just("1"),
        "night_shift": st.just("1"),
        "agreed_matters": st.just("工伤自负。"),
    },
)


@pytest.fixture
def people(hall: Hall, make_employer: Any, make_user: Any) -> list[dict[str, Any]]:
    """Persons as the platform knows them: not at all, by this employer, by another, waiting or in
    force, full-time or not, under this name or another."""
    other = make_employer()
    there = Hall(
        employer=other,
        operator=make_user("employer_operator", employer=other),
        reviewer=hall.reviewer,
        now=hall.now,
    )
    known = []
    for place in (hall, there):
        for state in ("filed", "approved", "old"):
            for make in (answers, part_time_answers):
                raw = make(today=hall.today)
                began = {}
                if state == "old":
                    began = dict.fromkeys(("signed_on", "start_on", "work_start_on"), "2023-11-20")
                    began["end_on"] = "2026-11-19"
                case = place.file("new", raw | began)
                if state != "filed":
                    place.approve(case)
                known.append(raw)
    renamed = [{**raw, "name": "试别名"} for raw in known[::3]]
    return known + renamed + [answers(today=hall.today) for _ in range(3)]


def _who(raw: dict[str, Any]) -> dict[str, Any]:
    names = ("document_type", "document_number", "name", "sex", "birth_on", "mobile")
    return {name: raw[name] for name in names}


@given(data=st.data(), said=_EXPLAINED)
@_thoroughly
def test_new_contracts(hall: Hall, people: list[Any], data: st.DataObject, said: list[str]) -> None:
    chosen = data.draw(st.lists(st.integers(0, len(people) - 1), min_size=3, max_size=3))
    numbers = {people[place]["document_number"]: people[place] for place in chosen}
    rows = []
    for person in numbers.values():
        make = data.draw(st.sampled_from([answers, part_time_answers]))
        start = hall.today + timedelta(days=data.draw(_DAYS))
        days = {name: start.isoformat() for name in ("signed_on", "start_on", "work_start_on")}
        raw = make(today=hall.today, **days, **data.draw(_CHANGES))
        rows.append((None, {**raw, **_who(person)}))
    compare(hall, "new", rows, said[: len(rows)])


@pytest.fixture
def contracts(hall: Hall) -> list[Contract]:
    """Contracts of this employer: in force or run out, on a roster or not, one with a filing that
    waits."""
    waiting = hall.in_force()
    hall.file("change", _change(hall, waiting, {}), contract=waiting)
    bare = hall.approved()
    return [hall.in_force(), hall.old(), waiting, Contract.objects.get(filings__case=bare)]


def _renewal(contract: Contract, changes: dict[str, Any]) -> dict[str, Any]:
    """The page's form as it is begun, with what a blank cell of the workbook takes over."""
    given = RENEWAL_FORM.dump(continued(contract)) | renewal_answers(contract)
    return given | {name: value for name, value in changes.items() if value is not None}


def _change(hall: Hall, contract: Contract, changes: dict[str, Any]) -> dict[str, Any]:
    given = renewal_answers(contract) | {
        "start_on": contract.start_on.isoformat(),
        "changed_on": hall.today.isoformat(),
        "change_reason": "1",
    }
    return given | {name: value for name, value in changes.items() if value is not None}


@pytest.mark.parametrize("kind", ["renewal", "change", "ending"])
@given(data=st.data(), said=_EXPLAINED)
@_thoroughly
def test_filings_on_a_contract(
    hall: Hall, contracts: list[Contract], kind: str, data: st.DataObject, said: list[str]
) -> None:
    chosen = data.draw(st.lists(st.sampled_from(contracts), unique=True, min_size=1, max_size=3))
    rows = []
    for contract in chosen:
        if kind == "ending":
            reason = data.draw(st.sampled_from(["3602", "3701", "3901", "4002", "4401", "4404"]))
            raw = ending_answers(
                on=hall.today + timedelta(days=data.draw(_DAYS)),
                end_reason=reason,
                notice_on=data.draw(st.sampled_from([None, "2026-10-01", "2026-11-19"])),
                severance_paid=data.draw(st.sampled_from(["0", "3000.00", "much"])),
            )
        elif kind == "renewal":
            raw = _renewal(contract, data.draw(_CHANGES))
        else:
            raw = _change(hall, contract, data.draw(_CHANGES))
        rows.append((contract, raw))
    compare(hall, kind, rows, said[: len(rows)])


@pytest.fixture
def demanding(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    """An employer in a province that asks for a material and does not take renewals, whose own
    agency does not handle contracts: another is named for them."""
    monkeypatch.setenv(EXTRA_FOLDERS, str(_INVENTED))
    book_of_files.cache_clear()
    hall.employer.region_code = _XINING
    hall.employer.agency = Agency.objects.create(
        name="西宁市医疗保障局", region_code=_XINING, level="county", department="医保"
    )
    hall.employer.save()
    for level, region in (("county", _XINING), ("prefecture", "630100"), ("province", "630000")):
        named = Agency.objects.create(
            name=f"{level}劳动关系科", region_code=region, level=level, department="人社"
        )
        AgencyItem.objects.create(agency=named, item="contract.new")
    yield hall
    book_of_files.cache_clear()


def test_materials_and_agency(demanding: Hall) -> None:
    raw = answers(today=demanding.today)
    compare(demanding, "new", [(None, raw)], [""])
    found = by_workbook(demanding, "new", [raw], [""])
    assert {problem.message for problem in found.problems[0]} == {"缺少材料：劳动者照片"}
    [agency] = found.agencies
    assert agency is not None and agency.name.endswith("劳动关系科")


def test_a_material_that_comes_with_the_rows_is_not_missing(demanding: Hall) -> None:
    found = by_workbook(demanding, "new", [answers(today=demanding.today)], [""])
    found.given, found.problems = {"photo"}, {}
    checking.check(found)
    assert found.problems == {}


def test_what_a_province_does_not_take(demanding: Hall, agency: Agency) -> None:
    contract = _before_moving(demanding, agency)
    compare(demanding, "renewal", [(contract, _renewal(contract, {}))], [""])
    page = by_page(demanding, "renewal", _renewal(contract, {}), contract.pk, "")
    assert [problem.code for problem in page.problems[0]] == ["not_taken_here"]


def test_an_employer_that_is_not_filed(hall: Hall) -> None:
    contract = hall.in_force()
    hall.employer.state = "unfiled"
    for kind, raw in (
        ("new", answers(today=hall.today)),
        ("ending", ending_answers(on=hall.today)),
    ):
        about = contract if kind == "ending" else None
        compare(hall, kind, [(about, raw)], [""])
        page = by_page(hall, kind, raw, about.pk if about else None, "")
        assert [problem.code for problem in page.problems[0]] == ["employer_not_filed"]


def _before_moving(hall: Hall, agency: Agency) -> Contract:
    """A contract approved before the employer moved to that province."""
    employer = hall.employer
    region, now = employer.region_code, employer.agency
    employer.region_code, employer.agency = "220104", agency
    contract = hall.in_force()
    employer.region_code, employer.agency = region, now
    return contract
