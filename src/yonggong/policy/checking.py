"""Everything that can be wrong with the files together, found at once: ``policy check``.

Reading a file already finds what is misshapen, undated or without a source. Here come the gaps
that only show against the law's rules, the code tables, the regions, and between files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise

from yonggong.codes import regions, tables
from yonggong.law.findings import Severity
from yonggong.policy.book import Book
from yonggong.policy.explaining import stale, unchecked
from yonggong.policy.register import registered_rules
from yonggong.policy.schema import Value, schema
from yonggong.policy.sheets import NATIONAL, Dated, Sheet, lying_over
from yonggong.policy.values import Gap, Period, TimeLimit

Check = Callable[[Book], Iterator[Gap]]


def _error(where: str, path: str, message: str) -> Gap:
    return Gap("error", where, path, message)


def _entries(book: Book) -> Iterator[tuple[Sheet, str, Value, Dated]]:
    """Go through every entry that says something."""
    for sheet in book.sheets:
        for path, entries in sheet.values.items():
            described = schema().named(path)
            for entry in entries:
                if entry.value is not None:
                    yield sheet, path, described, entry


def _of_shape(book: Book, shape: str) -> Iterator[tuple[Sheet, str, Dated]]:
    return (
        (sheet, path, entry)
        for sheet, path, described, entry in _entries(book)
        if described.shape == shape
    )


def check_required(book: Book) -> Iterator[Gap]:
    """The national base answers everything that every region is asked, and withdraws nothing."""
    base = book.by_region.get(NATIONAL)
    if base is None:
        return
    for path in schema().required():
        if path not in base.values:
            yield _error(base.file, path, "全国基础文件缺少这项规定")
    for path, entries in base.values.items():
        if any(entry.value is None for entry in entries):
            yield _error(base.file, path, "全国基础文件不能撤回规定")


def check_regions(book: Book) -> Iterator[Gap]:
    """Files and wage areas name regions that exist and lie within the file's own region."""
    for sheet in book.sheets:
        if sheet.is_national or not sheet.region:
            continue
        if regions.find(sheet.region) is None:
            yield _error(sheet.file, "region", f"行政区划代码 {sheet.region} 不存在")
        if len(sheet.prefix) > 2 and sheet.region[:2] + "0000" not in book.by_region:
            yield Gap("note", sheet.file, "region", "所在省没有文件，上级规定取自全国基础文件")
    for sheet, path, entry in _of_shape(book, "wage_areas"):
        for area, listed in entry.value.items():
            for code in listed:
                if regions.find(code) is None:
                    yield _error(sheet.file, path, f"{area}：行政区划代码 {code} 不存在")
                elif not code.startswith(sheet.prefix):
                    yield _error(sheet.file, path, f"{area}：{code} 不在{sheet.title}")


def check_wages(book: Book) -> Iterator[Gap]:
    """Rates and areas speak of the same classes on every day; every county lies in one."""
    for sheet in book.sheets:
        rates = sheet.values.get("minimum_wage.rates", ())
        areas = sheet.values.get("minimum_wage.areas", ())
        if not rates and not areas:
            continue
        for day in sorted({entry.since for entry in (*rates, *areas)}):
            yield from _check_wages_on(sheet, rates, areas, day)
        yield from _check_falling(sheet, rates)


def _held(entries: tuple[Dated, ...], day: date) -> Dated | None:
    found = [entry for entry in entries if entry.since <= day]
    return found[-1] if found and found[-1].value is not None else None


def _check_wages_on(
    sheet: Sheet, rates: tuple[Dated, ...], areas: tuple[Dated, ...], day: date
) -> Iterator[Gap]:
    rate, area = _held(rates, day), _held(areas, day)
    path = "minimum_wage"
    if rate is None or area is None:
        if rate is not area:
            missing = "标准" if rate is None else "地区类别"
            yield _error(sheet.file, path, f"{day} 起缺少{missing}")
        return
    for name in sorted(rate.value.keys() ^ area.value.keys()):
        yield _error(sheet.file, path, f"{day} 起“{name}”只出现在标准和地区类别之一")
    listed = {code for codes_ in area.value.values() for code in codes_}
    for region in tables.table("region"):
        if region.level < regions.Level.COUNTY or not region.code.startswith(sheet.prefix):
            continue
        if not listed.intersection(lying_over(region.code)):
            yield _error(sheet.file, path, f"{day} 起{region.name}（{region.code}）不属于任何一类")


def _check_falling(sheet: Sheet, rates: tuple[Dated, ...]) -> Iterator[Gap]:
    held = [entry for entry in rates if entry.value is not None]
    for before, after in pairwise(held):
        for area, rate in after.value.items():
            old = before.value.get(area)
            if old and (rate.monthly < old.monthly or rate.hourly < old.hourly):
                yield Gap(
                    "note", sheet.file, "minimum_wage.rates", f"{after.since} 起{area}低于此前标准"
                )


def check_rule_names(book: Book) -> Iterator[Gap]:
    """Severities name rules that the law room has, and kinds of case that exist."""
    rules = registered_rules()
    for sheet, path, entry in _of_shape(book, "severity"):
        rule = path.partition(".")[2]
        if rule not in rules:
            yield _error(sheet.file, path, f"没有名为 {rule} 的法律规则")
        for kind in entry.value.keys() - {"default"} - schema().items.keys():
            yield _error(sheet.file, path, f"没有名为 {kind} 的办件")


def check_open_severities(book: Book) -> Iterator[Gap]:
    """A file does not refuse filings on the strength of a word that nobody has checked."""
    for sheet, path, entry in _of_shape(book, "severity"):
        if entry.checked is None and Severity.BLOCK in entry.value.values():
            yield _error(sheet.file, path, f"{entry.since} 起的处理方式待核，却禁止提交")


def check_names(book: Book) -> Iterator[Gap]:
    """Names under a wildcard are case kinds, items or code tables that exist."""
    known = {
        "items": schema().items.keys(),
        "tables": tables.headers().keys(),
    }
    for sheet in book.sheets:
        for path in sheet.values:
            described = schema().named(path)
            name = path.partition(".")[2]
            if described.names in known and name not in known[described.names]:
                yield _error(sheet.file, path, f"没有名为 {name} 的{described.title}对象")
    for sheet, path, entry in _of_shape(book, "case_kinds"):
        for kind in sorted(set(entry.value) - schema().takeable):
            yield _error(sheet.file, path, f"没有名为 {kind} 的办件")


def check_codes(book: Book) -> Iterator[Gap]:
    """Choices, routing conditions and exemptions name codes of their tables."""
    for sheet, path, entry in _of_shape(book, "codes"):
        yield from _unknown_codes(sheet, path, path.partition(".")[2], entry.value)
    for sheet, path, entry in _of_shape(book, "routing_rules"):
        for rule in entry.value:
            yield from _unknown_codes(sheet, path, "employer_nature", rule.nature)
            yield from _unknown_codes(sheet, path, "affiliation", rule.affiliation)
            yield from _unknown_codes(sheet, path, "economic_type", rule.economic_type)
    for sheet, path, entry in _of_shape(book, "annual_duty"):
        yield from _unknown_codes(sheet, path, "employer_nature", entry.value.exempt_natures)


def _unknown_codes(
    sheet: Sheet, path: str, table_name: str, named: tuple[str, ...]
) -> Iterator[Gap]:
    if table_name not in tables.headers():
        return  # said already by check_names
    table = tables.table(table_name)
    for code in named:
        if code not in table:
            yield _error(sheet.file, path, f"“{table.title}”中没有代码 {code}")


def check_time_limits(book: Book) -> Iterator[Gap]:
    """A promise is not longer than the law allows, nor a joint limit longer than the promise."""
    for sheet, path, entry in _of_shape(book, "time_limit"):
        limit: TimeLimit = entry.value
        steps = [
            (name, period)
            for name, period in (
                ("法定", limit.statutory), ("承诺", limit.promised), ("联办", limit.joint),
            )
            if period is not None
        ]  # fmt: skip
        for (longer_name, longer), (name, period) in pairwise(steps):
            if period.kind == longer.kind and period.days > longer.days:
                yield _error(sheet.file, path, f"{name}时限长于{longer_name}时限")


def check_deadlines(book: Book) -> Iterator[Gap]:
    """A city's deadline for employers is not laxer than its province's on the same day."""
    for sheet, path, entry in _of_shape(book, "period"):
        if not path.startswith("deadlines.") or len(sheet.prefix) <= 2:
            continue
        above = book.by_region.get(sheet.region[:2] + "0000")
        held = _held(above.values.get(path, ()), entry.since) if above else None
        period: Period = entry.value
        if held and held.value.kind == period.kind and period.days > held.value.days:
            yield _error(sheet.file, path, f"比{above.title if above else ''}的期限长")


def check_accepted(book: Book) -> Iterator[Gap]:
    """Annual duties can be handed in where they are owed."""
    for sheet in book.sheets:
        if not sheet.region:
            continue
        for path, entries in sheet.values.items():
            section, _, kind = path.partition(".")
            if section != "annual_duties":
                continue
            for entry in entries:
                policy = book.of(sheet.region, entry.since)
                if entry.value is not None and not policy.accepts(kind):
                    yield _error(sheet.file, path, f"{entry.since} 起应当办理，但不在受理范围")


def note_unchecked(book: Book) -> Iterator[Gap]:
    """What is marked 待核 is listed, so that somebody can compare it with its source."""
    for file, path, entry in unchecked(book):
        yield Gap("note", file, path, f"{entry.since} 起的规定待核：{entry.source}")


def note_stale(book: Book) -> Iterator[Gap]:
    """What was last compared with its source more than a year ago is listed, to be looked at."""
    for file, path, entry in stale(book, date.today()):
        yield Gap("note", file, path, f"超过一年未核对，上次核对于 {entry.checked}：{entry.source}")


CHECKS: tuple[Check, ...] = (
    check_required,
    check_regions,
    check_wages,
    check_rule_names,
    check_open_severities,
    check_names,
    check_codes,
    check_time_limits,
    check_deadlines,
    check_accepted,
    note_unchecked,
    note_stale,
)


def check_book(book: Book) -> list[Gap]:
    """Give every gap of a book: what reading it found, then every check's, errors first."""
    found = book.gaps()
    if not any(gap.path == "" and gap.where == "" for gap in found):
        found += [gap for check in CHECKS for gap in check(book)]
    return sorted(found, key=lambda gap: gap.level != "error")
