"""Which agency a case is sent to."""

from __future__ import annotations

from yonggong.policy import Policy
from yonggong.registry.models import Agency, Employer
from yonggong.registry.queries import get_agency_of, reviewing_agencies

# 劳务派遣服务 (GB/T 4754-2017)
_DISPATCHING = "7263"


class NoAgency(Exception):
    """No agency can take the case; the message is for the person who files."""


def agency_for(
    *, employer: Employer, region_code: str, policy: Policy, chosen: int | None
) -> Agency:
    """The agency that reviews: the one chosen where the province lets employers choose, the one
    the province's routing rule names otherwise, and the employer's own once it is filed.

    Raises `NoAgency`.
    """
    if chosen is not None:
        agency = reviewing_agencies(region_code).filter(pk=chosen).first()
        if agency is None:
            raise NoAgency("所选送审机构不受理本行政区划的备案，请重新选择送审机构。")
        return agency
    if employer.agency is not None:
        return employer.agency
    decision = policy.routing(
        nature=employer.nature,
        affiliation=employer.affiliation,
        economic_type=employer.economic_type,
        region=region_code,
        dispatcher=employer.industry == _DISPATCHING,
    )
    try:
        return get_agency_of(region_code, decision.level)
    except Agency.DoesNotExist:
        raise NoAgency("本行政区划尚未设置受理机构，请联系当地人社部门。") from None
