"""What forms may know of an employer whose credit code is typed."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest

from yonggong.codes.errors import CodeError
from yonggong.codes.organisations import parse_credit_code
from yonggong.registry.queries import find_employer

EMPLOYER = "employer"


def employer_facts(request: HttpRequest, value: str) -> Mapping[str, object] | None:
    """The name of the employer with this credit code, which is public; None where the platform
    knows none. The other party of a dispatch need not be in the asker's scope."""
    try:
        # Whether its check character holds does not matter for what is registered.
        code = parse_credit_code(value, check=False)
    except CodeError:
        return None
    employer = find_employer(code.number)
    return {"name": employer.name} if employer else None
