"""A collective contract sent for review: who bargained, how it was adopted, when it was sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from yonggong.law.articles import article
from yonggong.law.findings import Finding, Severity
from yonggong.law.periods import last_day
from yonggong.law.registry import COLLECTIVE
from yonggong.law.relations_facts import CollectiveFacts

ANSWER_DAYS = 20
# The service standard prints 7 days, the ministry's regulation 10: both are told.
STANDARD_DAYS, REGULATION_DAYS = 7, 10
OBJECTION_DAYS = 15
_SHORTEST_MONTHS, _LONGEST_MONTHS, _WAGE_MONTHS = 12, 36, 12
_OUTSIDE = 3  # one in three


def effective_on(received_on: date) -> date:
    """The day on which a collective contract takes effect that nobody objected to: the sixteenth,
    since the day of receipt is not counted (劳动合同法第五十四条; 民法典第二百零一条)."""
    return received_on + timedelta(days=OBJECTION_DAYS + 1)


def may_object(received_on: date, on: date) -> bool:
    """Whether an objection made on a day is in time."""
    return on < effective_on(received_on)


@COLLECTIVE.rule(
    "collective-equal-sides",
    "双方协商代表人数对等",
    checks="企业方和职工方的协商代表人数相同，每方至少 3 人。",
    articles=(article("集体合同规定", 19),),
    fields=("employee_negotiator_count", "employer_negotiator_count"),
    default_severity=Severity.BLOCK,
)
def equal_sides(facts: CollectiveFacts, on: date) -> Iterable[Finding]:
    ours, theirs = facts.employer_side, facts.employee_side
    if ours is None or theirs is None or ours == theirs:
        return ()
    return equal_sides.finding(
        f"企业方协商代表 {ours} 名，职工方 {theirs} 名，人数不对等",
        remedy="请按实际情况更正；人数确不对等的，应当补足代表重新协商。",
        numbers={"employer_side": ours, "employee_side": theirs},
    )


@COLLECTIVE.rule(
    "collective-outsiders",
    "外聘协商代表不超过三分之一",
    checks="委托本单位以外的专业人员担任协商代表的，不超过本方代表的三分之一。",
    articles=(article("集体合同规定", 23),),
    fields=("employer_outside", "employee_outside"),
)
def outsiders(facts: CollectiveFacts, on: date) -> Iterable[Finding]:
    sides = (
        ("企业方", facts.employer_side, facts.employer_outside, "employer_outside"),
        ("职工方", facts.employee_side, facts.employee_outside, "employee_outside"),
    )
    for side, heads, outside, field in sides:
        if heads and outside and outside * _OUTSIDE > heads:
            return outsiders.finding(
                f"{side}协商代表 {heads} 名，其中外聘 {outside} 名，超过三分之一",
                remedy="请核对外聘人数；确实超过的，应当调整协商代表。",
                field=field,
                numbers={"heads": heads, "outside": outside},
            )
    return ()


@COLLECTIVE.rule(
    "collective-chiefs",
    "首席协商代表",
    checks="企业方首席代表为法定代表人，职工方首席代表为工会主席；由他人担任的有书面委托。",
    articles=(article("集体合同规定", 20), article("集体合同规定", 21)),
    fields=("employer_chief_negotiator", "employee_chief_negotiator"),
    default_severity=Severity.INFORM,
)
def chiefs(facts: CollectiveFacts, on: date) -> Iterable[Finding]:
    if not facts.unlike_chiefs:
        return ()
    return chiefs.finding(
        f"{'、'.join(facts.unlike_chiefs)}的首席代表由他人担任，没有填写书面委托",
        remedy="由他人担任首席代表的，请随集体合同文本附书面委托；职工方没有工会的，由协商代表推举。",
    )


@COLLECTIVE.rule(
    "collective-answer",
    "二十日内回应协商要求",
    checks="收到集体协商要求的一方在 20 日内书面回应。",
    articles=(article("集体合同规定", 32),),
    fields=("reply_date",),
)
def answer(facts: CollectiveFacts, on: date) -> Iterable[Finding]:
    if facts.offered_on is None or facts.answered_on is None:
        return ()
    days = (facts.answered_on - facts.offered_on).days
    if days <= ANSWER_DAYS:
        return ()
    return answer.finding(
        f"发起要约后第 {days} 日才回复，超过 {ANSWER_DAYS} 日",
        remedy="请核对日期，或者说明迟延回应的理由。",
        numbers={"days": days},
    )


@COLLECTIVE.rule(
    "collective-congress",
    "职工代表大会通过草案",
    checks="三分之二以上职工代表（职工）出席，全体职工代表（职工）半数以上同意。",
    articles=(article("集体合同规定", 36),),
    fields=("congress_for", "congress_present", "congress_all"),
    default_severity=Severity.BLOCK,
)
def congress(facts: CollectiveFacts, on: date) -> Iterable[Finding]:
    all_, present, agreed = facts.congress_all, facts.congress_present, facts.congress_for
    if not all_ or present is None or agreed is None:
        return ()
    if present * 3 < all_ * 2:
        said, field = f"应到 {all_} 人，实到 {present} 人，不足三分之二", "congress_present"
    elif agreed * 2 < all_:
        said, field = f"应到 {all_} 人，同意 {agreed} 人，不足全体的半数", "congress_for"
    else:
        return ()
    return congress.finding(
        f"{said}，集体合同草案没有通过",
        remedy="请核对表决人数；没有通过的，应当重新提交职工代表大会或者全体职工讨论。",
        field=field,
        numbers={"all": all_, "present": present, "for": agreed},
    )


@COLLECTIVE.rule(
    "collective-filed-late",
    "签订后十日内报送审查",
    checks="自双方首席代表签字之日起 10 日内报送审查。",
    articles=(article("集体合同规定", 42),),
    fields=("signed_on",),
)
def filed_late(facts: CollectiveFacts, on: date) -> Iterable[Finding]:
    days = _days_to_filing(facts)
    if days is None or days <= REGULATION_DAYS:
        return ()
    return filed_late.finding(
        f"签订后第 {days} 日报送，超过 {REGULATION_DAYS} 日",
        remedy="可以继续报送，请说明逾期的原因。",
        numbers={"days": days},
    )


@COLLECTIVE.rule(
    "collective-filed-seven",
    "标准所印的七日",
    checks="公共服务标准印作签订后 7 日内报送；《集体合同规定》为 10 日，在其间报送的只作提示。",
    articles=(article("公共服务标准", 0),),
    fields=("signed_on",),
    default_severity=Severity.INFORM,
)
def filed_seven(facts: CollectiveFacts, on: date) -> Iterable[Finding]:
    days = _days_to_filing(facts)
    if days is None or not STANDARD_DAYS < days <= REGULATION_DAYS:
        return ()
    return filed_seven.finding(
        f"签订后第 {days} 日报送，超过公共服务标准所印的 {STANDARD_DAYS} 日，"
        f"没有超过《集体合同规定》的 {REGULATION_DAYS} 日",
        remedy="不影响报送，以后请在签订后 7 日内报送。",
        numbers={"days": days},
    )


def _days_to_filing(facts: CollectiveFacts) -> int | None:
    if facts.signed_on is None or facts.filed_on is None:
        return None
    return (facts.filed_on - facts.signed_on).days


@COLLECTIVE.rule(
    "collective-term",
    "集体合同期限",
    checks="集体合同期限一般为 1 至 3 年。",
    articles=(article("集体合同规定", 38),),
    fields=("collective_contract_end",),
    default_severity=Severity.INFORM,
)
def term(facts: CollectiveFacts, on: date) -> Iterable[Finding]:
    start, end = facts.start_on, facts.end_on
    if start is None or end is None or end < start:
        return ()
    if end < last_day(start, _SHORTEST_MONTHS):
        said = "不足 1 年"
    elif end > last_day(start, _LONGEST_MONTHS):
        said = "超过 3 年"
    else:
        return ()
    return term.finding(
        f"集体合同期限自 {start} 至 {end}，{said}",
        remedy="集体合同期限一般为 1 至 3 年，请核对起止日期。",
    )


@COLLECTIVE.rule(
    "collective-wages-yearly",
    "工资集体协商一年一次",
    checks="工资集体协商一般一年进行一次。",
    articles=(article("工资集体协商试行办法", 0),),
    fields=("collective_contract_end",),
    default_severity=Severity.INFORM,
)
def wages_yearly(facts: CollectiveFacts, on: date) -> Iterable[Finding]:
    start, end = facts.start_on, facts.end_on
    if not facts.wages or start is None or end is None or end <= last_day(start, _WAGE_MONTHS):
        return ()
    return wages_yearly.finding(
        f"工资专项集体合同期限自 {start} 至 {end}，超过 1 年",
        remedy="工资集体协商一般一年进行一次，请核对期限。",
    )
