"""What became due since the last run, one message a person and topic.

Each threshold is crossed on one day (a contract is 30 days from its end on exactly one), and the
run goes through every day since the last one, so nothing is told twice or left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from yonggong import policy
from yonggong.accounts.models import Grant
from yonggong.accounts.roles import ROLES, Power
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.codes import calendar
from yonggong.contracts.models import Contract, Filing, OfficeEnding
from yonggong.contracts.papers import without
from yonggong.registry.models import Employer, PersonHistory
from yonggong.registry.parties import Party
from yonggong.reminders.models import Message, Progress

_LONGEST_CATCH_UP = timedelta(days=31)
_NAMED = 5


@dataclass(frozen=True, slots=True)
class _Note:
    """What to tell everybody of an employer, or of an agency."""

    topic: str
    title: str
    body: str
    employer: int | None = None
    agency: int | None = None


@transaction.atomic
def run(*, today: date) -> None:
    """Write the messages of every day since the last run, up to and with `today`."""
    progress, _ = Progress.objects.select_for_update().get_or_create(
        pk=1, defaults={"through": today - timedelta(days=1)}
    )
    day = max(progress.through + timedelta(days=1), today - _LONGEST_CATCH_UP)
    while day <= today:
        _write(list(_notes(day)), day)
        day += timedelta(days=1)
    progress.through = max(progress.through, today)
    progress.save()


def _write(notes: list[_Note], day: date) -> None:
    people = _people()
    names = dict(
        Employer.objects.filter(
            pk__in={note.employer for note in notes if note.employer}
        ).values_list("pk", "name")
    )
    messages = (
        Message(
            user_id=user,
            topic=note.topic,
            on=day,
            employer_id=note.employer,
            agency_id=note.agency,
            title=note.title,
            body=f"{names[note.employer]}：{note.body}" if note.employer else note.body,
        )
        for note in notes
        for user in people[
            ("employer", note.employer) if note.employer else ("agency", note.agency)
        ]
    )
    Message.objects.bulk_create(messages, ignore_conflicts=True)


def _people() -> dict[tuple[str, int | None], set[int]]:
    """Who files for each employer, who reviews at each agency."""
    found: dict[tuple[str, int | None], set[int]] = defaultdict(set)
    for grant in Grant.objects.filter(user__state="active"):
        powers = ROLES[grant.role].powers
        if grant.party_id and Power.FILE in powers:
            found["employer", grant.party_id].add(grant.user_id)
        if grant.agency_id and Power.REVIEW in powers:
            found["agency", grant.agency_id].add(grant.user_id)
    return found


def _notes(day: date) -> Iterator[_Note]:
    provinces = _provinces()
    yield from _contracts_ending(day, provinces)
    yield from _lying_cases(day, provinces)
    yield from _filings_due(day, provinces)
    yield from _rosters_waiting(day, provinces)
    yield from _cases_due(day, provinces)
    yield from _annual(day, provinces)
    yield from _run_out_and_engaged(day - timedelta(days=1))
    yield from _done_by_offices(day - timedelta(days=1))


def _contracts_ending(day: date, provinces: Sequence[str]) -> Iterator[_Note]:
    """Contracts that are today exactly as many days from their end as the province reminds at."""
    thresholds = {
        days
        for region in provinces
        for days in policy.of(region, day).reminders.contract_ending_days
    }
    for days in sorted(thresholds):
        ending: dict[int, list[str]] = defaultdict(list)
        rows = Contract.objects.filter(
            state=Contract.State.ACTIVE, end_on=day + timedelta(days=days)
        ).values_list("employer_id", "employer__region_code", "worker__name")
        for employer, region, name in rows:
            if days in policy.of(region, day).reminders.contract_ending_days:
                ending[employer].append(name)
        for employer, names in ending.items():
            end = day + timedelta(days=days)
            yield _Note(
                f"ending-{days}",
                f"{len(names)} 份劳动合同将于 {end} 到期",
                f"{_list(names)}的劳动合同还有 {days} 日到期，请及时办理续订或终止，"
                "并自续订或终止之日起在规定期限内备案。",
                employer=employer,
            )


def _lying_cases(day: date, provinces: Sequence[str]) -> Iterator[_Note]:
    """Drafts and returned cases that nobody has touched for as long as the province allows."""
    for state, topic, title, remedy in (
        (State.DRAFT, "drafts", "件草稿尚未提交", "请继续填写并提交，不再需要的请删除。"),
        (State.RETURNED, "returned", "件备案审核不通过待修改", "请按审核意见修改后重新提交。"),
    ):
        lying: dict[int, list[str]] = defaultdict(list)
        for region in provinces:
            reminders = policy.of(region, day).reminders
            idle = (
                reminders.draft_idle_days if state == State.DRAFT else reminders.returned_idle_days
            )
            rows = Case.objects.filter(
                state=state,
                applicant__kind=Party.Kind.EMPLOYER,
                region_code__startswith=region[:2],
                updated_at__date=day - timedelta(days=idle),
            ).values_list("applicant_id", "subject_name")
            for employer, name in rows:
                lying[employer].append(name)
        for employer, names in lying.items():
            yield _Note(
                topic, f"{len(names)} {title}", f"{_list(names)}：{remedy}", employer=employer
            )


def _filings_due(day: date, provinces: Sequence[str]) -> Iterator[_Note]:
    """Filings begun and not submitted that will soon be late."""
    for region in provinces:
        for days in policy.of(region, day).reminders.deadline_days:
            due = day + timedelta(days=days)
            rows = Case.objects.filter(
                state=State.DRAFT,
                applicant__kind=Party.Kind.EMPLOYER,
                region_code__startswith=region[:2],
                statutory_due_on=due,
            )
            begun = _by_owner(
                (case.applicant_id, case.kind_title)
                for case in rows.only("applicant_id", "kind", "item_version_id")
            )
            for employer, titles in begun.items():
                yield _Note(
                    f"drafts-due-{days}",
                    f"{len(titles)} 件未提交的备案将于 {due} 到法定备案期限",
                    f"{_list(titles, '件')}还有 {days} 日到期，请填写完整后提交，逾期情况将予以记录。"
                    f"{_calendar_note(due)}",
                    employer=employer,
                )


def _rosters_waiting(day: date, provinces: Sequence[str]) -> Iterator[_Note]:
    """Filings approved so many days ago that no roster has been made for since."""
    for region in provinces:
        days = policy.of(region, day).reminders.roster_waiting_days
        begins = datetime.combine(day - timedelta(days=days), time.min).astimezone()
        rows = Filing.objects.filter(
            without("roster"),
            case__decided_at__gte=begins,
            case__decided_at__lt=begins + timedelta(days=1),
            region_code__startswith=region[:2],
        )
        for employer, names in _by_owner(rows.values_list("employer_id", "name")).items():
            yield _Note(
                "roster",
                f"{len(names)} 件备案审核通过已 {days} 日，尚未生成名册",
                f"{_list(names)}的备案尚未生成名册，请在“名册打印”中生成并打印。",
                employer=employer,
            )


def _cases_due(day: date, provinces: Sequence[str]) -> Iterator[_Note]:
    """Cases due soon, and those whose limit passed yesterday, for the agencies that decide."""
    for region in provinces:
        before = policy.of(region, day).reminders.review_due_days
        for offset, topic, title in (
            (before, "due-soon", f"件办件将于 {before} 日后到期"),
            (-1, "overdue", "件办件已超过办理期限"),
        ):
            due = day + timedelta(days=offset)
            rows = Case.objects.filter(
                state=State.PENDING,
                region_code__startswith=region[:2],
                due_on=due,
                agency__isnull=False,
            ).values_list("agency_id", "subject_name")
            for agency, names in _by_owner(rows).items():
                said = f"{_list(names)}，请尽快办理。{_calendar_note(due)}"
                yield _Note(topic, f"{len(names)} {title}", said, agency=agency)


def _calendar_note(due: date) -> str:
    """Say that a time limit's year has no announced days off yet; nothing where it has."""
    said = calendar.caution(due)
    return f"{said}。" if said else ""


def _annual(day: date, provinces: Sequence[str]) -> Iterator[_Note]:
    for region in provinces:
        rules = policy.of(region, day)
        for duty in rules.annual_duties:
            due = duty.due_on(day.year)
            if (due - day).days not in rules.reminders.annual_duty_days:
                continue
            employers = Employer.objects.filter(
                state=Employer.State.FILED, region_code__startswith=region[:2]
            )
            for employer in employers:
                if duty.binds(employer.nature):
                    yield _Note(
                        f"annual-{duty.name}",
                        f"{duty.title}将于 {due} 截止",
                        f"请于 {due} 前完成{duty.title}。",
                        employer=employer.pk,
                    )


def _run_out_and_engaged(yesterday: date) -> Iterator[_Note]:
    """Contracts that had run out when somebody else filed the person anew: their end is still to be
    filed. By whom is not told."""
    engaged = Filing.objects.filter(
        filed_on=yesterday,
        kind=Filing.Kind.NEW,
        full_time=True,
        state__in=(State.PENDING, State.APPROVED),
    )
    by_others = engaged.filter(worker=OuterRef("worker")).exclude(contract=OuterRef("pk"))
    rows = Contract.objects.filter(
        Exists(by_others),
        state=Contract.State.ACTIVE,
        full_time=True,
        end_on__lt=yesterday,
        worker__in=engaged.values("worker"),
    )
    for employer, names in _by_owner(rows.values_list("employer_id", "worker__name")).items():
        yield _Note(
            "run-out-engaged",
            f"{len(names)} 份已到期的劳动合同尚未办理终止备案，劳动者已有新的用工备案",
            f"{_list(names)}的劳动合同已经到期，本人已有新的全日制用工备案，"
            "请尽快办理解除（终止）备案，出具解除（终止）劳动合同证明。",
            employer=employer,
        )


def _done_by_offices(yesterday: date) -> Iterator[_Note]:
    """What bureaus recorded with evidence about an employer's contracts and people."""
    begins = datetime.combine(yesterday, time.min).astimezone()
    at = {"at__gte": begins, "at__lt": begins + timedelta(days=1)}
    ended = OfficeEnding.objects.filter(**at).values_list(
        "contract__employer_id", "contract__worker__name"
    )
    for employer, names in _by_owner(ended).items():
        yield _Note(
            "ended-by-office",
            f"人社部门登记了 {len(names)} 份劳动合同的终止",
            f"{_list(names)}的劳动合同已由人社部门凭证据登记终止，依据见合同沿革；"
            "对登记有异议的，请与送审机构联系。",
            employer=employer,
        )
    acts = (PersonHistory.Act.CORRECT, PersonHistory.Act.JOIN)
    corrected = PersonHistory.objects.filter(act__in=acts, **at).values("worker")
    people = (
        Contract.objects.filter(state=Contract.State.ACTIVE, worker__in=corrected)
        .values_list("employer_id", "worker__name")
        .distinct()
    )
    for employer, names in _by_owner(people).items():
        yield _Note(
            "person-corrected",
            f"人社部门更正了 {len(names)} 名劳动者的登记",
            f"{_list(names)}的姓名、证件等登记内容已由人社部门凭证据更正或者并档，"
            "今后请按更正后的内容填报。",
            employer=employer,
        )


def _by_owner(rows: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    """What there is of each employer or agency."""
    found: dict[int, list[str]] = defaultdict(list)
    for owner, name in rows:
        found[owner].append(name)
    return found


def _provinces() -> list[str]:
    """One region code for every province that has employers."""
    codes = Employer.objects.order_by().values_list("region_code", flat=True).distinct()
    return sorted({f"{code[:2]}0000" for code in codes})


def _list(names: list[str], unit: str = "人") -> str:
    shown = "、".join(names[:_NAMED])
    return f"{shown}等 {len(names)} {unit}" if len(names) > _NAMED else shown
