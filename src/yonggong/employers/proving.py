"""Acting for an employer, proven without a reviewer where the province allows it: by the unit's own
certificate, or by what the registration authorities say of it and a code sent to the mobile they have.

Where others have begun to file an employer of which nothing was approved, it is a reviewer's to decide
all the same; the proof stands with the claim.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from yonggong import policy
from yonggong.accounts import one_time_codes
from yonggong.accounts.actions import AccountProblem
from yonggong.accounts.models import User
from yonggong.accounts.one_time_codes import Purpose
from yonggong.cases.life import OPEN
from yonggong.cases.models import Case
from yonggong.codes.names import person_name
from yonggong.employers import charge, operators
from yonggong.employers.claims import ClaimProblem, own_waiting
from yonggong.employers.models import Claim
from yonggong.proofs.verifying import Proven
from yonggong.registry.actions import document_digest
from yonggong.registry.models import Employer
from yonggong.registry.registrations import Registration

State, Way = Claim.State, Claim.Way
CLAIMING = Purpose("claiming", "认领单位")
_RESIDENT_ID = "01"
_NOT_ALLOWED = "当地没有开通这种方式，请上传营业执照，由人社部门核对。"


def ways_of(region_code: str, now: datetime) -> tuple[str, ...]:
    """The ways that the province allows: `licence`, `certificate`, `feed`, `counter`."""
    return policy.of(region_code, now.date()).registration_ways


def by_certificate(
    *, claim: Claim, proven: Proven, by: User, now: datetime, address: str | None
) -> Claim:
    """Whoever has the unit's certificate acts for it. Raises `ClaimProblem`, `Claim.DoesNotExist`."""
    _check_allowed(claim, Way.CERTIFICATE, now)
    if proven.credit_code != claim.employer.credit_code:
        raise ClaimProblem("证书所载的统一社会信用代码与认领的单位不一致，不能用该证书认领。")
    said = f"单位数字证书，{proven.issuer}颁发，序列号 {proven.serial}"
    return _proven(claim, Way.CERTIFICATE, said, by, now, address)


def ask_code(
    *, claim: Claim, representative: str, number: str, by: User, now: datetime, address: str | None
) -> UUID:
    """Send a code to the mobile that the registration authority has, where the legal representative's
    name and ID number are those registered; otherwise in vain, and nobody can tell. Its key.

    Raises `ClaimProblem`, `TooOften`, `NotOffered`.
    """
    _check_allowed(claim, Way.FEED, now)
    found = _registered(claim)
    agrees = (
        found is not None
        and not found.is_over
        and bool(found.representative_digest)
        and person_name(found.legal_representative) == person_name(representative)
        and bytes(found.representative_digest) == document_digest(_RESIDENT_ID, number)
    )
    mobile = _mobile_of(claim, found)
    return one_time_codes.send(
        purpose=CLAIMING,
        mobile=mobile,
        about=_about(claim),
        in_vain=not agrees or not mobile.isdigit(),
        address=address,
        now=now,
    )


def by_code(
    *, claim: Claim, key: str, code: str, by: User, now: datetime, address: str | None
) -> Claim:
    """Whoever reads out the code that was sent acts for the employer. Outside of a transaction.
    Raises `ClaimProblem`, `Claim.DoesNotExist`."""
    _check_allowed(claim, Way.FEED, now)
    right = one_time_codes.check(
        key=key,
        purpose=CLAIMING,
        mobile=_mobile_of(claim, _registered(claim)),
        about=_about(claim),
        code=code,
        now=now,
    )
    if not right:
        raise ClaimProblem(
            "验证码不正确或者已失效，或者填写的法定代表人与登记信息不一致。"
            "请核对后重新发送，或者上传营业执照由人社部门核对。"
        )
    said = "法定代表人姓名、证件号码与登记信息一致，登记手机号收到的验证码正确"
    return _proven(claim, Way.FEED, said, by, now, address)


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


def _mobile_of(claim: Claim, found: Registration | None) -> str:
    """The registered mobile; where there is none, what only stands for it."""
    return (found.opened("contact_mobile") if found else "") or f"none {claim.employer_id}"


def _about(claim: Claim) -> str:
    return f"employer {claim.employer_id} claim {claim.pk}"
