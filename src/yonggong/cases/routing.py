"""Which agency a case is sent to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yonggong.policy import Policy
from yonggong.registry.handling import Matter, NoAgency, agencies_for, get_agency_of, handles
from yonggong.registry.models import Agency, Employer

# 劳务派遣服务 (GB/T 4754-2017)
_DISPATCHING = "7263"


def agency_for(*, employer: Employer, region_code: str, policy: Policy, matter: Matter) -> Agency:
    """The agency that reviews what a filed employer files: its own where that handles the matter,
    else the one at the level that the province's routing rule names. Raises `NoAgency`."""
    if employer.agency is not None and handles(employer.agency, matter):
        return employer.agency
    particulars = {
        name: getattr(employer, name)
        for name in ("nature", "affiliation", "economic_type", "industry")
    }
    return agency_of(
        particulars, region_code=region_code, policy=policy, matter=matter, chosen=None
    )


def agency_of(
    particulars: Mapping[str, Any],
    *,
    region_code: str,
    policy: Policy,
    matter: Matter,
    chosen: int | None,
) -> Agency:
    """The agency that reviews an employer of these particulars (nature, affiliation, economic
    type, industry or `is_dispatcher`): the one chosen, where the province lets employers choose,
    else the one at the level that its routing rule names. Raises `NoAgency`."""
    if chosen is not None and policy.agency_is_chosen:
        agency = agencies_for(region_code, matter).filter(pk=chosen).first()
        if agency is None:
            raise NoAgency("所选送审机构不受理本行政区划的备案，请重新选择送审机构。")
        return agency
    decision = policy.routing(
        nature=particulars["nature"],
        affiliation=particulars["affiliation"],
        economic_type=particulars["economic_type"],
        region=region_code,
        dispatcher=particulars["industry"] == _DISPATCHING
        or bool(particulars.get("is_dispatcher")),
    )
    return get_agency_of(region_code, decision.level, matter)
