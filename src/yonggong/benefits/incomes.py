"""Unemployment benefits, pensions and subsidies."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from yonggong.benefits.ages import BIRTH, MEN, POST, SEX, retirement_of
from yonggong.benefits.figures import Figure, figure
from yonggong.benefits.numbers import amount
from yonggong.benefits.reckoning import SHELF, Given, Input, Result, Told, number, say
from yonggong.law.periods import add_months
from yonggong.law.steps import yuan

_SECOND_YEAR = 13
_TOP_YEARS = 10


@SHELF.add(
    "unemployment-months",
    "失业保险金领取期限",
    Input("years", "累计缴费年限", "integer", unit="年", hint="不满一年的部分不计"),
    Input("left", "前次应领未领的月数", "integer", required=False, unit="个月"),
)
def unemployment_months(given: Given, told: Told, on: date) -> Result:
    """Months by years of contribution, with those left from before; 24 at most."""
    years, left = int(given["years"]), int(given.get("left") or 0)
    if years < 1:
        return Result("不能领取", ("累计缴费不满 1 年",), holds=False)
    own = figure(f"unemployment.months.{min(years, _TOP_YEARS)}", on)
    most = figure("unemployment.months.most", on)
    steps = [f"累计缴费 {years} 年，可以领取 {own.said}"]
    months = min(int(own.value) + left, int(most.value))
    if left:
        steps.append(f"与前次未领的 {left} 个月合并，最长 {most.said}")
    return Result(f"{months} 个月", tuple(steps), holds=True)


@SHELF.add(
    "unemployment-benefit",
    "失业保险金标准",
    Input("month", "领取的第几个月", "integer"),
    Input("years", "累计缴费年限", "integer", unit="年"),
    SEX,
    Input("age", "年龄", "integer", unit="周岁"),
    Input("spouse", "夫妻双方同时失业", "boolean", required=False),
    Input("calendar", "发放月份", "integer", required=False, unit="月", hint="填写后计算取暖补贴"),
)
def unemployment_benefit(given: Given, told: Told, on: date) -> Result:
    """The monthly benefit, what is added to it, and the heating allowance of the cold quarters."""
    month = int(given["month"])
    if not 1 <= month <= 24:
        raise ValueError("领取的月份应当在 1 至 24 之间")
    base = figure("unemployment.second" if month >= _SECOND_YEAR else "unemployment.first", on)
    steps, more = [f"第 {month} 个月的基础标准 {base.said}"], Decimal(0)
    old = int(given["age"]) >= (50 if given["sex"] == MEN else 45)
    if int(given["years"]) >= _TOP_YEARS and old:
        rate = figure("unemployment.older", on)
        more += rate.value
        steps.append(f"累计缴费满 10 年且男满 50 岁、女满 45 岁，增发 {rate.said}")
    if given.get("spouse"):
        rate = figure("unemployment.couple", on)
        more += rate.value
        steps.append(f"夫妻双方同时失业，增发 {rate.said}")
    result = yuan(base.value * (1 + more))
    steps.append(f"{base.value} × {number(1 + more)} = {say(result)}")
    lines = []
    if given.get("calendar") in (1, 2, 3, 10, 11, 12):
        heating = figure("unemployment.heating", on)
        lines.append(("取暖补贴", f"{heating.said}（按各盟市标准执行）"))
    return Result(f"每月 {say(result)}", tuple(steps), tuple(lines))


@SHELF.add(
    "unemployment-extension",
    "领取期满延长",
    Input("end", "领取期满日期", "date"),
    BIRTH,
    SEX,
    POST,
)
def unemployment_extension(given: Given, told: Told, on: date) -> Result:
    """To retirement where less than a year is left, from December 2019."""
    retires, end = retirement_of(given).statutory_on, given["end"]
    near = end < retires < add_months(end, 12) and end >= date(2019, 12, 1)
    steps = (
        f"法定退休日 {retires}",
        f"期满日 {end}，{'距法定退休不足 1 年' if near else '不在延长范围'}",
    )
    return Result(f"仍未就业的，继续发放至 {retires}" if near else "不延长", steps)


@SHELF.add(
    "layoff-rate",
    "裁员率",
    Input("gone", "上年度解除、终止劳动关系且符合领金条件的人数", "integer", unit="人"),
    Input(
        "staff",
        "上年度月平均参保人数",
        "integer",
        unit="人",
        hint="各月参保人数之和除以月数，四舍五入取整",
    ),
)
def layoff_rate(given: Given, told: Told, on: date) -> Result:
    """Who was laid off by who was insured; the limit depends on size."""
    gone, staff = int(given["gone"]), int(given["staff"])
    if staff < 1:
        raise ValueError("参保人数应当大于 0")
    small = staff <= int(figure("refund.small", on).value)
    limit = figure("refund.rate.small" if small else "refund.rate", on)
    rate = Decimal(gone) / staff
    holds = rate <= limit.value
    steps = (
        f"{gone} ÷ {staff} = {rate * 100:.2f}%",
        f"{'30 人（含）以下' if small else '30 人以上'}不高于 {number(limit.value * 100)}%",
    )
    return Result("符合" if holds else "不符合", steps, holds=holds)


def _months_of_payout(given: Given, on: date) -> Figure:
    try:
        return figure(f"pension.months.{int(given['age'])}", on)
    except KeyError:
        raise ValueError("计发月数表只有 40 至 70 岁") from None


@SHELF.add(
    "payout-months",
    "个人账户月待遇",
    Input("age", "退休年龄", "integer", unit="周岁"),
    Input("account", "个人账户储存额", "money"),
    Input("taken", "已领总额", "money", required=False),
)
def payout_months(given: Given, told: Told, on: date) -> Result:
    """The account by the months of its age of retirement; it ends once all is drawn."""
    months = _months_of_payout(given, on)
    account = Decimal(given["account"])
    each = yuan(account / months.value)
    steps = [
        f"{given['age']} 岁退休，计发月数 {months.said}",
        f"{say(account)} ÷ {months.value} = {say(each)}",
    ]
    if told.get("ends") and amount(given, "taken") >= account:
        return Result("已领完，停发", (*steps, "已领总额达到储存额"))
    return Result(f"每月 {say(each)}（计发月数 {months.value}）", tuple(steps))


@SHELF.add(
    "basic-pension",
    "机关事业单位基本养老金",
    Input("local", "退休时当地上年度在岗职工月平均工资", "money", hint="请按公布数填写"),
    Input("index", "平均缴费工资指数", "decimal"),
    Input("years", "累计缴费年限", "decimal", unit="年"),
    Input("deemed_index", "视同缴费指数", "decimal", required=False),
    Input("deemed_years", "视同缴费年限", "decimal", required=False, unit="年"),
    Input("factor", "过渡系数", "decimal", required=False, hint="由自治区规定，标准未写明"),
    Input("account", "个人账户储存额", "money"),
    Input("age", "退休年龄", "integer", unit="周岁"),
)
def basic_pension(given: Given, told: Told, on: date) -> Result:
    """Its three parts; the factor of the second is nobody's to guess."""
    local, index = Decimal(given["local"]), Decimal(given["index"])
    each = figure("pension.each", on)
    basic = yuan((local + local * index) / 2 * Decimal(given["years"]) * each.value)
    parts = [amount(given, name) for name in ("deemed_index", "deemed_years", "factor")]
    passing = yuan(local * parts[0] * parts[1] * parts[2])
    months = _months_of_payout(given, on)
    own = yuan(Decimal(given["account"]) / months.value)
    lines = (
        ("基础养老金", say(basic)),
        ("过渡性养老金", say(passing)),
        ("个人账户养老金", say(own)),
    )
    steps = (
        f"（{say(local)} + {say(local)} × {number(index)}）÷ 2"
        f" × {number(given['years'])} 年 × {each.said} = {say(basic)}",
        f"{say(local)} × {number(parts[0])} × {number(parts[1])} 年 × {number(parts[2])} = {say(passing)}",
        f"{say(Decimal(given['account']))} ÷ {months.said} = {say(own)}",
    )
    return Result(f"每月 {say(basic + passing + own)}", steps, lines)


@SHELF.add(
    "pension-transition",
    "新老办法对比",
    Input("retired", "退休日期", "date"),
    Input("old", "老办法待遇", "money"),
    Input("new", "新办法待遇", "money"),
)
def pension_transition(given: Given, told: Told, on: date) -> Result:
    """Not below the old way; of what the new brings above it a share that grows by the year."""
    day, old, new = given["retired"], Decimal(given["old"]), Decimal(given["new"])
    if not date(2014, 10, 1) <= day <= date(2024, 9, 30):
        raise ValueError("过渡期为 2014 年 10 月 1 日至 2024 年 9 月 30 日")
    if new <= old:
        return Result(say(old), ("新办法不高于老办法，按老办法发",))
    rate = figure(f"pension.transition.{max(day.year, 2015)}", on)
    result = yuan(old + (new - old) * rate.value)
    return Result(
        say(result), (f"高于老办法 {say(new - old)}，发给其中 {rate.said}", f"合计 {say(result)}")
    )


@SHELF.add(
    "transfer-fund",
    "转移资金",
    Input("wages", "各年度实际缴费工资之和", "money"),
    Input("account", "个人账户储存额", "money"),
)
def transfer_fund(given: Given, told: Told, on: date) -> Result:
    """The account, and a share of the wages that were paid on: the figure `share`."""
    rate = figure(told.get("share", "pension.transfer"), on)
    pooled = yuan(Decimal(given["wages"]) * rate.value)
    lines = (("统筹基金转移", say(pooled)), ("个人账户", say(Decimal(given["account"]))))
    steps = (f"{say(Decimal(given['wages']))} × {rate.said} = {say(pooled)}",)
    return Result(say(pooled + Decimal(given["account"])), steps, lines)


@SHELF.add(
    "internship",
    "就业见习补贴",
    Input("minimum", "自治区一类区最低工资标准", "money", unit="元/月", hint="请按公布数填写"),
    Input("heads", "见习人数", "integer", unit="人"),
    Input("months", "补贴月数", "integer", unit="个月"),
    Input("finished", "期满人数", "integer", required=False, unit="人"),
    Input("kept", "期满留用人数", "integer", required=False, unit="人"),
)
def internship(given: Given, told: Told, on: date) -> Result:
    """Half the minimum wage a head and month; more where half of them stay."""
    finished, kept = int(given.get("finished") or 0), int(given.get("kept") or 0)
    if kept > finished:
        raise ValueError("留用人数多于期满人数")
    many = finished > 0 and Decimal(kept) / finished >= figure("internship.kept", on).value
    rate = figure("internship.more" if many else "internship.share", on)
    result = (
        yuan(Decimal(given["minimum"]) * rate.value) * int(given["heads"]) * int(given["months"])
    )
    steps = []
    if finished:
        steps.append(f"留用率 {kept} ÷ {finished} = {Decimal(kept) * 100 / finished:.2f}%")
    steps.append(
        f"{say(Decimal(given['minimum']))} × {rate.said} × {given['heads']} 人 × {given['months']} 个月 = {say(result)}"
    )
    return Result(say(result), tuple(steps))


@SHELF.add(
    "skill-subsidy",
    "技能提升补贴",
    Input("grade", "证书等级", "choice", choices=("初级（五级）", "中级（四级）", "高级（三级）")),
)
def skill_subsidy(given: Given, told: Told, on: date) -> Result:
    """A fixed sum by the grade of the certificate."""
    place = {"初": "5", "中": "4", "高": "3"}[given["grade"][0]]
    found = figure(f"skill.{place}", on)
    return Result(say(found.value), (f"{given['grade']}为 {found.said}",))


@SHELF.add(
    "insurance-subsidy",
    "单位社会保险补贴",
    Input("pension", "单位缴纳基本养老保险费", "money"),
    Input("medical", "单位缴纳基本医疗保险费", "money"),
    Input("unemployment", "单位缴纳失业保险费", "money"),
    Input("advanced", "已预拨额", "money", required=False),
)
def insurance_subsidy(given: Given, told: Told, on: date) -> Result:
    """What the employer paid of three insurances; of what was paid in advance the rest."""
    paid = sum(
        (Decimal(given[name]) for name in ("pension", "medical", "unemployment")), Decimal(0)
    )
    steps = [f"单位缴纳合计 {say(paid)}，个人缴纳部分不补贴"]
    advanced = given.get("advanced")
    if advanced is None:
        return Result(say(paid), tuple(steps))
    rest = paid - Decimal(advanced)
    steps.append(f"已预拨 {say(Decimal(advanced))}，清算 {say(rest)}")
    return Result(f"清算 {say(rest)}", tuple(steps))


@SHELF.add(
    "post-subsidy",
    "公益性岗位补贴上限",
    Input("minimum", "当地最低工资标准", "money", unit="元/月", hint="请按公布数填写"),
    Input("heads", "在岗人数", "integer", unit="人"),
    Input("months", "在岗月数", "integer", unit="个月"),
)
def post_subsidy(given: Given, told: Told, on: date) -> Result:
    """At most the minimum wage a head and month."""
    most = Decimal(given["minimum"]) * int(given["heads"]) * int(given["months"])
    return Result(
        f"不高于 {say(most)}",
        (f"{say(Decimal(given['minimum']))} × {given['heads']} 人 × {given['months']} 个月",),
    )
