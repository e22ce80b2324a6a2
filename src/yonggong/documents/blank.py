"""空白样表: a kind's form with nothing in it, made from its description, to be filled in by hand and
typed in at a counter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from yonggong.cases.item_forms import paper_form
from yonggong.cases.kinds import CaseKind
from yonggong.documents.rendering.filled import render_filled
from yonggong.documents.rendering.papers import FilledForm, FilledPart, FilledTable, Pair
from yonggong.forms import Field, FieldType, Form
from yonggong.forms.choices import every_option
from yonggong.registry.parties import Party

# What applicants are asked above the form, and what stands where they sign.
_APPLICANTS = {
    Party.Kind.EMPLOYER: ("单位名称", "统一社会信用代码", "单位盖章"),
    Party.Kind.PERSON: ("姓名", "证件号码", "申请人签名"),
    Party.Kind.AGENCY: ("机构名称", "所属行政区划", "机构盖章"),
}
# Choices that are printed to be ticked; of more the words are written in.
_TICKED = 12
_ROWS = 6
_ROOM = "　"


def print_blank(kind: CaseKind, made_on: date) -> bytes:
    """The form as a PDF/A on A4, the same for everybody."""
    served = tuple(one for one in _APPLICANTS if kind.serves(Party(kind=one)))
    form = kind.form if kind.coded or kind.item is None else paper_form(kind.item) or kind.form
    return _printed(form, kind.title, served, made_on)


@lru_cache(maxsize=256)
def _printed(form: Form, title: str, served: tuple[Party.Kind, ...], made_on: date) -> bytes:
    names, codes, signed = (
        "或者".join(words) for words in zip(*(_APPLICANTS[one] for one in served), strict=True)
    )
    facts = [(names, _ROOM), (codes, _ROOM), ("联系人", _ROOM), ("联系电话", _ROOM)]
    parts = [
        FilledPart(section.title, list(_lines(section.fields)))
        for section in form.sections
        if any(_is_asked(field) for field in section.fields)
    ]
    return render_filled(
        FilledForm(
            title=f"{title}（空白样表）",
            number="",
            facts=facts,
            parts=parts,
            notes=(
                "标“*”的必须填写；其他项目有该情形时填写。在所选项前的“□”中打“√”；日期按年、月、日填写。",
                "应当提交的材料以当地规定为准。填写后由窗口录入，录入后取得回执。",
                f"{signed}：　　　　　　　　　　　　年　　月　　日",
            ),
            made_on=made_on,
            blank=True,
        )
    )


def _is_asked(field: Field) -> bool:
    return field.by != "office" and not field.read_only


def _lines(fields: tuple[Field, ...]) -> Iterator[Pair | FilledTable]:
    for field in filter(_is_asked, fields):
        if field.rows is not None:
            yield _table(field, field.rows)
        else:
            yield f"{field.label}{' *' if field.required is True else ''}", _answer(field)


def _answer(field: Field) -> str:
    if field.type is FieldType.BOOLEAN:
        return "□是　□否"
    if field.type.coded and (options := every_option(field, _TICKED)):
        return "　".join(f"□{option.label}" for option in options)
    return f"{_ROOM}{field.unit}" if field.unit else _ROOM


def _table(field: Field, rows: Form) -> FilledTable:
    heads = [column.label for column in rows.fields if _is_asked(column)]
    return FilledTable(field.label, heads, [[_ROOM] * len(heads)] * _ROWS)
