"""Sums, shares and comparisons that many items print alike."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from yonggong.benefits.days import months_between
from yonggong.benefits.figures import figure
from yonggong.benefits.reckoning import SHELF, Given, Input, Result, Told, Type, number, pairs, say
from yonggong.law.steps import yuan

NOTHING = Decimal(0)


def amount(given: Given, name: str) -> Decimal:
    """What was typed, nothing where it was left blank."""
    value = given.get(name)
    return NOTHING if value is None else Decimal(value)


def _terms_of(told: Told, otherwise: str = "") -> list[tuple[str, str]]:
    """Terms ("本金/利息/-已发") with the names of the inputs that ask for them."""
    terms = told.get("terms", otherwise).split("/")
    return [(f"t{place}", label) for place, label in enumerate(terms, 1)]


def _asked(told: Told, kind: Type) -> list[Input]:
    return [Input(name, label.lstrip("-"), kind, required=False) for name, label in _terms_of(told)]


def _terms(told: Told) -> list[Input]:
    return _asked(told, "money")


@SHELF.add("sum", "合计", inputs=_terms)
def total(given: Given, told: Told, on: date) -> Result:
    """Amounts added up, those with a minus taken off: "本金/利息/-已发"."""
    said, result = [], NOTHING
    for name, label in _terms_of(told):
        value = amount(given, name)
        result += -value if label.startswith("-") else value
        said.append(f"{'−' if label.startswith('-') else '＋'} {label.lstrip('-')} {say(value)}")
    words = told.get("what", "合计")
    steps = [" ".join(said).removeprefix("＋ "), f"{words}为 {say(result)}"]
    if result < 0 and "below" in told:
        steps.append(told["below"])
    return Result(say(result), tuple(steps))


def _heads(told: Told) -> list[Input]:
    return _asked(told, "integer")


@SHELF.add("count", "人数合计", inputs=_heads)
def count(given: Given, told: Told, on: date) -> Result:
    """Numbers added up, those with a minus taken off; `plus` is added to them."""
    result = int(told.get("plus", "0"))
    for name, label in _terms_of(told):
        value = int(given.get(name) or 0)
        result += -value if label.startswith("-") else value
    if result < 0:
        raise ValueError("减少数大于原有数")
    unit = told.get("of", "人")
    return Result(f"{result} {unit}", (f"{told.get('what', '合计')} {result} {unit}",))


def _base(told: Told) -> list[Input]:
    return [Input("base", told.get("from", "基数"), "money", hint=told.get("hint", ""))]


@SHELF.add("share", "按比例计算", inputs=_base)
def share(given: Given, told: Told, on: date) -> Result:
    """Shares of a base, each by its figure: "单位:pension.unit/个人:pension.person"."""
    base, lines, steps = Decimal(given["base"]), [], []
    for label, name in pairs(told["shares"]):
        rate = figure(name, on)
        part = yuan(base * rate.value)
        lines.append((label, say(part)))
        steps.append(
            f"{label} = {told.get('from', '基数')} {say(base)} × {rate.said} = {say(part)}"
        )
    return Result("，".join(f"{label} {text}" for label, text in lines), tuple(steps), tuple(lines))


def _share_by_way(told: Told) -> list[Input]:
    names = tuple(name for name, _ in pairs(told["shares"]))
    return [Input("way", told.get("ask", "情形"), "choice", choices=names), *_base(told)]


@SHELF.add("share-by-way", "按比例计算（分情形）", inputs=_share_by_way)
def share_by_way(given: Given, told: Told, on: date) -> Result:
    """The share that a choice tells."""
    name = dict(pairs(told["shares"]))[given["way"]]
    return share(given, {**told, "shares": f"{given['way']}:{name}"}, on)


def _capped(told: Told) -> list[Input]:
    asked = [Input("asked", told["ask"], "money", required=False)] if "ask" in told else []
    return [*_terms(told), *asked]


@SHELF.add("ceiling", "上限", inputs=_capped)
def ceiling(given: Given, told: Told, on: date) -> Result:
    """At most a share of what is added up; whether what is asked for is within it."""
    base = sum((amount(given, name) for name, _ in _terms_of(told)), NOTHING)
    rate = figure(told["share"], on)
    most = yuan(base * rate.value)
    steps = [f"{told['terms'].replace('/', '＋')} {say(base)} × {rate.said} = {say(most)}"]
    asked = given.get("asked")
    if asked is None:
        return Result(f"不超过 {say(most)}", tuple(steps))
    steps.append(
        f"{told['ask']} {say(Decimal(asked))}，{'未超过' if asked <= most else '超过'}上限"
    )
    said = "没有超过上限" if asked <= most else f"超过上限 {say(Decimal(asked) - most)}"
    return Result(f"{said}（{say(most)}）", tuple(steps), holds=asked <= most)


def _within(told: Told) -> list[Input]:
    return [Input("value", told["of"], "decimal", unit=told.get("unit", ""))]


@SHELF.add("bounds", "数值范围", inputs=_within)
def bounds(given: Given, told: Told, on: date) -> Result:
    """Whether a number lies between `least` and `most`, both included."""
    value, unit = Decimal(given["value"]), told.get("unit", "")
    least, most = told.get("least"), told.get("most")
    holds = (least is None or value >= Decimal(least)) and (most is None or value <= Decimal(most))
    wanted = "，".join(
        [*([f"不少于 {least}{unit}"] if least else []), *([f"不超过 {most}{unit}"] if most else [])]
    )
    steps = (f"{told['of']} {number(value)}{unit}", f"须{wanted}")
    return Result("符合" if holds else f"不符合：须{wanted}", steps, holds=holds)


def _ratio(told: Told) -> list[Input]:
    return [Input("top", told["top"], "decimal"), Input("bottom", told["bottom"], "decimal")]


@SHELF.add("quotient", "平均数、比率", inputs=_ratio)
def quotient(given: Given, told: Told, on: date) -> Result:
    """One number by another, times `times`; `whole` rounds to a whole one, `percent` says per cent."""
    top, bottom = Decimal(given["top"]), Decimal(given["bottom"])
    if bottom <= 0:
        raise ValueError(f"{told['bottom']}应当大于 0")
    value = top * Decimal(told.get("times", "1")) / bottom
    if "percent" in told:
        said = f"{(value * 100).quantize(Decimal('0.01'), ROUND_HALF_UP)}%"
    elif "whole" in told:
        said = f"{value.quantize(Decimal(1), ROUND_HALF_UP)} {told['whole']}"
    else:
        said = say(value)
    times = f" × {told['times']}" if "times" in told else ""
    step = f"{told['top']} {number(top)}{times} ÷ {told['bottom']} {number(bottom)} = {said}"
    if "least" not in told:
        return Result(said, (step,))
    least = Decimal(told["least"])
    holds = value >= least
    needed = f"须达到 {number(least * 100)}%"
    return Result(f"{said}，{'符合' if holds else '不符合'}", (step, needed), holds=holds)


def _product(told: Told) -> list[Input]:
    first, second = told["terms"].split("/")
    return [Input("first", first, "money"), Input("second", second, "decimal")]


@SHELF.add("product", "相乘", inputs=_product)
def product(given: Given, told: Told, on: date) -> Result:
    """An amount times a number."""
    first, second = told["terms"].split("/")
    result = Decimal(given["first"]) * Decimal(given["second"])
    step = f"{first} {say(Decimal(given['first']))} × {second} {number(given['second'])} = {say(result)}"
    return Result(say(result), (step,))


def _monthly(told: Told) -> list[Input]:
    old = [Input("old", told["minus"], "money")] if "minus" in told else []
    return [
        *old,
        Input("monthly", told.get("from", "月待遇"), "money"),
        Input("start", "开始年月", "month"),
        Input("end", "终止年月", "month"),
    ]


@SHELF.add("monthly", "按月补发、退发", inputs=_monthly)
def monthly(given: Given, told: Told, on: date) -> Result:
    """An amount a month, or the difference of two, over months of which first and last count."""
    each = Decimal(given["monthly"]) - amount(given, "old")
    months = months_between(given["start"], given["end"])
    result = yuan(each * months)
    steps = [f"{given['start']:%Y-%m} 至 {given['end']:%Y-%m} 共 {months} 个月（首末月均计）"]
    if "minus" in told:
        steps.append(f"每月差额 {say(each)}")
    steps.append(f"{say(each)} × {months} = {say(result)}")
    word = told.get("what", "补发") if result >= 0 else "退发"
    return Result(f"{word} {say(abs(result))}", tuple(steps))


def _per_head(told: Told) -> list[Input]:
    return [Input("heads", told.get("of", "人数"), "integer", unit="人")]


@SHELF.add("per-head", "按人数计算", inputs=_per_head)
def per_head(given: Given, told: Told, on: date) -> Result:
    """A fixed sum a person."""
    each, heads = figure(told["figure"], on), int(given["heads"])
    result = each.value * heads
    steps = [f"{each.said} × {heads} 人 = {say(result)}"]
    lines = (("折合", f"{number(result / 10000)} 万元"),) if "wan" in told else ()
    return Result(say(result), tuple(steps), lines)


@SHELF.add("fixed", "固定金额", inputs=lambda told: ())
def fixed(given: Given, told: Told, on: date) -> Result:
    """A sum that depends on nothing: a grant of its size, or no fee."""
    if "figure" not in told:
        return Result("不收费", ("费用为 0 元",))
    found = figure(told["figure"], on)
    return Result(say(found.value), (f"标准为 {found.said}",))


@SHELF.add(
    "late-fee",
    "滞纳金",
    Input("base", "欠缴金额", "money"),
    Input("start", "欠缴之日", "date"),
    Input("end", "缴纳日期", "date"),
)
def late_fee(given: Given, told: Told, on: date) -> Result:
    """So much a day of what is owed."""
    rate = figure("contribution.late", on)
    days = (given["end"] - given["start"]).days
    if days < 0:
        raise ValueError("缴纳日期早于欠缴之日")
    result = yuan(Decimal(given["base"]) * rate.value * days)
    return Result(
        say(result),
        (f"自 {given['start']} 至 {given['end']} 共 {days} 日",
         f"{say(Decimal(given['base']))} × {rate.said} × {days} = {say(result)}"),
    )  # fmt: skip


def _within_limit(told: Told) -> list[Input]:
    return [
        *(Input(name, label, "money", required=name == "t1")
          for name, label in _terms_of(told, "费用")),
        Input("most", told.get("most", "最高限额"), "money"),
    ]  # fmt: skip


@SHELF.add("fund-pays", "基金支付和自付", inputs=_within_limit)
def fund_pays(given: Given, told: Told, on: date) -> Result:
    """The fund pays up to the limit, the rest is one's own."""
    cost = sum((amount(given, name) for name, _ in _terms_of(told, "费用")), NOTHING)
    most = Decimal(given["most"])
    paid = min(cost, most)
    lines = (("基金支付", say(paid)), ("自付", say(cost - paid)))
    return Result(f"基金支付 {say(paid)}", (f"费用合计 {say(cost)}，限额 {say(most)}",), lines)


def _months_paid(told: Told) -> list[Input]:
    second = Input("deemed", "视同缴费月数", "integer", required=False, unit="个月")
    asked = [Input("paid", told.get("of", "累计缴费月数"), "integer", unit="个月")]
    return [*asked, *([second] if "deemed" in told else [])]


@SHELF.add("months-paid", "缴费月数条件", inputs=_months_paid)
def months_paid(given: Given, told: Told, on: date) -> Result:
    """Whether contributions are long enough, and how many months are missing."""
    months = int(given["paid"]) + int(given.get("deemed") or 0)
    least = int(told["amount"])
    steps = (f"累计 {months} 个月，须满 {least} 个月",)
    if "below" in told:
        return Result(
            "不足，符合条件" if months < least else "已满，不符合条件", steps, holds=months < least
        )
    if months >= least:
        return Result("已满", steps, holds=True)
    return Result(f"还差 {least - months} 个月", steps, holds=False)


@SHELF.add(
    "layoff-report",
    "裁员报告门槛",
    Input("gone", "裁减人数", "integer", unit="人"),
    Input("staff", "职工总数", "integer", unit="人"),
)
def layoff_report(given: Given, told: Told, on: date) -> Result:
    """Twenty persons, or a tenth of the staff, must be reported."""
    gone, staff = int(given["gone"]), int(given["staff"])
    if staff < max(gone, 1):
        raise ValueError("职工总数少于裁减人数")
    least, part = int(told.get("amount", "20")), Decimal(told.get("part", "0.1"))
    must = gone >= least or Decimal(gone) / staff >= part
    steps = (
        f"裁减 {gone} 人，占职工总数 {(Decimal(gone) * 100 / staff):.2f}%",
        f"{least} 人以上，或者占 {number(part * 100)}% 以上的须报告",
    )
    return Result("须报告" if must else "不须报告", steps)


@SHELF.add(
    "new-hires",
    "新招用比例",
    Input("new", "新招用符合条件人数", "integer", unit="人"),
    Input("staff", "现有在职职工人数", "integer", unit="人"),
)
def new_hires(given: Given, told: Told, on: date) -> Result:
    """A tenth of the staff, a twentieth where there are more than a hundred."""
    new, staff = int(given["new"]), int(given["staff"])
    if staff < 1:
        raise ValueError("在职职工人数应当大于 0")
    least = figure("loan.hires.large" if staff > 100 else "loan.hires", on)
    holds = Decimal(new) / staff >= least.value
    steps = (
        f"{new} ÷ {staff} = {(Decimal(new) * 100 / staff):.2f}%",
        f"须达到 {number(least.value * 100)}%",
    )
    return Result("符合" if holds else "不符合", steps, holds=holds)


@SHELF.add(
    "quorum",
    "职工代表大会表决",
    Input("all", "应到人数", "integer", unit="人"),
    Input("came", "实到人数", "integer", unit="人"),
    Input("agreed", "同意人数", "integer", unit="人"),
)
def quorum(given: Given, told: Told, on: date) -> Result:
    """Two thirds present, more than half of all agreed."""
    everybody, came, agreed = int(given["all"]), int(given["came"]), int(given["agreed"])
    if not agreed <= came <= everybody or not everybody:
        raise ValueError("同意人数不多于实到人数，实到人数不多于应到人数")
    holds = came * 3 >= everybody * 2 and agreed * 2 > everybody
    steps = (
        f"实到 {came} 人，须达到应到 {everybody} 人的三分之二",
        f"同意 {agreed} 人，须超过应到人数的半数",
    )
    return Result("通过" if holds else "没有通过", steps, holds=holds)
