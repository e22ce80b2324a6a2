"""Why an act on a case is not done, in words for whoever asked for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from yonggong.cases.verdicts import Verdict
from yonggong.forms import Problem

if TYPE_CHECKING:
    from yonggong.cases.attempts import Attempt


class Refused(Exception):
    """What was sent cannot be filed. `problems` says what is wrong, where, what to do; `told` what
    that tells of filings by others; `tried` what was sent, as it was understood, where it was."""

    def __init__(
        self,
        problems: Sequence[Problem],
        verdicts: Sequence[Verdict] = (),
        *,
        told: Sequence[str] = (),
        tried: Attempt | None = None,
    ) -> None:
        self.problems, self.verdicts, self.told = tuple(problems), tuple(verdicts), tuple(told)
        self.tried = tried
        super().__init__("；".join(problem.message for problem in problems))


class Overtaken(Exception):
    """Another tab typed something else meanwhile: the person chooses between the two first."""


class Forbidden(Exception):
    """The act is not this person's to do; the message says why."""


def refused(field: str, code: str, message: str, remedy: str = "") -> Refused:
    """A refusal for one reason."""
    return Refused([Problem(field=field, code=code, message=message, remedy=remedy)])
