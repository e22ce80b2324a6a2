"""Credit codes whose check character does not hold and which a certificate bears all the same."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.codes.errors import CodeError
from yonggong.codes.names import employer_name
from yonggong.codes.organisations import parse_credit_code
from yonggong.registry.models import DoubtfulCode
from yonggong.registry.queries import within


class AlreadyDecided(Exception):
    """A bureau has decided on this code; the message is its opinion after a colon, "" for who does
    not name the employer."""


def visible_to(user: User, power: Power = Power.SEE_REGION) -> QuerySet[DoubtfulCode]:
    """Those of the regions that `user` may see, or where they hold another power, the latest
    first."""
    region = within(user.scope.regions(power))
    return DoubtfulCode.objects.filter(region).select_related("stated_by", "decided_by")


def stated_by(user: User) -> QuerySet[DoubtfulCode]:
    """Those that `user` stated, the latest first."""
    return DoubtfulCode.objects.filter(stated_by=user).order_by("-pk")


def among(codes: Iterable[object]) -> list[DoubtfulCode]:
    """What is known of the doubts about any of these codes; asks nothing where all check
    characters hold, as nearly always. Other values than codes are passed over."""
    failing = [code for code in codes if isinstance(code, str) and _fails(code)]
    if not failing:
        return []
    return list(DoubtfulCode.objects.filter(credit_code__in=failing).select_related("decided_by"))


def _fails(code: str) -> bool:
    try:
        parse_credit_code(code)
    except CodeError as error:
        return error.code == "credit_code.checksum"
    return False


def is_taken(credit_code: str) -> bool:
    """Whether filings take this code though its check character does not hold."""
    found = DoubtfulCode.objects.filter(credit_code=credit_code)
    return found.exclude(state=DoubtfulCode.State.REFUSED).exists()


@transaction.atomic
def state_code(
    *, credit_code: str, name: str, region_code: str, evidence: str, by: User | None, at: datetime
) -> DoubtfulCode:
    """Say that a certificate bears this code. One that somebody stated before stays as it was;
    one that a bureau found wrong raises `AlreadyDecided`.

    `by` is None where an employer registers itself.
    """
    found, _ = DoubtfulCode.objects.get_or_create(
        credit_code=credit_code,
        defaults={
            "name": employer_name(name),
            "region_code": region_code,
            "evidence": evidence,
            "stated_by": by,
            "stated_at": at,
        },
    )
    if found.state == DoubtfulCode.State.REFUSED:
        raise AlreadyDecided(f"：{found.opinion}" if found.name == employer_name(name) else "")
    return found


@transaction.atomic
def decide_code(
    *, pk: int, confirmed: bool, opinion: str, by: User, at: datetime, address: str | None
) -> DoubtfulCode:
    """A bureau confirms a code, or finds it wrong; `opinion` says on what evidence.

    A code found wrong may be confirmed later, and the other way round: only saying the same again
    raises `AlreadyDecided`. Raises `DoubtfulCode.DoesNotExist` out of scope.
    """
    if not opinion:
        raise ValueError("a decision rests on evidence")
    code = visible_to(by, Power.REVIEW).select_related(None).select_for_update().get(pk=pk)
    state = DoubtfulCode.State.CONFIRMED if confirmed else DoubtfulCode.State.REFUSED
    if code.state == state:
        raise AlreadyDecided
    code.state, code.opinion = state, opinion
    code.decided_by, code.decided_at, code.address = by, at, address
    code.save(update_fields=["state", "opinion", "decided_by", "decided_at", "address"])
    return code
