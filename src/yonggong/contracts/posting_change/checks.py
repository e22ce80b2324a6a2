"""What refuses the change of what a user unit filed."""

from __future__ import annotations

from collections.abc import Iterable

from yonggong.cases.attempts import Attempt
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.contracts import matching
from yonggong.contracts.checking import employer_filed
from yonggong.contracts.models import Posting
from yonggong.contracts.posting_change.form import ENDED, POSTING_CHANGE_FORM
from yonggong.forms import Problem


class _Meant:
    """The filing that is to be changed, looked up once for checks and effects."""

    posting: Posting | None = None
    asked = False


def meant(attempt: Attempt) -> Posting | None:
    """What the unit filed under the number given, approved and still holding; None where nothing is."""
    kept = attempt.among.kept.of(_Meant)
    if not kept.asked:
        kept.asked = True
        number = attempt.values.get("posting") or ""
        kept.posting = numbered(number, unit=attempt.applicant.pk, but=attempt.case)
    return kept.posting


def numbered(number: str, *, unit: int, but: Case | None) -> Posting | None:
    """The same for a number, as if the case that changes it were not there."""
    key = Case.key_in(number)
    if not key:
        return None
    holding = matching.postings(but.pk if but else None)
    rows = holding.filter(case=int(key), user_unit=unit, state=State.APPROVED)
    found = rows.select_related("worker", "case").first()
    return found if found and found.case.number == "".join(number.split()) else None


def _met(attempt: Attempt, posting: Posting) -> Posting | None:
    """What the unit filed of the same dispatch at another time, which the days of the change meet: it
    would give way to the change (`matching.postings`), though the change is of another."""
    others = matching.postings(attempt.case.pk if attempt.case else None).filter(
        worker=posting.worker_id,
        user_unit=posting.user_unit_id,
        dispatcher_code=posting.dispatcher_code,
        start_on__lte=attempt.values["dispatch_end_on"],
        end_on__gte=attempt.values["dispatch_start_on"],
    )
    return others.exclude(pk=posting.pk).select_related("case").order_by("start_on").first()


def refused(attempt: Attempt) -> Iterable[Problem]:
    """It is of a filing that holds, and meets no other; an early end is earlier."""
    yield from employer_filed(attempt.among)
    posting = meant(attempt)
    if posting is None:
        yield POSTING_CHANGE_FORM.problem(
            "posting",
            "posting_unknown",
            "没有本单位审核通过并且现行有效的该编号派遣用工备案，或者此人另有派遣用工备案等待审核",
            "请在“派遣用工”中点击姓名办理；已经变更过的，以最近一次变更的编号办理",
        )
        return
    values = attempt.values
    if values["change_kind"] == ENDED and values["dispatch_end_on"] >= posting.end_on:
        yield POSTING_CHANGE_FORM.problem(
            "dispatch_end_on",
            "not_earlier",
            f"提前结束的日期不早于原备案的派遣结束日期 {posting.end_on}",
            "请填写实际结束之日；派遣期满自然结束的不必备案",
        )
    if other := _met(attempt, posting):
        field = "dispatch_end_on" if other.start_on > posting.start_on else "dispatch_start_on"
        yield POSTING_CHANGE_FORM.problem(
            field,
            "meets_another",
            f"与本单位另一份派遣用工备案 {other.case.number}（{other.start_on} 至 {other.end_on}）的期限重叠",
            "请更正日期；另一份备案的期限有变的，先变更该备案",
        )
