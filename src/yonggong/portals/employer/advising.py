"""What a form says before it is sent: values taken over, the time limit, who is filed already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.urls import reverse

from yonggong.cases.kinds import Attempt, CaseKind
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.cases.submitting import lateness
from yonggong.codes import calendar
from yonggong.contracts import findings
from yonggong.contracts.fields import WORK_START
from yonggong.contracts.filings import ENDING, NEW
from yonggong.contracts.models import Contract, Filing
from yonggong.contracts.queries import held_with, last_filed
from yonggong.forms.advice import Advice, Line
from yonggong.portals.employer.desk import Desk
from yonggong.portals.employer.kind_urls import form_url
from yonggong.registry.actions import document_digest

# What an employer mostly files alike from person to person; nothing of the person.
TAKEN_OVER = (
    "employment_form",
    "contract_text",
    "workplace",
    "hours_system",
    "weekly_hours",
    "daily_hours",
    "work_days_per_week",
    "pay_form",
    "pay_period_days",
    "pay_cycle",
    "pay_day",
)


def taken_over(desk: Desk, kind: CaseKind) -> dict[str, Any]:
    """What a new filing of the kind starts with from the employer's last one; empty before it."""
    last = last_filed(desk.employer) if kind is NEW else None
    if last is None:
        return {}
    values = kind.form.load(last.case.version.data)
    return {name: values[name] for name in TAKEN_OVER if values[name] is not None}


def of(desk: Desk, case: Case, tried: Attempt) -> list[Advice]:
    """All that is to be said of a form as it stands."""
    said = [*_time_limit(tried)]
    if tried.kind is NEW:
        said += _already_filed(desk, case, tried.values)
        if case.state == State.DRAFT:
            said += _same_as_before(tried.values, taken_over(desk, NEW))
    if tried.kind is ENDING and _open(case):
        said += _owed(tried)
    return said


def _open(case: Case) -> bool:
    return case.state in (State.DRAFT, State.RETURNED)


def _owed(tried: Attempt) -> Iterator[Advice]:
    """What the law has the employer pay, offered beside what it says it paid. What somebody typed
    is never written over: then the sum is only said."""
    if findings.is_of_dispatcher(tried):
        if tried.values.get("severance_paid") is None:
            yield Advice(
                field="severance_paid",
                text="劳动者由劳务派遣单位派遣，应当支付经济补偿的由派遣单位支付，本单位填 0",
                answers={"severance_paid": "0.00"},
                take="填入 0.00 元",
            )
        return
    wanted = ""
    for item in findings.owed_at_end(tried):
        paid = tried.values.get(item.fact)
        steps = tuple(
            Line(step.text, step.article.cited if step.article else "") for step in item.steps
        )
        if item.amount is None:
            wanted = wanted or item.wants
            label = tried.kind.form.fields_by_name[item.wants].label
            yield Advice(
                field=item.fact,
                text=f"{item.steps[0].text}。填写“{label}”后自动算出",
                lines=steps,
            )
            continue
        amount = f"{item.amount:,.2f} 元"
        if paid is not None:
            same = "，与填报一致" if paid == item.amount else f"，填报为 {paid:,.2f} 元"
            yield Advice(field=item.fact, text=f"按已填内容计算为 {amount}{same}", lines=steps)
            continue
        yield Advice(
            field=item.fact,
            text=f"按已填内容计算为 {amount}，实际支付的以实际为准",
            lines=steps,
            answers={item.fact: str(item.amount)},
            take=f"填入 {amount}",
        )
    if wanted == "average_pay":
        yield from _average_pay(tried)


def _average_pay(tried: Attempt) -> Iterator[Advice]:
    """The contract says what was agreed, not what was paid: it is offered, and said to be so."""
    agreed = findings.agreed_pay(tried)
    if agreed is None:
        return
    yield Advice(
        field="average_pay",
        text=f"合同约定的月工资合计 {agreed:,.2f} 元。十二个月实发（应得）平均与此一致的可以填入，"
        "不一致的按实际平均数填写",
        answers={"average_pay": str(agreed)},
        take=f"填入 {agreed:,.2f} 元",
    )


def _same_as_before(values: Mapping[str, Any], before: Mapping[str, Any]) -> Iterator[Advice]:
    for name, value in before.items():
        if name != "employment_form" and values.get(name) == value:
            yield Advice(field=name, text="沿用上次填写")


def _time_limit(tried: Attempt) -> Iterator[Advice]:
    """By when the filing is due, and whether that day is past: as submission reckons it."""
    due, late = lateness(tried)
    if due is None:
        return
    held = tried.policy.values[f"deadlines.{tried.kind.deadline}"]
    hired = held.value.since == "hired" and tried.kind.hired_on(tried.values) is not None
    field = WORK_START.name if hired else tried.kind.event_field
    period = replace(held.value, since="event")
    checked = "" if held.checked else "，待核"
    line = Line(
        f"自{tried.kind.form.fields_by_name[field].label}起 {period} 内备案，最后一日为 {due}",
        f"{held.source}{checked}",
    )
    if late:
        text = f"已逾期 {late} 天：最迟应于 {due} 备案。仍可提交，将如实记录为逾期备案"
    else:
        text = f"最迟 {due} 前备案（含当日）"
    open_years = f"。{said}" if (said := calendar.caution(due)) else ""
    yield Advice(field=field, text=f"{text}{open_years}", urgent=late > 0, lines=(line,))


def _already_filed(desk: Desk, case: Case, values: Mapping[str, Any]) -> Iterator[Advice]:
    """That this employer has filed the person before, as soon as the number is known."""
    number, document_type = values.get("document_number"), values.get("document_type")
    if not number or not document_type:
        return
    contracts = held_with(desk.employer, document_digest(document_type, number))
    found = [item for item in contracts[:5] if item.pk != case.subject]
    # A contract in force says more than one that has ended.
    found.sort(key=lambda item: item.state != Contract.State.ACTIVE)
    if found:
        yield _about(found[0])


def _about(contract: Contract) -> Advice:
    name = contract.worker.name
    newest = Filing.objects.filter(contract=contract).select_related("case").order_by("-case")[0]
    page = reverse("employer:case", args=[contract.current_id or newest.pk])
    if contract.state == Contract.State.ACTIVE:
        until = f"至 {contract.end_on}" if contract.end_on else "起，无约定结束日期"
        return Advice(
            field="document_number",
            text=f"本单位已备案{name}，合同履行中（{contract.start_on} {until}），不能再次新订。"
            "期满继续履行的办理续订，内容变化的办理变更",
            urgent=True,
            links=(("去办理续订、变更、解除/终止", page),),
        )
    if contract.state == Contract.State.ENDED:
        return Advice(
            field="document_number",
            text=f"本单位曾备案{name}，合同已于 {contract.ended_on} 解除（终止）。"
            "再次招用的，继续填写新订",
            links=(("查看原合同", page),),
        )
    if newest.state == State.RETURNED:
        return Advice(
            field="document_number",
            text=f"本单位已为{name}提交新订备案，审核不通过，请修改后重新提交，不要另行新订",
            urgent=True,
            links=(("修改重报", form_url(newest.case)),),
        )
    return Advice(
        field="document_number",
        text=f"本单位已为{name}提交新订备案，正在等待审核，不能再次新订",
        urgent=True,
        links=(("查看办件", page),),
    )
