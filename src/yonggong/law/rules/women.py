"""Special protection of women at work."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from yonggong.law.articles import article
from yonggong.law.facts import ContractFacts
from yonggong.law.findings import Finding, Severity
from yonggong.law.registry import CONTRACT
from yonggong.law.rules.ages import barred_work

_SEVENTH_MONTH = 7


@CONTRACT.rule(
    "women-hazards",
    "女职工禁忌劳动",
    checks="女职工（含孕期、哺乳期）的岗位不属于禁忌从事的劳动范围（见禁忌劳动范围）。",
    articles=(article("劳动法", 59), article("女职工劳动保护特别规定", 4, 2)),
    fields=("hazards", "sex"),
    default_severity=Severity.BLOCK,
)
def women_hazards(facts: ContractFacts, on: date) -> Iterable[Finding]:
    if not facts.hazards or facts.sex != "female":
        return ()
    groups = {"female"}
    if facts.pregnant_months is not None:
        groups.add("pregnancy")
    if facts.nursing:
        groups.add("nursing")
    titles = barred_work(facts.hazards, frozenset(groups))
    if not titles:
        return ()
    return women_hazards.finding(
        f"女职工的岗位涉及禁忌从事的劳动 {len(titles)} 项：{'；'.join(titles)}",
        remedy="请调整岗位，不得安排女职工从事上述劳动。",
        numbers={"count": len(titles)},
    )


@CONTRACT.rule(
    "women-menstruation-hazards",
    "女职工经期禁忌劳动",
    checks="岗位属于女职工经期禁忌从事的劳动范围的，提示经期调整。",
    articles=(article("女职工劳动保护特别规定", 4, 2),),
    fields=("hazards", "sex"),
    default_severity=Severity.INFORM,
)
def women_menstruation_hazards(facts: ContractFacts, on: date) -> Iterable[Finding]:
    if not facts.hazards or facts.sex != "female":
        return ()
    titles = barred_work(facts.hazards, frozenset({"menstruation"}))
    if not titles:
        return ()
    return women_menstruation_hazards.finding(
        f"岗位涉及女职工经期禁忌从事的劳动 {len(titles)} 项：{'；'.join(titles)}",
        remedy="请书面告知女职工，经期不安排从事上述劳动。",
        numbers={"count": len(titles)},
    )


@CONTRACT.rule(
    "women-overtime",
    "孕期、哺乳期不得加班和夜班",
    checks="怀孕 7 个月以上和哺乳未满 1 周岁婴儿的女职工，没有约定延长工作时间或者夜班劳动。",
    articles=(article("女职工劳动保护特别规定", 6, 2), article("女职工劳动保护特别规定", 9, 1)),
    fields=("overtime_month_hours", "night_shift", "pregnant_months", "nursing"),
    default_severity=Severity.BLOCK,
)
def women_overtime(facts: ContractFacts, on: date) -> Iterable[Finding]:
    months = facts.pregnant_months
    if months is None and not facts.nursing:
        return ()
    if not facts.overtime_month_hours and not facts.overtime_daily_hours and not facts.night_shift:
        return ()
    if months is not None and months >= _SEVENTH_MONTH:
        said, cited = f"女职工怀孕 {months} 个月", women_overtime.articles[:1]
    elif facts.nursing:
        said, cited = "女职工哺乳未满 1 周岁婴儿", women_overtime.articles[1:]
    else:
        return ()
    what = "夜班劳动" if facts.night_shift else "延长工作时间"
    return women_overtime.finding(
        f"{said}，约定了{what}",
        remedy="请取消加班和夜班安排。",
        field="night_shift" if facts.night_shift else "overtime_month_hours",
        numbers={"pregnant_months": months},
        articles=cited,
    )
