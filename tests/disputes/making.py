"""Disputes: applied for by a person against the hall's employer, brought to where a test needs them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tests.contracts.making import Hall
from tests.files import PNG
from tests.relations.stepping import complete
from yonggong.accounts.models import User
from yonggong.cases import actions as case_actions
from yonggong.cases.items import holding
from yonggong.cases.kinds import get_kind
from yonggong.cases.models import Case
from yonggong.disputes import third_parties
from yonggong.disputes.arbitration.form import ITEM as ARBITRATION
from yonggong.disputes.mediation.form import ITEM as MEDIATION
from yonggong.disputes.models import Dispute, Exhibit, ThirdParty
from yonggong.registry.actions import enter_person, get_or_add_worker
from yonggong.registry.models import Agency, Employer
from yonggong.registry.parties import Party
from yonggong.registry.people import keep_evidence

NUMBER, PASSWORD = "220104199003072134", "Yonggong-2026"
AWARD = {
    "result": "award",
    "arbitrators": "试仲裁",
    "clerk": "试书记",
    "facts": "申请人自 2025 年 3 月 1 日起在被申请人处工作。",
    "reasons": "被申请人应当足额支付劳动报酬。",
    "rulings": "一、被申请人支付申请人工资 12000 元。\n二、驳回其他请求。",
    "final": "final",
}
SERVED = {"served_how": "handed", "received_by": "试签收"}


@dataclass(frozen=True)
class Court:
    """The hall, two more of its office, and the person who applies, with their account."""

    hall: Hall
    second: Any
    supervisor: Any
    person: Party
    account: Any

    def answers(self, **changed: Any) -> dict[str, Any]:
        """What a person claims: wages, and severance."""
        given = {
            "worker_name": "试一",
            "worker_sex": "男",
            "worker_age": "36",
            "worker_birth_date": "1990-03-07",
            "worker_id_number": NUMBER,
            "worker_occupation": "营业员",
            "worker_employer": self.hall.employer.name,
            "worker_residence": "乌海市海勃湾区和平街 1 号",
            "worker_mailing_address": "乌海市海勃湾区和平街 1 号",
            "worker_phone": "13812345678",
            "employer_name": self.hall.employer.name,
            "employer_code": self.hall.employer.credit_code,
            "employer_address": "海勃湾区人民路 1 号",
            "employer_mailing_address": "海勃湾区人民路 1 号",
            "employer_phone": "0473-2012345",
            "employer_representative_name": "试立",
            "employer_representative_position": "经理",
            "facts_and_reasons": "被申请人拖欠两个月工资，后解除劳动合同。",
            "evidence_and_sources": "劳动合同、工资流水，由申请人提供。",
            "application_copies": "2",
            "arbitration_institution": "海勃湾区劳动人事争议仲裁院",
            "applicant_signature": "试一",
            "application_date": self.hall.today.isoformat(),
            "claim_rows": [
                {"sort": "wages", "quantity": "2", "amount": "12000", "facts": "两个月未发"},
                {"sort": "severance", "amount": "20000", "facts": "被辞退"},
            ],
            "work_start_on": "2024-03-01",
            "ended_on": "2026-09-30",
            "monthly_pay": "6000",
            "average_pay": "6000",
            "end_reason": "4002",
            "known_on": "2026-09-30",
        } | changed
        return {name: value for name, value in given.items() if value is not None}

    def asked(
        self, kind: str = ARBITRATION.key, *, by_employer: bool = False, **changed: Any
    ) -> Case:
        """An application that was sent."""
        hall = self.hall
        return case_actions.submit(
            kind=holding(get_kind(kind), region="150302", on=hall.today),
            raw=self.answers(**changed),
            applicant=hall.employer.party if by_employer else self.person,
            key=None,
            by=hall.operator if by_employer else self.account,
            now=hall.now,
            address=None,
        )

    def mediated(self, **changed: Any) -> Case:
        return self.asked(MEDIATION.key, **changed)

    def accepted(self, case: Case) -> Case:
        """Taken in, looked into, accepted by another."""
        hall = self.hall
        case = complete(case, by=hall.reviewer, now=hall.now)
        case = complete(case, by=hall.reviewer, now=hall.now)
        return complete(case, by=self.second, now=hall.now)

    def served(self, case: Case) -> Case:
        """Handed over to who applied, and served on the other side."""
        return self.serve(self.accepted(case))

    def serve(self, case: Case) -> Case:
        """The same of one that was accepted."""
        hall = self.hall
        case = complete(case, by=hall.reviewer, now=hall.now)
        served = SERVED | {"delivered_on": hall.today.isoformat()}
        return complete(case, by=hall.reviewer, now=hall.now, answers=served)

    def ended(self, case: Case, **said: Any) -> Case:
        answers = {"arbitrators": "试仲裁"} | said if said else AWARD
        return complete(case, by=self.second, now=self.hall.now, answers=answers)


def court_of(make_employer: Any, make_user: Any, now: datetime) -> Court:
    """An arbitration office in Wuhai with three people, an employer there, and a person."""
    agency = Agency.objects.create(
        name="海勃湾区劳动人事争议仲裁院", level="county", region_code="150302"
    )
    employer = make_employer(name="乌海试验商贸有限公司", region_code="150302", agency=agency)
    given = {"agency": agency, "region_code": "150302"}
    hall = Hall(
        employer=employer,
        operator=make_user("employer_operator", employer=employer),
        reviewer=make_user("reviewer", **given),
        now=now,
    )
    worker = get_or_add_worker(
        document_type="01", number=NUMBER, name="试一", sex="1", birth_on=date(1990, 3, 7)
    )
    person = enter_person(worker=worker, region_code="150302")
    account = User(username="shiyi", name="试一", person=person)
    account.set_password(PASSWORD)
    account.save()
    return Court(
        hall=hall,
        second=make_user("reviewer", **given),
        supervisor=make_user("bureau_supervisor", region_code="150300"),
        person=person,
        account=account,
    )


def dispute_of(hall: Hall, case: Case) -> Dispute:
    """A dispute on the register about a contract's case, as if that were its application."""
    contract = case.filing.contract
    return Dispute.objects.create(
        case=case,
        sort=Dispute.Sort.ARBITRATION,
        employer=hall.employer,
        worker=contract.worker,
        contract=contract,
        claimed=1,
        accepted_on=hall.today,
        served_on=hall.today,
    )


def joined(court: Court, case: Case, unit: Employer, **changed: Any) -> ThirdParty:
    """A unit joined to a case as a third party."""
    given: dict[str, Any] = {
        "name": unit.name,
        "number": unit.credit_code,
        "ground": "notified",
        "interest": "申请人在其处用工",
        "by": court.hall.reviewer,
    }
    return third_parties.join(dispute=case.pk, now=court.hall.now, **(given | changed))


def exhibit_of(hall: Hall, dispute: Dispute) -> Exhibit:
    """Evidence that the employer brought to a dispute."""
    return dispute.exhibits.create(
        party=hall.employer.party,
        role=Exhibit.Role.OTHER,
        name="工资表",
        evidence=keep_evidence(file_name="a.png", content_type="image/png", content=PNG),
        by=hall.operator,
        at=hall.now,
    )
