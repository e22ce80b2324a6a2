"""Whom the law protects from dismissal, and whose contract goes on past its end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from yonggong.law.articles import article
from yonggong.law.facts import EndingFacts
from yonggong.law.findings import Article, Finding, Severity
from yonggong.law.grounds import ground_of
from yonggong.law.periods import add_months
from yonggong.law.registry import ENDING
from yonggong.law.retirement import statutory_date, track_of
from yonggong.law.rules.ages import beyond_labour_contracts
from yonggong.law.rules.open_ended import EXTENSION_RULE_ON, TWO_TERMS, concluded_before

_LONG_SERVICE_MONTHS = 180
_NEAR_RETIREMENT_MONTHS = 60
_EXPIRY = ("4401", "4402", "4403")
# For which a workers' bargaining representative may be dismissed.
_REPRESENTATIVE_FAULTS = ("3902", "3903", "3906")
# Retirement, death, and the end of the employer itself end every relation.
_UNCONDITIONAL = ("4405", "4406", "4407", "4408", "4409")


def near_retirement(facts: EndingFacts) -> tuple[date, date] | None:
    """Give the day 15 years of service were full and the statutory retirement day.

    None unless both hold on the day of ending: 15 years' unbroken service with this employer,
    and less than five years to the statutory retirement age (article 42 (5)).
    """
    contract, since, ended_on = facts.contract, facts.service_start_on, facts.ended_on
    if contract is None or contract.birth_on is None or since is None or ended_on is None:
        return None
    track = track_of(contract.sex, contract.post_category)
    full_on = add_months(since, _LONG_SERVICE_MONTHS)
    if track is None or ended_on < full_on:
        return None
    retires_on = statutory_date(contract.birth_on, track)
    if not add_months(retires_on, -_NEAR_RETIREMENT_MONTHS) < ended_on < retires_on:
        return None
    return full_on, retires_on


def _circumstances(facts: EndingFacts) -> list[tuple[str, Article]]:
    """Give the circumstances of article 42 that hold, each with its item."""
    found: list[tuple[str, Article]] = []
    if facts.occupational_check_missing:
        found.append(("未进行离岗前职业健康检查", article("劳动合同法", 42, None, 1)))
    if facts.suspected_occupational_disease:
        found.append(("疑似职业病诊断或者医学观察期间", article("劳动合同法", 42, None, 1)))
    if facts.occupational_injury:
        found.append(("因工负伤或者患职业病并丧失劳动能力", article("劳动合同法", 42, None, 2)))
    if facts.in_medical_period:
        found.append(("在规定的医疗期内", article("劳动合同法", 42, None, 3)))
    if facts.pregnant_or_nursing:
        found.append(("女职工在孕期、产期、哺乳期", article("劳动合同法", 42, None, 4)))
    near = near_retirement(facts)
    if near is not None:
        said = f"连续工作满 15 年（{near[0]}）且距法定退休日 {near[1]} 不足 5 年"
        found.append((said, article("劳动合同法", 42, None, 5)))
    if facts.union_officer:
        found.append(("工会任职期限未满", article("工会法", 19)))
    if facts.bargaining_representative:
        found.append(("正在履行职工一方协商代表职责", article("集体合同规定", 28)))
    return found


@ENDING.rule(
    "protected-dismissal",
    "不得解除的情形",
    checks="依照第四十条、第四十一条解除的，劳动者没有第四十二条规定的情形。",
    articles=(
        article("劳动合同法", 42, None, 1),
        article("劳动合同法", 42, None, 2),
        article("劳动合同法", 42, None, 3),
        article("劳动合同法", 42, None, 4),
        article("劳动合同法", 42, None, 5),
        article("劳动合同法", 42, None, 6),
        article("工会法", 19),
        article("集体合同规定", 28),
        article("女职工劳动保护特别规定", 5),
        article("妇女权益保障法", 48, 1),
    ),
    fields=("ground",),
    default_severity=Severity.BLOCK,
)
def protected_dismissal(facts: EndingFacts, on: date) -> Iterable[Finding]:
    ground = ground_of(facts.ground)
    if ground is None or ground.protection != 42:
        return ()
    found = _circumstances(facts)
    if not found:
        return ()
    return protected_dismissal.finding(
        f"劳动者有 {len(found)} 种不得解除的情形：{'；'.join(said for said, _ in found)}，"
        f"不得以“{ground.name}”解除",
        remedy="请撤回解除；违法解除的，应当继续履行或者支付赔偿金。",
        numbers={"count": len(found)},
        articles=tuple(dict.fromkeys(cited for _, cited in found)),
    )


@ENDING.rule(
    "protected-expiry",
    "期满应当续延的情形",
    checks="期满终止时，劳动者没有第四十二条规定的情形（工伤致残的另按工伤保险规定）。",
    articles=(
        article("劳动合同法", 45),
        article("劳动合同法", 42, None, 1),
        article("劳动合同法", 42, None, 3),
        article("劳动合同法", 42, None, 4),
        article("劳动合同法", 42, None, 5),
        article("劳动争议解释（二）", 8),
        article("妇女权益保障法", 48, 2),
        article("工会法", 19),
        article("集体合同规定", 28),
    ),
    fields=("ground", "ended_on"),
    default_severity=Severity.BLOCK,
)
def protected_expiry(facts: EndingFacts, on: date) -> Iterable[Finding]:
    ground = ground_of(facts.ground)
    if ground is None or ground.protection != 45:
        return ()
    injury = article("劳动合同法", 42, None, 2)
    found = [(said, cited) for said, cited in _circumstances(facts) if cited != injury]
    if not found:
        return ()
    return protected_expiry.finding(
        f"劳动合同期满，劳动者有 {len(found)} 种应当续延的情形："
        f"{'；'.join(said for said, _ in found)}，合同应当续延至情形消失时终止",
        remedy="请撤回终止，合同续延至相应的情形消失。",
        numbers={"count": len(found)},
        articles=(protected_expiry.articles[0], *dict.fromkeys(cited for _, cited in found)),
    )


@ENDING.rule(
    "bargaining-representative",
    "协商代表履行职责期间的解除",
    checks=(
        "职工一方协商代表履行职责期间，用人单位只因严重违纪、严重失职、"
        "被依法追究刑事责任与其解除劳动合同。"
    ),
    articles=(article("集体合同规定", 28),),
    fields=("ground", "bargaining_representative"),
)
def bargaining_representative(facts: EndingFacts, on: date) -> Iterable[Finding]:
    ground = ground_of(facts.ground)
    if not facts.bargaining_representative or ground is None or not ground.is_under("39"):
        return ()
    if ground.code in _REPRESENTATIVE_FAULTS:
        return ()
    return bargaining_representative.finding(
        f"劳动者正在履行职工一方协商代表职责，不得以“{ground.name}”解除",
        remedy="请核对解除原因；确有严重违纪、严重失职或者被追究刑事责任的，请改选相应的原因。",
    )


@ENDING.rule(
    "occupational-check",
    "离岗前职业健康检查",
    checks="用人单位解除（第四十条、第四十一条以外）的，接触职业病危害的劳动者已做离岗前检查，不在职业病诊断期间。",
    articles=(article("职业病防治法", 35, 2), article("职业病防治法", 55, 2)),
    fields=("occupational_check_missing",),
)
def occupational_check(facts: EndingFacts, on: date) -> Iterable[Finding]:
    ground = ground_of(facts.ground)
    if ground is None or ground.protection is not None:
        return ()
    if ground.initiator not in ("employer", "both") and not ground.is_under("44"):
        return ()
    if ground.code in _UNCONDITIONAL:
        return ()
    if facts.occupational_check_missing:
        said, cited = "从事接触职业病危害作业的劳动者未进行离岗前职业健康检查", 0
    elif facts.suspected_occupational_disease:
        said, cited = "劳动者在疑似职业病诊断或者医学观察期间", 1
    else:
        return ()
    return occupational_check.finding(
        f"{said}，不得解除或者终止劳动合同",
        remedy="请先安排职业健康检查或者等待诊断结论。",
        articles=(occupational_check.articles[cited],),
    )


@ENDING.rule(
    "disability-grade",
    "工伤致残职工的解除终止",
    checks=(
        "一级至四级伤残保留劳动关系；五级、六级伤残经本人提出才解除或者终止；"
        "七级至十级伤残不得依照第四十条、第四十一条解除。"
    ),
    articles=(
        article("工伤保险条例", 35, 1),
        article("工伤保险条例", 36, 2),
        article("工伤保险条例", 37, None, 2),
        article("劳动合同法", 45),
    ),
    fields=("disability_grade", "ground"),
    default_severity=Severity.BLOCK,
)
def disability_grade(facts: EndingFacts, on: date) -> Iterable[Finding]:
    grade, ground = facts.disability_grade, ground_of(facts.ground)
    if grade is None or ground is None or ground.code in _UNCONDITIONAL:
        return ()
    if ground.is_under("39") or (ground.initiator == "worker" and ground.code not in _EXPIRY):
        return ()
    if grade <= 4:
        said, cited = "应当保留劳动关系，退出工作岗位", 0
    elif grade <= 6 and not facts.worker_agrees:
        said, cited = "非经本人提出，不得解除或者终止", 1
    elif ground.protection == 42:
        said, cited = "不得依照第四十条、第四十一条解除", 2
    else:
        return ()
    return disability_grade.finding(
        f"劳动者因工致残 {grade} 级，{said}",
        remedy="请核对伤残等级和解除终止原因。",
        numbers={"grade": grade},
        articles=(disability_grade.articles[cited],),
    )


@ENDING.rule(
    "service-period-extends",
    "服务期未满合同续延",
    checks="期满终止时，约定的服务期已经届满。",
    articles=(article("劳动合同法实施条例", 17), article("劳动争议解释（二）", 8)),
    fields=("service_period_until", "ended_on"),
)
def service_period_extends(facts: EndingFacts, on: date) -> Iterable[Finding]:
    until, ended_on = facts.service_period_until, facts.ended_on
    if facts.ground not in _EXPIRY or until is None or ended_on is None or until <= ended_on:
        return ()
    return service_period_extends.finding(
        f"约定的服务期至 {until}，合同于 {ended_on} 期满，应当续延至服务期满",
        remedy="请续延合同；双方另有约定的，请说明。",
        numbers={"service_period_until": until, "ended_on": ended_on},
    )


@ENDING.rule(
    "expiry-after-two-terms",
    "连续两次固定期限后不得单方期满终止",
    checks="连续订立两次固定期限合同期满，劳动者愿意续订的，用人单位没有以期满终止。",
    articles=(
        article("劳动合同法", 14, 2, 3),
        article("劳动合同法", 97, 1),
        article("劳动争议解释（二）", 10, None, 2),
    ),
    fields=("ground", "worker_wants_renewal", "extension"),
)
def expiry_after_two_terms(facts: EndingFacts, on: date) -> Iterable[Finding]:
    contract = facts.contract
    if facts.ground != "4401" or contract is None or facts.worker_wants_renewal is False:
        return ()
    if contract.term_type != "fixed" or contract.start_on is None:
        return ()
    if contract.public_welfare_post or contract.employment_form == "part_time":
        return ()
    count = 1 + concluded_before(contract, on)
    if facts.extension == "automatic" and on >= EXTENSION_RULE_ON:
        count += 1
    if count < TWO_TERMS:
        return ()
    if facts.ended_on and beyond_labour_contracts(contract, facts.ended_on):
        return ()
    return expiry_after_two_terms.finding(
        f"双方已连续订立 {count} 次固定期限劳动合同，劳动者提出或者同意续订的，"
        "应当订立无固定期限劳动合同，不得以期满终止",
        remedy="请续订无固定期限劳动合同；劳动者不愿续订的，请留存其书面意见并说明。",
        numbers={"count": count},
    )
