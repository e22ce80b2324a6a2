"""What pages of inspection share: where one looks, who acts, what was typed."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from yonggong.accounts.roles import Power
from yonggong.codes.errors import CodeError
from yonggong.forms.reading import read_date
from yonggong.listings import RegionCondition
from yonggong.portals.access import address_of, user_of
from yonggong.supervision.acting import Hand, Unfit

# Where inspectors and their supervisors look.
HERE = RegionCondition(
    name="region",
    label="行政区划",
    field="region_code",
    within=lambda user: user.scope.regions(Power.ORDER, Power.SUPERVISE),
)


def hand_of(request: HttpRequest) -> Hand:
    """Who acts, now, from where."""
    return Hand(by=user_of(request), now=timezone.now(), address=address_of(request))


def typed_day(request: HttpRequest, name: str, what: str) -> date:
    """A day that was typed. Raises `Unfit`."""
    typed = request.POST.get(name, "").strip()
    if not typed:
        raise Unfit(f"请填写{what}。")
    try:
        return read_date(typed, serials=False)
    except CodeError as error:
        raise Unfit(f"{what}{error.message_zh}，{error.remedy_zh}。") from None
