"""Claims for tests."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from tests.files import picture
from yonggong.accounts.models import User
from yonggong.employers import claims
from yonggong.employers.models import Claim
from yonggong.registry.models import Employer


def claimed(employer: Employer, by: User, **said: Any) -> Claim:
    """`by` claims the employer, without a licence yet."""
    given = {"name": employer.name, "region_code": employer.region_code} | said
    return claims.claim(
        employer=employer, claimant=by, now=timezone.now(), address="10.0.0.1", **given
    )


def with_licence(employer: Employer, by: User, **said: Any) -> Claim:
    """The same, ready for a reviewer."""
    claim = claimed(employer, by, **said)
    return claims.take_licence(claim=claim, file_name="执照.png", content=picture(), by=by)
