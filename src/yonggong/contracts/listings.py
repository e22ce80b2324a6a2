"""Lists of contract filings and of papers: columns and conditions for every portal to choose from."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from yonggong.accounts.roles import Power
from yonggong.cases.kinds import all_papers
from yonggong.cases.life import STATE_TITLES, State
from yonggong.codes import tables
from yonggong.codes.names import employer_name, person_name
from yonggong.codes.normalise import plain
from yonggong.contracts.models import Filing
from yonggong.contracts.people import document_digests
from yonggong.contracts.queries import may_see_whole
from yonggong.listings import (
    Badge,
    ChoiceCondition,
    Column,
    Condition,
    DateRangeCondition,
    DigestCondition,
    RegionCondition,
    RelatedTextCondition,
    TextCondition,
    YesNoCondition,
    chosen,
)
from yonggong.registry.queries import employers_spelled, employers_visible_to

# What the columns below read beside the filing itself.
RELATED = ("worker", "roster", "certificate", "employer", "agency")


def fetched(filings: QuerySet[Filing]) -> QuerySet[Filing]:
    """The filings with all that the columns below read fetched along, papers without content."""
    return filings.select_related(*RELATED).defer("roster__pdf_sealed", "certificate__pdf_sealed")


_STATE_BADGES: dict[str, Badge] = {
    State.PENDING: Badge("wait", "hourglass"),
    State.APPROVED: Badge("good", "circle-check"),
    State.RETURNED: Badge("bad", "arrow-back-up"),
    State.VOIDED: Badge("muted", "ban"),
    State.REVOKED: Badge("bad", "gavel"),
}


def _label(table: str, code: str) -> str:
    return tables.table(table).label(code) if code else ""


def _late(filing: Filing) -> str:
    return f"逾期 {filing.late_days} 天" if filing.late_days else "否"


def _yes_no(value: object) -> str:
    return "是" if value else "否"


COLUMNS: dict[str, Column] = {
    column.name: column
    for column in (
        Column(name="name", label="姓名", value=lambda row: row.name, order_by=("name",), width=12),
        Column(
            name="document",
            label="证件号码",
            value=lambda row: row.worker.document_number,
            mask="document",
            whole=may_see_whole,
            width=22,
        ),
        Column(
            name="sex", label="性别", value=lambda row: _label("sex", row.sex), shown=False, width=6
        ),
        Column(
            name="employer",
            label="用人单位",
            value=lambda row: row.employer.name,
            width=32,
        ),
        Column(
            name="agency",
            label="送审机构",
            value=lambda row: row.agency.name,
            shown=False,
            width=24,
        ),
        Column(
            name="employment_form",
            label="用工形式",
            value=lambda row: _label("employment_form", row.employment_form),
            order_by=("employment_form",),
        ),
        Column(
            name="term_type",
            label="合同期限类型",
            value=lambda row: _label("contract_type", row.term_type),
            order_by=("term_type",),
            width=20,
        ),
        Column(
            name="job",
            label="岗位工作",
            value=lambda row: row.job,
            shown=False,
            width=20,
        ),
        Column(
            name="signed_on",
            label="签订日期",
            value=lambda row: row.signed_on,
            order_by=("signed_on",),
            shown=False,
            width=12,
        ),
        Column(
            name="start_on",
            label="合同起始日期",
            value=lambda row: row.start_on,
            order_by=("start_on",),
            width=14,
        ),
        Column(
            name="end_on",
            label="合同结束日期",
            value=lambda row: row.end_on,
            order_by=("end_on",),
            width=14,
        ),
        Column(
            name="ended_on",
            label="解除（终止）日期",
            value=lambda row: row.ended_on,
            order_by=("ended_on",),
            width=16,
        ),
        Column(
            name="end_reason",
            label="解除（终止）原因",
            value=lambda row: _label("end_reason", row.end_reason),
            shown=False,
            width=32,
        ),
        Column(
            name="kind",
            label="合同状态",
            value=lambda row: row.get_kind_display(),
            order_by=("kind",),
            width=14,
        ),
        Column(
            name="state",
            label="审核状态",
            value=lambda row: STATE_TITLES[row.state],
            order_by=("state",),
            badge=lambda row: _STATE_BADGES[row.state],
            width=12,
        ),
        Column(
            name="rostered",
            label="是否生成名册",
            value=lambda row: _yes_no(row.roster_id),
            width=12,
        ),
        Column(
            name="roster",
            label="备案生成表号",
            value=lambda row: row.roster.number if row.roster else "",
            shown=False,
            width=24,
        ),
        Column(
            name="certificate",
            label="证明书编号",
            value=lambda row: row.certificate.number if row.certificate else "",
            shown=False,
            width=24,
        ),
        Column(
            name="in_post",
            label="是否在职",
            value=lambda row: _yes_no(row.in_post),
            width=10,
        ),
        Column(
            name="late",
            label="是否逾期",
            value=_late,
            order_by=("late_days",),
            badge=lambda row: Badge("warn", "clock-exclamation") if row.late_days else None,
            width=12,
        ),
        Column(
            name="filed_on",
            label="备案日期",
            value=lambda row: row.filed_on,
            order_by=("filed_on",),
            width=12,
        ),
    )
}

# Only endings have a day and a reason of ending.
_ENDINGS = Q(kind=Filing.Kind.ENDING)
ENGAGED = "engaged"
_KINDS = ((ENGAGED, "新订或续订"), *Filing.Kind.choices)
_STATES = tuple((str(state), STATE_TITLES[state]) for state in _STATE_BADGES)


def _of_kind(code: str) -> Q:
    if code == ENGAGED:
        return Q(kind__in=(Filing.Kind.NEW, Filing.Kind.RENEWAL))
    return Q(kind=code)


CONDITIONS: dict[str, Condition] = {
    condition.name: condition
    for condition in (
        DigestCondition(
            name="document",
            label="证件号码",
            hint="完整的证件号码",
            field="worker__document_digest",
            digests=document_digests,
        ),
        TextCondition(
            name="name", label="姓名", hint="姓名或姓名开头", field="name", normalise=(person_name,)
        ),
        RelatedTextCondition(
            name="employer",
            label="用人单位",
            hint="单位名称或拼音开头，或信用代码",
            field=("name", "credit_code"),
            normalise=(employer_name, plain),
            related=employers_visible_to,
            spelled=employers_spelled,
            to="employer",
        ),
        ChoiceCondition(name="kind", label="合同状态", choices=_KINDS, q=_of_kind),
        ChoiceCondition(name="state", label="审核状态", field="state", choices=_STATES),
        YesNoCondition(
            name="rostered",
            label="是否生成名册",
            yes=Q(roster__isnull=False),
            no=Q(roster__isnull=True),
        ),
        YesNoCondition(
            name="certified",
            label="是否生成证明书",
            yes=Q(certificate__isnull=False),
            no=Q(certificate__isnull=True),
            prominent=False,
        ),
        YesNoCondition(name="in_post", label="是否在职", yes=Q(in_post=True), no=Q(in_post=False)),
        RegionCondition(
            name="region",
            label="行政区划",
            field="region_code",
            within=lambda user: user.scope.regions(Power.SEE_REGION),
        ),
        ChoiceCondition(
            name="employment_form",
            label="用工形式",
            field="employment_form",
            table="employment_form",
            prominent=False,
        ),
        ChoiceCondition(
            name="term_type",
            label="合同期限类型",
            field="term_type",
            table="contract_type",
            prominent=False,
        ),
        ChoiceCondition(
            name="end_reason",
            label="解除（终止）原因",
            q=lambda code: _ENDINGS & Q(end_reason=code),
            options=lambda user: _end_reasons(),
            prominent=False,
        ),
        YesNoCondition(
            name="late",
            label="是否逾期",
            yes=Q(late_days__gt=0),
            no=Q(late_days=0),
            prominent=False,
        ),
        DateRangeCondition(
            name="start_on", label="合同起始日期", field="start_on", prominent=False, blocks=True
        ),
        DateRangeCondition(
            name="end_on", label="合同结束日期", field="end_on", prominent=False, blocks=True
        ),
        DateRangeCondition(
            name="signed_on", label="签订日期", field="signed_on", prominent=False, blocks=True
        ),
        DateRangeCondition(
            name="filed_on", label="备案日期", field="filed_on", prominent=False, blocks=True
        ),
        DateRangeCondition(
            name="ended_on",
            label="解除（终止）日期",
            field="ended_on",
            only=_ENDINGS,
            prominent=False,
            blocks=True,
        ),
    )
}


def _end_reasons() -> list[tuple[str, str]]:
    return [(line.code, line.name) for line in tables.table("end_reason") if line.parent]


def columns(*names: str, **altered: Any) -> tuple[Column, ...]:
    """The columns called `names`, in that order; `altered` maps a name to attributes to change:
    ``columns("name", "job", job={"shown": True})``. KeyError for a name there is none of."""
    return chosen(COLUMNS, *names, **altered)


def conditions(*names: str) -> tuple[Condition, ...]:
    """The conditions called `names`, in that order. KeyError for a name there is none of."""
    return tuple(CONDITIONS[name] for name in names)


PAPER_COLUMNS: dict[str, Column] = {
    column.name: column
    for column in (
        Column(name="number", label="编号", value=lambda row: row.number, width=26),
        Column(
            name="kind",
            label="类别",
            value=lambda row: row.title,
            order_by=("kind",),
            width=30,
        ),
        Column(name="employer", label="用人单位", value=lambda row: row.employer.name, width=32),
        Column(
            name="rows",
            label="人数",
            value=lambda row: row.row_count,
            order_by=("row_count",),
            numeric=True,
            width=8,
        ),
        Column(name="pages", label="页数", value=lambda row: row.page_count, numeric=True, width=8),
        Column(name="made_by", label="生成人", value=lambda row: row.made_by.name, width=12),
        Column(
            name="made_at",
            label="生成时间",
            value=lambda row: row.made_at,
            order_by=("made_at",),
            width=18,
        ),
    )
}
PAPER_CONDITIONS: dict[str, Condition] = {
    condition.name: condition
    for condition in (
        ChoiceCondition(
            name="kind",
            label="名册类别",
            field="kind",
            options=lambda user: [(paper.name, paper.title) for paper in all_papers()],
        ),
        TextCondition(name="number", label="编号", field="number"),
        RelatedTextCondition(
            name="employer",
            label="用人单位",
            hint="单位名称或拼音开头，或信用代码",
            field=("name", "credit_code"),
            normalise=(employer_name, plain),
            related=employers_visible_to,
            spelled=employers_spelled,
            to="employer",
        ),
        DigestCondition(
            name="document",
            label="证件号码",
            hint="名册中人员的完整证件号码",
            field="entries__case__filing__worker__document_digest",
            digests=document_digests,
        ),
        DateRangeCondition(name="made_at", label="生成日期", field="made_at", moment=True),
    )
}
