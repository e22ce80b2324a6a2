"""Labour dispatch: licence, term, posts, and the two sides' filings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from yonggong.law.articles import article
from yonggong.law.facts import ContractFacts, DispatchSide
from yonggong.law.findings import Finding, Severity
from yonggong.law.periods import last_day, lasts_months
from yonggong.law.registry import CONTRACT

_LEAST_MONTHS = 24
_TEMPORARY_MONTHS = 6


@CONTRACT.rule(
    "dispatch-term",
    "劳务派遣合同期限",
    checks="劳务派遣单位与被派遣劳动者订立 2 年以上的固定期限劳动合同（无固定期限的不提示）。",
    articles=(article("劳动合同法", 58, 2), article("劳务派遣暂行规定", 5)),
    fields=("end_on", "term_type"),
    default_severity=Severity.BLOCK,
)
def dispatch_term(facts: ContractFacts, on: date) -> Iterable[Finding]:
    if not facts.is_dispatch:
        return ()
    if facts.term_type == "task":
        return dispatch_term.finding(
            "劳务派遣合同为以完成一定工作任务为期限，应当为 2 年以上的固定期限",
            remedy="请改为 2 年以上的固定期限劳动合同。",
            field="term_type",
        )
    start_on, end_on = facts.start_on, facts.end_on
    if start_on is None or end_on is None or facts.term_type != "fixed":
        return ()
    if lasts_months(start_on, end_on, _LEAST_MONTHS):
        return ()
    least = last_day(start_on, _LEAST_MONTHS)
    return dispatch_term.finding(
        f"劳务派遣合同自 {start_on} 至 {end_on}，不足 2 年（终止日期应当不早于 {least}）",
        remedy=f"请把合同终止日期改为不早于 {least}。",
        numbers={"start_on": start_on, "end_on": end_on, "least_end_on": least},
    )


@CONTRACT.rule(
    "dispatch-part-time",
    "劳务派遣不得非全日制",
    checks="劳务派遣单位没有以非全日制用工形式招用被派遣劳动者。",
    articles=(article("劳动合同法实施条例", 30),),
    fields=("employment_form", "is_dispatch"),
    default_severity=Severity.BLOCK,
)
def dispatch_part_time(facts: ContractFacts, on: date) -> Iterable[Finding]:
    if not facts.is_dispatch or facts.employment_form != "part_time":
        return ()
    return dispatch_part_time.finding(
        "劳务派遣单位以非全日制用工形式招用被派遣劳动者",
        remedy="请改为全日制用工。",
    )


@CONTRACT.rule(
    "dispatch-post",
    "劳务派遣岗位的三种性质",
    checks="被派遣劳动者的岗位为临时性、辅助性或者替代性；临时性岗位存续不超过 6 个月。",
    articles=(
        article("劳动合同法", 66, 1),
        article("劳动合同法", 66, 2),
        article("劳务派遣暂行规定", 3, 1),
        article("劳务派遣暂行规定", 3, 2),
    ),
    fields=("dispatch_post", "dispatch_months"),
)
def dispatch_post(facts: ContractFacts, on: date) -> Iterable[Finding]:
    if not facts.is_dispatch or facts.dispatch_post is None:
        return ()
    months = facts.dispatch_months
    if facts.dispatch_post == "other":
        said = "被派遣劳动者的岗位不属于临时性、辅助性或者替代性岗位"
    elif facts.dispatch_post == "temporary" and months is not None and months > _TEMPORARY_MONTHS:
        said = f"临时性岗位的派遣期限为 {months} 个月，超过 {_TEMPORARY_MONTHS} 个月"
    else:
        return ()
    return dispatch_post.finding(
        said,
        remedy="请核对岗位性质和派遣期限；不属于三种岗位的，应当由用工单位直接订立劳动合同。",
        numbers={"dispatch_months": months},
    )


@CONTRACT.rule(
    "dispatch-own-unit",
    "不得自设派遣单位派遣",
    checks="用工单位没有出资或者合伙设立该劳务派遣单位，也不是其所属单位。",
    articles=(article("劳动合同法", 67), article("劳动合同法实施条例", 28)),
    fields=("user_unit_is_own", "user_unit"),
    default_severity=Severity.BLOCK,
)
def dispatch_own_unit(facts: ContractFacts, on: date) -> Iterable[Finding]:
    if not facts.is_dispatch or not facts.user_unit_is_own:
        return ()
    return dispatch_own_unit.finding(
        "用工单位与劳务派遣单位存在设立关系，属于向本单位或者所属单位派遣劳动者",
        remedy="请由用工单位直接与劳动者订立劳动合同。",
    )


@CONTRACT.rule(
    "dispatch-licence",
    "劳务派遣经营许可",
    checks="劳务派遣单位持有有效的劳务派遣经营许可证。",
    articles=(article("劳动合同法", 57, 2),),
    fields=("dispatcher_licensed", "is_dispatch"),
    default_severity=Severity.BLOCK,
)
def dispatch_licence(facts: ContractFacts, on: date) -> Iterable[Finding]:
    if not facts.is_dispatch or facts.dispatcher_licensed is not False:
        return ()
    return dispatch_licence.finding(
        "填报的劳务派遣经营许可证在合同起始日期已经失效",
        remedy="请先取得劳务派遣经营许可，或者由用工单位直接订立劳动合同。",
    )


@CONTRACT.rule(
    "dispatch-licence-on-record",
    "劳务派遣许可登记",
    checks="劳务派遣单位在合同起始日期（变更的，在变更生效日期）有登记在册的有效劳务派遣经营许可证（受理该事项的地区）。",
    articles=(article("劳动合同法", 57, 2),),
    fields=("licence_on_record",),
)
def dispatch_licence_on_record(facts: ContractFacts, on: date) -> Iterable[Finding]:
    if not facts.is_dispatch or facts.licence_on_record is not False:
        return ()
    day = facts.on_record_on or on
    return dispatch_licence_on_record.finding(
        f"许可登记中没有本单位在 {day} 有效的劳务派遣经营许可证",
        remedy="请先取得劳务派遣经营许可或者办理延续；由其他机关许可、尚未登记的，请说明许可证编号和有效期。",
        numbers={"day": day},
    )


@CONTRACT.rule(
    "dispatch-both-sides",
    "派遣单位与用工单位分别备案且一致",
    checks="劳务派遣单位与用工单位都已备案，双方填报的单位、起止日期和岗位一致。",
    articles=(article("劳动合同法", 58, 1), article("劳动合同法", 66, 1)),
    fields=("other_side_filed", "other_side"),
)
def dispatch_both_sides(facts: ContractFacts, on: date) -> Iterable[Finding]:
    if not facts.is_dispatch:
        return ()
    if facts.other_side_filed is False:
        return dispatch_both_sides.finding(
            "劳务派遣双方中只有 1 方备案，另一方没有备案",
            remedy="请通知另一方备案，双方填报应当一致。",
        )
    if facts.own_side is None or facts.other_side is None:
        return ()
    differing = side_differences(facts.own_side, facts.other_side)
    if not differing:
        return ()
    return dispatch_both_sides.finding(
        f"劳务派遣双方备案不一致 {len(differing)} 项：{'；'.join(differing)}",
        remedy="请与另一方核对后更正。",
        field="other_side",
        numbers={"count": len(differing)},
    )


_SIDE_TITLES = {
    "dispatcher_code": "劳务派遣单位",
    "user_unit_code": "用工单位",
    "start_on": "派遣起始日期",
    "end_on": "派遣终止日期",
    "post": "岗位",
}


def side_differences(own: DispatchSide, other: DispatchSide) -> list[str]:
    """Say in which items two filings of one dispatch differ; unknown items are left out."""
    said = []
    for name, title in _SIDE_TITLES.items():
        mine, theirs = getattr(own, name), getattr(other, name)
        if mine is not None and theirs is not None and mine != theirs:
            said.append(f"{title}本方为“{mine}”、对方为“{theirs}”")
    return said
