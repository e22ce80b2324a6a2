"""An employer makes itself known: its row, and the account of the person who files for it. Where it is
known already, that is a claim."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yonggong.accounts import actions as accounts
from yonggong.accounts.actions import AccountProblem
from yonggong.accounts.models import User
from yonggong.employers import claims, operators, proving
from yonggong.employers.models import Claim
from yonggong.registry import actions as registry
from yonggong.registry import doubtful
from yonggong.registry.models import Employer


@transaction.atomic
def register_employer(
    *,
    credit_code: str,
    name: str,
    region_code: str,
    username: str,
    operator: str,
    mobile: str,
    email: str = "",
    password: str,
    now: datetime,
    address: str | None,
    code_evidence: str = "",
) -> tuple[Employer, User, Claim | None]:
    """Register an employer by its credit code, with its first operator's account; on
    `code_evidence` where the code's check character does not hold. Of an employer that is known
    already the account has nothing yet but a claim.

    Raises `AccountProblem` where the user name is taken or the code was found wrong,
    ValidationError where the password is too weak.
    """
    user = accounts.create_user(
        username=username,
        name=operator,
        password=password,
        mobile=mobile,
        email=email,
        region_code=region_code,
        must_change_password=False,
        by=None,
        address=address,
    )
    employer, claim = add_employer(
        credit_code=credit_code,
        name=name,
        region_code=region_code,
        by=user,
        now=now,
        address=address,
        code_evidence=code_evidence,
    )
    return employer, user, claim


@transaction.atomic
def add_employer(
    *,
    credit_code: str,
    name: str,
    region_code: str,
    by: User,
    now: datetime,
    address: str | None,
    code_evidence: str = "",
) -> tuple[Employer, Claim | None]:
    """Let an account register an employer, and act for it; of one that is known already, claim it.

    Raises `AccountProblem`, `ClaimProblem` where they act for it or claimed it already.
    """
    if code_evidence:
        _state_code(credit_code, name, region_code, code_evidence, now)
    try:
        employer = registry.register_employer(
            credit_code=credit_code, name=name, region_code=region_code
        )
    except registry.AlreadyRegistered:
        employer = Employer.objects.get(credit_code=credit_code)
        return employer, _claim(employer, name, region_code, by, now, address)
    if "licence" not in proving.ways_of(region_code, now):
        # Its initial filing would bring the licence; where that proves nothing, it is claimed too.
        return employer, _claim(employer, name, region_code, by, now, address)
    operators.let_act(
        employer=employer, account=by, reason="单位注册", by=None, now=now, address=address
    )
    return employer, None


def _claim(
    employer: Employer, name: str, region: str, by: User, now: datetime, address: str | None
) -> Claim:
    return claims.claim(
        employer=employer, claimant=by, name=name, region_code=region, now=now, address=address
    )


def _state_code(
    credit_code: str, name: str, region_code: str, evidence: str, now: datetime
) -> None:
    try:
        doubtful.state_code(
            credit_code=credit_code,
            name=name,
            region_code=region_code,
            evidence=evidence,
            by=None,
            at=now,
        )
    except doubtful.AlreadyDecided as refused:
        raise AccountProblem(
            f"该统一社会信用代码经人社部门核实有误{refused}。请核对证照，有疑问的请持证照到窗口办理。",
            about="credit_code",
        ) from None
