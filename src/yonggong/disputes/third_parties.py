"""Third parties: told to take part by the office that hears the case, from then on a party of it.

劳动争议调解仲裁法 23: who has an interest in how the case ends asks to take part, or is notified to.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yonggong.accounts.models import User
from yonggong.cases import queries as case_queries
from yonggong.cases.errors import Forbidden, refused
from yonggong.cases.models import Case, Participant
from yonggong.codes.names import employer_name, person_name
from yonggong.disputes import papers, telling
from yonggong.disputes.locking import held_for
from yonggong.disputes.models import Dispute, ThirdParty
from yonggong.disputes.taking_part import thirds_of
from yonggong.forms.reading import read_remark
from yonggong.registry.actions import enter_person, id_card_digest
from yonggong.registry.parties import Party
from yonggong.registry.queries import find_employer, find_worker


def may_join(user: User, dispute: Dispute) -> bool:
    """Whether `user` handles the accepted arbitration."""
    step = case_queries.open_step(dispute.case)
    return (
        dispute.is_open
        and dispute.sort == Dispute.Sort.ARBITRATION
        and step is not None
        and case_queries.may_act(user, dispute.case, step)
    )


@transaction.atomic
def join(
    *,
    dispute: int,
    name: str,
    number: str,
    ground: str,
    interest: str,
    by: User,
    now: datetime,
) -> ThirdParty:
    """Make whoever is registered under this name and number (credit code, identity number) a third party,
    and tell all in writing. Raises `Forbidden`, `Refused`."""
    held = held_for(dispute)
    if not may_join(by, held):
        raise Forbidden("只有正在办理本案的人员可以通知第三人参加仲裁。")
    why = read_remark(interest, most=200)
    if not why or ground not in ThirdParty.Ground.values:
        raise refused("interest", "required", "请选择参加方式，写明与处理结果的利害关系")
    party = _found(read_remark(name, most=120), read_remark(number, most=18), held.case.region_code)
    if party is None:
        raise refused(
            "number",
            "unknown",
            "平台没有以该名称（姓名）和号码登记的单位或者个人",
            "请核对；没有登记的，书面通知其参加仲裁",
        )
    if party.pk in {held.case.applicant_id, held.other_side}:
        raise refused("number", "own_party", "本案的申请人、被申请人不能同时作为第三人")
    if party in thirds_of(held):
        raise refused("number", "twice", f"{party.name}已经作为第三人参加本案")
    Participant.objects.create(case=held.case, party=party, role=Participant.Role.THIRD)
    words = ThirdParty.Ground(ground).label
    notice = papers.issue(
        held,
        papers.THIRD,
        statement=f"{party.name}与本案的处理结果有利害关系，作为第三人参加本案的仲裁活动。",
        facts=[("参加方式", words)],
        parts=[
            ("与处理结果的利害关系", [why]),
            (
                "告知",
                [
                    "第三人可以在本平台查收本案文书、查看各方提交的证据，也可以提交证据；"
                    "请按开庭通知书载明的时间、地点到庭。"
                ],
            ),
        ],
        nth=held.thirds.count() + 1,
        by=by,
        now=now,
    )
    joined = held.thirds.create(
        party=party, ground=ground, interest=why, notice=notice, by=by, at=now
    )
    said = f"{party.name}作为第三人参加本案，参加仲裁通知书已送达。"
    telling.both(held, "第三人参加仲裁", said, which=str(party.pk), now=now)
    return joined


def _found(name: str, number: str, region: str) -> Party | None:
    unit = find_employer(number.upper())
    if unit is not None:
        return unit.party if unit.name == employer_name(name) else None
    person = find_worker(id_card_digest(number.upper()))
    if person is None or person.name != person_name(name):
        return None
    return enter_person(worker=person, region_code=region)


def named_in(case: Case) -> str:
    """Whom the application names as such, in its words."""
    return str(case.values.get("third_party_details") or "")
