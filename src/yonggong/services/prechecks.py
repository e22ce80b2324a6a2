"""Pre-checks of an item (`prechecks` of the standard): looked up here where the data is here, for people
to look at where it is not.

What the standard marks as mandatory and what is found against it refuses the application, unless it
holds for one group of people alone ("城镇登记失业人员：…"): whether somebody is of it, the office judges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from yonggong.cases.attempts import Attempts
from yonggong.cases.kinds import CaseKind
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.catalogue.items import PERSON, UNIT, Precheck
from yonggong.codes.calendar import add_months
from yonggong.contracts.models import Contract
from yonggong.forms import Problem
from yonggong.registry.models import Registration, Worker
from yonggong.registry.parties import Party
from yonggong.services.record_queries import holds

# 《劳动法》第十五条 as the standard's check cites it: nobody works before that age.
_WORKING_AGE = 16
_OF_A_GROUP = "："
_UNDER_WAY = (State.PENDING, State.RETURNED)


class Result(StrEnum):
    """What was found: it fits, it speaks against it, it is worth knowing, or nobody looked yet."""

    FITS = "fits"
    AGAINST = "against"
    TOLD = "told"
    MANUAL = "manual"

    @property
    def label(self) -> str:
        return {"fits": "符合", "against": "不符合", "told": "请留意", "manual": "待人工核对"}[self]


@dataclass(frozen=True, slots=True)
class Asked:
    """Who applies for what, with which answers (typed, by what each may be known from); `names_units`:
    whether who asks may read for whom the applicant works."""

    kind: CaseKind
    applicant: Party
    known: Mapping[str, Any]
    case: Case | None
    today: date
    names_units: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """One check and what was found; `said` in words, `refuses` whether the application is refused."""

    check: str
    result: Result
    said: str = ""
    refuses: bool = False


Look = Callable[[Asked], tuple[Result, str]]
_MANUAL = (Result.MANUAL, "")


def found(asked: Asked) -> list[Found]:
    """Every check of the item, the platform's own last."""
    item = asked.kind.item
    if item is None:
        return []
    looked = [_looked(one, asked) for one in item.prechecks]
    said = {one.check for one in looked}
    return looked + [one for one in _own(asked) if one.check not in said]


def refusals(tried: Attempts, rows: Sequence[int]) -> Mapping[int, Sequence[Problem]]:
    """What refuses rows; while people type, nothing is looked up, nor ever what only tells."""
    item = tried.kind.item
    checks = [one for one in item.prechecks if _may_refuse(one)] if item else []
    if tried.typing or not checks:
        return {}
    refused: dict[int, list[Problem]] = {}
    for row in rows:
        asked = Asked(
            tried.kind,
            tried.applicant,
            known_of(tried.kind, tried.rows[row]),
            tried.case,
            tried.today,
        )
        for one in (_looked(check, asked) for check in checks):
            if one.refuses:
                message = f"办理前核对不符合：{one.check}。{one.said}".rstrip("。")
                refused.setdefault(row, []).append(
                    Problem(
                        field="",
                        code="precheck",
                        message=message,
                        remedy="请核对填写内容；情况属实的，请到办理机构窗口咨询",
                    )
                )
    return refused


def known_of(kind: CaseKind, values: Mapping[str, Any]) -> dict[str, Any]:
    """Typed answers by what each field may be known from."""
    return {
        one.known_from: values[one.name]
        for one in kind.form.fields
        if one.known_from and values.get(one.name) not in (None, "")
    }


def _looked(one: Precheck, asked: Asked) -> Found:
    wanted = {PERSON: Party.Kind.PERSON, UNIT: Party.Kind.EMPLOYER}.get(one.subject)
    look = _look_of(one)
    if look is None or asked.applicant.kind != wanted:
        return Found(one.check, *_MANUAL)
    result, said = look(asked)
    return Found(one.check, result, said, refuses=result is Result.AGAINST and _may_refuse(one))


def _may_refuse(one: Precheck) -> bool:
    return bool(one.mandatory) and _OF_A_GROUP not in one.check and _look_of(one) in _MAY_BE_AGAINST


def _look_of(one: Precheck) -> Look | None:
    return next((look for means, look in _LOOKS if means(one.check)), None)


def _own(asked: Asked) -> Iterator[Found]:
    """What the platform looks up for every item: it tells, and refuses nobody."""
    yield Found("有无同一事项正在办理的申请", *_other_open(asked))
    item = asked.kind.item
    begun = {one.record for one in item.effects if one.act == "begin"} if item else set()
    if asked.applicant.kind != Party.Kind.PERSON:
        return
    if "insurance_person" in begun:
        yield Found("是否已经办理参保登记", *_enrolled_already(asked))
    if "unemployment_registration" in begun:
        yield Found("用工备案中有无生效的劳动合同", *_not_employed(asked))


def _other_open(asked: Asked) -> tuple[Result, str]:
    others = Case.objects.filter(
        applicant=asked.applicant, kind=asked.kind.name, frequent=False, state__in=_UNDER_WAY
    )
    if asked.case is not None:
        others = others.exclude(pk=asked.case.pk)
    other = others.order_by("-pk").first()
    if other is None:
        return Result.FITS, "没有"
    return Result.TOLD, f"办件 {other.number} 正在办理（{other.state_title}），请勿重复申请"


def _enrolled_already(asked: Asked) -> tuple[Result, str]:
    if holds(asked.applicant.pk, "insurance_person", on=asked.today):
        return Result.TOLD, "本平台已有有效的参保登记"
    return Result.MANUAL, "本平台没有参保登记，其他系统的由办理机构核对"


def _insured(asked: Asked) -> tuple[Result, str]:
    key = "insurance_person" if asked.applicant.kind == Party.Kind.PERSON else "insurance_unit"
    if holds(asked.applicant.pk, key, on=asked.today):
        return Result.FITS, "本平台有有效的登记"
    return Result.MANUAL, "本平台没有登记，其他系统的由办理机构核对"


def _works(asked: Asked) -> str:
    """That there are contracts in force; "" where there are none."""
    active = Contract.objects.filter(worker=asked.applicant.pk, state=Contract.State.ACTIVE)
    names = list(active.order_by("-start_on").values_list("employer__name", flat=True))
    said = "用工备案有生效的劳动合同" if names else ""
    return f"{said}：{'、'.join(names)}" if names and asked.names_units else said


def _not_employed(asked: Asked) -> tuple[Result, str]:
    if said := _works(asked):
        return Result.TOLD, said
    return Result.MANUAL, "用工备案没有生效的劳动合同，其他系统由办理机构比对"


def _employed(asked: Asked) -> tuple[Result, str]:
    if said := _works(asked):
        return Result.FITS, said
    return Result.MANUAL, "用工备案没有生效的劳动合同"


def _of_age(asked: Asked) -> tuple[Result, str]:
    began = asked.known.get("person.work_start")
    born = asked.known.get("person.birth")
    if not isinstance(born, date):
        worker = Worker.objects.filter(pk=asked.applicant.pk).first()
        born = worker.birth_on if worker else None
    if not isinstance(began, date) or born is None:
        return _MANUAL
    if began < add_months(born, 12 * _WORKING_AGE):
        return Result.AGAINST, f"出生日期 {born}，参加工作 {began}，不满 {_WORKING_AGE} 周岁"
    return Result.FITS, ""


def _as_registered(asked: Asked) -> tuple[Result, str]:
    unit = asked.applicant.employer
    if unit is None:
        return _MANUAL
    registration = Registration.objects.filter(credit_code=unit.credit_code).first()
    if registration is None:
        return Result.MANUAL, "登记部门的信息尚未载入"
    said = {
        "单位名称": (asked.known.get("unit.name") or unit.name, registration.name),
        "法定代表人": (
            asked.known.get("unit.legal_representative") or unit.legal_representative,
            registration.legal_representative,
        ),
    }
    differs = [what for what, (ours, theirs) in said.items() if theirs and ours and ours != theirs]
    if registration.state != Registration.State.ACTIVE:
        return Result.AGAINST, f"登记状态为{registration.get_state_display()}"
    if differs:
        return Result.AGAINST, f"{'、'.join(differs)}与登记信息不一致"
    return Result.FITS, ""


# Which checks of the standard are looked up, by how they are worded; all others are for people.
_LOOKS: tuple[tuple[Callable[[str], bool], Look], ...] = (
    (lambda check: check == "是否重复提交", _other_open),
    (lambda check: check.startswith("是否童工"), _of_age),
    (lambda check: "登记的法人身份信息一致" in check, _as_registered),
    (lambda check: check.endswith("核实未就业"), _not_employed),
    (lambda check: check.startswith("企业职工：以"), _employed),
    (lambda check: check == "是否参保", _insured),
    (lambda check: check == "是否重复参保", _enrolled_already),
)
# Those that may find something against an application; the others only tell.
_MAY_BE_AGAINST = (_of_age, _as_registered)
