"""The invented dispatchers of Inner Mongolia are licensed, one of them not for long any more."""

from __future__ import annotations

from datetime import date, timedelta

from yonggong.registry.models import Agency, Employer
from yonggong.relations import licences
from yonggong.relations.licence_terms import issued_on

_PROVINCE = "15"
_AGO = (timedelta(days=400), timedelta(days=3 * 365 - 75))


def load_licences(today: date) -> None:
    """Licences granted before the platform was there, each by its prefecture's bureau."""
    dispatchers = Employer.objects.filter(
        region_code__startswith=_PROVINCE,
        state=Employer.State.FILED,
        name__contains="人力资源",
    ).order_by("pk")
    for place, employer in enumerate(dispatchers):
        city = f"{employer.region_code[:4]}00"
        agency = Agency.objects.filter(region_code=city, reviews=True).order_by("pk").first()
        if agency is None:
            continue
        term = issued_on(today - _AGO[place % len(_AGO)])
        licences.enter(
            employer=employer,
            agency=agency,
            number=f"{city}{term.begins.year}{employer.pk:06d}",
            said={
                "name": employer.name,
                "address": employer.address,
                "capital_10k": 200 + 50 * place,
                "premises_area": 120 + 10 * place,
                "valid_from": term.begins,
                "valid_until": term.ends,
            },
        )
