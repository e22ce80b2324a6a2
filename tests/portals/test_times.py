"""Days and moments in templates."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.template import Context, Template
from hypothesis import example, given
from hypothesis import strategies as st

from tests.portals.test_templates import TEMPLATES

# Local time stays in the calendar.
_MOMENTS = st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31), timezones=st.just(UTC))


def _drawn(value: Any, filters: str) -> str:
    return Template(f"{{{{ value|{filters} }}}}").render(Context({"value": value}))


@given(st.dates() | _MOMENTS | st.none())
@example(datetime(2026, 12, 31, 16, 0, tzinfo=UTC))  # the year after, here
@example(date(989, 1, 1))
def test_a_day_is_what_django_writes(value: date | None) -> None:
    assert _drawn(value, "day") == _drawn(value, 'date:"Y-m-d"')


@given(_MOMENTS | st.none())
@example(datetime(2026, 12, 31, 16, 0, 59, 999999, tzinfo=UTC))
def test_a_moment_is_what_django_writes(value: datetime | None) -> None:
    assert _drawn(value, "moment") == _drawn(value, 'date:"Y-m-d H:i"')


def test_what_is_not_there_is_nothing() -> None:
    assert [_drawn(nothing, "moment") for nothing in (None, "")] == ["", ""]
    assert _drawn(None, 'day|default:"—"') == "—"


def test_every_page_writes_them_so() -> None:
    by_itself = [path.name for path in TEMPLATES if 'date:"Y-m-d' in path.read_text("utf-8")]
    assert by_itself == []
