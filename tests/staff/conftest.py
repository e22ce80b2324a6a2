"""A city of Shanxi with its offices and people, for whom accounts are applied for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from yonggong.accounts.models import User
from yonggong.cases import actions as case_actions
from yonggong.cases import handling
from yonggong.cases.kinds import get_kind
from yonggong.cases.models import Case
from yonggong.cases.procedure import Outcome
from yonggong.registry.models import Agency, AgencyItem
from yonggong.staff.offices import INFORMATION

ID_NUMBER = "140105199003072130"
ANSWERS = {
    "act": "1", "system": "劳动用工备案信息管理系统", "contact": "郝明", "phone": "0351-3046820",
    "branch": "business", "role": "reviewer", "rights": "小店区劳动用工备案审核", "reason": "新进人员",
    "name": "试一", "unit": "太原市小店区人力资源和社会保障局", "post": "科员",
    "id_number": ID_NUMBER, "mobile": "13800138000",
}  # fmt: skip


@dataclass
class Town:
    """A county's agency that applies, the city's two divisions, and who works there."""

    county: Agency
    city: Agency
    keepers: Agency
    applicant: User
    head: User
    business: User
    information: User
    system: User
    granter: User
    now: datetime

    def apply(self, case: Case | None = None, **changed: Any) -> Case:
        """File an application of the county's agency."""
        kind = get_kind("account.request")
        raw = ANSWERS | changed
        # As the page sends it: what the answers hide is not asked.
        asked = {
            field.name
            for field in kind.form.fields
            if field.show_when is None or field.show_when.met(raw)
        }
        return case_actions.submit(
            kind=kind,
            raw={name: answer for name, answer in raw.items() if name in asked},
            applicant=self.county.party,
            case=case,
            key=None,
            by=self.applicant,
            now=self.now,
            address=None,
        )

    def opine(self, case: Case, by: User, outcome: Outcome = Outcome.NEXT, said: str = "") -> Case:
        """Complete the open step."""
        fresh = Case.objects.get(pk=case.pk)
        assert fresh.filed_at is not None
        handling.complete(
            case=fresh,
            step=fresh.steps.get(acted_at__isnull=True).pk,
            outcome=outcome,
            opinion=said,
            seen=fresh.filed_at,
            by=by,
            now=self.now,
            address=None,
        )
        return Case.objects.get(pk=case.pk)

    def approve(self, case: Case) -> Case:
        """All three opinions."""
        for person in (self.head, self.business, self.information):
            case = self.opine(case, person)
        return case


def found_town(make_user: Callable[..., Any], now: datetime) -> Town:
    """The town in the database."""
    county = Agency.objects.create(name="小店区劳动关系科", level="county", region_code="140105")
    city = Agency.objects.create(name="太原市劳动关系处", level="prefecture", region_code="140100")
    keepers = Agency.objects.create(
        name="太原市人社信息中心", level="prefecture", region_code="140100", reviews=False
    )
    AgencyItem.objects.create(agency=keepers, item=INFORMATION)
    return Town(
        county=county,
        city=city,
        keepers=keepers,
        applicant=make_user("counter_clerk", agency=county, region_code="140105"),
        head=make_user("bureau_supervisor", region_code="140105"),
        business=make_user("reviewer", agency=city, region_code="140100"),
        information=make_user("reviewer", agency=keepers, region_code="140100"),
        system=make_user("system_administrator", region_code="140100"),
        granter=make_user("business_administrator", region_code="140100"),
        now=now,
    )


@pytest.fixture
def town(make_user: Callable[..., Any], now: datetime) -> Town:
    return found_town(make_user, now)
