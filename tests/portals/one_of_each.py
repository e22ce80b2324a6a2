"""One thing of each sort that a page of the bureau's or the administrators' shows or acts on, and who works
there, by role."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from tests.cases import regatta
from tests.cases.kite import ANSWERS as KITE_ANSWERS
from tests.cases.kite import KITE
from tests.contracts.correcting import corrected, ended_by_office
from tests.contracts.making import Hall
from tests.counters.sampling import sampled_by
from tests.disputes.making import dispute_of, exhibit_of
from tests.employers.claiming import with_licence
from tests.files import PDF, PNG
from tests.registry.authorising import authorised
from tests.relations.making import licence_of
from tests.supervision.making import clue_about, material_of, planned, recused, refused_order
from yonggong import policy
from yonggong.accounts.models import AskedAct, User
from yonggong.batch import actions, deciding
from yonggong.cases import actions as case_actions
from yonggong.cases import handling, materials, queues, revoking, standing_in
from yonggong.cases.drafting import save_draft
from yonggong.cases.kinds import CaseKind, get_kind
from yonggong.cases.models import Case, HeldDecision, ItemProposal, ItemVersion, Move
from yonggong.cases.procedure import Outcome
from yonggong.contracts.new.papers import ROSTER
from yonggong.contracts.rosters import make_roster
from yonggong.proofs.binding import bind
from yonggong.proofs.models import Binding
from yonggong.registry import doubtful
from yonggong.registry.actions import enter_person
from yonggong.registry.people import keep_evidence
from yonggong.secrecy.models import UnusualLooking
from yonggong.services import records
from yonggong.services.models import Evaluation, Extension, Objection, PaymentList, Photo
from yonggong.services.record_models import Record
from yonggong.sources import actions as sources
from yonggong.sources.models import DaysOffNotice
from yonggong.staff.models import Order
from yonggong.supervision import looking
from yonggong.supervision.acting import Hand

Things = dict[str, list[Any]]
Make = Callable[..., Any]


@dataclass(frozen=True)
class Place:
    """The hall, and who works there: by role, within the hall's county, its city or its province."""

    hall: Hall
    people: dict[str, User]
    make_user: Make
    make_employer: Make

    def hand(self, role: str = "inspector") -> Hand:
        return Hand(by=self.people[role], now=self.hall.now, address=None)


def place_of(hall: Hall, make_user: Make, make_employer: Make) -> Place:
    """One of each role where the hall is."""
    city, province = hall.employer.region_code[:4] + "00", hall.employer.region_code[:2] + "0000"
    administering = (
        "system_administrator", "business_administrator", "security_officer", "auditor",
    )  # fmt: skip
    people = {
        "reviewer": hall.reviewer,
        "counter_clerk": make_user(
            "counter_clerk", agency=hall.employer.agency, region_code=hall.employer.region_code
        ),
        "bureau_supervisor": make_user("bureau_supervisor", region_code=city),
        "inspector": make_user("inspector", region_code=hall.employer.region_code),
        **{role: make_user(role, region_code=province) for role in administering},
    }
    return Place(hall, people, make_user, make_employer)


def one_of_each(place: Place) -> Things:
    """What each page that shows one thing, or acts on it, is opened with, by the name of its url."""
    return {
        **_cases(place),
        **_on_their_way(place),
        **_many_at_once(place),
        **_people(place),
        **_of_the_agency(place),
        **_supervision(place),
        **_accounts(place),
        **_items_and_sources(place),
    }


def _filed(hall: Hall, kind: CaseKind, raw: dict[str, Any], case: Case | None = None) -> Case:
    return case_actions.submit(
        kind=kind,
        raw=raw,
        applicant=hall.employer.party,
        case=case,
        key=None,
        by=hall.operator,
        now=hall.now,
        address=None,
    )


def _cases(place: Place) -> Things:
    hall = place.hall
    case, waiting = hall.approved(), hall.filed()
    proof = keep_evidence(file_name="核查函.pdf", content_type="application/pdf", content=PDF)
    asked = revoking.ask(
        case=hall.approved(),
        reason="不实",
        evidence=proof,
        by=hall.reviewer,
        now=hall.now,
        address=None,
    )
    held = HeldDecision.objects.create(
        case=hall.filed(),
        decision="approve",
        seen=hall.now,
        by=hall.reviewer,
        decided_at=hall.now,
        carry_out_at=hall.now + timedelta(hours=1),
    )
    return {
        **{
            key: [case.pk]
            for key in (
                "bureau:case",
                "bureau:case-before",
                "bureau:case-note",
                "bureau:case-whole",
            )
        },
        "bureau:case-version": [case.pk, 1],
        "bureau:case-version-print": [case.pk, 1],
        "bureau:case-decide": [waiting.pk],
        "bureau:case-transfer": [waiting.pk],
        "bureau:case-revoke": [hall.approved().pk],
        "bureau:revocations-one": [asked.pk],
        "bureau:revocations-decide": [asked.pk],
        "bureau:revocations-proof": [asked.pk],
        "bureau:decision-undo": [held.pk],
        "bureau:decision-dismiss": [held.pk],
        "bureau:annual-differences": [case.pk],
        "bureau:annual-rows": [case.pk, "persons"],
        "bureau:annual-print": [case.pk, "persons"],
    }


def _on_their_way(place: Place) -> Things:
    """A case at a step that asks for a record and may be paused; one with a material."""
    hall = place.hall
    boat = _filed(hall, regatta.ENTRY, {"boat": "飞鱼"})
    assert boat.filed_at is not None
    boat = handling.complete(
        case=boat,
        step=boat.steps.get(acted_at__isnull=True).pk,
        outcome=Outcome.NEXT,
        seen=boat.filed_at,
        by=hall.reviewer,
        now=hall.now,
        address=None,
    )
    draft = save_draft(
        kind=KITE, applicant=hall.employer.party, raw={}, case=None, by=hall.operator, now=hall.now
    )
    photo = KITE.materials[0].name
    materials.upload(
        case=draft,
        name=photo,
        file_name="kite.png",
        content=PNG,
        by=hall.operator,
        now=hall.now,
        address=None,
    )
    kite = _filed(hall, KITE, KITE_ANSWERS, draft)
    steps = ("complete", "record", "pause", "resume")
    return {
        **{f"bureau:case-{step}": [boat.pk] for step in steps},
        "bureau:case-material": [kite.pk, photo],
        **_of_a_service(hall, kite),
    }


def _of_a_service(hall: Hall, case: Case) -> Things:
    """What stands beside the steps of a service item."""
    agency, step = hall.employer.agency, case.steps.latest("pk")
    asked = Extension.objects.create(
        case=case, days=5, reason="等待外地复函", asked_by=hall.reviewer, asked_at=hall.now
    )
    picture = keep_evidence(file_name="现场.png", content_type="image/png", content=PNG)
    photo = Photo.objects.create(step=step, evidence=picture, by=hall.reviewer, at=hall.now)
    objection = Objection.objects.create(
        step=step, text="不实", name="试一", by=hall.operator, at=hall.now
    )
    said = Evaluation.objects.create(
        case=case, level=1, text="等了很久", by=hall.operator, at=hall.now, reply_by=hall.today
    )
    listed = PaymentList.objects.create(
        number="试1",
        agency=agency,
        region_code=hall.employer.region_code,
        kind=case.kind,
        made_by=hall.reviewer,
        made_at=hall.now,
    )
    return {
        "bureau:case-extend": [case.pk],
        "bureau:case-photos": [case.pk],
        "bureau:case-photo": [case.pk, photo.pk],
        "bureau:case-objection": [case.pk, objection.pk],
        "bureau:extensions-decide": [asked.pk],
        "bureau:evaluations-show": [said.pk],
        "bureau:evaluations-reply": [said.pk],
        "bureau:payments-enter": [step.pk],
        "bureau:payments-list": [listed.pk],
        "bureau:payments-workbook": [listed.pk],
        "bureau:payments-progress": [listed.pk],
    }


def _many_at_once(place: Place) -> Things:
    hall = place.hall
    batch = actions.upload(
        kind="contract.new",
        employer=hall.employer,
        file_name="名单.xlsx",
        content=b"",
        key=uuid4(),
        by=hall.operator,
        today=hall.today,
        address=None,
    )
    hall.filed()
    many = deciding.choose(
        cases=queues.queue_of(hall.reviewer),
        decision=deciding.Decision.APPROVE,
        by=hall.reviewer,
        now=hall.now,
        address=None,
    )
    case = hall.approved()
    paper = make_roster(
        employer=hall.employer,
        paper=ROSTER,
        filing_ids=[case.pk],
        key=uuid4(),
        by=hall.operator,
        now=hall.now,
        address=None,
    )
    acts = ("bulk", "bulk-confirm", "bulk-progress", "bulk-stop")
    return {
        "bureau:batch": [batch.pk],
        "bureau:batch-approve": [batch.pk],
        **{f"bureau:{act}": [many.pk] for act in acts},
        "bureau:document": [paper.pk],
        "bureau:document-pdf": [paper.pk],
    }


def _people(place: Place) -> Things:
    hall = place.hall
    case = hall.approved()
    person, line = corrected(hall, case.filing.worker)
    ended = ended_by_office(hall)
    given = authorised(hall.employer.party, ended.contract.worker, by=hall.operator)
    records.record(
        case=case,
        subject=hall.employer.party,
        sort=Record.Sort.UNIT,
        key="insurance_unit",
        act=Record.Act.BEGIN,
        since=hall.today,
        by=hall.reviewer,
        now=hall.now,
    )
    typed = hall.filed()
    party = enter_person(worker=ended.contract.worker, region_code=hall.employer.region_code)
    Case.objects.filter(pk=typed.pk).update(
        applicant=party, filed_by=place.people["counter_clerk"], counter=hall.employer.agency
    )
    claimant = place.make_user("employer_operator", employer=place.make_employer())
    claim = with_licence(hall.employer, claimant)
    dispute = dispute_of(hall, case)
    exhibit = exhibit_of(hall, dispute)
    acts = ("person", "person-whole", "person-correct", "person-join")
    return {
        **{f"bureau:{act}": [person.pk] for act in acts},
        "bureau:person-end": [person.pk, case.filing.contract_id],
        "bureau:person-evidence": [person.pk, line.pk],
        "bureau:person-end-evidence": [ended.contract.worker_id, ended.contract_id],
        "bureau:counter-person-begin": [party.pk],
        "bureau:authority-evidence": [given.pk],
        "bureau:dispute": [dispute.pk],
        "bureau:dispute-act": [dispute.pk],
        "bureau:dispute-exhibit": [dispute.pk, exhibit.pk],
        "bureau:licences-show": [licence_of(hall).pk],
        "bureau:licences-end": [licence_of(hall).pk],
        "bureau:claims-show": [hall.employer.pk],
        "bureau:claims-licence": [claim.pk],
        "bureau:claims-decide": [claim.pk],
        "bureau:employer": [hall.employer.pk],
        "bureau:employer-routing": [hall.employer.pk],
        "bureau:counter-begin": [hall.employer.pk],
        "bureau:counter-template": ["workers"],
        "bureau:records-show": [hall.employer.pk],
    }


def _of_the_agency(place: Place) -> Things:
    hall, agency = place.hall, place.hall.employer.agency
    moved = Move.objects.create(
        case=hall.approved(),
        applicant=hall.employer.party,
        from_agency=agency,
        to_agency=agency,
        from_region="220103",
        to_region="220104",
        by=hall.reviewer,
        at=hall.now,
    )
    leave = standing_in.arrange(
        agency=agency,
        reviewer=hall.reviewer,
        stand_in=place.make_user("reviewer", agency=agency, region_code=hall.employer.region_code),
        from_on=hall.today + timedelta(days=30),
        until_on=hall.today + timedelta(days=31),
        reason="年休假",
        by=hall.reviewer,
        now=hall.now,
    )
    code = doubtful.state_code(
        credit_code=_failing(hall.employer.credit_code),
        name="试验有限公司",
        region_code=hall.employer.region_code,
        evidence="执照如此",
        by=hall.operator,
        at=hall.now,
    )
    asked = save_draft(
        kind=get_kind("account.request"),
        applicant=agency.party,
        raw={},
        case=None,
        by=place.people["counter_clerk"],
        now=hall.now,
    )
    acts = (
        "form", "draft", "check", "discard", "withdraw", "workbook", "workbook-blank", "workbook-filled",
    )  # fmt: skip
    sample = sampled_by(place.people["bureau_supervisor"], hall)
    return {
        "bureau:moves-one": [moved.pk],
        "bureau:leave-end": [leave.pk],
        "bureau:codes-decide": [code.pk],
        "bureau:applications-begin": [agency.pk, "account.request"],
        **{f"bureau:applications-{act}": [asked.pk] for act in acts},
        "bureau:counter-work-sample": [sample.pk],
        "bureau:counter-work-check": [sample.pk, sample.cases.get().pk],
    }


def _failing(code: str) -> str:
    """The code with another check character than it should have."""
    return code[:-1] + ("0" if code[-1] != "0" else "1")


def _supervision(place: Place) -> Things:
    hall, hand = place.hall, place.hand()
    clue = clue_about(hall.employer)
    colleague = place.make_user("inspector", region_code=hall.employer.region_code)
    drawn = planned([hand.by, colleague], hall.now)
    inspection = drawn.inspections.get()
    order, reply, listed = refused_order(hall, colleague)
    kept_out = recused(hall.employer, hand)
    look = looking.open_record(of=hall.employer, reason="核查", hand=hand)
    brought = material_of(hall)
    return {
        "bureau:clues-show": [clue.pk],
        "bureau:clues-decide": [clue.pk],
        "bureau:orders-add": [hall.employer.pk],
        "bureau:orders-show": [order.pk],
        "bureau:orders-paper": [order.pk],
        "bureau:orders-proof": [order.pk, reply.pk],
        "bureau:orders-act": [order.pk],
        "bureau:defaulters-show": [listed.pk],
        "bureau:defaulters-remove": [listed.pk],
        "bureau:plans-show": [drawn.pk],
        "bureau:plans-paper": [drawn.pk],
        "bureau:inspections-show": [inspection.pk],
        "bureau:inspections-record": [inspection.pk],
        "bureau:recusals-show": [kept_out.pk],
        "bureau:recusals-end": [kept_out.pk],
        "bureau:look-up-show": [look.pk],
        "bureau:look-up-whole": [look.pk],
        "bureau:look-up-case": [look.pk, brought.case_id],
        "bureau:look-up-material": [look.pk, brought.case_id, brought.name],
        "bureau:look-up-rows": [look.pk, brought.case_id, "persons"],
        "bureau:look-up-table": [look.pk, brought.case_id, "persons"],
    }


def _accounts(place: Place) -> Things:
    hall, account = place.hall, place.hall.reviewer
    region, agency = hall.employer.region_code, hall.employer.agency
    asked = AskedAct.objects.create(
        account=place.make_user("auditor", region_code=region[:2] + "0000"),
        act="freeze",
        reason="离岗",
        asked_by=place.people["system_administrator"],
    )
    to_create, to_grant = (
        Order.objects.create(
            case=hall.approved(),
            state=state,
            branch="business",
            name="试一",
            unit=agency.name,
            region_code=region,
            agency=agency,
            account=account if state == Order.State.GRANT else None,
            ordered_at=hall.now,
        )
        for state in (Order.State.CREATE, Order.State.GRANT)
    )
    bound = bind(
        account=account,
        way=Binding.Way.CERTIFICATE,
        mark="试",
        shown="试",
        reason="试",
        by=None,
        now=hall.now,
        address=None,
    )
    found = UnusualLooking.objects.create(
        user=account, day=hall.today, rule="night", count=5, most=5, found_at=hall.now
    )
    acts = (
        "users-show", "users-act", "users-holder", "users-person", "users-person-undo", "users-proofs",
        "users-hand-over", "users-give", "watching-act",
    )  # fmt: skip
    return {
        **{f"admin:{act}": [account.pk] for act in acts},
        "admin:users-proofs-end": [account.pk, bound.pk],
        "admin:users-take-back": [account.pk, account.grants.get().pk],
        "admin:asked-decide": [asked.pk],
        "admin:operators-show": [hall.employer.pk],
        "admin:operators-appoint": [hall.employer.pk],
        "admin:operators-remove": [hall.employer.pk, hall.operator.grants.get().pk],
        "admin:orders-create": [to_create.pk],
        "admin:orders-grant": [to_grant.pk],
        "admin:unusual-one": [found.pk],
        "admin:unusual-conclude": [found.pk],
    }


def _items_and_sources(place: Place) -> Things:
    """A version and a proposal of the hall's own county; a confirmed value of its province, a notice."""
    hall = place.hall
    everywhere = ItemVersion.objects.filter(key="contract.new").latest("number")
    own = {
        "key": everywhere.key,
        "region_code": hall.employer.region_code,
        "holds_from": hall.today + timedelta(days=365),
        "title": everywhere.title,
        "content": everywhere.content,
    }
    version = ItemVersion.objects.create(
        **own, number=everywhere.number + 1, sha256=everywhere.sha256, at=hall.now
    )
    proposal = ItemProposal.objects.create(**own, reason="试", proposed_at=hall.now)
    province = hall.employer.region_code[:2] + "0000"
    confirmed = sources.confirm(
        row=next(one for one in policy.explain(province, hall.today) if one.region == province),
        title="通知",
        number="1号",
        issued=hall.today,
        file_name="通知.pdf",
        content=PDF,
        by=place.make_user("bureau_supervisor", region_code=province),
    )
    notice = DaysOffNotice.objects.create(
        year=2011,
        source="试",
        off=[],
        worked=[],
        title="通知",
        number="1号",
        issued=hall.today,
        blob=confirmed.blob,
        file_name="通知.pdf",
        content_type="application/pdf",
    )
    acts = ("items-show", "items-content", "items-propose", "items-edit", "items-preview")
    return {
        **{f"admin:{act}": [version.pk] for act in acts},
        "admin:items-proposal": [proposal.pk],
        "admin:items-proposal-preview": [proposal.pk],
        "admin:items-decide": [proposal.pk],
        **{f"{portal}:policy-document": [confirmed.pk] for portal in ("bureau", "admin")},
        **{f"{portal}:days-off-document": [notice.pk] for portal in ("bureau", "admin")},
    }
