"""Records are written by a case that ends approved, keep what is in force, and are taken back."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.cases.item_versions import content
from tests.contracts.making import revoke
from yonggong.cases import actions as case_actions
from yonggong.cases import handling, kinds
from yonggong.cases.catalogued import kind_of
from yonggong.cases.models import Case
from yonggong.cases.procedure import Outcome
from yonggong.catalogue.versions import read_version
from yonggong.codes.invent import invent_id_number
from yonggong.registry.models import Worker
from yonggong.services import record_queries, records
from yonggong.services.record_models import Record, Standing

pytestmark = pytest.mark.django_db

CHANCE = random.Random(20261128)
ONE, TWO = (
    invent_id_number(CHANCE, region="220104", birth_date=date(1990, 5, day), sex="1")
    for day in (1, 2)
)
PERSON = [
    ("姓名", "person_name", "text", "person.name"),
    ("身份证号码", "id_number", "id_number", "person.id_number"),
    ("本次参保时间", "insured_from", "date", None),
    ("变更原因", "change_reason", "text", None),
]


def _form(*, repeating: bool) -> dict[str, Any]:
    fields = [
        {"label": label, "type": type_, "required": False, "id": name, "from": source,
         "personal": type_ != "date", "by": "applicant"}
        for label, name, type_, source in PERSON
    ]  # fmt: skip
    return {"name": "人员申报表", "repeating": repeating, "by": "applicant", "fields": fields}


def _effects(*acts: str) -> list[dict[str, str]]:
    said = (act.split("/") for act in acts)
    return [{"record": record, "act": act, "subject": whose} for record, act, whose in said]


Ended = Callable[..., Case]


@pytest.fixture
def ended(
    operator: Any, employer: Any, reviewer: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> Ended:
    """An application for an invented item with these effects, approved or refused."""

    def end(
        *acts: str,
        raw: dict[str, Any],
        repeating: bool = False,
        outcome: Outcome = Outcome.NEXT,
        applicant: Any = None,
        by: Any = None,
        **changed: Any,
    ) -> Case:
        said = content(effects=_effects(*acts), forms=[_form(repeating=repeating)], **changed)
        item = read_version(said, region="220000", since=None)
        monkeypatch.setitem(kinds._KINDS, item.key, kind_of(item, taken=True))
        case = case_actions.submit(
            kind=kinds.get_kind(item.key), raw=raw, applicant=applicant or employer.party, key=None,
            by=by or operator, now=now, address=None,
        )  # fmt: skip
        for step in (Outcome.NEXT, outcome):
            case = handling.complete(
                case=case, step=case.steps.get(acted_at__isnull=True).pk, outcome=step,
                seen=case.filed_at, by=reviewer, now=now, address=None, opinion="已核对",
            )  # fmt: skip
        return case

    return end


def row(number: str, name: str, **more: str) -> dict[str, str]:
    return {"person_name": name, "id_number": number} | more


def test_a_person_whom_a_unit_enrols_has_a_record_through_it(
    ended: Ended, employer: Any, now: datetime
) -> None:
    case = ended(
        "insurance_person/begin/person",
        "contribution/begin/person",
        raw=row(ONE, "试一", insured_from="2026-11-02", change_reason="新参保"),
    )
    first, _ = record_queries.made_by(case)
    assert (first.key, first.act, first.since) == ("insurance_person", "begin", date(2026, 11, 2))
    assert (first.subject.name, first.unit.pk, first.at) == ("试一", employer.pk, now)
    assert "新参保" not in json.dumps(first.details, ensure_ascii=False)
    assert first.opened() == {"变更原因": ("新参保", True)}
    assert record_queries.holds(
        first.subject_id, "insurance_person", on=now.date(), unit=employer.pk
    )


def test_each_row_of_a_table_is_a_person_once(ended: Ended) -> None:
    rows = [row(ONE, "试一"), row(TWO, "试二"), row(ONE, "试一")]
    case = ended("insurance_person/begin/person", raw={"f1_rows": rows}, repeating=True)
    assert [one.subject.name for one in record_queries.made_by(case)] == ["试一", "试二"]


def test_a_unit_has_its_own_record_once_however_many_it_names(ended: Ended, employer: Any) -> None:
    case = ended(
        "insurance_project/change/project",
        "insurance_person/change/person",
        raw={"f1_rows": [row(ONE, "试一"), row(TWO, "试二")]},
        repeating=True,
    )
    made = record_queries.made_by(case)
    assert [one.key for one in made].count("insurance_project") == 1
    assert {one.subject_id for one in made if one.sort == "project"} == {employer.pk}


def test_where_nobody_is_named_nobody_gets_a_record(ended: Ended) -> None:
    assert not record_queries.made_by(ended("insurance_person/begin/person", raw={}))


def test_after_a_death_whoever_applies_is_not_the_one_meant(
    ended: Ended, person: Any, pupil: Any
) -> None:
    own = {"applicant": person, "by": pupil, "audience": ["个人"]}
    ended("pension_benefit/suspend/person", raw={}, **own)
    assert Standing.objects.get().subject == person
    died = ended("pension_benefit/end/person", raw={}, events=["死亡抚恤"], **own)
    assert not record_queries.made_by(died)
    assert Standing.objects.filter(subject=person).exists()


def test_where_nothing_is_printed_an_item_after_a_death_asks_for_whom_it_is() -> None:
    said = content(effects=_effects("pension_benefit/end/person"), forms=[], audience=["个人"])
    for events, asked in ((["死亡抚恤"], True), (["咨询查询"], False)):
        item = read_version(said | {"events": events}, region="220000", since=None)
        assert ("person_number" in kind_of(item).form.fields_by_name) is asked


def test_all_whom_a_case_names_are_held_at_once(
    ended: Ended,
) -> None:
    """One statement, by key: two cases that name the same people in another order never wait for
    each other."""
    rows = [row(ONE, "试一"), row(TWO, "试二")]
    with CaptureQueriesContext(connection) as caught:
        ended("insurance_person/begin/person", raw={"f1_rows": rows}, repeating=True)
    held = [
        one["sql"]
        for one in caught
        if "FOR NO KEY UPDATE" in one["sql"] and '"registry_party"."id" IN' in one["sql"]
    ]
    assert len(held) == 1 and "ORDER BY 1 ASC FOR" in held[0]
    keys = set(Record.objects.values_list("subject", flat=True))
    assert len(keys) == 2 and all(str(key) in held[0] for key in keys)


def test_a_thousand_rows_take_no_more_statements_than_two(ended: Ended) -> None:
    """Persons, events and what is in force are written in bulk, and taken back so."""

    def statements(first: int, count: int) -> int:
        rows = [row(_number(place), f"试{place}号") for place in range(first, first + count)]
        with CaptureQueriesContext(connection) as caught:
            case = ended("insurance_person/begin/person", raw={"f1_rows": rows}, repeating=True)
        assert len(record_queries.made_by(case)) == count
        with CaptureQueriesContext(connection) as undone, transaction.atomic():
            records.take_back(case, case.decided_by, case.decided_at)
        assert not Standing.objects.filter(record__case=case).exists()
        return len(caught) + len(undone)

    statements(0, 1)  # what is looked up once a process
    assert statements(50, 2) == statements(100, 40)


def _number(place: int) -> str:
    birth = date(1980, 1, 1) + timedelta(days=place)
    return invent_id_number(CHANCE, region="220104", birth_date=birth, sex="1")


def test_of_persons_filed_already_the_confirmed_stay_as_they_are(ended: Ended) -> None:
    """Of one whom no approval has confirmed the particulars become these, as for one alone."""
    ended(
        "insurance_person/begin/person",
        raw={"f1_rows": [row(ONE, "试一"), row(TWO, "试二")]},
        repeating=True,
    )
    Worker.objects.filter(name="试一").update(confirmed=True)
    case = ended(
        "insurance_person/change/person",
        raw={"f1_rows": [row(ONE, "试壹"), row(TWO, "试贰")]},
        repeating=True,
    )
    assert [one.subject.name for one in record_queries.made_by(case)] == ["试一", "试贰"]
    assert set(Worker.objects.values_list("name", flat=True)) == {"试一", "试贰"}


def test_what_has_run_out_holds_no_more(ended: Ended, employer: Any, now: datetime) -> None:
    case = ended("insurance_unit/begin/unit", raw={})
    Standing.objects.filter(record__case=case).update(until=now.date())
    holding = partial(record_queries.holds, employer.pk, "insurance_unit")
    assert holding(on=now.date()) and not holding(on=now.date() + timedelta(days=1))


def test_one_refused_makes_none(ended: Ended, employer: Any) -> None:
    case = ended("insurance_unit/begin/unit", raw={}, outcome=Outcome.REFUSE)
    assert not record_queries.made_by(case)
    assert not record_queries.holds(employer.pk, "insurance_unit", on=case.decided_at.date())


def test_what_holds_is_kept_from_act_to_act_and_nothing_is_overwritten(
    ended: Ended, employer: Any
) -> None:
    for act, state in (("begin", "in_force"), ("suspend", "suspended"), ("resume", "in_force")):
        ended(f"insurance_unit/{act}/unit", raw={})
        held = Standing.objects.get(subject=employer.pk)
        assert (held.state, held.record.act) == (state, act)
    ended("insurance_unit/end/unit", raw={})
    assert not Standing.objects.filter(subject=employer.pk).exists()
    assert list(Record.objects.order_by("pk").values_list("act", flat=True)) == [
        "begin", "suspend", "resume", "end",
    ]  # fmt: skip


def test_taking_an_approval_back_takes_its_records_back(
    ended: Ended, employer: Any, reviewer: Any, second: Any, now: datetime
) -> None:
    ended("insurance_unit/begin/unit", raw={})
    stopped = ended("insurance_unit/suspend/unit", raw={})
    revoke(stopped, by=reviewer, second=second, now=now)
    assert Standing.objects.get(subject=employer.pk).state == "in_force"
    (undone,) = record_queries.made_by(stopped)
    assert undone.undone_by.by == second


def test_of_a_record_one_is_in_force_at_most(ended: Ended, employer: Any) -> None:
    ended("insurance_unit/begin/unit", raw={})
    ended("insurance_unit/begin/unit", raw={})
    held = Standing.objects.get(subject=employer.pk)
    held.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        held.save()


def test_records_are_seen_by_their_unit_their_region_and_nobody_else(
    ended: Ended, operator: Any, reviewer: Any, make_user: Any, make_employer: Any
) -> None:
    ended("insurance_person/begin/person", raw=row(ONE, "试一"))
    other = make_user("employer_operator", employer=make_employer())
    elsewhere = make_user("reviewer", region_code="220203")
    (record,) = Record.objects.all()
    for user, seen in ((operator, 1), (reviewer, 1), (other, 0), (elsewhere, 0)):
        assert record_queries.visible_to(user).count() == seen
        assert record_queries.in_force(user, record.subject_id).count() == seen
