"""Who has closed (注销) files nothing more with 人社, but what ends that which it left.

What somebody files while the closing is approved is held apart by the employer's row: a filing locks
it as it is written (`HELD`), the closing before it looks for what is open.
"""

from __future__ import annotations

from django.db import connection

from yonggong.cases.errors import Forbidden
from yonggong.cases.kinds import CaseKind, all_kinds
from yonggong.catalogue.items import HUMAN_RESOURCES
from yonggong.forms import Problem
from yonggong.registry.models import Employer
from yonggong.registry.parties import Party

# As a part of the statement that writes a filing: the applicant's row, kept from being closed until
# that is written. Its value is the key of an applicant whom closing bars, else null.
HELD = (
    "held AS MATERIALIZED (SELECT state FROM registry_employer WHERE id = %s FOR KEY SHARE)",
    "NOT EXISTS (SELECT 1 FROM held WHERE state = 'cancelled')",
)


def is_barred(kind: CaseKind, applicant: Party) -> bool:
    """Whether the applicant has closed, and files cases of this kind no more."""
    employer = applicant.employer
    return employer is not None and employer.is_closed and bars(kind)


def bars(kind: CaseKind) -> bool:
    """Whether nobody who has closed files cases of this kind."""
    return not kind.winds_up and kind.matter.department == HUMAN_RESOURCES


def held_key(kind: CaseKind, applicant: Party) -> int | None:
    """The value for `HELD`."""
    return applicant.pk if applicant.kind == Party.Kind.EMPLOYER and bars(kind) else None


def hold(kind: CaseKind, applicant: Party) -> None:
    """What `HELD` does, as a statement of its own. Raises `Forbidden` where the applicant has closed."""
    key = held_key(kind, applicant)
    if key is None:
        return
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {HELD[0]} SELECT {HELD[1]}", [key])
        (is_open,) = cursor.fetchone()
    if not is_open:
        raise _forbidden(kind)


def refuse_begun(kind: CaseKind, applicant: Party) -> None:
    """Raise `Forbidden` where the applicant has closed and would begin a case."""
    if is_barred(kind, applicant):
        raise _forbidden(kind)


def _forbidden(kind: CaseKind) -> Forbidden:
    said = refusal(kind)
    return Forbidden(f"{said.message}。{said.remedy}。")


def refusal(kind: CaseKind) -> Problem:
    """Why somebody who has closed cannot file it, and what they can."""
    return Problem(
        field="",
        code="applicant_closed",
        message=f"本单位已注销备案，不能再办理{kind.title}",
        remedy=still_open(),
    )


def still_open() -> str:
    """What somebody who has closed can still do."""
    titles = "、".join(kind.title for kind in all_kinds() if kind.winds_up)
    return f"仍在履行的合同可以办理{titles}；以往的备案和名册可以查询、打印"


def close(employer: int) -> None:
    """Wait for what is being filed for an employer, and keep more from being filed until the closing
    is written."""
    Employer.objects.select_for_update().only("pk").get(pk=employer)
