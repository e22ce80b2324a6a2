"""Ages: under 16, from 16 to 18, and from the statutory retirement age on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

from yonggong.codes.tables import table
from yonggong.law.articles import article
from yonggong.law.facts import ContractFacts
from yonggong.law.findings import Finding, Severity
from yonggong.law.periods import age_on, say_age
from yonggong.law.registry import CONTRACT
from yonggong.law.retirement import (
    REFORM_ON,
    WOMEN_50,
    WOMEN_55,
    delay_months,
    flexible_range,
    statutory_date,
    track_of,
)
from yonggong.law.tables import rows

_LEAST_AGE = 16
_ADULT_AGE = 18
_YOUNGEST_RETIREMENT = 50
_OVER_AGE_RULES_ON = date(2026, 7, 1)


def first_day(facts: ContractFacts) -> date | None:
    """Give the day work begins under this contract: the earlier of start and first use."""
    work_start_on, start_on = facts.work_start_on, facts.start_on
    if work_start_on is None or start_on is None:
        return work_start_on or start_on
    return min(work_start_on, start_on)


@CONTRACT.rule(
    "minimum-age",
    "用工最低年龄 16 周岁",
    checks="用工之日、合同起始日中较早的一日（续订的为合同起始日），劳动者已满 16 周岁；文艺、体育单位依法招用的除外。",
    articles=(
        article("劳动法", 15, 1),
        article("禁止使用童工规定", 2, 1),
        article("禁止使用童工规定", 13, 1),
    ),
    fields=("birth_on", "work_start_on", "start_on"),
    default_severity=Severity.BLOCK,
)
def minimum_age(facts: ContractFacts, on: date) -> Iterable[Finding]:
    birth_on, day = facts.birth_on, facts.start_on if facts.prior_terms else first_day(facts)
    if birth_on is None or day is None or day.year - birth_on.year > _LEAST_AGE:
        return ()
    age = age_on(birth_on, day)
    if age >= _LEAST_AGE or facts.minor_arts_sports:
        return ()
    return minimum_age.finding(
        f"劳动者 {birth_on} 出生，至用工之日 {day} 为 {age} 周岁，未满 16 周岁，不得招用",
        remedy="请核对出生日期；确未满 16 周岁的，应当立即停止用工并送回其父母或者其他监护人。",
        numbers={"age": age, "minimum": _LEAST_AGE, "day": day},
        articles=minimum_age.articles[:2],
    )


def _juvenile_on(facts: ContractFacts) -> date | None:
    """Give the first day of work when the worker is then 16 or 17, else None."""
    birth_on, day = facts.birth_on, facts.start_on or facts.work_start_on
    if birth_on is None or day is None or day.year - birth_on.year > _ADULT_AGE:
        return None
    return day if _LEAST_AGE <= age_on(birth_on, day) < _ADULT_AGE else None


@CONTRACT.rule(
    "juvenile-registration",
    "未成年工登记",
    checks="已满 16 周岁未满 18 周岁的劳动者已办理未成年工登记。",
    articles=(article("劳动法", 58, 2), article("未成年工特殊保护规定", 9)),
    fields=("juvenile_registered", "birth_on"),
)
def juvenile_registration(facts: ContractFacts, on: date) -> Iterable[Finding]:
    if facts.juvenile_registered is not False or facts.birth_on is None:
        return ()
    day = _juvenile_on(facts)
    if day is None:
        return ()
    age = age_on(facts.birth_on, day)
    return juvenile_registration.finding(
        f"劳动者 {facts.birth_on} 出生，至 {day} 为 {age} 周岁，属于未成年工，没有未成年工登记",
        remedy="请先向县级以上人力资源社会保障部门办理未成年工登记，领取登记证后上岗。",
        numbers={"age": age, "day": day},
    )


@CONTRACT.rule(
    "juvenile-health-check",
    "未成年工健康检查",
    checks="未成年工上岗前已做健康检查，且检查日期不晚于用工之日。",
    articles=(article("劳动法", 65), article("未成年工特殊保护规定", 6)),
    fields=("health_check_on", "birth_on"),
)
def juvenile_health_check(facts: ContractFacts, on: date) -> Iterable[Finding]:
    checked_on = facts.health_check_on
    if checked_on is None or facts.birth_on is None:
        return ()
    day = _juvenile_on(facts)
    if day is None or checked_on <= day:
        return ()
    return juvenile_health_check.finding(
        f"未成年工的健康检查日期 {checked_on} 晚于用工之日 {day}",
        remedy="安排工作岗位之前应当先做健康检查。",
        numbers={"health_check_on": checked_on, "day": day},
    )


@CONTRACT.rule(
    "juvenile-venue",
    "娱乐场所不得招用未成年人",
    checks="营业性娱乐场所、酒吧、互联网上网服务营业场所等没有招用已满 16 周岁未满 18 周岁的未成年人。",
    articles=(article("未成年人保护法", 61, 2),),
    fields=("entertainment_venue", "birth_on"),
)
def juvenile_venue(facts: ContractFacts, on: date) -> Iterable[Finding]:
    if not facts.entertainment_venue or facts.birth_on is None:
        return ()
    day = _juvenile_on(facts)
    if day is None:
        return ()
    return juvenile_venue.finding(
        f"劳动者 {facts.birth_on} 出生，至 {day} 为 {age_on(facts.birth_on, day)} 周岁，"
        "用人单位属于不适宜未成年人活动的场所",
        remedy="营业性娱乐场所、酒吧、网吧等不得招用未成年人；工作场所不属于此类的，请说明。",
        numbers={"day": day},
    )


@cache
def hazards() -> dict[str, tuple[str, frozenset[str]]]:
    """Give the dangerous kinds of work by code: title and the groups barred from them."""
    groups: dict[str, set[str]] = {}
    for row in rows("hazard_provisions"):
        for code in row["codes"].split("|"):
            groups.setdefault(code, set()).add(row["barred_for"])
    titles = {line.extras["hazard"]: line.name for line in table("hazardous_work")}
    return {code: (titles[code], frozenset(barred)) for code, barred in groups.items()}


def barred_work(codes: frozenset[str], groups: frozenset[str]) -> list[str]:
    """Give the titles of those kinds of work that one of the groups is barred from."""
    known = hazards()
    return [known[code][0] for code in sorted(codes) if code in known and known[code][1] & groups]


@CONTRACT.rule(
    "juvenile-hazards",
    "未成年工禁忌劳动",
    checks="未成年工的岗位不属于禁忌从事的劳动范围（见禁忌劳动范围）。",
    articles=(
        article("劳动法", 64),
        article("未成年工特殊保护规定", 3),
        article("职业病防治法", 38),
    ),
    fields=("hazards", "birth_on"),
    default_severity=Severity.BLOCK,
)
def juvenile_hazards(facts: ContractFacts, on: date) -> Iterable[Finding]:
    if not facts.hazards or _juvenile_on(facts) is None:
        return ()
    titles = barred_work(facts.hazards, frozenset({"juvenile"}))
    if not titles:
        return ()
    return juvenile_hazards.finding(
        f"未成年工的岗位涉及禁忌从事的劳动 {len(titles)} 项：{'；'.join(titles)}",
        remedy="请调整岗位，不得安排未成年工从事上述劳动。",
        numbers={"count": len(titles)},
    )


def _surely_retired_on(facts: ContractFacts) -> date | None:
    """Give the statutory retirement day; for a woman of unknown post the later of the two."""
    if facts.birth_on is None or facts.sex is None:
        return None
    track = track_of(facts.sex, facts.post_category)
    if track is not None:
        return statutory_date(facts.birth_on, track)
    return max(statutory_date(facts.birth_on, WOMEN_50), statutory_date(facts.birth_on, WOMEN_55))


def _delayed_until(facts: ContractFacts, retired_on: date) -> date | None:
    """Give the agreed last day of flexible delay; None where none was agreed, or the statutory age
    was reached before flexible retirement came (2025-01-01)."""
    return facts.flexible_delay_until if retired_on >= REFORM_ON else None


def beyond_labour_contracts(facts: ContractFacts, day: date) -> bool:
    """Say whether the worker, on a day, was past what labour contracts are for: draws a pension, or
    had surely reached the statutory age without an agreed delay (Labour Contract Law 44 (2),
    Regulations 21). Double pay and open-ended contracts are not owed then.
    """
    if facts.draws_pension:
        return True
    birth_on = facts.birth_on
    if birth_on is None or day.year - birth_on.year < _YOUNGEST_RETIREMENT:
        return False
    retired_on = _surely_retired_on(facts)
    if retired_on is None or day < retired_on:
        return False
    delayed_until = _delayed_until(facts, retired_on)
    return delayed_until is None or day > delayed_until


@CONTRACT.rule(
    "retirement-age",
    "已达到法定退休年龄",
    checks=(
        "合同起始日在法定退休日之前；依法弹性延迟退休的除外。"
        "女职工岗位类别不明的，按较晚的法定退休日判断。"
    ),
    articles=(
        article("劳动合同法实施条例", 21),
        article("渐进式延迟法定退休年龄办法", 1),
        article("渐进式延迟法定退休年龄办法", 3),
        article("超龄劳动者规定", 6),
        article("超龄劳动者规定", 15),
        article("超龄劳动者规定", 23),
    ),
    fields=("birth_on", "start_on", "post_category"),
)
def retirement_age(facts: ContractFacts, on: date) -> Iterable[Finding]:
    birth_on, start_on = facts.birth_on, facts.start_on
    if birth_on is None or start_on is None or start_on.year - birth_on.year < _YOUNGEST_RETIREMENT:
        return ()
    retired_on = _surely_retired_on(facts)
    if retired_on is None or start_on < retired_on:
        return ()
    delayed_until = _delayed_until(facts, retired_on)
    if delayed_until is not None and start_on <= delayed_until:
        return ()
    over_age_rules = start_on >= _OVER_AGE_RULES_ON
    return retirement_age.finding(
        f"劳动者 {birth_on} 出生，{retired_on} 达到法定退休年龄，合同起始日期为 {start_on}",
        remedy=(
            "招用超龄劳动者的，应当订立书面用工协议并参加工伤保险；依法弹性延迟退休的，请填写约定的延迟期限。"
            if over_age_rules
            else "达到法定退休年龄的，劳动合同终止；请核对用工性质。"
        ),
        numbers={"retired_on": retired_on, "start_on": start_on},
        articles=retirement_age.articles if over_age_rules else retirement_age.articles[:3],
    )


@CONTRACT.rule(
    "pension-drawn",
    "已享受基本养老保险待遇",
    checks="劳动者没有开始依法享受基本养老保险待遇。",
    articles=(article("劳动合同法", 44, None, 2), article("超龄劳动者规定", 2, 1)),
    fields=("draws_pension",),
)
def pension_drawn(facts: ContractFacts, on: date) -> Iterable[Finding]:
    if not facts.draws_pension:
        return ()
    return pension_drawn.finding(
        "劳动者已经开始依法享受基本养老保险待遇，不再订立劳动合同",
        remedy="招用已退休人员的，应当订立书面用工协议，不作劳动合同备案。",
    )


@CONTRACT.rule(
    "term-past-retirement",
    "合同期限超过法定退休日",
    checks="固定期限合同的终止日期不晚于法定退休日（劳动合同自达到法定退休年龄时终止）。",
    articles=(
        article("劳动合同法实施条例", 21),
        article("渐进式延迟法定退休年龄办法", 1),
        article("渐进式延迟法定退休年龄办法", 3),
    ),
    fields=("end_on", "birth_on", "post_category"),
    default_severity=Severity.INFORM,
)
def term_past_retirement(facts: ContractFacts, on: date) -> Iterable[Finding]:
    birth_on, end_on = facts.birth_on, facts.end_on
    if birth_on is None or end_on is None or end_on.year - birth_on.year < _YOUNGEST_RETIREMENT:
        return ()
    track = track_of(facts.sex, facts.post_category)
    if track is None or facts.start_on is None:
        return ()
    retired_on = statutory_date(birth_on, track)
    if end_on <= retired_on or facts.start_on >= retired_on:
        return ()
    delayed_until = _delayed_until(facts, retired_on)
    if delayed_until is not None and end_on <= delayed_until:
        return ()
    age = say_age(track.original + delay_months(birth_on, track))
    return term_past_retirement.finding(
        f"合同终止日期 {end_on} 晚于劳动者的法定退休日 {retired_on}（法定退休年龄 {age}）",
        remedy="达到法定退休年龄时劳动合同终止；双方可以依法约定弹性延迟退休，最长不超过 3 年。",
        numbers={"end_on": end_on, "retired_on": retired_on},
    )


@CONTRACT.rule(
    "flexible-delay-length",
    "弹性延迟退休期限",
    checks="约定的弹性延迟退休不超过法定退休日后 3 年；2025 年以前已达到法定退休年龄的，不适用弹性延迟。",
    articles=(article("渐进式延迟法定退休年龄办法", 3), article("弹性退休暂行办法", 0)),
    fields=("flexible_delay_until", "birth_on"),
    in_force=(REFORM_ON, None),
)
def flexible_delay_length(facts: ContractFacts, on: date) -> Iterable[Finding]:
    until, birth_on = facts.flexible_delay_until, facts.birth_on
    if until is None or birth_on is None:
        return ()
    track = track_of(facts.sex, facts.post_category)
    if track is None:
        return ()
    latest = flexible_range(birth_on, track)[1]
    if until <= latest:
        return ()
    if latest < REFORM_ON:
        return flexible_delay_length.finding(
            f"约定弹性延迟退休至 {until}，劳动者在 {latest} 已达到法定退休年龄，"
            f"{REFORM_ON} 以前达到的不适用弹性延迟退休",
            remedy="请删去弹性延迟退休的期限；招用超龄劳动者的，应当订立书面用工协议。",
            numbers={"until": until, "latest": latest},
        )
    return flexible_delay_length.finding(
        f"约定弹性延迟退休至 {until}，超过法定退休日后 3 年（{latest}）",
        remedy=f"请把弹性延迟退休的期限改为不晚于 {latest}。",
        numbers={"until": until, "latest": latest},
    )
