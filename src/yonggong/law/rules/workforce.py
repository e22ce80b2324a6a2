"""An employer's whole workforce: dispatched share, layoffs that add up, missing contracts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from yonggong.law.articles import article
from yonggong.law.facts import WorkforceFacts
from yonggong.law.findings import Finding, Severity
from yonggong.law.periods import add_months
from yonggong.law.registry import WORKFORCE

_SHARE_PERCENT = 10
_LAYOFF_PERSONS = 20
_LAYOFF_PERCENT = 10
REHIRE_MONTHS = 6


@WORKFORCE.rule(
    "dispatch-share",
    "劳务派遣用工比例",
    checks="被派遣劳动者不超过用工总量（订立劳动合同人数与被派遣人数之和）的 10%；驻华代表机构、国际远洋海员除外。",
    articles=(
        article("劳动合同法", 66, 3),
        article("劳务派遣暂行规定", 4, 1),
        article("劳务派遣暂行规定", 4, 2),
        article("劳务派遣暂行规定", 25),
    ),
    fields=("dispatched_count", "contract_count"),
    in_force=(date(2014, 3, 1), None),
)
def dispatch_share(facts: WorkforceFacts, on: date) -> Iterable[Finding]:
    own, dispatched = facts.contract_count, facts.dispatched_count
    if own is None or not dispatched or facts.dispatch_share_exempt:
        return ()
    total = own + dispatched
    if dispatched * 100 <= total * _SHARE_PERCENT:
        return ()
    return dispatch_share.finding(
        f"使用被派遣劳动者 {dispatched} 人，用工总量 {total} 人，"
        f"占 {dispatched * 100 / total:.1f}%，超过 {_SHARE_PERCENT}%",
        remedy=f"请把被派遣劳动者降至 {own // 9} 人以内，或者改为直接订立劳动合同。",
        numbers={"dispatched": dispatched, "total": total, "most": own // 9},
        articles=dispatch_share.articles[:3],
    )


def _reaches_layoff(persons: int, staff: int | None) -> bool:
    return persons >= _LAYOFF_PERSONS or (
        staff is not None and persons > 0 and persons * 100 >= staff * _LAYOFF_PERCENT
    )


def _say_share(persons: int, staff: int | None) -> str:
    return f"，占职工总数 {staff} 人的 {persons * 100 / staff:.1f}%" if staff else ""


@WORKFORCE.rule(
    "layoff-threshold",
    "裁员人数达到报告标准",
    checks="一段时间内以裁员解除累计 20 人以上，或者占职工总数 10% 以上的，已报告裁减人员方案。",
    articles=(article("劳动合同法", 41, 1),),
    fields=("layoffs", "layoff_reported"),
)
def layoff_threshold(facts: WorkforceFacts, on: date) -> Iterable[Finding]:
    persons, staff = facts.layoffs, facts.staff_before
    if not persons or facts.layoff_reported or not _reaches_layoff(persons, staff):
        return ()
    window = f"近 {facts.window_days} 日" if facts.window_days else ""
    return layoff_threshold.finding(
        f"{window}以经济性裁员解除累计 {persons} 人{_say_share(persons, staff)}，"
        f"达到 {_LAYOFF_PERSONS} 人或者 {_LAYOFF_PERCENT}% 的标准，裁减人员方案没有填报已报告",
        remedy="请提前 30 日向工会或者全体职工说明情况，并向人力资源社会保障部门报告裁减人员方案。",
        numbers={"layoffs": persons, "staff": staff},
    )


@WORKFORCE.rule(
    "layoff-below-threshold",
    "裁员人数未达到标准",
    checks="以裁员解除的累计人数达到 20 人或者职工总数的 10%（未达到的不能适用第四十一条）。",
    articles=(article("劳动合同法", 41, 1),),
    fields=("layoffs",),
    default_severity=Severity.INFORM,
)
def layoff_below_threshold(facts: WorkforceFacts, on: date) -> Iterable[Finding]:
    persons, staff = facts.layoffs, facts.staff_before
    if not persons or staff is None or _reaches_layoff(persons, staff):
        return ()
    return layoff_below_threshold.finding(
        f"以经济性裁员解除累计 {persons} 人{_say_share(persons, staff)}，"
        f"未达到 {_LAYOFF_PERSONS} 人或者 {_LAYOFF_PERCENT}%",
        remedy="未达到裁员标准的，请核对解除原因。",
        numbers={"layoffs": persons, "staff": staff},
    )


@WORKFORCE.rule(
    "layoff-in-parts",
    "累计解除人数疑似裁员",
    checks="单位提出协商解除、客观情况重大变化解除与裁员合计达到 20 人或者 10% 的，提示核查。",
    articles=(article("劳动合同法", 41, 1),),
    fields=("layoff_like", "layoffs"),
    default_severity=Severity.INFORM,
)
def layoff_in_parts(facts: WorkforceFacts, on: date) -> Iterable[Finding]:
    alike, staff = facts.layoff_like, facts.staff_before
    if not alike or facts.layoff_reported:
        return ()
    persons = alike + (facts.layoffs or 0)
    if not _reaches_layoff(persons, staff) or _reaches_layoff(facts.layoffs or 0, staff):
        return ()
    window = f"近 {facts.window_days} 日" if facts.window_days else ""
    return layoff_in_parts.finding(
        f"{window}由单位提出协商解除、因客观情况变化解除和裁员合计 {persons} 人"
        f"{_say_share(persons, staff)}，达到 {_LAYOFF_PERSONS} 人或者 {_LAYOFF_PERCENT}%",
        remedy="实为经济性裁员的，请履行说明和报告程序。",
        numbers={"persons": persons, "staff": staff},
    )


@WORKFORCE.rule(
    "layoff-preference",
    "裁减人员时优先留用",
    checks="拟裁减的人员中没有应当优先留用的（较长期限、无固定期限合同，家庭无其他就业人员且有人需要扶养）。",
    articles=(article("劳动合同法", 41, 2),),
    fields=("layoff_preferred",),
)
def layoff_preference(facts: WorkforceFacts, on: date) -> Iterable[Finding]:
    persons = facts.layoff_preferred
    if not persons:
        return ()
    return layoff_preference.finding(
        f"拟裁减的人员中有 {persons} 人属于应当优先留用的",
        remedy="请优先留用；确需裁减的，请说明理由。",
        numbers={"persons": persons},
    )


@WORKFORCE.rule(
    "rehire-after-layoff",
    "裁员后六个月内优先招用",
    checks="裁员后 6 个月内重新招用人员的，已通知被裁减的人员并同等条件下优先招用。",
    articles=(article("劳动合同法", 41, 3),),
    fields=("hired_since_layoff", "laid_off_invited"),
)
def rehire_after_layoff(facts: WorkforceFacts, on: date) -> Iterable[Finding]:
    laid_off_on, hired = facts.last_layoff_on, facts.hired_since_layoff
    if laid_off_on is None or not hired or facts.laid_off_invited:
        return ()
    until = add_months(laid_off_on, REHIRE_MONTHS)
    if on > until:
        return ()
    return rehire_after_layoff.finding(
        f"{laid_off_on} 裁员后 6 个月内（至 {until}）重新招用 {hired} 人，没有通知被裁减的人员",
        remedy="请通知被裁减的人员，在同等条件下优先招用。",
        numbers={"hired": hired, "until": until},
    )


@WORKFORCE.rule(
    "without-contract",
    "超过一个月未订立书面合同",
    checks="没有用工超过一个月仍未订立书面劳动合同的劳动者。",
    articles=(article("劳动合同法", 10, 2), article("劳动合同法", 82, 1)),
    fields=("without_contract_count",),
)
def without_contract(facts: WorkforceFacts, on: date) -> Iterable[Finding]:
    count = facts.without_contract_count
    if not count:
        return ()
    return without_contract.finding(
        f"用工超过一个月没有订立书面劳动合同的劳动者 {count} 人",
        remedy="请补订书面劳动合同；超过一个月不满一年的，应当每月支付二倍的工资。",
        numbers={"count": count},
    )
