"""What refuses filings about an employer, as far as the kinds share it."""

from __future__ import annotations

from collections.abc import Sequence

from yonggong.cases.attempts import Attempt
from yonggong.forms import Problem
from yonggong.registry.models import Employer


def own_credit_code(attempt: Attempt, *, changed: bool = False) -> Sequence[Problem]:
    """An employer files for itself: the code is the one it registered with, or, where it files that
    this has changed, one that nobody else has. That is told on submission only."""
    problems = []
    own = attempt.applicant.employer.credit_code
    if changed and attempt.values["credit_code"] != own:
        if not attempt.among.typing and is_taken(attempt.values["credit_code"]):
            problems.append(code_taken())
    elif attempt.values["credit_code"] != own:
        problems.append(
            Problem(
                field="credit_code",
                code="credit_code_of_another",
                message=f"统一社会信用代码与本账号的单位不一致，本单位为 {own}",
                remedy="请填写本单位的统一社会信用代码；代码变更的，在变更备案中选择对应的变更事项",
                value=attempt.values["credit_code"],
            )
        )
    if attempt.values["licence_on"] > attempt.today:
        problems.append(
            Problem(
                field="licence_on",
                code="licence_in_future",
                message="领取营业执照日期晚于今天",
                remedy="请按营业执照填写",
                value=str(attempt.values["licence_on"]),
            )
        )
    return problems


def is_taken(credit_code: str) -> bool:
    """Whether an employer has this code."""
    return Employer.objects.filter(credit_code=credit_code).exists()


def code_taken() -> Problem:
    """That a changed code is another employer's."""
    return Problem(
        field="credit_code",
        code="code_taken",
        message="变更后的统一社会信用代码已由其他单位登记",
        remedy="请核对营业执照；本单位以新代码重复登记的，请先与送审机构联系",
    )


def filed(attempt: Attempt) -> Sequence[Problem]:
    """Only an employer whose initial filing is approved can go on."""
    if attempt.applicant.employer.state == Employer.State.UNFILED:
        return [
            Problem(
                field="",
                code="not_filed",
                message="本单位尚未完成初次备案",
                remedy="请先办理初次备案",
            )
        ]
    return ()
