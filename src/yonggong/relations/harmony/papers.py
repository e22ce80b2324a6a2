"""The paper of a recognition (和谐劳动关系单位认定)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.cases import queries as case_queries
from yonggong.cases.models import Case
from yonggong.cases.papers import Paper
from yonggong.documents.actions import save_document
from yonggong.documents.models import Document
from yonggong.documents.rendering import page_count, render_result, written_date
from yonggong.documents.rendering.papers import Result
from yonggong.relations.harmony.form import score_of

RECOGNITION = Paper(name="harmony.recognition", title="和谐劳动关系单位认定书", prefix="HX")
# The steps that gave an opinion, in the words of the printed form.
_OPINIONS = {
    "approve-2": "旗县协调劳动关系三方会议",
    "approve-3": "盟市协调劳动关系三方会议",
    "decide": "自治区协调劳动关系三方会议",
}


def issue(
    case: Case, written: Mapping[str, Mapping[str, Any]], *, by: User, now: datetime
) -> Document:
    """Number the paper and keep it; `written` is what the steps wrote down, by their keys."""
    return save_document(
        paper=RECOGNITION,
        employer=case.applicant.employer,
        case_ids=[case.pk],
        render=lambda number: render_result(_paper(case, written, number, timezone.localdate(now))),
        pages=page_count,
        by=by,
        now=now,
    )


def _paper(case: Case, written: Mapping[str, Mapping[str, Any]], number: str, on: date) -> Result:
    until = written["file"].get("valid_until")
    deciding = case_queries.steps_of(case).filter(key="decide").last()
    assert deciding is not None and deciding.agency is not None
    return Result(
        title=RECOGNITION.title,
        number=number,
        applicant=case.applicant.name,
        statement="经企业自评、旗县和盟市协调劳动关系三方会议逐级推荐、自治区协调劳动关系三方会议审查，"
        "认定你单位为和谐劳动关系单位。",
        agency=deciding.agency.name,
        decided_on=on,
        facts=[
            ("单位名称", case.applicant.name),
            ("统一社会信用代码", case.applicant.employer.credit_code),
            ("自评综合得分", f"{score_of(case.values)} 分"),
            *([("有效期至", written_date(until))] if until else []),
        ],
        parts=[
            (f"{title}意见", [str(written[key]["opinion"])])
            for key, title in _OPINIONS.items()
            if key in written
        ],
    )
