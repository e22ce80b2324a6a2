"""An invented kind of case: joining a tennis club. It proves the engine apart from labour law."""

from __future__ import annotations

from datetime import date
from typing import Any

from yonggong.cases.attempts import Attempt, by_row
from yonggong.cases.kinds import CaseKind, register
from yonggong.cases.models import Case
from yonggong.cases.parts import Checks, Effects
from yonggong.forms import Field, FieldType, Form, Problem, Section
from yonggong.law.findings import Article, Finding, Seen

FORM = Form(
    name="club",
    title="入会申请",
    sections=(
        Section(
            name="member",
            title="会员",
            fields=(
                Field(name="name", label="姓名", required=True, max_length=20),
                Field(name="mobile", label="手机号", type=FieldType.MOBILE, personal=True),
                Field(name="joined_on", label="入会日期", type=FieldType.DATE, required=True),
                Field(name="racket", label="球拍"),
            ),
        ),
    ),
)

CALLS: list[tuple[str, Any]] = []


def _refusals(attempt: Attempt) -> list[Problem]:
    if attempt.values["name"] == "拒绝":
        return [FORM.problem("name", "unwelcome", "本会不接收此人", "请换人")]
    return []


def _findings(attempt: Attempt) -> list[Finding]:
    if attempt.values.get("racket") != "木拍":
        return []
    article = Article("球会章程", 3, checked=Seen("球会章程", date(2026, 1, 1)))
    return [
        Finding(
            rule="probation-pay",
            message="木拍易断",
            articles=(article,),
            field="racket",
            remedy="请换球拍。",
        )
    ]


MEMBERSHIP = register(
    CaseKind(
        name="club.membership",
        title="入会申请",
        form=FORM,
        subject_name=lambda attempt: str(attempt.values["name"]),
        checks=Checks(
            refusals=by_row(_refusals),
            findings=by_row(_findings),
        ),
        effects=Effects(
            opened=lambda case, attempt: CALLS.append(("opened", case.pk)),
            amended=lambda case, attempt: CALLS.append(("amended", case.pk)),
            applied=lambda case, by, now: CALLS.append(("applied", case.pk)),
            revoked=lambda case, by, now: CALLS.append(("revoked", case.pk)),
            returned=lambda case: CALLS.append(("returned", case.pk)),
            voided=lambda case: CALLS.append(("voided", case.pk)),
        ),
        event_field="joined_on",
        deadline="contract_signed",
    )
)


def answers(**changed: Any) -> dict[str, Any]:
    """A good application."""
    return {"name": "试一", "joined_on": date(2026, 11, 10).isoformat(), **changed}


def calls_of(case: Case) -> list[str]:
    """The kind's hooks called for a case, in order."""
    return [name for name, pk in CALLS if pk == case.pk]
