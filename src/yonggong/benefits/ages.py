"""Ages: reached or not, when, and the time of retirement."""

from __future__ import annotations

from datetime import date

from yonggong.benefits.reckoning import SHELF, Given, Input, Result, Told
from yonggong.law.calculators import RetirementResult, statutory_retirement
from yonggong.law.facts import PostCategory, Sex
from yonggong.law.periods import ONE_DAY, add_months, age_on

MEN, WOMEN = "男", "女"
OFFICE, WORKER = "管理技术岗位", "工人岗位"
_SEX: dict[str, Sex] = {MEN: "male", WOMEN: "female"}
_POST: dict[str, PostCategory] = {OFFICE: "management_technical", WORKER: "worker"}

BIRTH = Input("birth", "出生日期", "date")
SEX = Input("sex", "性别", "choice", choices=(MEN, WOMEN))
POST = Input(
    "post", "女职工岗位", "choice", required=False, choices=(OFFICE, WORKER), hint="女职工填写"
)


def retirement_of(given: Given) -> RetirementResult:
    """The statutory time of retirement of whoever has this birth, sex and post."""
    return statutory_retirement(
        birth_on=given["birth"],
        sex=_SEX[given["sex"]],
        post=_POST.get(given.get("post") or ""),
    )


def _asked(told: Told) -> list[Input]:
    by_sex = [SEX] if "men" in told else []
    return [BIRTH, *by_sex, Input("day", told.get("to", "办理日期"), "date")]


@SHELF.add("age", "年龄条件", inputs=_asked)
def age(given: Given, told: Told, on: date) -> Result:
    """Whether somebody is old enough on a day, or not too old: `least`, `below`, or `men`, `women`."""
    birth, day = given["birth"], given["day"]
    if day < birth:
        raise ValueError("日期早于出生日期")
    years = age_on(birth, day)
    steps = [f"{birth} 出生，{day} 为 {years} 周岁"]
    least = told.get("least", "")
    if "men" in told:
        least = told["men"] if given["sex"] == MEN else told["women"]
    holds = (not least or years >= int(least)) and (
        "below" not in told or years < int(told["below"])
    )
    wanted = "、".join(
        [
            *([f"满 {least} 周岁"] if least else []),
            *([f"不满 {told['below']} 周岁"] if "below" in told else []),
        ]
    )
    steps.append(f"须{wanted}，{'符合' if holds else '不符合'}")
    said = told.get("yes", "符合年龄条件") if holds else told.get("no", "不符合年龄条件")
    judged = None if "no" in told else holds
    return Result(
        f"{years} 周岁，{said}", (*steps, *filter(None, [told.get("also")])), holds=judged
    )


@SHELF.add("age-reached", "达到年龄的日期", BIRTH)
def age_reached(given: Given, told: Told, on: date) -> Result:
    """The day on which an age is reached, or the last day or month before."""
    reached = add_months(given["birth"], int(told["amount"]) * 12)
    steps = (f"{given['birth']} 出生，{reached} 满 {told['amount']} 周岁",)
    if told.get("unit") == "month":
        return Result(f"至 {reached:%Y 年 %m 月}", steps)
    return Result(f"至 {reached - ONE_DAY}", steps)


@SHELF.add("retirement", "法定退休时间", BIRTH, SEX, POST)
def retirement(given: Given, told: Told, on: date) -> Result:
    """The statutory day; what the standard of 2024 says is older than the present measures."""
    found = retirement_of(given)
    lines = (
        ("原法定退休日", str(found.original_on)),
        ("延迟月数", f"{found.delay_months} 个月"),
        ("最低缴费月数", f"{found.contribution_months} 个月"),
    )
    steps = tuple(f"{one.text}" for one in found.steps)
    note = "服务标准（2024）所写的退休年龄为改革以前的，2025 年起按渐进式延迟法定退休年龄办法"
    return Result(str(found.statutory_on), (*steps, note), lines)


def _early(told: Told) -> list[Input]:
    return [
        BIRTH,
        SEX,
        Input("years", "连续工龄", "integer", unit="年"),
        Input("day", "申请日期", "date"),
    ]


@SHELF.add("early-retirement", "提前退休条件", inputs=_early)
def early_retirement(given: Given, told: Told, on: date) -> Result:
    """Age and years of service for retiring early: `men`, `women`, `years`."""
    years = age_on(given["birth"], given["day"])
    least = int(told["men"] if given["sex"] == MEN else told["women"])
    served = int(told.get("years", "10"))
    holds = years >= least and given["years"] >= served
    steps = (
        f"{given['day']} 为 {years} 周岁，须满 {least} 周岁",
        f"连续工龄 {given['years']} 年，须满 {served} 年",
        told.get("also", ""),
    )
    said = "年龄和工龄符合" if holds else "年龄或者工龄不符合"
    return Result(said, tuple(filter(None, steps)), holds=holds)


@SHELF.add(
    "subsidy-span",
    "补贴享受期限",
    Input("start", "初次核定日期", "date"),
    BIRTH,
    SEX,
    POST,
)
def subsidy_span(given: Given, told: Told, on: date) -> Result:
    """Three years; to retirement for whoever was less than five years from it at first."""
    years, near = int(told.get("amount", "3")), int(told.get("near", "5"))
    start, retires = given["start"], retirement_of(given).statutory_on
    steps = [f"法定退休日 {retires}"]
    if add_months(start, near * 12) > retires:
        steps.append(f"初次核定 {start} 时距法定退休不足 {near} 年，可以延长至退休")
        if retires <= start:
            raise ValueError("初次核定时已达到法定退休年龄")
        return Result(f"至 {retires}", tuple(steps))
    last = add_months(start, years * 12)
    steps.append(f"初次核定 {start} 时距法定退休 {near} 年以上，最长 {years} 年")
    return Result(f"至 {last}", tuple(steps))
