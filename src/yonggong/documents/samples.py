"""填写示例: a kind's form filled in with invented answers that it accepts, marked as an example. Nobody's
data: numbers lie where none are given out (`codes.invent`), names are plain placeholders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from random import Random
from typing import Any

from yonggong.cases.kinds import CaseKind
from yonggong.codes.invent import (
    invent_bank_card,
    invent_credit_code,
    invent_id_number,
    invent_mobile,
)
from yonggong.documents.rendering.filled import render_filled
from yonggong.documents.rendering.papers import FilledForm, FilledPart, FilledTable, Pair
from yonggong.forms import Field, Form, view

_PERSONS = ("示例一", "示例二")
_BORN = (date(1986, 5, 12), date(1992, 9, 3))
_REGION = "150105"
_UNIT, _ADDRESS = "示例科技有限公司", "示例路 1 号"
_PHONE = "0471-0000000"
# What the platform knows of whoever applies, by the last word of `known_from`; else by words of the
# label, the first that stands in it.
_KNOWN: Mapping[str, str] = {
    "address": _ADDRESS,
    "household_address": _ADDRESS,
    "bank": "示例银行示例支行",
    "employer": _UNIT,
    "ethnicity": "汉族",
    "education": "大学本科",
    "household_type": "城镇",
    "id_type": "居民身份证",
    "marital": "已婚",
    "political": "群众",
    "sex": "女",
    "relation": "配偶",
    "industry": "软件和信息技术服务业",
    "economic_type": "有限责任公司",
    "nature": "企业",
    "job": "软件工程师",
    "occupation": "软件工程技术人员",
    "contact": _PERSONS[0],
    "legal_representative": _PERSONS[1],
    "insurance_number": "0000000001",
}
_BY_LABEL: Mapping[str, str] = {
    "银行": "示例银行示例支行",
    "户名": _PERSONS[0],
    "单位名称": _UNIT,
    "企业名称": _UNIT,
    "机构名称": "示例职业培训学校",
    "学校": "示例技工学校",
    "院校": "示例技工学校",
    "姓名": _PERSONS[0],
    "联系人": _PERSONS[0],
    "经办人": _PERSONS[0],
    "签字": _PERSONS[0],
    "签名": _PERSONS[0],
    "代表": _PERSONS[1],
    "负责人": _PERSONS[1],
    "地址": _ADDRESS,
    "地点": _ADDRESS,
    "电话": _PHONE,
    "性别": "女",
    "民族": "汉族",
    "学历": "大学本科",
    "专业": "计算机应用",
    "职务": "技术员",
    "职称": "助理工程师",
    "工种": "电工",
    "岗位": "技术岗",
    "关系": "配偶",
    "编号": "SL-0001",
    "号码": "SL-0001",
    "证号": "SL-0001",
    "原因": "（据实填写原因）",
    "意见": "情况属实，同意申报",
    "医院": "示例医院",
    "医疗机构": "示例医院",
    "部位": "右手食指",
    "等级": "十级",
    "备注": "无",
    "说明": "无其他需要说明的情况",
}
_NUMBERS: Mapping[str, int] = {"分值": 50, "得分": 45, "工作时间": 8}
_DAY = date(2026, 3, 2)
_ROUNDS = 4


def print_sample(kind: CaseKind, made_on: date) -> bytes | None:
    """The filled-in form as a PDF/A on A4, the same for everybody; None where what is invented here
    does not fit the form."""
    return _printed(kind.form, kind.title, made_on)


@lru_cache(maxsize=512)
def fits(form: Form) -> bool:
    """Whether there is such a form: what is invented here fits it."""
    return not form.clean(invented_answers(form)).problems


@lru_cache(maxsize=256)
def _printed(form: Form, title: str, made_on: date) -> bytes | None:
    cleaned = form.clean(invented_answers(form))
    if cleaned.problems:
        return None
    sections = view.sections(form, cleaned.values, unmasked=True)
    parts = [
        FilledPart(one.title, [_answer(line) for line in one.answered])
        for one in sections
        if one.answered
    ]
    return render_filled(
        FilledForm(
            title=f"{title}（填写示例）",
            number="",
            facts=[],
            parts=parts,
            notes=(
                "示例中的姓名、单位、号码和金额均为虚构，仅说明怎样填写，不得作为申请材料提交。",
            ),
            made_on=made_on,
            sample=True,
        )
    )


def _answer(line: view.Line) -> Pair | FilledTable:
    if line.table is None:
        return line.label, line.text
    return FilledTable(line.label, line.table.headings, line.table.rows, line.table.totals)


def invented_answers(form: Form) -> dict[str, Any]:
    """Answers to what applicants are asked, tables with two rows; what does not apply beside the
    other answers is left out again."""
    answers = dict(_answers(form, 0))
    for _ in range(_ROUNDS):
        wrong = {problem.place or problem.field for problem in form.clean(answers).problems}
        if not wrong & answers.keys():
            break
        answers = {name: answer for name, answer in answers.items() if name not in wrong}
    return answers


def _answers(form: Form, which: int) -> Iterator[tuple[str, Any]]:
    """`which`: the first person or the second."""
    rng = Random(f"{form.name} {which}")
    for field in form.fields:
        if field.read_only or field.by == "office":
            continue
        if field.rows is not None:
            yield field.name, _rows(field)
        else:
            yield field.name, field.example or _invented(field, which, rng)


def _rows(table: Field) -> list[dict[str, Any]]:
    """Two rows, which differ where the table's rows must; what is counted in each is one."""
    assert table.rows is not None
    counted = {field.name for field in table.rows.fields if field.type.name == "integer"}
    told_apart = {
        column.name
        for column in table.rows.fields
        if column.type.name == "text" and any(column.name in keys for keys in table.unique)
    }
    first, second = (dict(_answers(table.rows, row)) for row in (0, 1))
    second |= {name: f"{second[name]}（二）" for name in told_apart if second.get(name)}
    for row in (first, second):
        row |= dict.fromkeys(counted & row.keys(), "1")
    return [first, second]


def _invented(field: Field, which: int, rng: Random) -> object:
    if "身份证" in field.label and field.type.name == "text":
        return _OF_TYPE["id_number"](which, rng)
    if field.type.name in ("integer", "decimal"):
        return _number(field)
    made = _OF_TYPE.get(field.type.name)
    if made is not None:
        return made(which, rng)
    if field.options:  # they live in the database
        return None
    if field.type.coded or field.type.logical:
        return field.type.sample(field)
    words = _words(field, which)
    most = field.type.max_length(field)
    return words[:most] if most else words


def _number(field: Field) -> str:
    """Two, or what the label calls for, within the field's bounds."""
    said = next((number for words, number in _NUMBERS.items() if words in field.label), 2)
    least = field.min_value if isinstance(field.min_value, int | Decimal) else said
    return str(max(said, least))


def _words(field: Field, which: int) -> str:
    known = field.known_from.rpartition(".")[2]
    if field.known_from in ("person.name", "agent.name"):
        return _PERSONS[which]
    if field.known_from == "unit.name":
        return _UNIT
    if known in _KNOWN:
        return _KNOWN[known]
    found = next((words for label, words in _BY_LABEL.items() if label in field.label), "")
    if found == _PERSONS[0]:
        return _PERSONS[which]
    return found or "（据实填写）"


_OF_TYPE: Mapping[str, Any] = {
    "id_number": lambda which, rng: invent_id_number(
        rng, region=_REGION, birth_date=_BORN[which], sex="2"
    ),
    "document_number": lambda which, rng: _OF_TYPE["id_number"](which, rng),
    "credit_code": lambda which, rng: invent_credit_code(rng, region=_REGION),
    "mobile": lambda which, rng: invent_mobile(rng),
    "phone": lambda which, rng: invent_mobile(rng),
    "bank_account": lambda which, rng: invent_bank_card(rng),
    "account_number": lambda which, rng: invent_bank_card(rng),
    "email": lambda which, rng: "shili@example.com",
    "postcode": lambda which, rng: "010000",
    "region": lambda which, rng: _REGION,
    "date": lambda which, rng: _DAY.isoformat(),
    "month": lambda which, rng: f"{_DAY:%Y-%m}",
    "year": lambda which, rng: str(_DAY.year),
    "money": lambda which, rng: "5000.00",
    "person_name": lambda which, rng: _PERSONS[which],
    "employer_name": lambda which, rng: _UNIT,
}
