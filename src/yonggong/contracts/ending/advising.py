"""What the form of an ending says before it is sent: what the law has the employer pay."""

from __future__ import annotations

from collections.abc import Iterator

from yonggong.cases.attempts import Attempt
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.cases.pages import Site
from yonggong.contracts.ending import owed
from yonggong.forms.advice import Advice, Line


def advice(case: Case, tried: Attempt, site: Site) -> Iterator[Advice]:
    """What the law has the employer pay, offered beside what it says it paid. What somebody typed
    is never written over: then the sum is only said."""
    if case.state not in (State.DRAFT, State.RETURNED):
        return
    if owed.is_of_dispatcher(tried):
        if tried.values.get("severance_paid") is None:
            yield Advice(
                field="severance_paid",
                text="劳动者由劳务派遣单位派遣，应当支付经济补偿的由派遣单位支付，本单位填 0",
                answers={"severance_paid": "0.00"},
                take="填入 0.00 元",
            )
        return
    yield from _owed(tried)


def _owed(tried: Attempt) -> Iterator[Advice]:
    wanted = ""
    for item in owed.owed_at_end(tried):
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
    agreed = owed.agreed_pay(tried)
    if agreed is None:
        return
    yield Advice(
        field="average_pay",
        text=f"合同约定的月工资合计 {agreed:,.2f} 元。十二个月实发（应得）平均与此一致的可以填入，"
        "不一致的按实际平均数填写",
        answers={"average_pay": str(agreed)},
        take=f"填入 {agreed:,.2f} 元",
    )
