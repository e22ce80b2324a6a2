"""Endings by retirement: the gradual rise from 2025, flexible retirement, contribution years."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from yonggong.law.articles import article
from yonggong.law.facts import EndingFacts
from yonggong.law.findings import Finding
from yonggong.law.periods import add_months, say_age, say_months
from yonggong.law.registry import ENDING
from yonggong.law.retirement import (
    REFORM_ON,
    WOMEN_50,
    Track,
    contribution_months_required,
    delay_months,
    flexible_range,
    statutory_date,
    track_of,
)

_RETIREMENT = ("4405", "4406")


def _known(facts: EndingFacts) -> tuple[date, date, Track] | None:
    """Give birth, day of ending and schedule for an ending by retirement, else None.

    A woman of unknown post is taken to follow the earlier schedule, so that only what is certainly
    too early is found.
    """
    contract = facts.contract
    if facts.ground not in _RETIREMENT or facts.ended_on is None or contract is None:
        return None
    if contract.birth_on is None or contract.special_work:
        return None
    track = track_of(contract.sex, contract.post_category)
    if track is None and contract.sex == "female":
        track = WOMEN_50
    return (contract.birth_on, facts.ended_on, track) if track else None


@ENDING.rule(
    "retirement-too-early",
    "未达到退休年龄",
    checks=(
        "以退休终止的，已达到法定退休年龄，或者在弹性提前退休的范围内；"
        "特殊工种、高海拔地区依法提前退休的除外。"
    ),
    articles=(
        article("渐进式延迟法定退休年龄办法", 1),
        article("渐进式延迟法定退休年龄办法", 3),
        article("渐进式延迟法定退休年龄办法", 8),
        article("劳动合同法实施条例", 21),
    ),
    fields=("ended_on", "ground"),
)
def retirement_too_early(facts: EndingFacts, on: date) -> Iterable[Finding]:
    known = _known(facts)
    if known is None:
        return ()
    birth_on, ended_on, track = known
    earliest, _ = flexible_range(birth_on, track)
    if ended_on >= earliest:
        return ()
    statutory = statutory_date(birth_on, track)
    age = say_age(track.original + delay_months(birth_on, track))
    return retirement_too_early.finding(
        f"劳动者 {birth_on} 出生，法定退休年龄为 {age}（{statutory}），"
        f"最早可以弹性提前至 {earliest}，终止日期 {ended_on} 过早",
        remedy="请核对出生日期、岗位类别和终止原因；特殊工种提前退休的，请注明。",
        numbers={"statutory": statutory, "earliest": earliest, "ended_on": ended_on},
    )


@ENDING.rule(
    "retirement-flexible",
    "弹性提前退休",
    checks=(
        "在法定退休日之前终止的，应当是职工自愿弹性提前退休（选“享受基本养老保险待遇”），"
        "并提前 3 个月书面告知单位。"
    ),
    articles=(article("渐进式延迟法定退休年龄办法", 3), article("弹性退休暂行办法", 0)),
    fields=("ground", "flexible_retirement_requested_on"),
    in_force=(REFORM_ON, None),
)
def retirement_flexible(facts: EndingFacts, on: date) -> Iterable[Finding]:
    known = _known(facts)
    if known is None:
        return ()
    birth_on, ended_on, track = known
    statutory = statutory_date(birth_on, track)
    if ended_on >= statutory or ended_on < flexible_range(birth_on, track)[0]:
        return ()
    if facts.ground == "4406":
        return retirement_flexible.finding(
            f"终止原因为达到法定退休年龄，法定退休日为 {statutory}，终止日期 {ended_on} 尚未达到",
            remedy="职工自愿弹性提前退休的，请改选“劳动者开始依法享受基本养老保险待遇”。",
            numbers={"statutory": statutory, "ended_on": ended_on},
        )
    asked_on = facts.flexible_retirement_requested_on
    if asked_on is None or asked_on <= add_months(ended_on, -3):
        return ()
    return retirement_flexible.finding(
        f"弹性提前退休于 {asked_on} 书面告知、{ended_on} 终止，不足 3 个月",
        remedy="弹性提前退休应当至少提前 3 个月书面告知单位，请核对。",
        field="flexible_retirement_requested_on",
        numbers={"asked_on": asked_on, "ended_on": ended_on},
    )


@ENDING.rule(
    "contribution-years",
    "最低缴费年限",
    checks=(
        "以享受基本养老保险待遇终止的，缴费年限达到最低缴费年限（2030 年起每年提高 6 个月）："
        "提前退休按退休当年，其余按达到法定退休年龄当年。"
    ),
    articles=(article("渐进式延迟法定退休年龄办法", 2),),
    fields=("contribution_months",),
)
def contribution_years(facts: EndingFacts, on: date) -> Iterable[Finding]:
    paid, known = facts.contribution_months, _known(facts)
    if paid is None or known is None or facts.ground != "4405":
        return ()
    birth_on, ended_on, track = known
    year = min(ended_on, statutory_date(birth_on, track)).year
    owed = contribution_months_required(year)
    if paid >= owed:
        return ()
    return contribution_years.finding(
        f"缴费年限 {say_months(paid)}，{year} 年的最低缴费年限为 {say_months(owed)}，"
        f"相差 {say_months(owed - paid)}",
        remedy="不满最低缴费年限的，可以按规定延长缴费或者一次性缴费，请核对终止原因。",
        numbers={"paid": paid, "owed": owed, "year": year},
    )
