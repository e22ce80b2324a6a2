"""What the decision on a dispatch licence writes: the register, the decision letter, the licence."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.cases.models import Case
from yonggong.documents import results
from yonggong.documents.rendering import written_date
from yonggong.documents.results import Said
from yonggong.relations import licences
from yonggong.relations.dispatch_licence import papers
from yonggong.relations.dispatch_licence.form import CANCEL, CHANGE, EXTEND, ISSUE
from yonggong.relations.licence_models import DispatchLicence
from yonggong.services import records
from yonggong.services.record_models import Record

_CANCELLED = "准予注销劳务派遣经营许可决定书"
_GRANTED = {
    ISSUE: "准予行政许可",
    EXTEND: "准予延续行政许可",
    CHANGE: "准予变更行政许可",
    CANCEL: "准予注销行政许可",
}
# The number that the standard prints beside the first one is of another law.
_LAW = (
    "《中华人民共和国劳动合同法》第五十七条",
    "《劳务派遣行政许可实施办法》（人力资源和社会保障部令第19号）第二十二条",
)


def applied(case: Case, by: User, now: datetime) -> None:
    """Granted: the register is written, letter and licence are issued."""
    on = timezone.localdate(now)
    licence = licences.apply(case, on=on)
    said = _said(case, licence)
    if case.values["application_kind"] == CANCEL:
        results.issue(case, title=_CANCELLED, said=said)
        records.write_as(case, Record.Act.END, since=on)
        return
    changes = case.values["application_kind"] == CHANGE
    act = Record.Act.CHANGE if changes else Record.Act.ISSUE
    records.write_as(case, act, since=on, until=licence.valid_until)
    results.issue(case, said=said)
    papers.issue(case, licence, by=by, now=now)


def _said(case: Case, licence: DispatchLicence) -> Said:
    what = case.values["application_kind"]
    facts = [("许可证编号", licence.number)]
    if what != CANCEL:
        term = f"{written_date(licence.valid_from)}至{written_date(licence.valid_until)}"
        facts.append(("有效期限", term))
    decided = f"经审查，符合法定条件，决定{_GRANTED[what]}。"
    return Said(decided=decided, facts=facts, law=_LAW)


def refused(case: Case) -> None:
    """Refused with its grounds, in a letter."""
    results.issue(case, said=Said(law=_LAW))


def revoked(case: Case, by: User, now: datetime) -> None:
    """The approval is withdrawn: the register is as if it had never been."""
    licences.take_back(case)
    records.take_back(case, by, now)
