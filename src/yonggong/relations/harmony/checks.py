"""What refuses an application for recognition."""

from __future__ import annotations

from collections.abc import Sequence

from yonggong.cases.attempts import Attempt
from yonggong.forms import Problem
from yonggong.relations.blockers import blockers
from yonggong.relations.harmony.form import FORM


def refused(attempt: Attempt) -> Sequence[Problem]:
    """No sound union, or what defers recommendation, with its reason."""
    problems = []
    if not attempt.values["union_sound"]:
        problems.append(
            FORM.problem(
                "union_sound",
                "no_union",
                "工会组织不健全或者企业内部不和谐的，暂缓推荐",
                "健全工会组织后再申报",
            )
        )
    for blocker in blockers(attempt.applicant.employer, attempt.today):
        if blocker.told:
            problems.append(
                Problem(
                    field="",
                    code="deferred",
                    message=f"暂缓推荐：{blocker.reason.rstrip('。')}",
                    remedy="处理完毕后再申报",
                )
            )
    return problems
