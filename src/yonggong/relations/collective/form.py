"""What is sent for review: the standard's three printed forms as one, and what its conditions need.

The forms (wages; general and other; regional and industrial) ask for the same but for what the
contract contains, so each thing is asked once and the contents are those of the form that applies.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from yonggong.catalogue.book import book
from yonggong.entitlements.models import SORTS
from yonggong.forms import AllOf, Field, FieldType, Form, Option, Section, When
from yonggong.forms.checks import named_check
from yonggong.relations.printed import form_with

ITEM = book().get("collective-contract-review")
ENTERPRISE, REGIONAL, INDUSTRIAL = "enterprise", "regional", "industrial"
SCOPES = {ENTERPRISE: "企业集体合同", REGIONAL: "区域性集体合同", INDUSTRIAL: "行业性集体合同"}
SIGNED, RENEWED, CHANGED, ENDED = "新签", "续签", "变更", "终止解除"

_FIELDS = form_with(ITEM).fields_by_name
_WAGES, _GENERAL, _WIDER = "f1", "f2", "f3"


def _printed(name: str, form: str = _GENERAL, **changed: Any) -> Field:
    """A field of a printed form; `changed` says what of it is otherwise."""
    found = _FIELDS.get(f"{form}_{name}") or _FIELDS[name]
    return replace(found, **{"name": name, **changed})


def _count(name: str, label: str, **more: Any) -> Field:
    return Field(
        name=name,
        label=label,
        type=FieldType.INTEGER,
        min_value=0,
        max_value=9999999,
        unit="人",
        **more,
    )


def _options(words: dict[str, str]) -> tuple[Option, ...]:
    return tuple(Option(code=code, label=label) for code, label in words.items())


_IN_ENTERPRISE = When("scope", equals=ENTERPRISE)
_WIDE = When("scope", one_of=(REGIONAL, INDUSTRIAL))
_ON_WAGES, _NOT_ON_WAGES = (
    When("sort", equals="wages"),
    When("sort", one_of=tuple(sort for sort in SORTS if sort != "wages")),
)


def _side(side: str, title: str, chief: str) -> Section:
    """One side of the bargaining: the chief, how many, who else."""
    return Section(
        name=side,
        title=title,
        hint=f"协商代表 3 至 9 名，双方人数相同，其中首席代表 1 名（{chief}）",
        fields=(
            _printed(f"{side}_chief_negotiator"),
            _printed(f"{side}_chief_position"),
            _printed(f"{side}_chief_phone"),
            Field(
                name=f"{side}_chief_named",
                label=f"首席代表为{chief}本人",
                type=FieldType.BOOLEAN,
                required=True,
            ),
            Field(
                name=f"{side}_chief_authorised",
                label="首席代表有书面委托或者经民主推举",
                type=FieldType.BOOLEAN,
                show_when=When(f"{side}_chief_named", equals=False),
                required=When(f"{side}_chief_named", equals=False),
            ),
            _printed(f"{side}_negotiator_count", min_value=3, max_value=9, unit="名"),
            _count(f"{side}_outside", "其中本单位以外的专业人员", hint="不超过本方代表的三分之一"),
            _printed(f"{side}_selection_method"),
            _printed(f"{side}_other_negotiators", max_length=500),
        ),
    )


_UNIT = Section(
    name="unit",
    title="企业信息",
    fields=tuple(
        _printed(name)
        for name in (
            "unit_name",
            "credit_code",
            "legal_representative",
            "legal_representative_phone",
            "postcode",
            "address",
            "unit_phone",
            "unit_region",
        )
    ),
)

_CONTRACT = Section(
    name="contract",
    title="集体合同",
    fields=(
        Field(
            name="scope",
            label="适用范围",
            type=FieldType.CHOICE,
            choices=_options(SCOPES),
            required=True,
            default=ENTERPRISE,
        ),
        Field(
            name="sort",
            label="合同类型",
            type=FieldType.CHOICE,
            choices=_options(SORTS),
            required=True,
        ),
        Field(name="title", label="合同名称", required=True, max_length=120, width=8),
        _printed("signing_kind"),
        Field(
            name="signed_on",
            label="签订日期",
            type=FieldType.DATE,
            required=True,
            hint="双方首席代表签字之日；公共服务标准要求 7 日内报送，《集体合同规定》为 10 日",
        ),
        _printed("collective_contract_start"),
        _printed("collective_contract_end", hint="终止解除的，填写终止解除的日期"),
        _count("covered", "覆盖职工人数", required=True),
        _printed("negotiation_organiser", _WIDER, required=_WIDE, show_when=_WIDE),
        _printed("organiser_phone", _WIDER, required=_WIDE, show_when=_WIDE),
        _printed("region_or_industry_name", _WIDER, required=_WIDE, show_when=_WIDE),
        _count("covered_units", "覆盖企业户数", show_when=_WIDE),
    ),
)


def _contents(name: str, printed: str, form: str, *conditions: When) -> Field:
    met = AllOf(conditions)
    return replace(_printed(printed, form), name=name, required=met, show_when=met)


_CONTENTS = Section(
    name="contents",
    title="合同内容",
    fields=(
        _contents("wage_contents", "wage_contract_contents", _WAGES, _IN_ENTERPRISE, _ON_WAGES),
        _contents("contents", "contract_contents", _GENERAL, _IN_ENTERPRISE, _NOT_ON_WAGES),
        _contents("wider_wage_contents", "wage_contract_contents", _WIDER, _WIDE, _ON_WAGES),
        _contents("wider_contents", "contract_contents", _WIDER, _WIDE, _NOT_ON_WAGES),
    ),
)

_BARGAINING = Section(
    name="bargaining",
    title="协商和通过",
    fields=(
        _printed("offer_date"),
        _printed("reply_date", hint="收到要约之日起 20 日内书面回应"),
        _printed("negotiation_date"),
        _printed("negotiation_method"),
        Field(
            name="adopted_on",
            label="草案通过日期",
            type=FieldType.DATE,
            required=_IN_ENTERPRISE,
            show_when=_IN_ENTERPRISE,
        ),
        _count(
            "congress_all",
            "应到代表（职工）",
            required=_IN_ENTERPRISE,
            show_when=_IN_ENTERPRISE,
            hint="全体职工代表，或者全体职工",
        ),
        _count(
            "congress_present",
            "实到代表（职工）",
            required=_IN_ENTERPRISE,
            show_when=_IN_ENTERPRISE,
            hint="三分之二以上",
        ),
        _count(
            "congress_for",
            "同意人数",
            required=_IN_ENTERPRISE,
            show_when=_IN_ENTERPRISE,
            hint="全体的半数以上",
        ),
    ),
)

_PROMISE = Section(
    name="promise",
    title="企业承诺",
    hint="企业承诺上述信息真实有效，并对数据的真实性负责，如有虚报愿承担相应责任。",
    fields=tuple(_printed(name) for name in ("submitted_by", "submitter_phone", "submitted_on")),
)

_SECTIONS = (
    _CONTRACT,
    _UNIT,
    _CONTENTS,
    _side("employer", "企业方", "法定代表人"),
    _side("employee", "职工方", "工会主席"),
    _BARGAINING,
    _PROMISE,
)
_ORDER = (
    ("offer_date", "reply_date"),
    ("reply_date", "negotiation_date"),
    ("negotiation_date", "adopted_on"),
    ("negotiation_date", "signed_on"),
    ("adopted_on", "signed_on"),
    ("signed_on", "submitted_on"),
    ("collective_contract_start", "collective_contract_end"),
)
_NAMED = {field.name: field for section in _SECTIONS for field in section.fields}

FORM = Form(
    name=ITEM.key,
    title=ITEM.title,
    sections=_SECTIONS,
    checks=tuple(
        named_check({"name": "in_order", "with": {"first": first, "then": then}}, _NAMED)
        for first, then in _ORDER
    ),
)
