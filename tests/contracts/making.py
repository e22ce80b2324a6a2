"""Contracts for tests: a clean new contract's answers, and the acts that bring filings about."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import Any

from yonggong.cases import actions as case_actions
from yonggong.cases import revoking
from yonggong.cases.kinds import get_kind
from yonggong.cases.models import Case
from yonggong.codes.invent import invent_id_number, invent_mobile
from yonggong.contracts import rosters
from yonggong.contracts.ending.papers import CERTIFICATES
from yonggong.contracts.models import Contract, Filing
from yonggong.contracts.papers import filing_papers
from yonggong.documents.models import Document
from yonggong.law.periods import add_months, last_day

_CHANCE = random.Random(1120)
_TODAY = date(2026, 11, 20)  # the day of the fixture `now`: nothing filed is signed later
_NAMES = ("安澜", "柏舟", "晨岱", "景行", "令仪", "望舒", "沐阳", "清和", "若木", "知微")


_known: set[str] = set()


def _somebody_new() -> tuple[str, str, date]:
    """Number, sex and birthday of somebody whom no test of this run has met: chance alone repeats."""
    while True:
        sex = _CHANCE.choice("12")
        birth_on = date(_CHANCE.randrange(1985, 2002), _CHANCE.randrange(1, 13), 15)
        number = invent_id_number(_CHANCE, region="220104", birth_date=birth_on, sex=sex)
        if number not in _known:
            _known.add(number)
            return number, sex, birth_on


def answers(*, today: date, **changed: Any) -> dict[str, Any]:
    """What an operator types for a new full-time contract of three years that breaks no rule;
    `changed` replaces answers, None leaves one empty."""
    number, sex, birth_on = _somebody_new()
    start = today - timedelta(days=10)
    given: dict[str, Any] = {
        "document_type": "01",
        "document_number": number,
        "name": "试" + _CHANCE.choice(_NAMES),
        "sex": sex,
        "birth_on": birth_on.isoformat(),
        "mobile": invent_mobile(_CHANCE),
        "work_start_on": start.isoformat(),
        "employment_form": "1",
        "term_type": "1",
        "contract_text": "1",
        "signed_on": start.isoformat(),
        "start_on": start.isoformat(),
        "end_on": last_day(start, 36).isoformat(),
        "job": "行政专员",
        "workplace": "长春市朝阳区学林路 1 号",
        "hours_system": "1",
        "weekly_hours": "40",
        "pay_form": "1",
        "base_pay": "4200.00",
        "pay_day": "10",
    } | changed
    return {name: value for name, value in given.items() if value is not None}


def part_time_answers(*, today: date, **changed: Any) -> dict[str, Any]:
    """The same for part-time work, which a person may have with several employers."""
    part_time = {
        "employment_form": "2",
        "contract_text": "3",
        "hours_system": None,
        "weekly_hours": "20",
        "daily_hours": "4",
        "pay_form": "6",
        "base_pay": None,
        "hourly_pay": "30.00",
        "pay_period_days": "15",
    }
    return answers(today=today, **(part_time | changed))


def renewal_answers(contract: Contract, **changed: Any) -> dict[str, Any]:
    """What an operator types to renew a fixed-term contract for two years."""
    assert contract.end_on is not None
    start = contract.end_on + timedelta(days=1)
    given: dict[str, Any] = {
        "employment_form": "1",
        "term_type": "1",
        "contract_text": "1",
        "signed_on": min(contract.end_on, _TODAY).isoformat(),
        "start_on": start.isoformat(),
        "end_on": last_day(start, 24).isoformat(),
        "job": "行政主管",
        "workplace": "长春市朝阳区学林路 1 号",
        "hours_system": "1",
        "weekly_hours": "40",
        "pay_form": "1",
        "base_pay": "4800.00",
        "pay_day": "10",
    } | changed
    return {name: value for name, value in given.items() if value is not None}


def ending_answers(*, on: date, **changed: Any) -> dict[str, Any]:
    """What an operator types to end a contract at the worker's wish."""
    given: dict[str, Any] = {
        "ended_on": on.isoformat(),
        "end_reason": "3701",
        "notice_on": (on - timedelta(days=30)).isoformat(),
        "severance_paid": "0",
    } | changed
    return {name: value for name, value in given.items() if value is not None}


def file(
    kind: str,
    raw: dict[str, Any],
    *,
    employer: Any,
    by: Any,
    now: datetime,
    contract: Contract | None = None,
    case: Case | None = None,
    key: Any = None,
    explanations: dict[str, str] | None = None,
) -> Case:
    """Submit a filing of a kind ("new", "renewal", "change", "ending")."""
    return case_actions.submit(
        kind=get_kind(f"contract.{kind}"),
        raw=raw,
        applicant=employer.party,
        case=case,
        subject=contract.pk if contract else None,
        explanations=explanations,
        key=key,
        by=by,
        now=now,
        address="127.0.0.1",
    )


def shown(case: Case) -> datetime | None:
    """What the reviewer's page says of the version it shows: when it was filed."""
    return Case.objects.values_list("filed_at", flat=True).get(pk=case.pk)


def approve(case: Case, *, by: Any, now: datetime) -> Case:
    """Approve a filing."""
    return case_actions.approve(case=case, seen=shown(case), by=by, now=now, address="127.0.0.1")


def return_(case: Case, *, by: Any, now: datetime, opinion: str = "请补正合同起始日期。") -> Case:
    """Send a filing back."""
    return case_actions.return_case(
        case=case, opinion=opinion, seen=shown(case), by=by, now=now, address="127.0.0.1"
    )


def roster(case: Case, *, employer: Any, by: Any, now: datetime) -> Document:
    """Put an approved filing onto a roster of its kind, alone."""
    paper = next(one for one in filing_papers() if one in case.definition.papers)
    return rosters.make_roster(
        employer=employer,
        paper=paper,
        filing_ids=[case.pk],
        key=None,
        by=by,
        now=now,
        address="127.0.0.1",
    )


def certificate(case: Case, *, employer: Any, by: Any, now: datetime) -> Document:
    """The certificate of an approved ending."""
    return rosters.make_roster(
        employer=employer,
        paper=CERTIFICATES,
        filing_ids=[case.pk],
        key=None,
        by=by,
        now=now,
        address="127.0.0.1",
    )


def contract_of(case: Case) -> Contract:
    """The contract that a filing is about, as it stands now."""
    return Contract.objects.get(filings=Filing.objects.get(case=case))


def revoke(case: Case, *, by: Any, second: Any, now: datetime) -> Case:
    """Withdraw an approval: `by` asks, `second` agrees."""
    asked = revoking.ask(case=case, reason="材料不实", by=by, now=now, address=None)
    return revoking.decide(
        request=asked, agreed=True, opinion="经核对属实", by=second, now=now, address=None
    )


class Hall:
    """An employer, its operator and its reviewer, who bring contracts into the state wanted."""

    def __init__(self, *, employer: Any, operator: Any, reviewer: Any, now: datetime) -> None:
        self.employer, self.operator, self.reviewer = employer, operator, reviewer
        self.now = now

    @property
    def today(self) -> date:
        return self.now.date()

    def file(self, kind: str, raw: dict[str, Any], **more: Any) -> Case:
        given: dict[str, Any] = {
            "employer": self.employer,
            "by": self.operator,
            "now": self.now,
        } | more
        return file(kind, raw, **given)

    def filed(self, **changed: Any) -> Case:
        """A new contract, not reviewed yet."""
        return self.file("new", answers(today=self.today, **changed))

    def approve(self, case: Case) -> Case:
        return approve(case, by=self.reviewer, now=self.now)

    def return_(self, case: Case) -> Case:
        return return_(case, by=self.reviewer, now=self.now)

    def approved(self, **changed: Any) -> Case:
        """A new contract, approved."""
        return self.approve(self.filed(**changed))

    def roster(self, case: Case) -> Document:
        return roster(case, employer=self.employer, by=self.operator, now=self.now)

    def certificate(self, case: Case) -> Document:
        return certificate(case, employer=self.employer, by=self.operator, now=self.now)

    def in_force(self, **changed: Any) -> Contract:
        """A contract that is approved and on a saved roster."""
        case = self.approved(**changed)
        self.roster(case)
        return contract_of(case)

    def old(self, **changed: Any) -> Contract:
        """A contract in force that began three years ago and ended yesterday."""
        start = add_months(self.today, -36)
        end = self.today - timedelta(days=1)
        began = {
            "work_start_on": start.isoformat(),
            "signed_on": start.isoformat(),
            "start_on": start.isoformat(),
            "end_on": end.isoformat(),
        }
        return self.in_force(**(began | changed))

    def ended(self) -> Case:
        """An ending, approved."""
        contract = self.in_force()
        case = self.file("ending", ending_answers(on=self.today), contract=contract)
        return self.approve(case)
