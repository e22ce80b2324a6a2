"""What was brought takes effect in every process, without a restart.

Each process holds it in memory and looks now and then whether something was added; the tables only
grow, so the last keys tell.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from yonggong import policy
from yonggong.cases.now_and_then import NowAndThen
from yonggong.codes import calendar
from yonggong.codes.notices import Notice
from yonggong.sources.models import Confirmation, DaysOffNotice

_NOTHING = (0, 0)
_held: tuple[int, int] = _NOTHING


def _look() -> None:
    global _held
    found = _last_keys()
    if found == _held:
        return
    calendar.hold_notices(_notices())
    policy.hold_confirmations(
        map(_as_policy, Confirmation.objects.select_related("by").order_by("pk"))
    )
    _held = found


_looked = NowAndThen(_look)


def refresh() -> None:
    """Count by whatever has been brought until now."""
    _looked.now()


def refresh_now_and_then() -> None:
    """Look again where the last look was longer ago than `SOURCES_REFRESH_SECONDS`."""
    if settings.SOURCES_REFRESH_SECONDS is not None:
        _looked.if_due()


def forget() -> None:
    """Count by the package's own calendar and files again (tests)."""
    global _held
    _held = _NOTHING
    calendar.hold_notices(())
    policy.hold_confirmations(())


def middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer by what has been brought until now."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(settings.STATIC_URL):
            refresh_now_and_then()
        return get_response(request)

    return answer


def _last_keys() -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce((SELECT max(id) FROM sources_confirmation), 0),"
            " coalesce((SELECT max(id) FROM sources_daysoffnotice), 0)"
        )
        confirmation, notice = cursor.fetchone()
    return confirmation, notice


def _notices() -> list[Notice]:
    last = {kept.year: kept for kept in DaysOffNotice.objects.order_by("pk")}
    return [kept.as_notice() for kept in last.values()]


def _as_policy(kept: Confirmation) -> policy.Confirmation:
    day = timezone.localdate(kept.at)
    who = f"{kept.agency_name} {kept.by.name}" if kept.by else kept.agency_name
    return policy.Confirmation(
        region=kept.region_code,
        path=kept.path,
        since=kept.since,
        digest=kept.digest,
        title=kept.title,
        number=kept.number,
        on=day,
        by=f"{who} {day} 核对",
    )
