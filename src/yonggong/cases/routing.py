"""Which agency a case is sent to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yonggong.cases.attempts import Attempt, Attempts
from yonggong.cases.for_province import ENTRUSTED_REGION
from yonggong.cases.kinds import CaseKind
from yonggong.catalogue.book import book
from yonggong.codes import regions
from yonggong.forms import Problem
from yonggong.policy import Policy, RoutingDecision
from yonggong.registry.handling import Matter, NoAgency, agencies_for, get_agency_of, handles
from yonggong.registry.models import Agency, Employer
from yonggong.registry.parties import Party

# 劳务派遣服务 (GB/T 4754-2017)
_DISPATCHING = "7263"


def region_of(tried: Attempt) -> str:
    """The region that a filing belongs to: its applicant's, or, of one that is still to be placed,
    the one it names."""
    if tried.kind.agency_field:
        return str(tried.values["region_code"])
    return tried.applicant.region_code


def send(tried: Attempts, rows: Sequence[int]) -> None:
    """Find the agency that reviews each of these rows; one that no agency takes is refused. Where
    the form does not ask who reviews, it is the same for all that an applicant files, but for what is
    entrusted to the agency of the district where the work is done."""
    if not rows:
        return
    if tried.kind.agency_field:
        for row in rows:
            _send(tried, [row])
        return
    entrusted = tried.kind.entrusted(tried, rows) if tried.policy.may_file_at_workplace else {}
    if not entrusted:
        _send(tried, rows)
        return
    together: dict[str, list[int]] = {}
    for row in rows:
        together.setdefault(entrusted.get(row, ""), []).append(row)
    for region, among in together.items():
        if region in ("", tried.applicant.region_code):
            _send(tried, among)
        else:
            _entrust(tried, among, region)


def _entrust(tried: Attempts, rows: Sequence[int], region: str) -> None:
    """Send rows to the agency of the district where the work is done (filing measures of Inner
    Mongolia, Art. 6), within the province whose measures allow it."""
    try:
        if region[:2] != tried.applicant.region_code[:2]:
            raise NoAgency("委托备案的用工所在地不在本省（自治区、直辖市）内")
        agency = get_agency_of(region, regions.level(region).name.lower(), tried.kind.matter)
    except NoAgency as error:
        said = Problem(
            field=ENTRUSTED_REGION if ENTRUSTED_REGION in tried.form.fields_by_name else "",
            label="委托备案的用工所在地",
            code="not_entrusted",
            message=str(error),
            remedy="请改填用工所在的旗县（市、区），或者不填、由本单位送审机构备案",
        )
        for row in rows:
            tried.refuse(row, [said])
        return
    for row in rows:
        tried.agencies[row] = agency


def _send(tried: Attempts, rows: Sequence[int]) -> None:
    kind = tried.kind
    try:
        agency = _agency(tried.one(rows[0]))
    except NoAgency as error:
        said = Problem(field=kind.agency_field, code="no_agency", message=str(error), remedy="")
        for row in rows:
            tried.refuse(row, [said])
        return
    for row in rows:
        tried.agencies[row] = agency


def _agency(tried: Attempt) -> Agency:
    kind, region = tried.kind, region_of(tried)
    if kind.sent_to is not None:
        return kind.sent_to(tried)
    if not kind.agency_field:
        return agency_for(
            applicant=tried.applicant, region_code=region, policy=tried.policy, matter=kind.matter
        )
    chosen = tried.values[kind.agency_field]
    return agency_of(
        tried.values,
        region_code=region,
        policy=tried.policy,
        matter=kind.matter,
        chosen=int(chosen) if chosen else None,
    )


def agency_for(*, applicant: Party, region_code: str, policy: Policy, matter: Matter) -> Agency:
    """The agency that reviews what a filed employer files: its own where that handles the matter,
    else the one at the level that the province's routing rule names. What a person applies for goes
    to the nearest level that handles it. Raises `NoAgency`."""
    if applicant.kind != Party.Kind.EMPLOYER:
        return get_agency_of(region_code, _nearest_level(matter), matter)
    employer = applicant.employer
    if employer.agency is not None and handles(employer.agency, matter):
        return employer.agency
    return agency_of(
        registered(employer), region_code=region_code, policy=policy, matter=matter, chosen=None
    )


def registered(employer: Employer) -> dict[str, Any]:
    """Of an employer what its routing hangs on, as it was approved."""
    names = ("nature", "affiliation", "economic_type", "industry")
    return {name: getattr(employer, name) for name in names}


# The standard's levels from the nearest; streets and communities receive and pass on.
_LEVELS = {"旗县级": "county", "盟市级": "prefecture", "自治区级": "province"}


def _nearest_level(matter: Matter) -> str:
    item = book().find(matter.item)
    levels = item.levels if item else ()
    return next((level for word, level in _LEVELS.items() if word in levels), "county")


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
    decision = decision_of(particulars, region_code=region_code, policy=policy)
    return get_agency_of(region_code, decision.level, matter)


def decision_of(
    particulars: Mapping[str, Any], *, region_code: str, policy: Policy
) -> RoutingDecision:
    """What the province's rules say of an employer of these particulars, registered in a region."""
    return policy.routing(
        nature=particulars["nature"],
        affiliation=particulars["affiliation"],
        economic_type=particulars["economic_type"],
        region=region_code,
        dispatcher=particulars["industry"] == _DISPATCHING
        or bool(particulars.get("is_dispatcher")),
    )


@dataclass(frozen=True, slots=True)
class Destination:
    """Where an employer's cases of some kinds go; `agency` is None where nobody takes them, which
    `problem` then says."""

    kinds: tuple[str, ...]
    agency: Agency | None
    problem: str = ""


def destinations(
    applicant: Party, kinds: Iterable[CaseKind], *, policy: Policy
) -> list[Destination]:
    """Where each of these kinds goes for a party: the agencies, each with all that it gets."""
    found: dict[tuple[Agency | None, str], list[str]] = {}
    known: dict[Matter, tuple[Agency | None, str]] = {}
    for kind in kinds:
        if kind.matter not in known:
            try:
                agency = agency_for(
                    applicant=applicant,
                    region_code=applicant.region_code,
                    policy=policy,
                    matter=kind.matter,
                )
                known[kind.matter] = (agency, "")
            except NoAgency as error:
                known[kind.matter] = (None, str(error))
        found.setdefault(known[kind.matter], []).append(kind.title)
    return [Destination(tuple(titles), *place) for place, titles in found.items()]
