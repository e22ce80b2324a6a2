"""What may be known of an employer whose credit code is typed.

Whether a code is registered, and with what name, is told only to who acts for the employer or sees its
region. Anybody else hears of it where they submit something, as far as that cannot hide it; such
asking is limited and recorded (`note_asked`). docs/decisions/0016 lists every such place.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.http import HttpRequest

from yonggong.accounts.actions import record
from yonggong.accounts.limits import Limit, count_act
from yonggong.accounts.models import AccessEntry, User
from yonggong.codes.errors import CodeError
from yonggong.codes.organisations import parse_credit_code
from yonggong.registry.queries import employers_visible_to

EMPLOYER = "employer"


def employer_facts(request: HttpRequest, value: str) -> Mapping[str, object] | None:
    """The name of the employer with this credit code, where the asker acts for it or sees it; None
    for any other code, known or not."""
    user = request.user
    try:
        # Whether its check character holds does not matter for what is registered.
        code = parse_credit_code(value, check=False)
    except CodeError:
        return None
    if not isinstance(user, User):
        return None
    employer = employers_visible_to(user).filter(credit_code=code.number).first()
    return {"name": employer.name} if employer else None


def note_asked(
    limit: Limit,
    credit_code: str,
    said: str,
    *,
    by: User | None,
    address: str | None,
    now: datetime,
) -> None:
    """Count and record that somebody submits a credit code that need not be theirs, before they are
    told anything of it. Raises `TooOften`."""
    count_act(limit, user=by, address=address, now=now)
    record(AccessEntry.Kind.CODES, f"信用代码 {credit_code}", said, by=by, address=address)
