"""A person's to-dos, counted now. Each begins from what the person may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from django.db.models import QuerySet

from yonggong import policy
from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.annual import queries as yearly
from yonggong.annual import surveying
from yonggong.cases import queries as case_queries
from yonggong.cases import queues, revoking
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.codes import calendar
from yonggong.contracts.models import Contract, Filing
from yonggong.contracts.papers import without
from yonggong.employers import asking
from yonggong.employers.queries import newest_filing
from yonggong.registry.models import Employer
from yonggong.registry.parties import Party
from yonggong.services import evaluations, extensions, publicity
from yonggong.sources import queries as sources
from yonggong.sources.actions import may_load_days_off

# Beyond this many an exact count costs more than it tells.
COUNT_LIMIT = 999

Urgency = Literal["overdue", "soon", "later"]


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing that waits.

    topic     stable name; the portals know which page it leads to
    title     in words; count of things behind it (capped at `COUNT_LIMIT` + 1); due_on if known
    """

    topic: str
    title: str
    count: int
    urgency: Urgency
    due_on: date | None = None

    @property
    def count_text(self) -> str:
        """The count as shown: 999+ beyond the limit."""
        return f"{COUNT_LIMIT}+" if self.count > COUNT_LIMIT else str(self.count)


Source = Callable[[User, date], Iterable[ToDo]]
_further: list[Source] = []


def count_also(source: Source) -> None:
    """Have what waits in a room above counted with the rest."""
    _further.append(source)


def todos_of(user: User, *, today: date) -> list[ToDo]:
    """Everything that waits for `user`, the most urgent first."""
    found = [
        todo for source in (*_SOURCES, *_further) for todo in source(user, today) if todo.count
    ]
    order = {"overdue": 0, "soon": 1, "later": 2}
    return sorted(found, key=lambda todo: (order[todo.urgency], todo.due_on or date.max))


def _count(rows: QuerySet) -> int:
    return rows.order_by()[: COUNT_LIMIT + 1].count()


# --- employers -----------------------------------------------------------------------------


def _employer_todos(user: User, today: date) -> Iterator[ToDo]:
    for employer in Employer.objects.filter(pk__in=user.scope.employers(Power.FILE)):
        if employer.state == Employer.State.UNFILED:
            yield from _initial(employer, today)
        elif employer.is_filed:
            yield from _filed_employer(employer, today)


def _initial(employer: Employer, today: date) -> Iterator[ToDo]:
    filing = newest_filing(employer, "initial")
    if filing is None or filing.state == State.DRAFT:
        due = filing.statutory_due_on if filing else None
        late = due is not None and due < today
        yield ToDo("initial", "单位尚未完成初次备案", 1, "overdue" if late else "soon", due)
    elif filing.state == State.RETURNED:
        yield ToDo("initial", "单位初次备案审核不通过，请修改后重新提交", 1, "overdue")


def _filed_employer(employer: Employer, today: date) -> Iterator[ToDo]:
    rules = policy.of(employer.region_code, today)
    own = Case.objects.filter(applicant=employer.pk)
    yield ToDo(
        "returned",
        "审核不通过、待修改重报的备案",
        _count(own.filter(state=State.RETURNED)),
        "overdue",
    )
    for asked in asking.open_of(employer):
        yield ToDo(
            f"asked-{asked.act}",
            f"登记机关的登记信息已变动，应当办理{asked.get_act_display()}",
            1,
            "overdue" if asked.due_on < today else "soon",
            asked.due_on,
        )
    active = Contract.objects.filter(employer=employer, state=Contract.State.ACTIVE)
    expired = active.filter(end_on__lt=today)
    if first := expired.order_by("end_on").values_list("end_on", flat=True).first():
        due = rules.deadline("contract_ended").due(first)
        yield ToDo(
            "expired",
            "合同已到期，尚未办理续订或终止备案",
            _count(expired),
            "overdue" if due < today else "soon",
            due,
        )
    sooner = 0
    for days in sorted(rules.reminders.contract_ending_days):
        until = today + timedelta(days=days)
        count = _count(active.filter(end_on__gte=today, end_on__lte=until))
        if count > sooner:  # a longer span that holds no more says nothing new
            yield ToDo(
                f"ending-{days}",
                f"{days} 日内到期的劳动合同",
                count,
                "soon" if days <= 7 else "later",
                until,
            )
        sooner = count
    yield ToDo(
        "roster",
        "审核通过、尚未生成名册的备案",
        _count(Filing.objects.filter(without("roster"), employer=employer)),
        "later",
    )
    yield from _drafts(own, rules, today)
    yield from annual_duties(employer, rules, today)


def _drafts(
    own: QuerySet[Case], rules: policy.Policy, today: date, *, of: str = "", called: str = "备案"
) -> Iterator[ToDo]:
    """Filings begun and not submitted: those whose legal time limit is near or over (ALL-5), those
    that lie. `of` begins the topics of whose they are, `called` is what these call a filing."""
    drafts = own.filter(state=State.DRAFT)
    until = today + timedelta(days=max(rules.reminders.deadline_days, default=0))
    for topic, title, rows, urgency in (
        (
            "drafts-late",
            f"已超过法定{called}期限、尚未提交的草稿",
            drafts.filter(statutory_due_on__lt=today),
            "overdue",
        ),
        (
            "drafts-due",
            f"即将超过法定{called}期限的草稿",
            drafts.filter(statutory_due_on__gte=today, statutory_due_on__lte=until),
            "soon",
        ),
    ):
        first = rows.order_by("statutory_due_on").values_list("statutory_due_on", flat=True).first()
        if first is not None:
            yield ToDo(f"{of}{topic}", title, _count(rows), urgency, first)  # type: ignore[arg-type]
    idle = datetime.combine(today, datetime.min.time()).astimezone() - timedelta(
        days=rules.reminders.draft_idle_days
    )
    yield ToDo(
        f"{of}drafts",
        f"超过 {rules.reminders.draft_idle_days} 日未提交的草稿",
        _count(drafts.filter(updated_at__lt=idle)),
        "later",
    )


def annual_duties(employer: Employer, rules: policy.Policy, today: date) -> Iterator[ToDo]:
    """What the employer owes once a year, has not sent yet, and whose day is near."""
    furthest = max(rules.reminders.annual_duty_days, default=0)
    for owed in yearly.owed_in(employer.region_code, today):
        duty, due = owed.duty, owed.due_on
        near = today <= due <= today + timedelta(days=furthest)
        if near and yearly.to_remind(employer.region_code, owed).filter(pk=employer.pk).exists():
            yield ToDo(f"annual-{duty.name}", f"{duty.title}（{due} 前）", 1, "soon", due)
    if (survey := surveying.to_file(employer)) is not None:
        due = survey.due_on
        title = f"{survey.year} 年度企业薪酬调查（{due} 前）"
        yield ToDo("survey", title, 1, "overdue" if due < today else "soon", due)


# --- persons -------------------------------------------------------------------------------


def _person_todos(user: User, today: date) -> Iterator[ToDo]:
    for person in Party.objects.filter(pk__in=user.scope.persons(Power.FILE)).order_by("pk"):
        for todo in _of_person(person, today):
            own = person.pk == user.person_id
            yield todo if own else replace(todo, title=f"{person.name}：{todo.title}")


def _of_person(person: Party, today: date) -> Iterator[ToDo]:
    own = Case.objects.filter(applicant=person)
    yield ToDo(
        "person-returned",
        "审核不通过、待修改重报的申请",
        _count(own.filter(state=State.RETURNED)),
        "overdue",
    )
    rules = policy.of(person.region_code, today)
    yield from _drafts(own, rules, today, of="person-", called="申请")


# --- offices -------------------------------------------------------------------------------


def _office_todos(user: User, today: date) -> Iterator[ToDo]:
    if user.may(Power.REVIEW):
        queue = queues.queue_of(user)
        soon = today + timedelta(days=3)
        yield ToDo(
            "overdue", "已超过办理期限的办件", _count(queue.filter(due_on__lt=today)), "overdue"
        )
        yield ToDo(
            "due-soon",
            "三日内到期的办件",
            _count(queue.filter(due_on__gte=today, due_on__lte=soon)),
            "soon",
        )
        yield ToDo(
            "taken", "本人已受理、尚未办结的办件", _count(queue.filter(assigned_to=user)), "later"
        )
    if user.may(Power.SUPERVISE):
        waiting = case_queries.visible_to(user).filter(state=State.PENDING)
        yield ToDo(
            "region-overdue",
            "本辖区超过办理期限的办件",
            _count(waiting.filter(due_on__lt=today)),
            "overdue",
        )
    yield ToDo("revocations", "等待决定的撤销审核", _count(revoking.waiting_for(user)), "soon")
    yield from _service_todos(user, today)


def _service_todos(user: User, today: date) -> Iterator[ToDo]:
    """What service items wait for beside their steps."""
    if user.may(Power.REVIEW):
        yield ToDo("objections", "待核实的公示异议", _count(publicity.waiting_for(user)), "soon")
        complaints = evaluations.waiting_for(user)
        due = complaints.order_by("reply_by").values_list("reply_by", flat=True).first()
        late = due is not None and due < today
        urgency: Urgency = "overdue" if late else "soon"
        yield ToDo("complaints", "待答复的差评", _count(complaints), urgency, due)
    if user.may(Power.SUPERVISE):
        asked = extensions.waiting(user).exclude(asked_by=user)
        yield ToDo("extensions", "待批准的延期申请", _count(asked), "soon")


# --- documents -----------------------------------------------------------------------------

_NOTICE_EXPECTED_FROM_MONTH = 11


def _source_todos(user: User, today: date) -> Iterator[ToDo]:
    """Values to compare with their documents, and the notice on next year's days off."""
    if not user.may(Power.CONFIRM_SOURCES):
        return
    waiting = sources.waiting_for(user, today=today)
    yield ToDo("sources-stale", "超过一年未核对的政策数据", waiting.stale, "overdue")
    yield ToDo("sources-open", "待核的政策数据", waiting.open, "later")
    year = today.year + (today.month >= _NOTICE_EXPECTED_FROM_MONTH)
    if may_load_days_off(user) and not calendar.certain(date(year, 1, 1)):
        yield ToDo("days-off", f"{year} 年放假安排尚未载入", 1, "later")


_SOURCES: tuple[Source, ...] = (_employer_todos, _person_todos, _office_todos, _source_todos)
