"""Work injury: benefits by grade, after a death, and the wage they are reckoned by."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from yonggong.benefits.figures import figure
from yonggong.benefits.numbers import amount
from yonggong.benefits.reckoning import SHELF, Given, Input, Result, Told, say
from yonggong.law.periods import add_months
from yonggong.law.steps import yuan

GRADES = ("一级", "二级", "三级", "四级", "五级", "六级", "七级", "八级", "九级", "十级")
CARE = ("完全不能自理", "大部分不能自理", "部分不能自理")
WAGE = Input(
    "wage",
    "本人工资",
    "money",
    hint="受伤前十二个月平均月缴费工资，60% 保底、300% 封顶",
    unit="元/月",
)
LOCAL = Input(
    "local",
    "统筹地区上年度职工月平均工资",
    "money",
    hint="由统计部门公布，请按公布数填写",
    unit="元/月",
)


@SHELF.add(
    "own-wage",
    "本人工资",
    Input("sum", "前十二个月缴费工资合计", "money"),
    LOCAL,
)
def own_wage(given: Given, told: Told, on: date) -> Result:
    """The average of twelve months, not below 60 nor above 300 per cent of the local average."""
    local, average = Decimal(given["local"]), Decimal(given["sum"]) / 12
    low, high = figure("injury.wage.low", on), figure("injury.wage.high", on)
    wage = min(max(average, local * low.value), local * high.value)
    steps = (
        f"前十二个月平均 {say(average)}",
        f"下限 {say(local)} × {low.said} = {say(local * low.value)}，上限 × {high.said} = {say(local * high.value)}",
    )
    return Result(say(wage), steps)


@SHELF.add(
    "disability-lump",
    "一次性伤残补助金",
    Input("grade", "伤残等级", "choice", choices=GRADES),
    WAGE,
)
def disability_lump(given: Given, told: Told, on: date) -> Result:
    """Months of the own wage by grade."""
    months = figure(f"injury.lump.{GRADES.index(given['grade']) + 1}", on)
    result = Decimal(given["wage"]) * months.value
    return Result(
        say(result),
        (
            f"{given['grade']}为 {months.said}本人工资",
            f"{say(Decimal(given['wage']))} × {months.value} = {say(result)}",
        ),
    )


@SHELF.add(
    "disability-monthly",
    "伤残津贴",
    Input("grade", "伤残等级", "choice", choices=GRADES[:6]),
    WAGE,
    Input("minimum", "当地最低工资标准", "money", required=False, unit="元/月"),
)
def disability_monthly(given: Given, told: Told, on: date) -> Result:
    """A share of the own wage by grade, of grades one to four from the fund and not below the minimum wage."""
    place = GRADES.index(given["grade"]) + 1
    rate = figure(f"injury.monthly.{place}", on)
    result = yuan(Decimal(given["wage"]) * rate.value)
    steps = [f"{given['grade']}为本人工资的 {rate.said}：{say(result)}"]
    if place > 4:
        steps.append("五、六级难以安排工作的，由用人单位按月发给，不从基金支付")
    minimum = given.get("minimum")
    if minimum is None:
        steps.append("没有填写当地最低工资标准，未作比较")
    elif result < minimum:
        steps.append(f"低于当地最低工资标准，补足至 {say(Decimal(minimum))}")
        result = Decimal(minimum)
    return Result(f"每月 {say(result)}", tuple(steps))


@SHELF.add(
    "disability-rights",
    "按等级享受的待遇",
    Input("grade", "伤残等级", "choice", choices=GRADES),
)
def disability_rights(given: Given, told: Told, on: date) -> Result:
    """What a grade brings: grades one to four leave the post and draw an allowance."""
    place = GRADES.index(given["grade"]) + 1
    said = "一次性伤残补助金和伤残津贴" if place <= 4 else "一次性伤残补助金"
    steps = [
        "一至四级：保留劳动关系、退出工作岗位"
        if place <= 4
        else "五至十级：基金支付一次性伤残补助金"
    ]
    return Result(said, tuple(steps))


@SHELF.add(
    "leaving-subsidy",
    "一次性工伤医疗补助金条件",
    Input("grade", "伤残等级", "choice", choices=GRADES),
    Input("why", "解除或者终止情形", "choice", choices=("本人提出", "期满终止", "其他情形")),
)
def leaving_subsidy(given: Given, told: Told, on: date) -> Result:
    """Grades five and six where the worker asks to leave; seven to ten also at the term's end."""
    place = GRADES.index(given["grade"]) + 1
    ways = ("本人提出",) if place in (5, 6) else ("本人提出", "期满终止") if place > 6 else ()
    holds = given["why"] in ways
    step = f"{given['grade']}：" + ("、".join(ways) if ways else "不适用（一至四级保留劳动关系）")
    return Result(
        "符合条件" if holds else "不符合条件", (step, "分级金额由自治区规定，标准未列"), holds=holds
    )


@SHELF.add("care", "生活护理费", Input("level", "护理等级", "choice", choices=CARE), LOCAL)
def care(given: Given, told: Told, on: date) -> Result:
    """A share of the local average by how much one needs help."""
    rate = figure(f"injury.care.{CARE.index(given['level']) + 1}", on)
    result = Decimal(given["local"]) * rate.value
    return Result(
        f"每月 {say(result)}", (f"{say(Decimal(given['local']))} × {rate.said} = {say(result)}",)
    )


@SHELF.add("funeral", "丧葬补助金", LOCAL)
def funeral(given: Given, told: Told, on: date) -> Result:
    """Six months of the local average."""
    months = figure("injury.funeral", on)
    result = Decimal(given["local"]) * months.value
    return Result(say(result), (f"{say(Decimal(given['local']))} × {months.said} = {say(result)}",))


@SHELF.add(
    "death-lump",
    "一次性工亡补助金",
    Input(
        "income",
        "上一年度全国城镇居民人均可支配收入",
        "money",
        unit="元",
        hint="由国家统计局公布，请按公布数填写",
    ),
    Input("missing", "下落不明且生活有困难，预支", "boolean", required=False),
)
def death_lump(given: Given, told: Told, on: date) -> Result:
    """Twenty times the national income a head; half of it in advance for a missing worker's family."""
    times = figure("injury.death", on)
    result = Decimal(given["income"]) * times.value
    steps = [f"{say(Decimal(given['income']))} × {times.said} = {say(result)}"]
    if given.get("missing"):
        part = figure("injury.advance", on)
        result = yuan(result * part.value)
        steps.append(f"可以预支 {part.said}：{say(result)}")
    return Result(say(result), tuple(steps))


@SHELF.add("missing-worker", "因工下落不明的工资和抚恤金", Input("start", "事故发生年月", "month"))
def missing_worker(given: Given, told: Told, on: date) -> Result:
    """Wages go on for three months, from the fourth the allowance is paid."""
    first = given["start"].replace(day=1)
    fourth = add_months(first, 3)
    steps = (
        f"{first:%Y-%m} 至 {add_months(first, 2):%Y-%m} 照发工资",
        f"{fourth:%Y-%m} 起停发工资",
    )
    return Result(f"{fourth:%Y 年 %m 月}起由基金向供养亲属支付抚恤金", steps)


@SHELF.add(
    "survivors",
    "供养亲属抚恤金",
    WAGE,
    Input("spouse", "有符合条件的配偶", "boolean", required=False),
    Input("others", "其他供养亲属", "integer", required=False, unit="人"),
    Input("lonely", "其中孤寡老人或者孤儿", "integer", required=False, unit="人"),
)
def survivors(given: Given, told: Told, on: date) -> Result:
    """By relation; together not above the own wage of the dead."""
    wage = Decimal(given["wage"])
    others, lonely = int(given.get("others") or 0), int(given.get("lonely") or 0)
    spouse = bool(given.get("spouse"))
    if lonely > others + spouse:
        raise ValueError("孤寡老人或者孤儿多于供养亲属人数")
    rates = {name: figure(f"injury.survivor.{name}", on) for name in ("spouse", "other", "lonely")}
    lines, sum_ = [], Decimal(0)
    for label, heads, rate in (
        ("配偶", int(spouse), rates["spouse"]),
        ("其他亲属", others, rates["other"]),
        ("孤寡老人或者孤儿增加", lonely, rates["lonely"]),
    ):
        if heads:
            part = yuan(wage * rate.value) * heads
            sum_ += part
            lines.append((f"{label} {heads} 人", f"{say(part)}（每人 {rate.said}）"))
    steps = [f"{label}：{text}" for label, text in lines]
    if sum_ > wage:
        steps.append(f"合计 {say(sum_)} 高于本人工资，按 {say(wage)} 核定")
    return Result(f"每月 {say(min(sum_, wage))}", tuple(steps), tuple(lines))


@SHELF.add(
    "worst-grade",
    "多次工伤的计发等级",
    *(
        Input(
            f"grade{place}", f"第 {place} 次伤残等级", "choice", required=place < 3, choices=GRADES
        )
        for place in (1, 2, 3)
    ),
)
def worst_grade(given: Given, told: Told, on: date) -> Result:
    """The heaviest of several grades, one being heaviest."""
    grades = [given[name] for name in ("grade1", "grade2", "grade3") if given.get(name)]
    return Result(min(grades, key=GRADES.index), ("同一用人单位多次工伤，按最高伤残级别计发",))


@SHELF.add(
    "hospital-meals",
    "住院伙食补助费",
    Input("start", "入院日期", "date"),
    Input("end", "出院日期", "date"),
    Input(
        "each",
        "统筹地区每日标准",
        "money",
        unit="元/日",
        hint="由统筹地区人民政府规定，请按规定填写",
    ),
)
def hospital_meals(given: Given, told: Told, on: date) -> Result:
    """Days in hospital times the local rate."""
    days = (given["end"] - given["start"]).days
    if days < 0:
        raise ValueError("出院日期早于入院日期")
    result = amount(given, "each") * days
    return Result(
        say(result), (f"住院 {days} 日", f"{say(amount(given, 'each'))} × {days} = {say(result)}")
    )
