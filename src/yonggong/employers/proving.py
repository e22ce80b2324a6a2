"""Acting for an employer, proven without a reviewer where the province allows it: by the unit's own
certificate, or by what the registration authorities say of it and a code sent to the mobile they have;
and what a counter saw of the papers, on which a reviewer decides.

Where others have begun to file an employer of which nothing was approved, it is a reviewer's to decide
all the same; the proof stands with the claim.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from yonggong import policy
from yonggong.accounts import one_time_codes
from yonggong.accounts.actions import AccountProblem
from yonggong.accounts.models import User
from yonggong.accounts.one_time_codes import Purpose
from yonggong.accounts.roles import Power
from yonggong.cases.life import OPEN
from yonggong.cases.models import Case
from yonggong.codes.names import person_name
from yonggong.employers import charge, operators
from yonggong.employers.claims import ClaimProblem, in_regions, own_waiting
from yonggong.employers.models import Claim
from yonggong.proofs.verifying import Proven
from yonggong.registry.actions import id_card_digest
from yonggong.registry.models import Employer
from yonggong.registry.registrations import Registration

State, Way = Claim.State, Claim.Way
CLAIMING = Purpose("claiming", "认领单位")
_NOT_ALLOWED = "当地没有开通这种方式，请上传营业执照，由人社部门核对。"


def ways_of(region_code: str, now: datetime) -> tuple[str, ...]:
    """The ways that the province allows: `licence`, `certificate`, `feed`, `counter`."""
    return policy.of(region_code, timezone.localdate(now)).registration_ways


def by_certificate(
    *, claim: Claim, proven: Proven, by: User, now: datetime, address: str | None
) -> Claim:
    """Whoever has the unit's certificate acts for it. Raises `ClaimProblem`, `Claim.DoesNotExist`."""
    _check_allowed(claim, Way.CERTIFICATE, now)
    if proven.credit_code != claim.employer.credit_code:
        raise ClaimProblem("证书所载的统一社会信用代码与认领的单位不一致，不能用该证书认领。")
    said = f"单位数字证书，{proven.issuer}颁发，序列号 {proven.serial}"
    return _proven(claim, Way.CERTIFICATE, said, by, now, address)


@transaction.atomic
def ask_code(
    *, claim: Claim, name: str, number: str, by: User, now: datetime, address: str | None
) -> list[UUID]:
    """Send a code to the registered mobile of whom the registration authority knows by this name and ID
    number: the legal representative, or whom the unit named for its matters. Otherwise in vain; and
    since each number of the unit is asked for every time, nobody can tell. The keys.

    Raises `ClaimProblem`, `TooOften`, `NotOffered`.
    """
    _check_allowed(claim, Way.FEED, now)
    found = _registered(claim)
    theirs = {one.mobile for one in _known(found) if one.agrees(name, number)}
    return [
        one_time_codes.send(
            purpose=CLAIMING,
            mobile=mobile,
            about=_about(claim),
            in_vain=mobile not in theirs,
            address=address,
            now=now,
        )
        for mobile in _mobiles(claim, found)
    ]


def by_code(
    *, claim: Claim, keys: Sequence[str], code: str, by: User, now: datetime, address: str | None
) -> Claim:
    """Whoever reads out the code that was sent acts for the employer; `keys` as `ask_code` gave them.
    Outside of a transaction. Raises `ClaimProblem`, `Claim.DoesNotExist`."""
    _check_allowed(claim, Way.FEED, now)
    found = _registered(claim)
    mobiles = _mobiles(claim, found)
    for key, mobile in zip(keys, mobiles, strict=False):
        if one_time_codes.check(
            key=key, purpose=CLAIMING, mobile=mobile, about=_about(claim), code=code, now=now
        ):
            who = "或者".join(one.title for one in _known(found) if one.mobile == mobile)
            said = f"{who}姓名、证件号码与登记信息一致，登记手机号收到的验证码正确"
            return _proven(claim, Way.FEED, said, by, now, address)
    raise ClaimProblem(
        "验证码不正确或者已失效，或者填写的姓名、证件号码与登记信息不一致。"
        "请核对后重新发送，或者上传营业执照由人社部门核对。"
    )


@transaction.atomic
def at_counter(
    *, credit_code: str, username: str, name: str, seen: str, by: User, now: datetime
) -> Claim:
    """A clerk notes which papers (`seen`) whoever claims an employer brought, whom they know by the name
    of their account and their own; it waits for a reviewer. Raises `ClaimProblem`."""
    reached = in_regions(by.scope.regions(Power.FILE_FOR_OTHERS, department=None))
    found = (
        Claim.objects.filter(reached, state=State.WAITING, employer__credit_code=credit_code)
        .filter(claimant__in=User.objects.named(username).values("pk"))
        .select_related("employer", "claimant")
        .select_for_update(of=("self",))
        .first()
    )
    if found is None or person_name(found.claimant.name) != person_name(name):
        raise ClaimProblem(
            "本辖区没有查到该账号对该单位待核对的认领申请。"
            "请核对代码、账号和姓名；还没有提出的，请申请人先在“单位认领”中提出。"
        )
    _check_allowed(found, Way.COUNTER, now)
    found.way, found.seen_by = Way.COUNTER, by
    found.reason = f"{by.name}在窗口核对原件：{seen}"[:200]
    found.save(update_fields=["way", "seen_by", "reason"])
    return found


@dataclass(frozen=True, slots=True)
class _Known:
    """Somebody whom the registration authority knows to act for a unit."""

    title: str
    name: str
    digest: bytes
    mobile: str

    def agrees(self, name: str, number: str) -> bool:
        """Whether they are meant by this name and ID number."""
        return person_name(self.name) == person_name(name) and self.digest == id_card_digest(number)


def _known(found: Registration | None) -> list[_Known]:
    """Whom a registration that is not over knows by number and mobile."""
    if found is None or found.is_over:
        return []
    people = (
        _Known(
            "法定代表人",
            found.legal_representative,
            bytes(found.representative_digest),
            found.opened("contact_mobile"),
        ),
        _Known(
            "登记联络员",
            found.operator,
            bytes(found.operator_digest),
            found.opened("operator_mobile"),
        ),
    )
    return [one for one in people if one.digest and one.mobile]


@transaction.atomic
def _proven(
    claim: Claim, way: Claim.Way, said: str, by: User, now: datetime, address: str | None
) -> Claim:
    employer = Employer.objects.select_for_update(no_key=True).get(pk=claim.employer_id)
    found = own_waiting(claim, by)
    found.way, found.reason = way, said[:200]
    if _others_have_begun(employer):
        found.save(update_fields=["way", "reason"])
        return found
    found.state, found.decided_at = State.CHOSEN, now
    found.save()
    before = [grant.user for grant in operators.operators_of(employer)]
    try:
        operators.let_act(
            employer=employer, account=by, reason=said[:200], by=None, now=now, address=address
        )
    except AccountProblem as refused:
        raise ClaimProblem(str(refused)) from None
    charge.put_in_charge(
        employer=employer, account=by, reason=said[:200], by=by, now=now, address=address
    )
    for account in before:
        body = (
            f"{by.name}凭{said}成为主经办人。有异议的，请持营业执照和单位证明到当地人社部门办理。"
        )
        operators.tell_operator(account, employer, f"{employer.name}的主经办人已变更", body, now)
    return found


def _others_have_begun(employer: Employer) -> bool:
    """Whether accounts that nobody approved have typed or filed something for it."""
    return (
        employer.state == Employer.State.UNFILED
        and Case.objects.filter(applicant=employer.pk, state__in=OPEN).exists()
    )


def _check_allowed(claim: Claim, way: Claim.Way, now: datetime) -> None:
    if way not in ways_of(claim.employer.region_code, now):
        raise ClaimProblem(_NOT_ALLOWED)


def _registered(claim: Claim) -> Registration | None:
    return Registration.objects.filter(credit_code=claim.employer.credit_code).first()


def _mobiles(claim: Claim, found: Registration | None) -> list[str]:
    """The registered mobiles, in one order; where there is none, what only stands for one."""
    return sorted({one.mobile for one in _known(found)}) or [f"none {claim.employer_id}"]


def _about(claim: Claim) -> str:
    return f"employer {claim.employer_id} claim {claim.pk}"
