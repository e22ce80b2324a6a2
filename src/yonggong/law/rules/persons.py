"""Who may be taken on: identity number, least age."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from yonggong.law.articles import article
from yonggong.law.facts import ContractFacts
from yonggong.law.findings import Finding, Severity
from yonggong.law.periods import age_on
from yonggong.law.registry import contract_rule

_ID_NUMBER = (article("居民身份证法", 3, 2),)
_LEAST_AGE = 16


def birth_text(id_number: str) -> str:
    """Give the birth date inside an identity number as yyyymmdd; "" when it is of neither form."""
    if len(id_number) == 18:
        return id_number[6:14]
    if len(id_number) == 15:
        return "19" + id_number[6:12]
    return ""


@contract_rule(
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
    if not inside or inside == f"{birth_on.year:04}{birth_on.month:02}{birth_on.day:02}":
        return ()
    shown = f"{inside[:4]}-{inside[4:6]}-{inside[6:]}"
    return id_birth.finding(
        f"身份证号码中的出生日期为 {shown}，填报的出生日期为 {birth_on}，两者不一致",
        remedy="核对身份证原件，更正身份证号码或者出生日期",
        numbers={"id_birth": shown, "birth_on": birth_on},
    )


@contract_rule(
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
        remedy="核对身份证原件，更正身份证号码或者性别",
        numbers={"id_sex": inside, "sex": filed},
    )


@contract_rule(
    "minimum-age",
    "用工最低年龄 16 周岁",
    checks="用工之日、合同起始日中较早的一日，劳动者已满 16 周岁；文艺、体育单位依法招用的除外。",
    articles=(article("劳动法", 15, 1), article("禁止使用童工规定", 2, 1)),
    fields=("birth_on", "work_start_on", "start_on"),
    default_severity=Severity.BLOCK,
)
def minimum_age(facts: ContractFacts, on: date) -> Iterable[Finding]:
    birth_on, day = facts.birth_on, facts.work_start_on or facts.start_on
    if birth_on is None or day is None:
        return ()
    if facts.start_on is not None and facts.start_on < day:
        day = facts.start_on
    if day.year - birth_on.year > _LEAST_AGE or facts.minor_arts_sports:
        return ()
    age = age_on(birth_on, day)
    if age >= _LEAST_AGE:
        return ()
    return minimum_age.finding(
        f"劳动者 {birth_on} 出生，至用工之日 {day} 为 {age} 周岁，未满 16 周岁，不得招用",
        remedy="核对出生日期；确未满 16 周岁的，应当立即停止用工并送回其父母或者其他监护人",
        numbers={"age": age, "minimum": _LEAST_AGE, "day": day},
    )
