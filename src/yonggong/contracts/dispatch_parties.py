"""What a form may know of the other party of a dispatch, whose credit code is typed."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.codes.errors import CodeError
from yonggong.codes.organisations import parse_credit_code
from yonggong.contracts.models import Contract
from yonggong.registry.lookups import employer_facts


def party_facts(request: HttpRequest, value: str) -> Mapping[str, object] | None:
    """Its name, where the asker's own employers named it so in a contract that holds, or where the
    asker may know it anyway (`employer_facts`). What others registered is told to nobody."""
    return _named_before(request, value) or employer_facts(request, value)


def _named_before(request: HttpRequest, value: str) -> Mapping[str, object] | None:
    user = request.user
    own = user.scope.employers(Power.FILE) if isinstance(user, User) else frozenset()
    if not own:
        return None
    try:
        code = parse_credit_code(value, check=False).number
    except CodeError:
        return None
    held = Contract.objects.filter(
        employer__in=own, user_unit_code=code, state=Contract.State.ACTIVE
    )
    name = held.order_by("-pk").values_list("current__current__data__user_unit", flat=True).first()
    return {"name": name} if name else None
