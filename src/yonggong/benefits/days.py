"""Time limits: by when, not before, how long."""

from __future__ import annotations

from datetime import date, timedelta

from yonggong.benefits.reckoning import SHELF, Given, Input, Result, Told, number, pairs
from yonggong.codes import calendar
from yonggong.law.periods import add_months

_MOST_YEARS = 9000


def counted(start: date, amount: int, unit: str) -> date:
    """The last day of a period that begins the day after `start`; an amount below nothing counts back.

    Civil Code 200 to 202. Raises ValueError for a day beyond the calendar."""
    try:
        if unit == "工作日":
            return _working(start, amount)
        if unit in ("月", "年"):
            return add_months(start, amount * (12 if unit == "年" else 1))
        return start + timedelta(days=amount)
    except (OverflowError, ValueError):
        raise ValueError("日期超出可以计算的范围") from None


def _working(start: date, amount: int) -> date:
    if amount >= 0:
        return calendar.add_working_days(start, amount) if amount else start
    day, left = start, -amount
    while left:
        day -= timedelta(days=1)
        left -= calendar.is_working_day(day)
    return day


def length(amount: int, unit: str) -> str:
    """How a period is said: 30 日, 3 个工作日, 12 个月."""
    words = {"工作日": "个工作日", "月": "个月"}
    return f"{amount} {words.get(unit, unit)}"


def _limit(told: Told) -> tuple[int, str]:
    return int(told.get("amount", "0")), told.get("unit", "日")


def _from_and_to(told: Told) -> list[Input]:
    asked = [
        Input("start", told.get("from", "起算日期"), "date", hint="起算当日不计入"),
        Input(
            "done",
            told.get("to", "办理日期"),
            "date",
            required=False,
            hint="填写后比较是否在期限内",
        ),
    ]
    if told.get("extra"):
        asked.insert(1, Input("extra", told["extra"], "integer", required=False, unit="日"))
    return asked


@SHELF.add("within", "期限届满日", inputs=_from_and_to)
def within(given: Given, told: Told, on: date) -> Result:
    """By when something is to be done, and whether it was."""
    amount, unit = _limit(told)
    start, start_label = given["start"], told.get("from", "起算日期")
    done, done_label = given.get("done"), told.get("to", "办理日期")
    last = counted(start, amount, unit)
    steps = [
        f"自{start_label} {start} 起算，当日不计入"
        if amount
        else f"{start_label} {start}，当日办结",
    ]
    if amount:
        steps.append(f"{length(amount, unit)}届满日为 {last}")
    if extra := given.get("extra") or 0:
        last = counted(last, extra, "日")
        steps.append(f"{told['extra']} {extra} 日不计入，顺延至 {last}")
    if unit == "工作日" and (caution := calendar.caution(start, last)):
        steps.append(caution)
    return _compared(last, done, done_label, steps)


def _compared(last: date, done: date | None, label: str, steps: list[str]) -> Result:
    if done is None:
        return Result(f"{last} 前（含当日）", tuple(steps))
    late = (done - last).days
    steps.append(f"{label} {done}，" + (f"晚于届满日 {late} 日" if late > 0 else "在期限以内"))
    said = f"已超过期限 {late} 日（应在 {last} 前）" if late > 0 else f"在期限以内（{last} 前）"
    return Result(said, tuple(steps), holds=late <= 0)


def _choices(told: Told) -> list[Input]:
    names = tuple(name for name, _ in pairs(told["choices"]))
    return [Input("way", told.get("ask", "办理方式"), "choice", choices=names), *_from_and_to(told)]


@SHELF.add("within-by-way", "期限届满日（分情形）", inputs=_choices)
def within_by_way(given: Given, told: Told, on: date) -> Result:
    """As `within`, the length told by a choice: "批量:30工作日/零星:5工作日"."""
    wanted = dict(pairs(told["choices"]))[given["way"]]
    digits = "".join(letter for letter in wanted if letter.isdigit())
    own = {"amount": digits, "unit": wanted.removeprefix(digits)}
    found = within(given, {**told, **own}, on)
    return Result(found.said, (f"{given['way']}：{wanted}", *found.steps), holds=found.holds)


@SHELF.add("not-before", "最早可以办理的日期", inputs=_from_and_to)
def not_before(given: Given, told: Told, on: date) -> Result:
    """From when something may be done: the day on which a time is full; `over`: the day after."""
    amount, unit = _limit(told)
    start, done = given["start"], given.get("done")
    first = counted(start, amount, unit)
    label, done_label = told.get("from", "起算日期"), told.get("to", "办理日期")
    steps = [f"自{label} {start} 起满 {length(amount, unit)}为 {first}"]
    if told.get("over"):
        first = counted(first, 1, "日")
        steps.append(f"须超过 {length(amount, unit)}，自次日 {first} 起")
    if done is None:
        return Result(f"{first} 起", tuple(steps))
    early = (first - done).days
    steps.append(f"{done_label} {done}，" + (f"早 {early} 日" if early > 0 else "已满"))
    said = f"尚未届满，{first} 起可以办理" if early > 0 else f"已届满（{first}）"
    return Result(said, tuple(steps), holds=early <= 0)


@SHELF.add("ahead", "提前办理的最后日期", inputs=_from_and_to)
def ahead(given: Given, told: Told, on: date) -> Result:
    """The last day for what must be done some time before another day."""
    amount, unit = _limit(told)
    event, done = given["start"], given.get("done")
    last = counted(event, -amount, unit)
    label = told.get("from", "发生日期")
    steps = [f"{label} {event}，向前计 {length(amount, unit)}为 {last}"]
    return _compared(last, done, told.get("to", "办理日期"), steps)


@SHELF.add("shortly-before", "可以提前办理的起止日期", inputs=_from_and_to)
def shortly_before(given: Given, told: Told, on: date) -> Result:
    """From when on something may be done ahead of another day, up to that day."""
    amount, unit = _limit(told)
    event, done = given["start"], given.get("done")
    first = counted(event, -amount, unit)
    steps = [f"{told.get('from', '发生日期')} {event}，向前计 {length(amount, unit)}为 {first}"]
    if done is None:
        return Result(f"{first} 至 {event}", tuple(steps))
    label = told.get("to", "办理日期")
    if done < first:
        steps.append(f"{label} {done}，早 {(first - done).days} 日")
        return Result(f"尚早，{first} 起可以办理", tuple(steps), holds=False)
    return _compared(event, done, label, steps)


def _month(told: Told) -> list[Input]:
    return [Input("start", told.get("from", "批准年月"), "month")]


@SHELF.add("first-month", "起止月份", inputs=_month)
def first_month(given: Given, told: Told, on: date) -> Result:
    """The month from which something is paid or stopped."""
    months = int(told.get("amount", "1"))
    month = add_months(given["start"].replace(day=1), months)
    way = f"后第 {months} 个月" if months else "当月"
    steps = (f"{told.get('from', '批准年月')} {given['start']:%Y-%m} 的{way}为 {month:%Y-%m}",)
    return Result(f"{month:%Y 年 %m 月}{told.get('what', '起')}", steps)


def _year(told: Told) -> list[Input]:
    return [
        Input("year", told.get("from", "年度"), "integer", unit="年"),
        Input("done", told.get("to", "办理日期"), "date", required=False),
    ]


@SHELF.add("day-of-year", "每年的截止日", inputs=_year)
def day_of_year(given: Given, told: Told, on: date) -> Result:
    """By a fixed day of the year, or of one after it."""
    year = int(given["year"]) + int(told.get("years", "0"))
    if not 1900 <= year <= _MOST_YEARS:
        raise ValueError("年度应当为四位年份")
    last = date(year, *map(int, told["day"].split("-")))
    return _compared(last, given.get("done"), told.get("to", "办理日期"), [f"截止日为 {last}"])


@SHELF.add("pay-month", "每月受理时间和审核月份", Input("start", "申请日期", "date"))
def pay_month(given: Given, told: Told, on: date) -> Result:
    """Whether a day is in the month's time for claims, and which month it is reviewed in."""
    cut, day = int(told.get("amount", "15")), given["start"]
    following = add_months(day.replace(day=1), 1)
    steps = [f"待遇类业务办理时间为每月 1 日至 {cut} 日", f"申请日期为 {day.day} 日"]
    if day.day == cut:
        steps.append(f"{cut} 日当日归当月还是次月，标准未写明")
        return Result("当月或者次月审核，由经办机构确定", tuple(steps), holds=True)
    month = day if day.day < cut else following
    steps.append(f"{cut} 日{'之前当月' if day.day < cut else '之后次月'}审核发放")
    return Result(f"{month:%Y 年 %m 月}审核发放", tuple(steps), holds=day.day <= cut)


@SHELF.add("stages", "各环节的届满日", Input("start", "受理（收到）日期", "date"))
def stages(given: Given, told: Told, on: date) -> Result:
    """Stages one after another, in working days: "审核:8/公示:5"."""
    day, total = given["start"], 0
    lines, steps = [], [f"自 {day} 起逐个环节计算，每环节从前一环节届满的次日起"]
    for name, amount in pairs(told["stages"]):
        total += int(amount)
        day = counted(day, int(amount), "工作日")
        lines.append((f"{name}（{amount} 个工作日）", str(day)))
    steps.append(f"合计 {total} 个工作日，最后一个环节届满日为 {day}")
    if caution := calendar.caution(given["start"], day):
        steps.append(caution)
    return Result(f"{day}（合计 {total} 个工作日）", tuple(steps), tuple(lines))


@SHELF.add("retention", "档案保管期限", Input("start", "办结（归档）日期", "date"))
def retention(given: Given, told: Told, on: date) -> Result:
    """Until when papers are kept; 永久 where for good."""
    if told["amount"] == "永久":
        return Result("永久保管", ("保管期限为永久，不届满",))
    years = int(told["amount"])
    last = counted(given["start"], years, "年")
    return Result(f"保管至 {last}", (f"自 {given['start']} 起保管 {years} 年，至 {last}",))


def _span(told: Told) -> list[Input]:
    return [
        Input("start", told.get("from", "开始时间"), "date"),
        Input("months", told.get("ask", "周期"), "integer", unit=told.get("unit", "个月")),
    ]


@SHELF.add("span-end", "结束时间", inputs=_span)
def span_end(given: Given, told: Told, on: date) -> Result:
    """A day and so many months or years after it."""
    unit, count = told.get("unit", "个月"), int(given["months"])
    last = counted(given["start"], count, "年" if unit == "年" else "月")
    steps = [f"{told.get('from', '开始时间')} {given['start']} 加 {count} {unit}为 {last}"]
    most = int(told.get("most", "0"))
    if most:
        steps.append(f"上限为 {most} {unit}")
        return Result(
            f"至 {last}" if count <= most else f"超过上限 {most} {unit}",
            tuple(steps),
            holds=count <= most,
        )
    return Result(f"至 {last}", tuple(steps))


def _two_months(told: Told) -> list[Input]:
    return [
        Input("start", told.get("from", "开始年月"), "month"),
        Input("end", told.get("to", "终止年月"), "month"),
    ]


def months_between(first: date, last: date) -> int:
    """Months from one to another, both counted. Raises ValueError where they are the wrong way round."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months < 1:
        raise ValueError("终止年月早于开始年月")
    return months


@SHELF.add("month-count", "月数", inputs=_two_months)
def month_count(given: Given, told: Told, on: date) -> Result:
    """How many months from one to another; where the standard leaves the ends open, both ways."""
    months = months_between(given["start"], given["end"])
    steps = [f"{given['start']:%Y-%m} 至 {given['end']:%Y-%m}，首末月均计入为 {months} 个月"]
    if told.get("open"):
        steps.append(f"首末月是否都计入，标准未写明；只计其一为 {months - 1} 个月")
        return Result(f"{months - 1} 或者 {months} 个月", tuple(steps))
    return Result(f"{months} 个月", tuple(steps))


@SHELF.add("month-end", "当月有效", inputs=_from_and_to)
def month_end(given: Given, told: Told, on: date) -> Result:
    """What is good within its month."""
    last = add_months(given["start"].replace(day=1), 1) - timedelta(days=1)
    return _compared(
        last, given.get("done"), told.get("to", "办理日期"), [f"当月最后一日为 {last}"]
    )


@SHELF.add(
    "limitation",
    "仲裁时效",
    Input("known", "知道或者应当知道权利被侵害之日", "date"),
    Input(
        "broken",
        "最后一次中断日期",
        "date",
        required=False,
        hint="向对方主张权利、向有关部门请求救济或者对方同意履行",
    ),
    Input("held_from", "中止开始日期", "date", required=False, hint="不可抗力或者其他正当理由"),
    Input("held_to", "中止原因消除日期", "date", required=False),
    Input("wages", "争议为拖欠劳动报酬", "boolean", required=False),
    Input("ended", "劳动关系终止日期", "date", required=False, hint="仍在存续的不填"),
    Input("done", "申请日期", "date", required=False),
)
def limitation(given: Given, told: Told, on: date) -> Result:
    """Until when arbitration may be asked for: one year, begun anew or stood still."""
    done = given.get("done")
    if given.get("wages"):
        if given.get("ended") is None:
            return Result(
                "劳动关系存续期间不受一年限制", ("拖欠劳动报酬，劳动关系存续",), holds=True
            )
        last = counted(given["ended"], 1, "年")
        steps = [f"拖欠劳动报酬，自劳动关系终止之日 {given['ended']} 起一年"]
        return _compared(last, done, "申请日期", steps)
    start = max(day for day in (given["known"], given.get("broken")) if day)
    last = counted(start, 1, "年")
    steps = [
        f"自{'中断之日重新' if start != given['known'] else '知道或者应当知道之日'} {start} 起计算一年，至 {last}"
    ]
    held, until = given.get("held_from"), given.get("held_to")
    if held and until:
        days = (until - held).days
        if days < 0:
            raise ValueError("中止原因消除日期早于中止开始日期")
        last = counted(last, days, "日")
        steps.append(f"中止 {days} 日，顺延至 {last}")
    return _compared(last, done, "申请日期", steps)


@SHELF.add("first-workday", "首次发放日", Input("start", "见习起日", "date"))
def first_workday(given: Given, told: Told, on: date) -> Result:
    """The first working day of the month after the one in which a month is full."""
    full = add_months(given["start"], 1)
    first = add_months(full.replace(day=1), 1)
    day = calendar.to_working_day(first)
    return Result(
        str(day), (f"自 {given['start']} 起满一个月为 {full}", f"下一个月第一个工作日为 {day}")
    )


@SHELF.add(
    "interval-days",
    "扣除的天数",
    Input("start", "中止日", "date"),
    Input("end", "恢复日", "date"),
)
def interval_days(given: Given, told: Told, on: date) -> Result:
    """How many days do not count."""
    days = (given["end"] - given["start"]).days
    if days < 0:
        raise ValueError("恢复日早于中止日")
    return Result(f"{number(days)} 日", (f"{given['start']} 至 {given['end']} 相隔 {days} 日",))
