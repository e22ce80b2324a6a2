"""How it goes: accepted, looked into with insurance, inspection and arbitration, recommended by county and
city, decided by the region, put on file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from yonggong.cases.procedure import Procedure, StepPlan, procedure_of
from yonggong.cases.step_forms import step_forms
from yonggong.forms import Field, FieldType, Form, Problem, Section, When
from yonggong.forms.checks import register_check
from yonggong.relations.harmony.form import ITEM

INQUIRY, SEALS, FILING = "survey", "approve", "file"


def _form(name: str, title: str, *fields: Field, **more: Any) -> Form:
    return Form(
        name=f"harmony.{name}",
        title=title,
        sections=(Section(name=name, title=title, fields=fields),),
        **more,
    )


def _clean(values: Mapping[str, Any]) -> Iterable[Problem]:
    """What the standard defers recommendation for."""
    if values.get("insurance_owed") and not values.get("insurance_exempt"):
        yield _problem("insurance_owed", "未缴或者欠缴社会保险费")
    if values.get("wage_complaints"):
        yield _problem("wage_complaints", "有尚未解决的欠薪投诉")
    if values.get("open_arbitration"):
        yield _problem("open_arbitration", "有尚未结案的劳动仲裁")


def _problem(field: str, said: str) -> Problem:
    return INQUIRED.problem(
        field, "deferred", f"{said}，暂缓推荐", "不予推荐的，选择不予办理并写明理由"
    )


register_check("harmony_inquiry_clean", _clean)


def _cases(name: str, label: str) -> Field:
    return Field(
        name=name,
        label=label,
        type=FieldType.INTEGER,
        required=True,
        min_value=0,
        max_value=9999,
        unit="件",
    )


INQUIRED = _form(
    "inquiry",
    "核实情况",
    Field(
        name="insurance_owed",
        label="未缴或者欠缴社会保险费",
        type=FieldType.BOOLEAN,
        required=True,
    ),
    Field(
        name="insurance_exempt",
        label="除外规定",
        max_length=200,
        show_when=When("insurance_owed", equals=True),
        hint="因疫情等另有规定的，写明规定",
        width=8,
    ),
    _cases("wage_complaints", "劳动监察尚未解决的欠薪投诉"),
    _cases("open_arbitration", "尚未结案的劳动仲裁"),
    checks=(_clean,),
)


def _opinion(name: str, title: str) -> Form:
    return _form(
        name,
        title,
        Field(
            name="opinion",
            label=title,
            type=FieldType.LONG_TEXT,
            required=True,
            max_length=1000,
            width=12,
        ),
        Field(name="opined_on", label="日期", type=FieldType.DATE, required=True),
    )


_FORMS = {
    INQUIRY: INQUIRED,
    SEALS: _form(
        "seals",
        "监管部门推荐",
        Field(
            name="sealed_by",
            label="已盖章推荐的监管部门",
            required=True,
            max_length=200,
            width=8,
            hint="拒绝盖章推荐的，暂缓推荐",
        ),
    ),
    "approve-2": _opinion("county", "旗县协调劳动关系三方会议推荐申报意见"),
    "approve-3": _opinion("league", "盟市协调劳动关系三方会议推荐申报意见"),
    "decide": _opinion("region", "自治区协调劳动关系三方会议审查意见"),
    FILING: _form(
        "filing",
        "认定备案",
        Field(
            name="in_industrial_park",
            label="工业园区单位",
            type=FieldType.BOOLEAN,
            required=True,
        ),
        Field(name="affiliation", label="隶属关系", max_length=60),
        Field(name="main_business", label="主营范围", max_length=200, width=8),
        Field(
            name="valid_until",
            label="有效期至",
            type=FieldType.DATE,
            hint="公共服务标准没有写明有效期；认定文件没有规定的，不填",
        ),
        Field(name="remarks", label="备注", max_length=200, width=8),
    ),
}
_LEVELS = {"approve-2": "county", "approve-3": "prefecture", "decide": "province"}


def _step(step: StepPlan) -> StepPlan:
    """Each level's step lies with the agency of that level. That the departments in charge gave their
    seals is no judgement of the office's own."""
    kind = "survey" if step.key == SEALS else step.kind
    return replace(step, kind=kind, level=_LEVELS.get(step.key, ""))


def procedure() -> Procedure:
    """The item's steps."""
    planned = procedure_of(ITEM, {**step_forms(ITEM), **_FORMS})
    return replace(planned, steps=tuple(map(_step, planned.steps)))
