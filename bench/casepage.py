"""The page of a case with ten versions and eight steps, to who filed it and to who reviews it.

The invented item below has eight steps; a contract of the filled database is given ten versions
beside it. The floor reads the same rows by their keys, and draws nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse
from django.utils import timezone

from bench.results import Result, interleaved
from yonggong.accounts.models import Grant, User
from yonggong.cases import actions as case_actions
from yonggong.cases import form_versions
from yonggong.cases.kinds import CaseKind, register
from yonggong.cases.models import Case, Pause, Step, Version
from yonggong.cases.procedure import Procedure, StepPlan
from yonggong.cases.sealing import sealed
from yonggong.forms import Field, FieldType, Form, Section
from yonggong.policy import Period

_VERSIONS, _STEPS, _ROUNDS = 10, 8, 40
_PASSWORD = "Bench-2026-casepage"
_FIELDS = tuple(
    Field(name=f"answer_{place}", label=f"第 {place} 项", personal=place % 5 == 0)
    for place in range(30)
)
_RECORD = Form(
    name="bench_record",
    title="勘验记录",
    sections=(
        Section(
            name="record",
            title="记录",
            fields=(Field(name="on", label="日期", type=FieldType.DATE), Field(name="found", label="结果")),
        ),
    ),
)  # fmt: skip
_ITEM = CaseKind(
    name="bench.item",
    title="试验事项",
    form=Form(
        name="bench_item",
        title="试验事项",
        sections=(Section(name="answers", title="填报内容", fields=_FIELDS),),
    ),
    subject_name=lambda attempt: "试验对象",
    taken=True,
    procedure=Procedure(
        promised=Period(20, "working"),
        by_law=Period(40, "working"),
        steps=tuple(
            StepPlan(
                key=f"step{place}",
                title=f"环节{place + 1}",
                kind="accept" if place == 0 else "survey",
                promised=Period(3, "working"),
                pauses=("等待材料",),
                form=_RECORD if place else None,
            )
            for place in range(_STEPS)
        ),
    ),
)
_FLOOR = (
    "SELECT * FROM cases_case WHERE id = %s",
    "SELECT * FROM cases_version WHERE case_id = %s ORDER BY number",
    "SELECT * FROM cases_step WHERE case_id = %s ORDER BY round, position",
    "SELECT * FROM cases_event WHERE case_id = %s ORDER BY id",
)


@override_settings(ALLOWED_HOSTS=["testserver"])
def run() -> list[Result]:
    """Medians of each page, with the number of its queries in the name."""
    register(_ITEM)
    form_versions.keep([_ITEM.form])
    filed = Case.objects.filter(kind="contract.new", state="pending", counter=None).earliest("pk")
    _grow(filed)
    operator = _person("bench_page_operator", role="employer_operator", party=filed.applicant)
    reviewer = _person(
        "bench_page_reviewer", role="reviewer", agency=filed.agency, region_code=filed.region_code
    )
    item = _item(filed, operator, reviewer)
    results = []
    for what, case in (("item", item), ("filing", filed)):
        for space, person in (("employer", operator), ("bureau", reviewer)):
            address = reverse(f"{space}:case", args=[case.pk])
            results.append(_measured(f"{space}, {what}", _asking(person, address), case))
    return results


def _measured(title: str, page: Callable[[], None], case: Case) -> Result:
    asked: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    page()
    with connection.execute_wrapper(note):
        page()
    ours, floor = interleaved(page, lambda: _floor(case), rounds=_ROUNDS)
    return Result(f"casepage: {title}, {len(asked)} queries", "ms", ours, floor, "< 60 ms")


def _asking(person: User, address: str) -> Callable[[], None]:
    client = Client()
    answer = client.post("/sign-in/", {"username": person.username, "password": _PASSWORD})
    assert answer.status_code == 302, answer.content.decode()[:2000]

    def page() -> None:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)

    return page


def _floor(case: Case) -> None:
    with connection.cursor() as cursor:
        for question in _FLOOR:
            cursor.execute(question, [case.pk])
            cursor.fetchall()


def _person(username: str, **grant: object) -> User:
    user = User(username=username, name=username)
    user.set_password(_PASSWORD)
    user.save()
    Grant.objects.create(user=user, **grant)
    return user


def _item(beside: Case, operator: User, reviewer: User) -> Case:
    """A case of the invented item, in the last of its steps."""
    case = case_actions.submit(
        kind=_ITEM,
        raw={field.name: f"试验内容{field.name}" for field in _FIELDS},
        applicant=beside.applicant,
        key=None,
        by=operator,
        now=timezone.now(),
        address=None,
    )
    _grow(case)
    now = timezone.now()
    case.steps.all().delete()
    for place in range(_STEPS):
        done = place < _STEPS - 1
        step = Step.objects.create(
            case=case,
            round=1,
            position=place,
            key=f"step{place}",
            kind="accept" if place == 0 else "survey",
            agency_id=case.agency_id,
            opened_at=now,
            due_on=case.due_on,
            filed_by=operator,
            acted_by=reviewer if done else None,
            acted_at=now if done else None,
            outcome="next" if done else "",
            opinion="符合规定" if done else "",
            data={"on": "2026-11-24", "found": "符合要求"} if place and done else {},
        )
        Pause.objects.create(
            step=step, reason="等待材料", by=reviewer, began_on=now.date(), ended_on=now.date()
        )
    return case


def _grow(case: Case) -> None:
    """Give the case ten versions, each as its last one says."""
    last, personal = case.version, case.definition.form.personal_fields
    answers = last.opened(case.definition.form)
    for number in range(last.number + 1, _VERSIONS + 1):
        Version.objects.create(
            case=case,
            form_id=last.form_id,
            number=number,
            data=sealed(answers, personal, Version.owner_of(case.pk, number)),
            findings=last.findings,
            judged_on=last.judged_on,
            by_id=last.by_id,
            at=last.at,
        )
