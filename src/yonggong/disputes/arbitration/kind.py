"""劳动人事争议仲裁: applied for, accepted, heard, awarded or settled."""

from __future__ import annotations

from yonggong.cases.attempts import by_row
from yonggong.cases.kinds import CaseKind
from yonggong.cases.parts import Checks, Effects
from yonggong.disputes import papers, register
from yonggong.disputes.arbitration import checks, effects
from yonggong.disputes.arbitration.form import FORM, ITEM
from yonggong.disputes.arbitration.steps import procedure
from yonggong.disputes.models import Dispute
from yonggong.disputes.pages import pages
from yonggong.disputes.sides import against

KIND = CaseKind(
    name=ITEM.key,
    title=ITEM.title,
    form=FORM,
    subject_name=against,
    checks=Checks(refusals=by_row(checks.refused), findings=by_row(checks.found)),
    effects=Effects(
        opened=register.opened(Dispute.Sort.ARBITRATION),
        amended=register.amended,
        applied=effects.applied,
        refused=register.refused,
        voided=effects.voided,
    ),
    procedure=procedure(),
    papers=(
        papers.COPY,
        papers.RESPOND,
        papers.THIRD,
        papers.HEARING,
        papers.PUT_OFF,
        papers.LONGER,
        papers.ANSWER,
        papers.AWARD,
        papers.SETTLED,
        papers.CLOSED,
        papers.MERGED,
    ),
    pages=pages("claims"),
    online=True,
)
