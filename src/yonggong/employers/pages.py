"""单位基本信息 (manual 1.2): the page to which all filings about an employer itself belong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yonggong.cases.pages import KeyFact, Look, Pages, Panel
from yonggong.employers import asking, claims


def _claimed(look: Look) -> Mapping[str, Any] | None:
    """That others claim the employer, for whoever decides on that."""
    waiting = claims.waiting_for(look.user).filter(employer=look.case.applicant_id)
    count = waiting.count()
    address = look.site.url("claims-show", look.case.applicant_id) if count else ""
    return {"count": count, "address": address} if count else None


# Beside the initial filing of an employer that others claim.
CLAIMED = Panel(place="notice", template="employers/claimed.html", given=_claimed, portal="bureau")


def _registered(look: Look) -> Mapping[str, Any] | None:
    """What the registration authorities say beside what is filed here."""
    if look.case.current_id is None:
        return None
    beside = asking.beside(look.case.applicant.employer, look.case.values)
    return {"beside": beside, "filed_as": "本次填报"} if beside else None


# Beside an initial filing and a change, for whoever reviews them.
REGISTERED = Panel(
    place="content", template="employers/registration.html", given=_registered, portal="bureau"
)

PAGES = Pages(
    word="particulars", place="单位基本信息", notice="notice_initial", materials_apart=True
)

# What a reviewer looks at first of an employer's particulars.
PARTICULARS = (
    KeyFact(label="单位", fields=("name", "credit_code")),
    KeyFact(label="法定代表人", fields=("legal_representative",)),
    KeyFact(label="单位性质", fields=("nature", "economic_type")),
    KeyFact(label="行政区划", fields=("region_code",)),
    KeyFact(label="地址", fields=("address",)),
    KeyFact(label="经办人", fields=("operator", "operator_mobile")),
)
