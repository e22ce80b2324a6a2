"""Its approval is an authority with the household register as evidence; withdrawn, it ends."""

from __future__ import annotations

from datetime import datetime

from yonggong.accounts.models import User
from yonggong.accounts.telling import Told, tell
from yonggong.cases.errors import refused
from yonggong.cases.models import Case
from yonggong.codes.identity import parse_id_number
from yonggong.codes.names import person_name
from yonggong.proofs import persons
from yonggong.registry import authority
from yonggong.registry.actions import enter_person, get_or_add_by_card, id_card_digest
from yonggong.registry.authority import AuthorityProblem
from yonggong.registry.models import Worker
from yonggong.registry.parties import Party
from yonggong.registry.people import keep_evidence
from yonggong.registry.queries import find_worker

HOUSEHOLD = "household"


def applied(case: Case, by: User, now: datetime) -> None:
    """Raises `Refused` where the name is not the one registered, or they act for them already."""
    principal = _principal(case)
    shown = case.materials.select_related("blob").get(name=HOUSEHOLD)
    evidence = keep_evidence(
        file_name=shown.file_name, content_type=shown.content_type, content=shown.blob.opened
    )
    try:
        given = authority.recognise_authority(
            agent=case.applicant,
            principal=principal,
            until=case.values["until"],
            evidence=evidence,
            by=by,
            now=now,
        )
    except AuthorityProblem as problem:
        raise refused("", "authority", str(problem).rstrip("。")) from None
    _tell(given.principal, case, now)


def revoked(case: Case, by: User, now: datetime) -> None:
    """What it gave ends, unless that is over already, under whatever name the two are registered
    now. Raises `Refused` where the ward's number was corrected since."""
    number = parse_id_number(str(case.values["ward_number"])).number
    ward = find_worker(id_card_digest(number))
    if ward is None or case.decided_at is None:
        remedy = "请由被代办人或者代办人在“委托代理”中终止"
        raise refused("ward_number", "corrected", "被代办人的证件号码已经更正", remedy)
    agent = Worker.objects.get(pk=case.applicant_id)
    authority.withdraw_authority(
        agent=agent.joined_into_id or agent.pk,
        principal=ward.pk,
        given_at=case.decided_at,
        by=by,
        now=now,
    )


def _principal(case: Case) -> Party:
    values = case.values
    card, name = parse_id_number(str(values["ward_number"])), person_name(str(values["ward_name"]))
    worker = get_or_add_by_card(card, name=name)
    if worker.name != name:
        raise refused("ward_name", "name", "姓名与该证件登记的不一致", "请退回申请人核对")
    return enter_person(worker=worker, region_code=case.region_code)


def _tell(principal: Party, case: Case, now: datetime) -> None:
    """Whoever is acted for is told, where they sign in themselves."""
    account = persons.own_account(principal)
    if account is None:
        return
    told = Told(
        user=account.pk,
        about=f"guardian-{case.pk}",
        title=f"{case.applicant.name}可以为您代办",
        body=f"{case.applicant.name}提交了户口簿等材料，经{case.agency}核对，可以为您代办事项至"
        f" {case.values['until']}。"
        "不同意的，请在“委托代理”中终止。",
        at=now,
    )
    tell(told)
