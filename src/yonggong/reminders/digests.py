"""What became due since the last run, one message a person and topic.

Each threshold is crossed on one day (a contract is 30 days from its end on exactly one), and the
run goes through every day since the last one, so nothing is told twice or left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from yonggong import policy
from yonggong.accounts.models import Grant, User
from yonggong.accounts.roles import ROLES, Power
from yonggong.annual import queries as yearly
from yonggong.cases.life import State
from yonggong.contracts.models import Contract, Filing, OfficeEnding
from yonggong.contracts.papers import without
from yonggong.employers import asking
from yonggong.employers.models import AskedFiling
from yonggong.registry.models import PersonHistory
from yonggong.registry.parties import Authority, Party
from yonggong.reminders import of_cases, of_dispatches, of_disputes, of_licences, of_relations
from yonggong.reminders.models import Message, Progress
from yonggong.reminders.notes import Note, by_owner, listed

# Accounts, each with who its holder is themselves.
_Accounts = set[tuple[int, int | None]]

_LONGEST_CATCH_UP = timedelta(days=31)


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


def _write(notes: list[Note], day: date) -> None:
    people = _people(day)
    parties = Party.objects.exclude(kind=Party.Kind.AGENCY)
    names = dict(parties.filter(pk__in={note.party for note in notes}).values_list("pk", "name"))
    messages = (
        Message(
            user_id=user,
            topic=note.topic,
            on=day,
            party_id=note.party,
            title=note.title,
            # Of oneself nothing need be said.
            body=f"{names[note.party]}：{note.body}"
            if note.party in names and person != note.party
            else note.body,
        )
        for note in notes
        for user, person in people[note.party]
    )
    Message.objects.bulk_create(messages, ignore_conflicts=True)


def _people(day: date) -> dict[int, _Accounts]:
    """Who acts for each employer and each person, their agents among them; who reviews at each
    agency."""
    found: dict[int, _Accounts] = defaultdict(set)
    for grant in Grant.objects.filter(user__state=User.State.ACTIVE).select_related("user"):
        powers, account = ROLES[grant.role].powers, (grant.user_id, grant.user.person_id)
        if grant.party_id and Power.FILE in powers:
            found[grant.party_id].add(account)
        if grant.agency_id and Power.REVIEW in powers:
            found[grant.agency_id].add(account)
    known = User.objects.filter(state=User.State.ACTIVE, person__isnull=False)
    for user, person in known.values_list("pk", "person"):
        if person is not None:
            found[person].add((user, person))
    given = Authority.objects.filter(Authority.in_state(Authority.State.HOLDS, day))
    # Before any is added: an agent's own agents act for the agent alone.
    acting = [
        (principal, set(found[agent]))
        for agent, principal in given.values_list("agent", "principal")
    ]
    for principal, accounts in acting:
        found[principal] |= accounts
    return found


def _notes(day: date) -> Iterator[Note]:
    provinces = _provinces()
    yield from _contracts_ending(day, provinces)
    yield from of_cases.lying(day, provinces)
    yield from of_cases.filings_due(day, provinces)
    yield from _rosters_waiting(day, provinces)
    yield from of_cases.due_for_agencies(day, provinces)
    yield from _annual(day, provinces)
    yield from of_dispatches.not_agreed(day, provinces)
    yield from of_relations.running_out(day)
    yield from of_licences.due(day)
    yield from of_disputes.due(day)
    yield from _run_out_and_engaged(day - timedelta(days=1))
    yield from _done_by_offices(day - timedelta(days=1))
    yield from _asked_to_file(day - timedelta(days=1))
    yield from of_cases.answered(day - timedelta(days=1))
    yield from of_cases.revoked(day - timedelta(days=1))


def _contracts_ending(day: date, provinces: Sequence[str]) -> Iterator[Note]:
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
            yield Note(
                f"ending-{days}",
                f"{len(names)} 份劳动合同将于 {end} 到期",
                f"{listed(names)}的劳动合同还有 {days} 日到期，请及时办理续订或终止，"
                "并自续订或终止之日起在规定期限内备案。",
                party=employer,
            )


def _rosters_waiting(day: date, provinces: Sequence[str]) -> Iterator[Note]:
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
        for employer, names in by_owner(rows.values_list("employer_id", "name")).items():
            yield Note(
                "roster",
                f"{len(names)} 件备案审核通过已 {days} 日，尚未生成名册",
                f"{listed(names)}的备案尚未生成名册，请在“名册打印”中生成并打印。",
                party=employer,
            )


def _annual(day: date, provinces: Sequence[str]) -> Iterator[Note]:
    for region in provinces:
        days = policy.of(region, day).reminders.annual_duty_days
        for owed in yearly.owed_in(region, day):
            title, due = owed.duty.title, owed.due_on
            if (due - day).days not in days:
                continue
            for employer in yearly.to_remind(region, owed).values_list("pk", flat=True):
                yield Note(
                    f"annual-{owed.duty.name}",
                    f"{title}将于 {due} 截止",
                    f"请于 {due} 前在“年度备案”中完成 {owed.year} 年度的{title}。",
                    party=employer,
                )


def _run_out_and_engaged(yesterday: date) -> Iterator[Note]:
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
    for employer, names in by_owner(rows.values_list("employer_id", "worker__name")).items():
        yield Note(
            "run-out-engaged",
            f"{len(names)} 份已到期的劳动合同尚未办理终止备案，劳动者已有新的用工备案",
            f"{listed(names)}的劳动合同已经到期，本人已有新的全日制用工备案，"
            "请尽快办理解除（终止）备案，出具解除（终止）劳动合同证明。",
            party=employer,
        )


def _done_by_offices(yesterday: date) -> Iterator[Note]:
    """What bureaus recorded with evidence about an employer's contracts and people."""
    begins = datetime.combine(yesterday, time.min).astimezone()
    at = {"at__gte": begins, "at__lt": begins + timedelta(days=1)}
    ended = OfficeEnding.objects.filter(**at).values_list(
        "contract__employer_id", "contract__worker__name"
    )
    for employer, names in by_owner(ended).items():
        yield Note(
            "ended-by-office",
            f"人社部门登记了 {len(names)} 份劳动合同的终止",
            f"{listed(names)}的劳动合同已由人社部门凭证据登记终止，依据见合同沿革；"
            "对登记有异议的，请与送审机构联系。",
            party=employer,
        )
    acts = (PersonHistory.Act.CORRECT, PersonHistory.Act.JOIN)
    corrected = PersonHistory.objects.filter(act__in=acts, **at).values("worker")
    people = (
        Contract.objects.filter(state=Contract.State.ACTIVE, worker__in=corrected)
        .values_list("employer_id", "worker__name")
        .distinct()
    )
    for employer, names in by_owner(people).items():
        yield Note(
            "person-corrected",
            f"人社部门更正了 {len(names)} 名劳动者的登记",
            f"{listed(names)}的姓名、证件等登记内容已由人社部门凭证据更正或者并档，"
            "今后请按更正后的内容填报。",
            party=employer,
        )


def _asked_to_file(yesterday: date) -> Iterator[Note]:
    """What came in from the registration authorities and the employer has not filed (NMG-6)."""
    begins = datetime.combine(yesterday, time.min).astimezone()
    rows = AskedFiling.objects.filter(
        settled_at=None, asked_at__gte=begins, asked_at__lt=begins + timedelta(days=1)
    )
    for asked in rows.select_related("employer"):
        what = (
            f"{asking.labels_of(asked)}与本单位备案信息不一致"
            if asked.differs
            else "登记机关已将本单位吊销或者注销"
        )
        yield Note(
            f"asked-{asked.act}",
            f"请于 {asked.due_on} 前办理{asked.get_act_display()}",
            f"登记信息于 {asked.since} 变动：{what}。请在“单位基本信息”中核对并办理"
            f"{asked.get_act_display()}；登记信息有误的，请向登记机关更正。",
            party=asked.employer_id,
        )


def _provinces() -> list[str]:
    """One region code for every province that has employers, or persons who apply."""
    parties = Party.objects.exclude(kind=Party.Kind.AGENCY).exclude(region_code="")
    codes = parties.order_by().values_list("region_code", flat=True).distinct()
    return sorted({f"{code[:2]}0000" for code in codes})
