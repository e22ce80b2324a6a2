"""Which agency a case is sent to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yonggong.policy import Policy
from yonggong.registry.models import Agency, Employer
from yonggong.registry.queries import get_agency_of, reviewing_agencies

# 劳务派遣服务 (GB/T 4754-2017)
_DISPATCHING = "7263"


class NoAgency(Exception):
    """No agency can take the case; the message is for the person who files."""


def agency_for(*, employer: Employer, region_code: str, policy: Policy) -> Agency:
    """The agency that reviews what a filed employer files: its own, else the one that the
    province's routing rule names. Raises `NoAgency`."""
    if employer.agency is not None:
        return employer.agency
    particulars = {
        name: getattr(employer, name)
        for name in ("nature", "affiliation", "economic_type", "industry")
    }
    return agency_of(particulars, region_code=region_code, policy=policy, chosen=None)


def agency_of(
    particulars: Mapping[str, Any], *, region_code: str, policy: Policy, chosen: int | None
) -> Agency:
    """The agency that reviews an employer of these particulars (nature, affiliation, economic
    type, industry or `is_dispatcher`): the one chosen, where the province lets employers choose,
    else the one that its routing rule names. Raises `NoAgency`."""
    if chosen is not None and policy.agency_is_chosen:
        agency = reviewing_agencies(region_code).filter(pk=chosen).first()
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
    try:
        return get_agency_of(region_code, decision.level)
    except Agency.DoesNotExist:
        raise NoAgency("本行政区划尚未设置受理机构，请联系当地人社部门。") from None
