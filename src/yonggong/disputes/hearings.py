"""Hearings set and put off, the answer of the other side, more time: what is done to a dispute between the
steps of its case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import queries as case_queries
from yonggong.cases.errors import Forbidden, refused
from yonggong.cases.life import State
from yonggong.cases.models import Case, Step
from yonggong.cases.procedure import Outcome
from yonggong.disputes import exhibits, papers, telling
from yonggong.disputes.exhibits import Brought
from yonggong.disputes.locking import held_for
from yonggong.disputes.models import MORE_DAYS, Dispute, Exhibit, Hearing
from yonggong.documents.rendering import written_date
from yonggong.forms.reading import read_lines, read_remark

# 劳动争议调解仲裁法 35: told in writing five days before.
NOTICE_DAYS = 5
# The step during which a dispute is heard.
HEARD_IN = "hear"
_LONGEST_ANSWER = 3000


def may_set(user: User, case: Case) -> bool:
    """Whether `user` handles the case where it is heard."""
    step = case_queries.open_step(case)
    return step is not None and step.key == HEARD_IN and case_queries.may_act(user, case, step)


@transaction.atomic
def set_hearing(
    *, dispute: int, at: datetime, place: str, arbitrators: str, by: User, now: datetime
) -> Hearing:
    """Set a hearing and tell both sides in writing. Raises `Forbidden`, `Refused`."""
    held = held_for(dispute)
    if not may_set(by, held.case):
        raise Forbidden("只有正在审理本案的人员可以安排开庭。")
    place = read_remark(place, most=100)
    arbitrators = read_remark(arbitrators, most=100)
    if not place or not arbitrators:
        raise refused("place", "required", "请填写开庭地点和仲裁员")
    if timezone.localdate(at) < timezone.localdate(now) + timedelta(days=NOTICE_DAYS):
        raise refused(
            "at",
            "too_soon",
            "开庭应当提前五日书面通知双方当事人",
            f"请安排在 {timezone.localdate(now) + timedelta(days=NOTICE_DAYS)} 或者以后",
        )
    if held.hearings.filter(put_off="", at__gt=now).exists():
        raise refused("", "set_already", "已安排开庭", "需要改期的，请先延期")
    said = _written(at)
    notice = papers.issue(
        held,
        papers.HEARING,
        statement="本案定于下列时间、地点开庭审理，请准时到庭。",
        facts=[("开庭时间", said), ("开庭地点", place), ("仲裁员", arbitrators)],
        parts=[
            (
                "注意事项",
                [
                    "当事人有正当理由的，可以在开庭三日前请求延期开庭。",
                    "申请人无正当理由拒不到庭或者未经仲裁庭同意中途退庭的，可以视为撤回仲裁申请；"
                    "被申请人无正当理由拒不到庭或者未经仲裁庭同意中途退庭的，可以缺席裁决。",
                ],
            )
        ],
        nth=held.hearings.count() + 1,
        by=by,
        now=now,
    )
    hearing = held.hearings.create(
        at=at, place=place, arbitrators=arbitrators, notice=notice, set_by=by, set_at=now
    )
    telling.both(held, "开庭通知", f"定于{said}在{place}开庭，开庭通知书已送达。", now=now)
    return hearing


@transaction.atomic
def put_off(*, dispute: int, hearing: int, reason: str, by: User, now: datetime) -> Hearing:
    """Put a hearing off, with the reason, and tell both sides. Raises `Forbidden`, `Refused`."""
    held = held_for(dispute)
    if not may_set(by, held.case):
        raise Forbidden("只有正在审理本案的人员可以延期开庭。")
    found = held.hearings.filter(pk=hearing, put_off="", at__gt=now).first()
    if found is None:
        raise refused("", "overtaken", "该次开庭已经延期或者已经过期")
    said = read_remark(reason, most=200)
    if not said:
        raise refused("reason", "required", "请填写延期的理由")
    found.put_off = said
    found.save(update_fields=["put_off"])
    papers.issue(
        held,
        papers.PUT_OFF,
        statement=f"原定于{_written(found.at)}的开庭延期，开庭时间另行通知。",
        parts=[("延期理由", [said])],
        nth=held.hearings.exclude(put_off="").count(),
        by=by,
        now=now,
    )
    telling.both(held, "开庭延期", f"原定{_written(found.at)}的开庭延期：{said}", now=now)
    return found


def check(
    case: Case, step: Step, outcome: Outcome, values: Mapping[str, Any], now: datetime
) -> None:
    """Nothing is awarded before a hearing that was set. Raises `Refused`."""
    if outcome is not Outcome.END or values.get("result") != Dispute.Result.AWARD:
        return
    ahead = Hearing.objects.filter(dispute=case.pk, put_off="", at__gt=now).first()
    if ahead is not None:
        raise refused(
            "result",
            "not_heard",
            f"定于{_written(ahead.at)}的开庭还没有进行，不能裁决",
            "请在开庭以后裁决；不再按时开庭的，先延期",
        )


def _written(at: datetime) -> str:
    """A moment as letters say it: 2026年12月6日9时30分."""
    when = timezone.localtime(at)
    return f"{written_date(when.date())}{when.hour}时{when:%M}分"


def may_lengthen(user: User, dispute: Dispute) -> bool:
    """Whether `user` supervises where the case is heard, and it was not made longer yet."""
    case = dispute.case
    agency = case.acting_agency
    return (
        dispute.is_open
        and dispute.sort == Dispute.Sort.ARBITRATION
        and not dispute.more_days
        and agency is not None
        and user.scope.covers(agency.region_code, Power.SUPERVISE, department=agency.department)
        and not case_queries.concerns(user, case)
    )


@transaction.atomic
def lengthen(*, dispute: int, days: int, reason: str, by: User, now: datetime) -> Dispute:
    """Agree to more time for a complicated case, once, and tell both sides. Raises `Forbidden`,
    `Refused`."""
    held = held_for(dispute)
    if not may_lengthen(by, held):
        raise Forbidden("延长审理期限须由仲裁委员会主任（业务主管）批准，且只能延长一次。")
    said = read_remark(reason, most=200)
    if not said or not 0 < days <= MORE_DAYS:
        raise refused("days", "wrong", f"请填写延长理由，延长天数在 1 至 {MORE_DAYS} 天之间")
    held.more_days, held.more_reason, held.more_by = days, said, by
    held.save(update_fields=["more_days", "more_reason", "more_by"])
    case = held.case
    case.due_by_law_on = held.award_due_on
    case.save(update_fields=["due_by_law_on", "updated_at"])
    assert held.award_due_on is not None
    until = written_date(held.award_due_on)
    papers.issue(
        held,
        papers.LONGER,
        statement=f"本案案情复杂，经批准，审理期限延长{days}日，至{until}。",
        facts=[("延长后的期限", until)],
        parts=[("延长的理由", [said])],
        by=by,
        now=now,
    )
    telling.both(held, "审理期限延长", f"审理期限延长至{until}：{said}", now=now)
    return held


def may_answer(user: User, dispute: Dispute) -> bool:
    """Whether `user` acts for the side on which the application for arbitration was served, which has not
    answered."""
    other = dispute.other_side
    return (
        dispute.is_open
        and dispute.sort == Dispute.Sort.ARBITRATION
        and dispute.served_on is not None
        and dispute.answered_on is None
        and other is not None
        and other in user.scope.parties(Power.FILE)
        and other != user.scope.person_served
    )


@transaction.atomic
def answer(
    *, dispute: int, text: str, files: Sequence[Brought] = (), by: User, now: datetime
) -> Dispute:
    """Hand in the answer with its evidence, once; all who take part have both, late too: that is weighed by
    who hears the case. Raises `Forbidden`, `Refused`."""
    held = held_for(dispute)
    if not may_answer(by, held) or held.case.state != State.PENDING:
        raise Forbidden("只有被申请人可以在案件审理期间提交一次答辩。")
    said = read_lines(text)
    if not said or len(said) > _LONGEST_ANSWER:
        raise refused("text", "wrong", f"请填写答辩意见，不超过 {_LONGEST_ANSWER} 字")
    assert held.other_side is not None
    if files and exhibits.is_late(held, now):
        raise refused("files", "late", "已经开庭，证据请另行提交并说明逾期的理由")
    who = (held.other_side, Exhibit.Role.OTHER)
    brought = exhibits.add(held, files, who, with_answer=True, by=by, now=now)
    papers.issue_answer(held, said, [one.name for one in brought], by=by, now=now)
    held.answered_on = timezone.localdate(now)
    held.save(update_fields=["answered_on"])
    beside = f"和 {len(brought)} 份证据" if brought else ""
    telling.both(held, "已收到答辩书", f"被申请人提交了答辩书{beside}，可以查看。", now=now)
    return held
