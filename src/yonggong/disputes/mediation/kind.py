"""劳动人事争议调解: applied for, accepted, mediated, ended with an agreement or without."""

from __future__ import annotations

from yonggong.cases.kinds import CaseKind
from yonggong.cases.parts import Effects
from yonggong.disputes import papers, register
from yonggong.disputes.mediation import effects
from yonggong.disputes.mediation.form import FORM, ITEM
from yonggong.disputes.mediation.steps import procedure
from yonggong.disputes.models import Dispute
from yonggong.disputes.pages import pages
from yonggong.disputes.sides import against

KIND = CaseKind(
    name=ITEM.key,
    title=ITEM.title,
    form=FORM,
    subject_name=against,
    effects=Effects(
        opened=register.opened(Dispute.Sort.MEDIATION),
        amended=register.amended,
        applied=effects.applied,
        refused=register.refused,
        voided=effects.voided,
    ),
    procedure=procedure(),
    papers=(papers.AGREED, papers.FAILED),
    pages=pages("dispute_matters"),
    online=True,
)
