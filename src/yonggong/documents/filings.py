"""A version of a case, printed as it was filed: on the form it was filled in on, with what the law
said of it then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.cases import item_forms
from yonggong.cases import queries as case_queries
from yonggong.cases.models import Case, Version
from yonggong.cases.verdicts import Verdict, stored_verdicts
from yonggong.catalogue.items import Item
from yonggong.documents.rendering.filled import render_filled
from yonggong.documents.rendering.papers import FilledForm, FilledPart, FilledTable, Pair
from yonggong.forms import Field, FieldType, view

# Room for what somebody writes on the print.
_ROOM = {FieldType.LONG_TEXT: "　\n　\n　\n　\n　", FieldType.DATE: "　　　　年　　　月　　　日"}
_SIGNED = "　\n　"


def print_version(
    case: Case, version: Version, *, unmasked: bool, by: User, now: datetime
) -> bytes:
    """The version as a PDF/A; `unmasked` only for those who may see personal data, and recorded by
    who calls. It is no paper of the office: it has no number of its own and no place for a seal."""
    form = case_queries.form_of(version, case)
    sections = view.sections(form, version.values_on(form), unmasked=unmasked)
    parts = [FilledPart(part.title, [answer_of(line) for line in part.lines]) for part in sections]
    verdicts = stored_verdicts(version.findings)
    if verdicts:
        parts.append(FilledPart("提交时的合规检查", [_verdict(one) for one in verdicts]))
    printed = f"{timezone.localtime(now):%Y-%m-%d %H:%M} {by.name}打印"
    kept = "含完整个人信息，请妥善保管。" if unmasked else "个人信息已遮蔽。"
    return render_filled(
        FilledForm(
            title=f"{case.kind_title}（第 {version.number} 版）",
            number=case.number,
            facts=_facts(case, version),
            parts=parts,
            notes=(f"按提交时的表单打印，内容与第 {version.number} 版一致。{kept}", printed),
            made_on=timezone.localdate(now),
        )
    )


def _facts(case: Case, version: Version) -> list[Pair]:
    counter = f"（{version.counter.name}代录）" if version.counter else ""
    return [
        ("申请人", case.applicant.name),
        ("办件编号", case.number),
        ("办理对象", case.subject_name),
        ("提交时间", f"{timezone.localtime(version.at):%Y-%m-%d %H:%M}"),
        ("经办人", f"{version.by.name}{counter}"),
        ("送审机构", case.agency.name if case.agency else ""),
        ("适用政策日期", f"{version.judged_on:%Y-%m-%d}"),
        ("打印时办理状态", case.state_title),
    ]


def _room(field: Field) -> Pair:
    label = f"{field.label}（{field.hint}）" if field.hint else field.label
    return label, _ROOM.get(field.type, _SIGNED)


def answer_of(line: view.Line) -> Pair | FilledTable:
    if line.table is None:
        return line.label, line.text
    table = line.table
    return FilledTable(line.label, table.headings, table.rows, table.totals)


def _verdict(one: Verdict) -> Pair:
    said = f"{one.message}\n{one.basis}"
    return "提示", f"{said}\n情况说明：{one.explanation}" if one.explanation else said


def print_form(
    item: Item, printed: str, signers: Sequence[str], values: Mapping[str, Any], made_on: date
) -> bytes:
    """One printed form of an item, called `printed`, with what was typed so far and room for who signs
    or seals it, as a PDF/A. Raises KeyError for a form that the item has not."""
    form = item_forms.printed_form(item, printed)
    by_hand = {
        name: _room(field)
        for name, field in form.fields_by_name.items()
        if field.by == item_forms.SIGNER
    }
    parts = [
        FilledPart(
            part.title,
            [by_hand.get(line.name) or answer_of(line) for line in part.lines],
        )
        for part in view.sections(form, values, unmasked=True)
    ]
    return render_filled(
        FilledForm(
            title=printed,
            number="",
            facts=[],
            parts=parts,
            notes=(),
            made_on=made_on,
            # A form with lines of its own for them needs no others.
            signers=() if by_hand else signers,
        )
    )
