"""What the end of a review writes: the letter, and the register where nothing was objected to."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.cases import queries as case_queries
from yonggong.cases.errors import refused as refusal
from yonggong.cases.models import Case
from yonggong.documents import results
from yonggong.entitlements.agreement_register import same
from yonggong.entitlements.models import CollectiveAgreement
from yonggong.law.rules.collective import effective_on, may_object
from yonggong.relations import agreements
from yonggong.relations.collective import papers, record
from yonggong.relations.collective.form import ENDED, SIGNED
from yonggong.relations.collective_models import CollectiveReview
from yonggong.services import records
from yonggong.services.record_models import Record


def received_on(case: Case) -> date:
    """The day on which the text came in that was judged."""
    assert case.filed_at is not None
    return timezone.localdate(case.filed_at)


def applied(case: Case, by: User, now: datetime) -> None:
    """Issue the letter; register the contract, unless it was objected to in time: by a letter that goes
    out within fifteen days, whenever the review was written down (集体合同规定第四十五条). An objection
    after them holds nothing up: the contract is in force by law, and the letter says so. Raises
    `Refused` where the same was registered by another case meanwhile."""
    today, received, values = timezone.localdate(now), received_on(case), case.values
    said = case_queries.steps_of(case).filter(key="review", outcome="next").last()
    assert said is not None, "the review was written down"
    written = said.values_on(record.RECORD)
    assert said.acted_at is not None
    objected = record.objects(written)
    stopped = objected and may_object(received, today)
    letter = papers.issue(case, written, received=received, by=by, now=now)
    row = CollectiveReview(
        case=case,
        employer_id=case.applicant_id,
        scope=values["scope"],
        signing=values["signing_kind"],
        place=values["region_or_industry_name"] or "",
        received_on=received,
        reviewed_on=timezone.localdate(said.acted_at),
        objected=objected,
    )
    if not stopped:
        row.effective_on = max(effective_on(received), values["collective_contract_start"])
        _register(case, row, number=letter.number, on=today)
        _record(case)
    row.save(force_insert=True)


def _record(case: Case) -> None:
    """What of the employer's record it does: a contract begins, is another, or ends."""
    values = case.values
    start, end = values["collective_contract_start"], values["collective_contract_end"]
    if values["signing_kind"] == ENDED:
        records.write_as(case, Record.Act.END, since=end)
        return
    act = Record.Act.BEGIN if values["signing_kind"] == SIGNED else Record.Act.CHANGE
    records.write_as(case, act, since=start, until=end)


def _register(case: Case, row: CollectiveReview, *, number: str, on: date) -> None:
    values, employer = case.values, case.applicant_id
    start, end = values["collective_contract_start"], values["collective_contract_end"]
    if values["signing_kind"] == ENDED:
        row.before = agreements.last_of(employer, values["sort"])
        row.effective_on = None
        if row.before is not None:
            row.before_ended_on = row.before.ended_on
            agreements.end(row.before, end)
        return
    held = same(employer, sort=values["sort"], start_on=start, end_on=end)
    if held is not None and hasattr(held, "review"):
        if values["signing_kind"] == SIGNED:
            said = f"该集体合同已经审查登记（{held.number}）"
            raise refusal("", "registered", said, "请退回重复报送的文本")
        held = None  # changed within its term: it is the one before
    if values["signing_kind"] != SIGNED:
        row.before = agreements.last_of(employer, values["sort"], but=held.pk if held else None)
        if row.before is not None:
            row.before_ended_on = row.before.ended_on
            assert row.effective_on is not None
            agreements.follow(row.before, row.effective_on)
    row.made = held is None
    held = held or CollectiveAgreement(
        case=case,
        employer_id=employer,
        sort=values["sort"],
        title=values["title"],
        signed_on=values["signed_on"],
        start_on=start,
        end_on=end,
        covered=values["covered"],
    )
    assert case.acting_agency is not None
    held.reviewed_by, held.reviewed_on, held.number = case.acting_agency.name[:80], on, number
    held.save()
    row.agreement = held


def refused(case: Case) -> None:
    """Not accepted, with its grounds, in a letter."""
    results.issue(case)


def revoked(case: Case, by: User, now: datetime) -> None:
    """Take back what the review wrote on the register; its letter is void with its case."""
    agreements.take_back(CollectiveReview.objects.get(case=case))
    records.take_back(case, by, now)
