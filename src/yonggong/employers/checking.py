"""What refuses filings about an employer, as far as the kinds share it."""

from __future__ import annotations

from collections.abc import Sequence

from yonggong.cases.attempts import Attempt
from yonggong.forms import Problem
from yonggong.registry.models import Employer


def own_credit_code(attempt: Attempt) -> Sequence[Problem]:
    """An employer files for itself: the code is the one it registered with."""
    problems = []
    if attempt.values["credit_code"] != attempt.applicant.employer.credit_code:
        problems.append(
            Problem(
                field="credit_code",
                code="credit_code_of_another",
                message=f"统一社会信用代码与本账号的单位不一致，本单位为 {attempt.applicant.employer.credit_code}",
                remedy="请填写本单位的统一社会信用代码；换照后代码改变的，请到窗口办理",
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
