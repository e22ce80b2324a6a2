"""An invented kind with further parties: a challenge to a match, with an other side and a coach."""

from __future__ import annotations

from yonggong.cases.attempts import Attempt
from yonggong.cases.kinds import CaseKind, register
from yonggong.cases.models import Participant
from yonggong.forms import Field, Form, Section

FORM = Form(
    name="match",
    title="约赛申请",
    sections=(
        Section(
            name="match",
            title="比赛",
            fields=(
                Field(name="title", label="名称", required=True, max_length=20),
                Field(name="against", label="对手", max_length=20),
                Field(name="coach", label="教练", max_length=20),
            ),
        ),
    ),
)


def _participants(attempt: Attempt) -> list[tuple[int, str]]:
    roles = {"against": Participant.Role.OTHER_SIDE, "coach": Participant.Role.AGENT}
    return [
        (int(attempt.values[name]), role) for name, role in roles.items() if attempt.values[name]
    ]


CHALLENGE = register(
    CaseKind(
        name="match.challenge",
        title="约赛申请",
        form=FORM,
        subject_name=lambda attempt: str(attempt.values["title"]),
        participants=_participants,
    )
)
