"""What approved cases of the items put on record, written straight away."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.contracts.making import Hall
from yonggong.cases.models import Case
from yonggong.relations.health_checks import adult_on
from yonggong.relations.layoff_models import LayoffReport
from yonggong.relations.licence_models import DispatchLicence
from yonggong.relations.minor_models import HealthCheck, Minor


def licence_of(hall: Hall, **columns: Any) -> DispatchLicence:
    """A valid licence of the hall's employer, of its own agency."""
    given = {
        "employer": hall.employer,
        "number": f"2201042026{DispatchLicence.objects.count() + 1:06d}",
        "agency": hall.employer.agency,
        "region_code": hall.employer.region_code,
        "name": hall.employer.name,
        "address": "朝阳区学林路 1 号",
        "capital_10k": 200,
        "premises_area": 120,
        "valid_from": date(2025, 1, 1),
        "valid_until": date(2027, 12, 31),
    } | columns
    return DispatchLicence.objects.create(**given)


def minor_of(hall: Hall, case: Case, **columns: Any) -> Minor:
    """A registered minor: the worker of a contract's case, born so that they are one."""
    born = date(2009, 12, 1)
    given = {
        "case": case,
        "employer": hall.employer,
        "worker": case.filing.worker,
        "number": f"2201042026{case.pk:06d}",
        "region_code": hall.employer.region_code,
        "birth_on": born,
        "adult_on": adult_on(born),
        "begins_on": date(2026, 11, 20),
        "occupation": "服务员",
    } | columns
    minor = Minor.objects.create(**given)
    HealthCheck.objects.create(case=case, minor=minor, examined_on=date(2026, 11, 18))
    return minor


def layoff_of(hall: Hall, case: Case) -> LayoffReport:
    """A report of a layoff that is to come."""
    return LayoffReport.objects.create(
        case=case,
        employer=hall.employer,
        region_code=hall.employer.region_code,
        explained_on=date(2026, 11, 1),
        layoff_on=date(2026, 12, 1),
        staff=40,
        persons=4,
    )
