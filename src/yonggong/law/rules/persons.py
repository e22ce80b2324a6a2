"""Who is taken on: identity number, another full-time contract, foreigners."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from yonggong.law.articles import article
from yonggong.law.facts import ContractFacts
from yonggong.law.findings import Finding, Severity
from yonggong.law.periods import last_day
from yonggong.law.registry import CONTRACT

_ID_NUMBER = (article("居民身份证法", 3, 2),)


def birth_text(id_number: str) -> str:
    """Give the birth date inside an identity number as yyyymmdd; "" when it is of neither form."""
    if len(id_number) == 18:
        return id_number[6:14]
    if len(id_number) == 15:
        return "19" + id_number[6:12]
    return ""


@CONTRACT.rule(
    "id-birth",
    "身份证号码与出生日期一致",
    checks="公民身份号码中的出生日期与填报的出生日期相同。",
    articles=_ID_NUMBER,
    fields=("birth_on", "id_number"),
    default_severity=Severity.BLOCK,
)
def id_birth(facts: ContractFacts, on: date) -> Iterable[Finding]:
    number, birth_on = facts.id_number, facts.birth_on
    if not number or birth_on is None:
        return ()
    inside = birth_text(number)
    if not inside or inside == birth_on.isoformat().replace("-", ""):
        return ()
    shown = f"{inside[:4]}-{inside[4:6]}-{inside[6:]}"
    return id_birth.finding(
        f"身份证号码中的出生日期为 {shown}，填报的出生日期为 {birth_on}，两者不一致",
        remedy="请核对身份证原件，更正身份证号码或者出生日期。",
        numbers={"id_birth": shown, "birth_on": birth_on},
    )


@CONTRACT.rule(
    "id-sex",
    "身份证号码与性别一致",
    checks="公民身份号码顺序码的奇偶（奇数为男、偶数为女）与填报的性别相同。",
    articles=_ID_NUMBER,
    fields=("sex", "id_number"),
    default_severity=Severity.BLOCK,
)
def id_sex(facts: ContractFacts, on: date) -> Iterable[Finding]:
    number, sex = facts.id_number, facts.sex
    if not number or sex is None:
        return ()
    if len(number) == 18:
        digit = number[16]
    elif len(number) == 15:
        digit = number[14]
    else:
        return ()
    if not digit.isdigit() or (digit in "13579") == (sex == "male"):
        return ()
    inside, filed = ("男", "女") if sex == "female" else ("女", "男")
    return id_sex.finding(
        f"身份证号码表明性别为{inside}，填报的性别为{filed}，两者不一致",
        remedy="请核对身份证原件，更正身份证号码或者性别。",
        numbers={"id_sex": inside, "sex": filed},
    )


@CONTRACT.rule(
    "other-full-time",
    "同时存在其他全日制劳动合同",
    checks="劳动者在其他用人单位没有尚未解除或者终止的全日制劳动合同。",
    articles=(
        article("劳动合同法", 39, None, 4),
        article("劳动合同法", 91),
        article("劳动争议解释（一）", 32, 2),
    ),
    fields=("other_full_time_employer", "id_number"),
)
def other_full_time(facts: ContractFacts, on: date) -> Iterable[Finding]:
    employer = facts.other_full_time_employer
    if not employer or facts.employment_form == "part_time" or facts.other_full_time_ran_out_on:
        return ()
    return other_full_time.finding(
        f"劳动者在“{employer}”已有 1 份尚未解除或者终止的全日制劳动合同",
        remedy=(
            "请待原用人单位办理解除或者终止备案后再备案；确为非全日制用工的，更正用工形式；"
            "属于停薪留职、内部退养、待岗或者放长假的，请写明。"
        ),
        numbers={"employer": employer},
    )


@CONTRACT.rule(
    "other-full-time-ran-out",
    "其他全日制劳动合同期满后未办理终止",
    checks="劳动者在其他用人单位的全日制劳动合同期满的，该单位已经办理终止备案。",
    articles=(
        article("劳动合同法", 44, None, 1),
        article("劳动合同法", 50, 1),
        article("劳动合同法", 91),
        article("劳动争议解释（一）", 34, 1),
    ),
    fields=("other_full_time_employer", "other_full_time_ran_out_on", "id_number"),
)
def other_full_time_ran_out(facts: ContractFacts, on: date) -> Iterable[Finding]:
    employer, until = facts.other_full_time_employer, facts.other_full_time_ran_out_on
    if not employer or until is None or facts.employment_form == "part_time":
        return ()
    return other_full_time_ran_out.finding(
        f"劳动者在“{employer}”的全日制劳动合同已于 {until} 期满，该单位尚未办理终止备案",
        remedy=(
            "请核对劳动者持有的解除（终止）劳动合同证明，并在说明中写明；原用人单位不办理的，"
            "可以持证明请人社部门登记终止。"
        ),
        numbers={"employer": employer, "until": until},
    )


@CONTRACT.rule(
    "foreigner-permit",
    "外国人工作许可期限",
    checks="外国人的工作许可在合同起始日有效；持有永久居留证件的除外。",
    articles=(article("劳动争议解释（一）", 33, 1), article("出境入境管理法", 48)),
    fields=("work_permit_until", "permanent_resident"),
)
def foreigner_permit(facts: ContractFacts, on: date) -> Iterable[Finding]:
    until, start_on = facts.work_permit_until, facts.start_on
    if not facts.is_foreigner or facts.permanent_resident or until is None:
        return ()
    if start_on is None or until >= start_on:
        return ()
    return foreigner_permit.finding(
        f"合同起始日期 {start_on} 时工作许可已于 {until} 到期",
        remedy="请先办理工作许可及其延期，或者调整合同起始日期；持有永久居留证件的，请填写。",
        numbers={"work_permit_until": until},
        articles=foreigner_permit.articles[:1],
    )


@CONTRACT.rule(
    "foreigner-permit-ends",
    "工作许可在合同期内到期",
    checks="外国人的工作许可在合同终止日期以前到期的，提示按时办理延期（不属于违法）。",
    articles=(article("劳动争议解释（一）", 33, 1),),
    fields=("work_permit_until", "end_on"),
    default_severity=Severity.INFORM,
)
def foreigner_permit_ends(facts: ContractFacts, on: date) -> Iterable[Finding]:
    until, end_on = facts.work_permit_until, facts.end_on
    if not facts.is_foreigner or facts.permanent_resident or until is None:
        return ()
    if end_on is None or until >= end_on or (facts.start_on and until < facts.start_on):
        return ()
    return foreigner_permit_ends.finding(
        f"工作许可于 {until} 到期，合同终止日期为 {end_on}",
        remedy="请在到期以前办理工作许可延期。",
        numbers={"work_permit_until": until, "end_on": end_on},
    )


@CONTRACT.rule(
    "foreigner-without-permit",
    "外国人取得工作许可",
    checks="外国人填报了工作许可的有效期；持有永久居留证件的除外。",
    articles=(
        article("出境入境管理法", 41, 1),
        article("出境入境管理法", 48),
        article("劳动争议解释（一）", 33, 1),
    ),
    fields=("work_permit_until", "is_foreigner", "permanent_resident"),
)
def foreigner_without_permit(facts: ContractFacts, on: date) -> Iterable[Finding]:
    if not facts.is_foreigner or facts.permanent_resident or facts.work_permit_until is not None:
        return ()
    return foreigner_without_permit.finding(
        "劳动者持外国人护照，没有填报工作许可的有效期",
        remedy="请填写外国人工作许可有效期；尚未取得的，先办理工作许可和工作类居留证件。",
    )


@CONTRACT.rule(
    "foreigner-term",
    "外国人劳动合同期限",
    checks="外国人的劳动合同期限不超过 5 年；持有永久居留证件的除外。",
    articles=(article("外国人就业管理规定", 17),),
    fields=("end_on", "is_foreigner"),
)
def foreigner_term(facts: ContractFacts, on: date) -> Iterable[Finding]:
    if not facts.is_foreigner or facts.start_on is None or facts.end_on is None:
        return ()
    if facts.permanent_resident:
        return ()
    if facts.end_on <= last_day(facts.start_on, 60):
        return ()
    return foreigner_term.finding(
        f"外国人的劳动合同自 {facts.start_on} 至 {facts.end_on}，超过 5 年",
        remedy=f"请把合同终止日期改为不晚于 {last_day(facts.start_on, 60)}。",
        numbers={"start_on": facts.start_on, "end_on": facts.end_on, "longest": 60},
    )
