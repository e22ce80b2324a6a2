"""Whether the ground for ending fits the facts, and what must come before it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from yonggong.law.articles import article
from yonggong.law.facts import EndingFacts
from yonggong.law.findings import Finding, Severity
from yonggong.law.grounds import ground_of
from yonggong.law.medical import medical_period
from yonggong.law.periods import full_months, full_on, last_day, say_months
from yonggong.law.registry import ENDING
from yonggong.law.rules.probation import probation_last_day
from yonggong.law.severance import NOTICE_DAYS

_EXPIRY = ("4401", "4402", "4403")


@ENDING.rule(
    "ending-ground",
    "解除终止须有法定情形",
    checks="解除或者终止的原因属于法律规定的情形，不得约定其他终止条件。",
    articles=(article("劳动合同法", 44), article("劳动合同法实施条例", 13)),
    fields=("ground",),
    default_severity=Severity.BLOCK,
)
def ending_ground(facts: EndingFacts, on: date) -> Iterable[Finding]:
    if not facts.ground or ground_of(facts.ground) is not None:
        return ()
    return ending_ground.finding(
        f"解除或者终止原因“{facts.ground}”不属于法律规定的情形",
        remedy="请从解除终止原因表中选择。",
        numbers={"ground": facts.ground},
    )


@ENDING.rule(
    "ending-dates",
    "解除终止日期先后",
    checks="解除或者终止日期不早于合同起始日期；通知日期不晚于解除或者终止日期。",
    articles=(article("劳动合同法", 50, 1),),
    fields=("ended_on", "notice_on"),
    default_severity=Severity.BLOCK,
)
def ending_dates(facts: EndingFacts, on: date) -> Iterable[Finding]:
    ended_on = facts.ended_on
    if ended_on is None:
        return ()
    start_on = facts.contract.start_on if facts.contract else None
    if start_on is not None and ended_on < start_on:
        return ending_dates.finding(
            f"解除或者终止日期 {ended_on} 早于合同起始日期 {start_on}",
            remedy="请更正解除或者终止日期。",
            numbers={"ended_on": ended_on, "start_on": start_on},
        )
    if facts.notice_on is not None and facts.notice_on > ended_on:
        return ending_dates.finding(
            f"通知日期 {facts.notice_on} 晚于解除或者终止日期 {ended_on}",
            remedy="请更正通知日期。",
            field="notice_on",
            numbers={"ended_on": ended_on, "notice_on": facts.notice_on},
        )
    return ()


@ENDING.rule(
    "expiry-open-ended",
    "终止原因与合同类型相符",
    checks="期满终止用于固定期限合同；任务完成终止用于以完成一定工作任务为期限的合同。",
    articles=(
        article("劳动合同法", 44, None, 1),
        article("劳动合同法", 14, 1),
        article("劳动合同法", 15, 1),
    ),
    fields=("ground",),
    default_severity=Severity.BLOCK,
)
def expiry_open_ended(facts: EndingFacts, on: date) -> Iterable[Finding]:
    term_type = facts.contract.term_type if facts.contract else None
    if term_type is None:
        return ()
    if facts.ground in _EXPIRY and term_type != "fixed":
        said = "无固定期限" if term_type == "open" else "以完成一定工作任务为期限"
        message = f"终止原因为劳动合同期满，该合同为{said}劳动合同，没有期满日"
    elif facts.ground == "4404" and term_type != "task":
        message = "终止原因为工作任务完成，该合同不是以完成一定工作任务为期限的劳动合同"
    else:
        return ()
    return expiry_open_ended.finding(message, remedy="请核对解除终止原因。")


@ENDING.rule(
    "expiry-date",
    "期满终止日期与合同终止日期相符",
    checks="期满终止的日期就是合同终止日期；依法续延、按约定续延或者协商延长的，是续延至的日期。",
    articles=(
        article("劳动合同法", 44, None, 1),
        article("劳动合同法", 45),
        article("劳动争议解释（二）", 8),
    ),
    fields=("ended_on", "ground", "extended_until"),
)
def expiry_date(facts: EndingFacts, on: date) -> Iterable[Finding]:
    ended_on = facts.ended_on
    end_on = facts.contract.end_on if facts.contract else None
    if facts.ground not in _EXPIRY or ended_on is None or end_on is None or ended_on == end_on:
        return ()
    if facts.extension is not None and facts.extended_until == ended_on:
        return ()
    when = "早于" if ended_on < end_on else "晚于"
    return expiry_date.finding(
        f"以期满终止，终止日期 {ended_on} {when}合同终止日期 {end_on}，相差 {abs((ended_on - end_on).days)} 天",
        remedy=(
            "合同没有期满的，请改选解除原因。"
            if ended_on < end_on
            else "合同依法续延、按约定续延或者协商延长的，请填写续延情形和续延至的日期；其余请说明原因。"
        ),
        numbers={"ended_on": ended_on, "end_on": end_on},
        articles=expiry_date.articles if ended_on > end_on else expiry_date.articles[:1],
    )


@ENDING.rule(
    "probation-dismissal",
    "试用期内不符合录用条件",
    checks="以试用期不符合录用条件解除的，解除日期在试用期内。",
    articles=(article("劳动合同法", 39, None, 1), article("劳动合同法", 21)),
    fields=("ended_on", "ground"),
)
def probation_dismissal(facts: EndingFacts, on: date) -> Iterable[Finding]:
    if facts.ground != "3901" or facts.ended_on is None or facts.contract is None:
        return ()
    if facts.contract.probation_months == 0 and facts.contract.probation_end_on is None:
        said = "该合同没有约定试用期"
    else:
        until = probation_last_day(facts.contract)
        if until is None or facts.ended_on <= until:
            return ()
        said = f"试用期于 {until} 届满"
    return probation_dismissal.finding(
        f"以试用期不符合录用条件解除，解除日期为 {facts.ended_on}，{said}",
        remedy="请核对解除原因和解除日期；试用期届满后不得以此解除。",
        numbers={"ended_on": facts.ended_on},
    )


@ENDING.rule(
    "probation-no-dismissal",
    "试用期内不得以其他理由解除",
    checks="试用期内，用人单位没有依照第四十条第三项、第四十一条解除劳动合同。",
    articles=(article("劳动合同法", 21),),
    fields=("ground", "ended_on"),
)
def probation_no_dismissal(facts: EndingFacts, on: date) -> Iterable[Finding]:
    ground = ground_of(facts.ground)
    if ground is None or facts.ended_on is None or facts.contract is None:
        return ()
    if ground.code != "4003" and not ground.is_under("41"):
        return ()
    until = probation_last_day(facts.contract)
    if until is None or facts.ended_on > until:
        return ()
    return probation_no_dismissal.finding(
        f"解除日期 {facts.ended_on} 在试用期内（至 {until}），不得以“{ground.name}”解除",
        remedy="请核对解除原因。",
        numbers={"ended_on": facts.ended_on, "probation_end_on": until},
    )


@ENDING.rule(
    "worker-notice",
    "劳动者提前通知",
    checks="劳动者解除劳动合同提前 30 日书面通知；试用期内提前 3 日。",
    articles=(article("劳动合同法", 37),),
    fields=("notice_on", "ended_on", "ground"),
    default_severity=Severity.INFORM,
)
def worker_notice(facts: EndingFacts, on: date) -> Iterable[Finding]:
    if facts.ground not in ("3701", "3702") or facts.ended_on is None:
        return ()
    owed = NOTICE_DAYS if facts.ground == "3701" else 3
    if facts.ground == "3702" and facts.contract is not None:
        until = probation_last_day(facts.contract)
        noticed_on = facts.notice_on or facts.ended_on
        if until is not None and noticed_on > until:
            return worker_notice.finding(
                f"以试用期内提前 3 日通知解除，试用期已于 {until} 届满，应当提前 30 日书面通知",
                remedy="请核对解除原因。",
                field="ground",
                numbers={"probation_end_on": until, "owed": NOTICE_DAYS},
            )
    if facts.notice_on is None:
        return ()
    given = (facts.ended_on - facts.notice_on).days
    if given >= owed:
        return ()
    return worker_notice.finding(
        f"劳动者于 {facts.notice_on} 通知、{facts.ended_on} 解除，提前 {given} 日，不足 {owed} 日",
        remedy="双方协商一致提前离职的，可以说明。",
        numbers={"given": given, "owed": owed},
    )


@ENDING.rule(
    "employer-notice",
    "用人单位提前通知或者代通知金",
    checks="依照第四十条解除的，提前 30 日书面通知或者额外支付一个月工资。",
    articles=(article("劳动合同法", 40), article("劳动合同法实施条例", 20)),
    fields=("notice_on", "notice_pay"),
)
def employer_notice(facts: EndingFacts, on: date) -> Iterable[Finding]:
    ground = ground_of(facts.ground)
    if ground is None or not ground.is_under("40"):
        return ()
    if facts.notice_on is None or facts.ended_on is None:
        return ()
    given = (facts.ended_on - facts.notice_on).days
    if given >= NOTICE_DAYS:
        return ()
    paid, owed = facts.notice_pay, facts.last_month_pay
    if paid and (owed is None or paid >= owed):
        return ()
    if paid:
        return employer_notice.finding(
            f"代通知金 {paid} 元，低于劳动者上一个月的工资 {owed} 元",
            remedy=f"请补足代通知金至 {owed} 元。",
            field="notice_pay",
            numbers={"notice_pay": paid, "last_month_pay": owed},
        )
    return employer_notice.finding(
        f"于 {facts.notice_on} 通知、{facts.ended_on} 解除，提前 {given} 日，"
        f"不足 {NOTICE_DAYS} 日，且没有额外支付一个月工资",
        remedy="请额外支付一个月工资，或者顺延解除日期。",
        numbers={"given": given, "owed": NOTICE_DAYS},
        articles=employer_notice.articles[:1],
    )


@ENDING.rule(
    "dismissal-precondition",
    "第四十条解除的前提",
    checks=("患病的已另行安排工作；不能胜任的已经培训或者调岗；客观情况重大变化的已经协商变更。"),
    articles=(
        article("劳动合同法", 40, None, 1),
        article("劳动合同法", 40, None, 2),
        article("劳动合同法", 40, None, 3),
    ),
    fields=("ground", "other_work_offered", "trained_or_transferred", "change_negotiated"),
)
def dismissal_precondition(facts: EndingFacts, on: date) -> Iterable[Finding]:
    ground = facts.ground
    if ground == "4001" and facts.other_work_offered is False:
        said, field, cited = "没有另行安排工作", "other_work_offered", 0
    elif ground == "4002" and facts.trained_or_transferred is False:
        said, field, cited = "没有经过培训或者调整工作岗位", "trained_or_transferred", 1
    elif ground == "4003" and facts.change_negotiated is False:
        said, field, cited = "没有就变更劳动合同内容协商", "change_negotiated", 2
    else:
        return ()
    return dismissal_precondition.finding(
        f"依照第四十条第（{'一二三'[cited]}）项解除，{said}，前提不具备",
        remedy="请先履行前置程序；前提不具备而解除的，属于违法解除。",
        field=field,
        articles=(dismissal_precondition.articles[cited],),
    )


@ENDING.rule(
    "medical-period",
    "医疗期的长度",
    checks=(
        "以医疗期满解除的，解除日期不早于病休开始后按实际工作年限和本单位工作年限应有的医疗期"
        "（实际工作年限不明的，按本单位工作年限计算）。"
    ),
    articles=(
        article("劳动合同法", 40, None, 1),
        article("医疗期规定", 3),
        article("医疗期规定", 4),
    ),
    fields=("sick_leave_on", "total_work_months"),
)
def medical_period_length(facts: EndingFacts, on: date) -> Iterable[Finding]:
    sick_on, ended_on, since = facts.sick_leave_on, facts.ended_on, facts.service_start_on
    if facts.ground != "4001" or sick_on is None or ended_on is None or since is None:
        return ()
    own = full_months(since, sick_on)
    owed = medical_period(own, facts.total_work_months)
    until = last_day(sick_on, owed.months)
    if ended_on > until:
        return ()
    return medical_period_length.finding(
        f"病休自 {sick_on} 开始，本单位工作年限 {say_months(own)}，医疗期为 {owed.months} 个月"
        f"（{owed.window_months} 个月内累计病休时间），最早至 {until}，解除日期为 {ended_on}",
        remedy="医疗期没有届满的，不得以此解除；此前已有病休、医疗期累计届满的，请说明。",
        numbers={"sick_leave_on": sick_on, "months": owed.months, "until": until},
    )


@ENDING.rule(
    "layoff-procedure",
    "经济性裁员程序",
    checks="裁员提前 30 日向工会或者全体职工说明情况，裁减方案向人力资源社会保障部门报告。",
    articles=(article("劳动合同法", 41, 1),),
    fields=("layoff_explained_on", "layoff_reported"),
)
def layoff_procedure(facts: EndingFacts, on: date) -> Iterable[Finding]:
    ground = ground_of(facts.ground)
    if ground is None or not ground.is_under("41"):
        return ()
    if facts.layoff_reported is False:
        return layoff_procedure.finding(
            "以经济性裁员解除，没有裁减人员方案已经报告的填报或者记录",
            remedy="请先向人力资源社会保障部门报告裁减人员方案。",
            field="layoff_reported",
        )
    if facts.layoff_explained_on is None or facts.ended_on is None:
        return ()
    given = (facts.ended_on - facts.layoff_explained_on).days
    if given >= NOTICE_DAYS:
        return ()
    return layoff_procedure.finding(
        f"于 {facts.layoff_explained_on} 说明情况、{facts.ended_on} 解除，"
        f"提前 {given} 日，不足 {NOTICE_DAYS} 日",
        remedy="请顺延解除日期。",
        numbers={"given": given, "owed": NOTICE_DAYS},
    )


@ENDING.rule(
    "union-notice",
    "事先将理由通知工会",
    checks=(
        "用人单位单方解除（第三十九条、第四十条、第四十一条）的，事先将理由通知工会；"
        "本单位尚未建立工会的除外。"
    ),
    articles=(article("劳动合同法", 43), article("劳动争议解释（一）", 47)),
    fields=("union_notified", "no_union"),
)
def union_notice(facts: EndingFacts, on: date) -> Iterable[Finding]:
    ground = ground_of(facts.ground)
    if ground is None or not ground.union_notice or facts.union_notified is not False:
        return ()
    if facts.no_union:
        return ()
    return union_notice.finding(
        "用人单位单方解除劳动合同，填报为没有事先将理由通知工会",
        remedy="请补正通知工会的程序；本单位尚未建立工会的，请填写。",
    )


@ENDING.rule(
    "no-contract-ending",
    "未订立书面合同的终止",
    checks=(
        "劳动者不订立书面合同而终止的，用工一个月内适用第五条，超过一个月不满一年适用第六条，"
        "满一年的视为已订立无固定期限合同，两条都不适用。"
    ),
    articles=(
        article("劳动合同法实施条例", 5),
        article("劳动合同法实施条例", 6, 1),
        article("劳动合同法实施条例", 7),
        article("劳动合同法", 14, 3),
    ),
    fields=("ground", "ended_on"),
)
def no_contract_ending(facts: EndingFacts, on: date) -> Iterable[Finding]:
    if facts.ground not in ("5001", "5002") or facts.ended_on is None:
        return ()
    used_on = facts.contract.work_start_on if facts.contract else None
    used_on = used_on or facts.service_start_on
    if used_on is None:
        return ()
    ended_on, month, year = facts.ended_on, full_on(used_on, 1), full_on(used_on, 12)
    every = no_contract_ending.articles
    if ended_on >= year:
        said = f"已满一年（{year}），视为已订立无固定期限劳动合同，不得以未订立书面劳动合同终止"
        remedy, cited = "请补订书面劳动合同，或者核对终止原因。", every[2:]
    elif facts.ground == "5001" and ended_on > month:
        said = f"已超过一个月（{month}），应当支付经济补偿"
        remedy = "请改选“用工满一个月不满一年，劳动者不与单位订立书面劳动合同”。"
        cited = every[:2]
    elif facts.ground == "5002" and ended_on < month:
        said = f"未满一个月（{month}）"
        remedy = "请改选“自用工之日起一个月内，劳动者不与单位订立书面劳动合同”。"
        cited = every[:2]
    else:
        return ()
    return no_contract_ending.finding(
        f"用工之日为 {used_on}，终止日期 {ended_on} {said}",
        remedy=remedy,
        numbers={"used_on": used_on, "ended_on": ended_on, "month": month, "year": year},
        articles=cited,
    )


@ENDING.rule(
    "part-time-ground",
    "非全日制用工终止",
    checks="非全日制用工终止的原因只用于非全日制用工。",
    articles=(article("劳动合同法", 71),),
    fields=("ground",),
    default_severity=Severity.BLOCK,
)
def part_time_ground(facts: EndingFacts, on: date) -> Iterable[Finding]:
    ground = ground_of(facts.ground)
    form = facts.contract.employment_form if facts.contract else None
    if ground is None or not ground.is_under("71") or form != "full_time":
        return ()
    return part_time_ground.finding(
        f"终止原因为“{ground.name}”，该合同为全日制用工",
        remedy="请核对解除终止原因。",
    )


@ENDING.rule(
    "ending-certificate",
    "出具解除终止证明",
    checks="在解除或者终止时出具证明。",
    articles=(article("劳动合同法", 50, 1),),
    fields=("certificate_on",),
    default_severity=Severity.INFORM,
)
def ending_certificate(facts: EndingFacts, on: date) -> Iterable[Finding]:
    given_on, ended_on = facts.certificate_on, facts.ended_on
    if given_on is None or ended_on is None or given_on <= ended_on:
        return ()
    return ending_certificate.finding(
        f"解除或者终止日期为 {ended_on}，证明于 {given_on} 出具，迟 {(given_on - ended_on).days} 天",
        remedy="应当在解除或者终止时出具证明，并在 15 日内办理档案和社会保险关系转移手续。",
        numbers={"ended_on": ended_on, "certificate_on": given_on},
    )
