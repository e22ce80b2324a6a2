"""What the decision on a dispatch licence writes: the register, the decision letter, the licence."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.cases.models import Case
from yonggong.documents import results
from yonggong.relations import licences
from yonggong.relations.dispatch_licence import papers
from yonggong.relations.dispatch_licence.form import CANCEL, CHANGE
from yonggong.services import records
from yonggong.services.record_models import Record

_CANCELLED = "准予注销劳务派遣经营许可决定书"


def applied(case: Case, by: User, now: datetime) -> None:
    """Granted: the register is written, letter and licence are issued."""
    on = timezone.localdate(now)
    licence = licences.apply(case, on=on)
    if case.values["application_kind"] == CANCEL:
        results.issue(case, title=_CANCELLED)
        records.write_as(case, Record.Act.END, since=on)
        return
    changes = case.values["application_kind"] == CHANGE
    act = Record.Act.CHANGE if changes else Record.Act.ISSUE
    records.write_as(case, act, since=on, until=licence.valid_until)
    results.issue(case)
    papers.issue(case, licence, by=by, now=now)


def refused(case: Case) -> None:
    """Refused with its grounds, in a letter."""
    results.issue(case)


def revoked(case: Case, by: User, now: datetime) -> None:
    """The approval is withdrawn: the register is as if it had never been."""
    licences.take_back(case)
    records.take_back(case, by, now)
