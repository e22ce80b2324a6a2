"""Tables 1 to 3 printed as official tables, a thousand persons a part, so that no size breaks it. They are
what was filed, or is typed, not papers of the office: no number of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.annual import queries
from yonggong.annual.arithmetic import FIGURES
from yonggong.annual.filing.form import FORM
from yonggong.annual.rows import Sheet
from yonggong.annual.tables import SHORT, UNCHECKED
from yonggong.cases.models import Case
from yonggong.documents.rendering.papers import Column, Pair, TablePaper
from yonggong.documents.rendering.table import render_table
from yonggong.forms.words import masked_words, words

AT_ONCE = 1000
_SEALS = ("用人单位（盖章）", "人力资源社会保障部门（盖章）")
# Columns of the printed tables: their shares of the width.
_WIDTHS = {
    "document_number": 26,
    "name": 12,
    "sex": 7,
    "rural": 9,
    "education": 16,
    "service_years": 10,
    "post_kind": 16,
    "special_trade": 11,
    "on_post": 8,
    "should_sign": 8,
    "term_type": 16,
    "start_on": 16,
    "end_on": 16,
    "pay": 12,
    "ended_on": 22,
    "end_reason": 70,
    "severance_paid": 22,
    "remark": 30,
}
# What of each table stands on paper: of Table 2 all that Table 1 is counted from.
PRINTED = {
    "persons": (
        "name", "document_number", "sex", "rural", "education", "service_years", "post_kind",
        "special_trade", "on_post", "should_sign", "term_type", "start_on", "end_on", "pay",
    ),
    "endings": ("name", "document_number", "ended_on", "end_reason", "severance_paid", "remark"),
}  # fmt: skip


def parts_of(sheet: Sheet) -> int:
    """How many parts a table is printed in."""
    return max(1, -(-sheet.size // AT_ONCE))


def print_figures(case: Case, *, filed: bool = False, by: User, now: datetime) -> bytes:
    """Table 1 as PDF/A on A4, figures of the year before beside it where there are some; as it was `filed`
    last, or as it is typed."""
    values = queries.typed(case, filed=filed)
    before = queries.approved_before(case.applicant_id, case.kind, queries.year_of(values) or 0)
    earlier = before.case.values if before else {}
    fields = FORM.fields_by_name
    columns = [Column("项目", 60, "left"), Column(f"{values.get('year')} 年度", 30)]
    rows = [
        [label, words(fields[name], values.get(name)) or "—"] for name, label in FIGURES.items()
    ]
    if before:
        columns.append(Column(f"{before.year} 年度", 30))
        rows = [
            [*row, words(fields[name], earlier.get(name)) or "—"]
            for row, name in zip(rows, FIGURES, strict=True)
        ]
    paper = _paper(case, FORM.title, columns, rows, filed=filed, by=by, now=now)
    ownership = words(fields["ownership"], values.get("ownership"))
    header = [*paper.header, ("所有制性质", ownership)]
    return render_table(replace(paper, header=header, landscape=False))


def print_rows(
    case: Case,
    sheet: Sheet,
    part: int,
    *,
    unmasked: bool,
    filed: bool = False,
    by: User,
    now: datetime,
) -> bytes:
    """One part (from 1) of Table 2 or 3 as PDF/A on A4 across; `unmasked` only for those who may see
    personal data, and recorded by who calls."""
    first = (part - 1) * AT_ONCE
    form, say = sheet.form, words if unmasked else masked_words
    names = PRINTED[sheet.table]
    loaded = [form.load(_said(row)) for row in sheet.between(first, first + AT_ONCE)]
    columns = [
        Column("序号", 8),
        *(Column(_headed(form.fields_by_name[name]), _WIDTHS[name]) for name in names),
    ]
    rows = [
        [
            str(number),
            *(_cell(say(form.fields_by_name[name], row[name]), form.fields_by_name[name].unit)
              for name in names),
        ]
        for number, row in enumerate(loaded, first + 1)
    ]  # fmt: skip
    parts = parts_of(sheet)
    of_parts = f"（第 {part} 分册，共 {parts} 分册）" if parts > 1 else ""
    paper = _paper(case, f"{form.title}{of_parts}", columns, rows, filed=filed, by=by, now=now)
    kept = "含完整个人信息，请妥善保管。" if unmasked else "个人信息已遮蔽。"
    return render_table(
        replace(
            paper,
            header=[*paper.header, ("人数", f"{sheet.size} 人")],
            totals=f"本册 {len(rows)} 人，{SHORT[sheet.table]}共 {sheet.size} 人。",
            notes=[kept, UNCHECKED[sheet.table], *paper.notes],
        )
    )


def _said(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}


def _headed(field: Any) -> str:
    return f"{field.label}\n（{field.unit}）" if field.unit else str(field.label)


def _cell(said: str, unit: str) -> str:
    """A cell without the unit, which stands over the column."""
    return said.removesuffix(f" {unit}") if unit else said


def _paper(
    case: Case,
    title: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    *,
    filed: bool,
    by: User,
    now: datetime,
) -> TablePaper:
    employer = case.applicant.employer
    today = timezone.localdate(now)
    year, on = queries.told_of(case, today, filed=filed)
    header: list[Pair] = [
        ("用人单位", employer.name),
        ("统一社会信用代码", employer.credit_code),
        ("备案年度", f"{year} 年度（截至 {on}）"),
        ("送审机构", case.agency.name if case.agency else "提交后确定"),
    ]
    return TablePaper(
        title=title,
        header=header,
        columns=columns,
        rows=rows,
        made_on=today,
        number=case.number if case.filed_at else "尚未提交",
        notes=[
            f"打印时办理状态：{case.state_title}。{timezone.localtime(now):%Y-%m-%d %H:%M} {by.name}打印"
        ],
        seals=_SEALS,
    )
