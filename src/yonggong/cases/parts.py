"""What a kind of case is made of beside its form: data and callables, so that nothing imports upward.
Its workbook, papers and pages have files of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError
from django.db.models import Model

from yonggong.accounts.models import User
from yonggong.cases.attempts import Attempt, Check, nothing
from yonggong.forms import Problem
from yonggong.law.findings import Finding

if TYPE_CHECKING:
    from yonggong.cases.models import Case

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """What is looked at before rows are filed; a page is one row (`attempts.by_row` makes a check of
    one a check of many).

    refusals   what makes filing impossible, as problems on the form; asked of rows whose form is right
    findings   what the law says; policy decides how severe each finding is
    """

    refusals: Check[Problem] = nothing
    findings: Check[Finding] = nothing


def _nothing(case: Case, by: User, now: datetime) -> None:
    """What approval makes of a kind that has no effects."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """What filing and deciding write of the kind's own. Each default writes nothing.

    begins     what a first submission is about, brought into being by it or there before: its key
    opened     the row of the kind's own that its first submission adds, with the case's key: written
               in one statement with the case
    collided   called where that row broke a rule of the database: raises what it means, if it
               means anything to people
    amended    called inside the transaction that submits it again after a return
    applied    called inside the approving transaction: makes the fact
    lengthy       whether making the fact of a case takes longer than somebody waits for a page: a job
                  makes it then, in one transaction as ever
    returned, refused, voided   called inside the deciding transaction
    revoked       called inside the transaction that withdraws the approval, the case marked already:
                  takes back what `applied` made, from what is still approved; raises `Refused` naming
                  the cases that build on it. None where it cannot be taken back
    transferred   called inside the transaction that hands it to another agency
    moved         the same of many, by their keys, that go with their applicant to an agency and region
    begun_again   called inside the transaction that begins a draft with what another case held: both
    """

    begins: Callable[[Attempt], int | None] = lambda attempt: attempt.subject
    opened: Callable[[Case, Attempt], Model | None] = lambda case, attempt: None
    collided: Callable[[IntegrityError], None] = lambda error: None
    amended: Callable[[Case, Attempt], None] = lambda case, attempt: None
    applied: Callable[[Case, User, datetime], None] = _nothing
    revoked: Callable[[Case, User, datetime], None] | None = None
    lengthy: Callable[[Case], bool] = lambda case: False
    returned: Callable[[Case], None] = lambda case: None
    refused: Callable[[Case], None] = lambda case: None
    voided: Callable[[Case], None] = lambda case: None
    transferred: Callable[[Case], None] = lambda case: None
    moved: Callable[[Sequence[int], int, str], None] = lambda cases, agency, region: None
    begun_again: Callable[[Case, Case], None] = lambda source, target: None

    @property
    def take_back(self) -> Callable[[Case, User, datetime], None] | None:
        """What takes the approval's effects back; None where nothing can."""
        return self.applied if self.applied is _nothing else self.revoked


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """One item of a joint case: which, when, and what is filed of it.

    kind       name of the child's kind
    fields     the child's fields and the joint form's field that each is taken from
    when       whether what was filled in asks for it
    materials  the child's materials and the joint case's that each is taken from
    """

    kind: str
    fields: Mapping[str, str]
    when: Callable[[Values], bool] = lambda values: True
    materials: Mapping[str, str] = field(default_factory=dict, hash=False)


NO_CHECKS = Checks()
NO_EFFECTS = Effects()
