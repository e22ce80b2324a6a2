"""What the form of a new contract starts with, and says before it is sent: values taken over from
the last one, and who is filed already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from yonggong.cases.attempts import Attempt
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.cases.pages import Site
from yonggong.contracts.forms import NEW_FORM
from yonggong.contracts.models import Contract, Filing
from yonggong.contracts.queries import held_with, last_filed
from yonggong.forms.advice import Advice
from yonggong.registry.actions import document_digest
from yonggong.registry.parties import Party

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


def taken_over(applicant: Party) -> dict[str, Any]:
    """What a new filing starts with from the employer's last one; empty before it."""
    last = last_filed(applicant.employer)
    if last is None:
        return {}
    kept = last.case.version.data
    values = NEW_FORM.load({name: kept.get(name) for name in TAKEN_OVER})
    return {name: values[name] for name in TAKEN_OVER if values[name] is not None}


def advice(case: Case, tried: Attempt, site: Site) -> Iterator[Advice]:
    """That the person is filed already; of a draft, what was taken over."""
    yield from _already_filed(case, tried, site)
    if case.state == State.DRAFT:
        yield from _same_as_before(tried.values, taken_over(tried.applicant))


def _same_as_before(values: Mapping[str, Any], before: Mapping[str, Any]) -> Iterator[Advice]:
    for name, value in before.items():
        if name != "employment_form" and values.get(name) == value:
            yield Advice(field=name, text="沿用上次填写")


def _already_filed(case: Case, tried: Attempt, site: Site) -> Iterator[Advice]:
    """That this employer has filed the person before, as soon as the number is known."""
    values = tried.values
    number, document_type = values.get("document_number"), values.get("document_type")
    if not number or not document_type:
        return
    contracts = held_with(tried.applicant.employer, document_digest(document_type, number))
    found = [item for item in contracts[:5] if item.pk != case.subject]
    # A contract in force says more than one that has ended.
    found.sort(key=lambda item: item.state != Contract.State.ACTIVE)
    if found:
        yield _about(found[0], site)


def _about(contract: Contract, site: Site) -> Advice:
    name = contract.worker.name
    newest = Filing.objects.filter(contract=contract).select_related("case").order_by("-case")[0]
    page = site.url("case", contract.current_id or newest.pk)
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
        form = site.url(f"{newest.case.definition.pages.word}-form", newest.pk)
        return Advice(
            field="document_number",
            text=f"本单位已为{name}提交新订备案，审核不通过，请修改后重新提交，不要另行新订",
            urgent=True,
            links=(("修改重报", form),),
        )
    return Advice(
        field="document_number",
        text=f"本单位已为{name}提交新订备案，正在等待审核，不能再次新订",
        urgent=True,
        links=(("查看办件", page),),
    )
