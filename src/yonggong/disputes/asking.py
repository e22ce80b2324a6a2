"""What both applications ask beside the printed form, what they begin with, and what is said beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from yonggong.cases.attempts import Attempt
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.cases.pages import Site
from yonggong.contracts.models import Contract, Filing
from yonggong.contracts.threads import values_in_force
from yonggong.disputes.claims import CLAIMS, TABLE
from yonggong.disputes.models import Dispute
from yonggong.disputes.reckoning import reckoned
from yonggong.disputes.sides import named_among, sides_of
from yonggong.forms import Field, FieldType, Section
from yonggong.forms.advice import Advice, Line
from yonggong.registry.parties import Party

Values = Mapping[str, Any]


def _day(name: str, label: str, hint: str = "", *, required: bool = False) -> Field:
    return Field(name=name, label=label, type=FieldType.DATE, hint=hint, required=required)


def _pay(name: str, label: str, hint: str = "") -> Field:
    return Field(
        name=name,
        label=label,
        type=FieldType.MONEY,
        unit="元/月",
        min_value=Decimal("0.01"),
        hint=hint,
        personal=name != "local_average_pay",
    )


SIDES = Section(
    name="sides",
    title="当事人和涉争合同",
    fields=(
        Field(
            name="employer_code",
            label="用人单位统一社会信用代码",
            type=FieldType.CREDIT_CODE,
            known_from="unit.credit_code",
            hint="代码和名称与登记一致的，受理后送达的文书该单位可以在网上查收",
        ),
        _day(
            "contract_from",
            "涉争劳动合同起始日期",
            "双方有多份备案合同的，填写所涉一份的本期起始日期",
        ),
    ),
)
FIGURES = (
    _day("work_start_on", "用工之日"),
    _day("signed_on", "书面劳动合同签订日期", "没有订立的不填"),
    _day("ended_on", "解除（终止）日期", "劳动关系存续的不填"),
    Field(
        name="end_reason",
        label="解除（终止）原因",
        type=FieldType.CHOICE,
        table="end_reason",
        hint="请求经济补偿的填写",
    ),
    _pay("monthly_pay", "月工资"),
    _pay("average_pay", "解除（终止）前十二个月平均工资"),
    _pay("local_average_pay", "本地区上年度职工月平均工资", "高于三倍的才需要；以公布的为准"),
)
CLAIMED = Section(name="claimed", title="请求明细", fields=(TABLE,))


def figures(*more: Field) -> Section:
    """What claims are reckoned from, with the days from which their limitation runs."""
    return Section(name="figures", title="计算依据", fields=(*FIGURES, *more))


KNOWN_ON = _day(
    "known_on",
    "知道或者应当知道权利被侵害之日",
    "仲裁时效一年，自该日起计算",
    required=True,
)
SUSPENDED_DAYS = Field(
    name="suspended_days",
    label="时效中止的天数",
    type=FieldType.INTEGER,
    min_value=0,
    max_value=3650,
    unit="天",
    hint="因不可抗力或者其他正当理由不能申请的；没有的不填",
)
BROKEN_ON = _day(
    "broken_on",
    "最后一次中断时效之日",
    "向对方主张权利、向有关部门请求救济，或者对方同意履行；没有的不填",
)


def starts(applicant: Party) -> Values:
    """Of a person the figures of the one contract that is in force, else of the one that ended last."""
    if applicant.employer is not None:
        return {}
    held = (
        Contract.objects.filter(worker=applicant.pk)
        .exclude(state=Contract.State.VOID)
        .select_related("worker", "employer", "current__current__carried")
        .order_by("-start_on", "-pk")
    )
    contracts = list(held[:20])
    active = [one for one in contracts if one.state == Contract.State.ACTIVE]
    meant = active or contracts[:1]
    return of_contract(meant[0]) | _unit(meant[0]) if len(meant) == 1 else {}


def _unit(contract: Contract) -> dict[str, Any]:
    unit = contract.employer
    said = {
        "employer_name": unit.name,
        "employer_code": unit.credit_code,
        "employer_address": unit.address,
        "worker_employer": unit.name,
    }
    return {name: value for name, value in said.items() if value}


def of_contract(contract: Contract) -> dict[str, Any]:
    """The figures that a contract on file gives."""
    values = values_in_force(contract)
    parts = [values.get(name) for name in ("base_pay", "performance_pay", "allowances")]
    said = {
        "contract_from": contract.start_on,
        "work_start_on": contract.work_start_on,
        "signed_on": values.get("signed_on"),
        "ended_on": contract.ended_on,
        "end_reason": _end_reason(contract) if contract.ended_on else None,
        "monthly_pay": sum((part for part in parts if part), Decimal(0)) or None,
    }
    return {name: value for name, value in said.items() if value}


def _end_reason(contract: Contract) -> str:
    ending = contract.filings.filter(kind=Filing.Kind.ENDING, state=State.APPROVED)
    return ending.order_by("-case").values_list("end_reason", flat=True).first() or ""


def advice(case: Case, tried: Attempt, site: Site) -> Iterator[Advice]:
    """The contracts on file of both, with their figures; what the law reckons of the claims."""
    if case.state not in (State.DRAFT, State.RETURNED):
        return
    yield from _contracts(case, tried)
    if case.subject is not None:
        yield from _counter(case.subject)
    for one in reckoned(tried.values, tried.today):
        lines = tuple(
            Line(step.text, step.article.cited if step.article else "") for step in one.steps
        )
        if one.amount is None:
            yield Advice(field=CLAIMS, text=f"{one.title}：{one.said}")
            continue
        over = f"，请求 {one.claimed:,.2f} 元" if one.over else ""
        text = f"{one.title}：按已填内容计算为 {one.amount:,.2f} 元{over}"
        yield Advice(field=CLAIMS, text=text, lines=lines)


def _counter(first: int) -> Iterator[Advice]:
    found = Dispute.objects.select_related("case").filter(pk=first).first()
    if found is not None:
        yield Advice(
            field=CLAIMS,
            text=f"本申请是对案件 {found.case.number} 的反申请，请在 {found.answer_due_on} 以前提交；"
            "仲裁委员会自收到之日起五日内决定是否受理",
        )


def _contracts(case: Case, tried: Attempt) -> Iterator[Advice]:
    contracts = sides_of(case.applicant, tried.values).contracts()
    if not contracts:
        return
    told = "；".join(f"{one.start_on} 起（{one.get_state_display()}）" for one in contracts[:5])
    meant = named_among(contracts, tried.values.get("contract_from"))
    offered = of_contract(meant) if meant else {}
    open_ = {name: value for name, value in offered.items() if tried.values.get(name) is None}
    yield Advice(
        field="contract_from",
        text=f"双方备案的劳动合同：{told}",
        answers={name: str(value) for name, value in open_.items()},
        take="填入该合同的日期和工资" if open_ else "",
    )
