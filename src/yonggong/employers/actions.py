"""An employer registers itself: its row, and the account of the person who files for it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from yonggong.accounts import actions as accounts
from yonggong.accounts.actions import AccountProblem
from yonggong.accounts.granting import grant
from yonggong.accounts.models import User
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
    address: str | None,
    code_evidence: str = "",
) -> tuple[Employer, User]:
    """Register an employer by its credit code, with its first operator's account; on
    `code_evidence` where the code's check character does not hold.

    Raises `AccountProblem` where the code or the user name is taken (the employer then asks its
    operator, or the bureau), ValidationError where the password is too weak.
    """
    try:
        employer = registry.register_employer(
            credit_code=credit_code, name=name, region_code=region_code
        )
    except registry.AlreadyRegistered:
        raise AccountProblem(
            "该统一社会信用代码已注册账号。请使用原账号登录；经办人变动的，请持单位证明到当地人社部门办理。",
            about="credit_code",
        ) from None
    if code_evidence:
        _state_code(employer, code_evidence)
    user = accounts.create_user(
        username=username,
        name=operator,
        password=password,
        mobile=mobile,
        email=email,
        region_code=employer.region_code,
        must_change_password=False,
        by=None,
        address=address,
    )
    grant(user=user, role="employer_operator", party_id=employer.pk, by=None, address=address)
    return employer, user


def _state_code(employer: Employer, evidence: str) -> None:
    try:
        doubtful.state_code(
            credit_code=employer.credit_code,
            name=employer.name,
            region_code=employer.region_code,
            evidence=evidence,
            by=None,
            at=timezone.now(),
        )
    except doubtful.AlreadyDecided as refused:
        raise AccountProblem(
            f"该统一社会信用代码经人社部门核实有误{refused}。请核对证照，有疑问的请持证照到窗口办理。",
            about="credit_code",
        ) from None
