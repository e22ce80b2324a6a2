"""What a form says before it is sent: the time limit, and what its kind says of the answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from yonggong.cases.attempts import Attempt
from yonggong.cases.checking import lateness
from yonggong.cases.models import Case
from yonggong.codes import calendar
from yonggong.forms.advice import Advice, Line
from yonggong.portals.pages.site import Site


def of(case: Case, tried: Attempt, site: Site) -> list[Advice]:
    """All that is to be said of a form as it stands."""
    return [*_time_limit(tried), *tried.kind.pages.advice(case, tried, site)]


def _time_limit(tried: Attempt) -> Iterator[Advice]:
    """By when the filing is due, and whether that day is past: as submission reckons it."""
    [(due, late)] = lateness(tried.among)
    if due is None:
        return
    held = tried.policy.values[f"deadlines.{tried.kind.deadline}"]
    hired = held.value.since == "hired" and tried.kind.hired_on(tried.values) is not None
    field = tried.kind.hired_field if hired else tried.kind.event_field
    period = replace(held.value, since="event")
    checked = "" if held.checked else "，待核"
    line = Line(
        f"自{tried.kind.form.fields_by_name[field].label}起 {period} 内备案，最后一日为 {due}",
        f"{held.source}{checked}",
    )
    if late:
        text = f"已逾期 {late} 天：最迟应于 {due} 备案。仍可提交，将如实记录为逾期备案"
    else:
        text = f"最迟 {due} 前备案（含当日）"
    open_years = f"。{said}" if (said := calendar.caution(due)) else ""
    yield Advice(field=field, text=f"{text}{open_years}", urgent=late > 0, lines=(line,))
