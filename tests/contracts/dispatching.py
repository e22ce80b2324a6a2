"""A dispatcher and a user unit that both file the same worker, for tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.contracts.making import answers, approve, file
from yonggong.cases import actions as case_actions
from yonggong.cases.kinds import get_kind
from yonggong.cases.models import Case
from yonggong.contracts import matching
from yonggong.contracts.models import Contract
from yonggong.registry.models import Agency

HOME = "150102"
WHO = ("document_type", "document_number", "name", "sex", "birth_on")
# Neither who licensed the dispatcher nor the other side is on record here.
EXPLAINED = {
    "dispatch-both-sides": "已与用工单位核对。",
    "dispatch-licence-on-record": "许可证由其他机关颁发，有效期内。",
}
POST = {
    "dispatch_post": "2",
    "job": "质量检验员",
    "workplace": "呼和浩特市新城区海东路 8 号",
    "hours_system": "1",
    "base_pay": "4600.00",
}


class Dispatch:
    """A dispatcher and a user unit, each with its operator, before one agency."""

    def __init__(
        self, make_employer: Callable[..., Any], make_user: Callable[..., Any], now: Any
    ) -> None:
        self.office = Agency.objects.create(
            name="新城区劳动关系股", level="county", region_code=HOME
        )
        self.reviewer = make_user("reviewer", agency=self.office, region_code=HOME)
        self.second = make_user("reviewer", agency=self.office, region_code=HOME)
        placed = {"region_code": HOME, "agency": self.office}
        self.unit = make_employer(**placed)
        self.dispatcher = make_employer(**placed, industry="7263")
        self.now, self.today = now, now.date()
        self.of_unit = make_user("employer_operator", employer=self.unit)
        self.of_dispatcher = make_user("employer_operator", employer=self.dispatcher)
        self.period = {
            "dispatch_start_on": (self.today - timedelta(days=5)).isoformat(),
            "dispatch_end_on": (self.today + timedelta(days=300)).isoformat(),
        }
        person = answers(today=self.today)
        self.person = {name: person[name] for name in WHO}

    def posting_answers(self, **changed: Any) -> dict[str, Any]:
        return {
            **self.person,
            "dispatcher_code": self.dispatcher.credit_code,
            "dispatcher": self.dispatcher.name,
            **POST,
            **self.period,
        } | changed

    def posted(self, **changed: Any) -> Case:
        """The user unit's filing."""
        return case_actions.submit(
            kind=get_kind("contract.posting"),
            raw=self.posting_answers(**changed),
            applicant=self.unit.party,
            key=None,
            by=self.of_unit,
            now=self.now,
            address=None,
        )

    def sent_answers(self, **changed: Any) -> dict[str, Any]:
        return (
            answers(
                today=self.today,
                **self.person,
                **POST,
                **self.period,
                employment_form="3",
                contract_text="2",
                user_unit_code=self.unit.credit_code,
                user_unit=self.unit.name,
            )
            | changed
        )

    def sent(self, **changed: Any) -> Contract:
        """The dispatcher's contract, approved."""
        case = file(
            "new",
            self.sent_answers(**changed),
            employer=self.dispatcher,
            by=self.of_dispatcher,
            now=self.now,
            explanations=EXPLAINED,
        )
        return Contract.objects.get(current=approve(case, by=self.reviewer, now=self.now))

    def standings(self) -> tuple[list[str], list[str]]:
        """How each side stands: the user unit's filings, the dispatcher's contracts."""
        theirs = matching.with_contract(matching.postings()).order_by("pk")
        ours = matching.with_posting(matching.sent()).order_by("pk")
        return [row.standing for row in theirs], [row.standing for row in ours]
