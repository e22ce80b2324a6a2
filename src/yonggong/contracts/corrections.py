"""What a bureau does about a person with reason and evidence: correct who they are, join two
registrations, record the ending of a contract that nobody ended.

Each is one transaction with its trace (`PersonHistory`, `OfficeEnding`); the same idempotency key
again does nothing more. Lists show what holds
now; cases and papers keep saying what they said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from yonggong.accounts.models import User
from yonggong.cases import participants
from yonggong.cases.actions import Forbidden, Refused, claim
from yonggong.cases.life import State
from yonggong.cases.materials import clean_name
from yonggong.cases.models import Case
from yonggong.codes.identifiers import CodeError, check_document
from yonggong.contracts import people as seen
from yonggong.contracts import refusals
from yonggong.contracts.ending import checks
from yonggong.contracts.models import Contract, Filing, OfficeEnding, Posting
from yonggong.forms import Problem
from yonggong.registry import people as registry
from yonggong.registry.models import Evidence, Worker
from yonggong.registry.people import Particulars
from yonggong.uploads import UploadRefused, opened

EVIDENCE_TYPES = ("pdf", "jpg", "png")
MOST_MEGABYTES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Why somebody acts: the reason in words, and the file that shows it as it was sent."""

    reason: str
    file_name: str
    content: bytes


@transaction.atomic
def correct(
    *,
    person: Worker,
    corrected: Particulars,
    ground: Ground,
    key: UUID | None = None,
    by: User,
    now: datetime,
    address: str | None,
) -> Worker:
    """Correct a person's name, number, sex or birth (更正). Raises `Refused`, `Forbidden`."""
    _only_with_power(by, person)
    if claim(user=by, key=key, outcome=f"person {person.pk}"):
        return Worker.objects.get(pk=person.pk)
    worker = registry.lock_worker(person.pk)
    problems = [_joined_already()] if worker.joined_into_id else []
    if corrected == Particulars.of(worker):
        problems.append(_problem("", "unchanged", "没有改动任何登记内容", "请填写更正后的内容"))
    problems += _contradictions(corrected)
    act = _act(ground, problems, by=by, now=now, address=address)
    try:
        worker = registry.correct(worker=worker, corrected=corrected, act=act)
    except registry.DocumentTaken:
        raise Refused([_taken()]) from None
    _show_as_now(worker)
    return worker


@transaction.atomic
def join(
    *,
    person: Worker,
    other: Worker,
    ground: Ground,
    key: UUID | None = None,
    by: User,
    now: datetime,
    address: str | None,
) -> Worker:
    """Join the registration `other` into `person` (并档): the contracts of both are one person's,
    whose documents and name stay those of `person`. Raises `Refused`, `Forbidden`."""
    _only_with_power(by, person)
    if claim(user=by, key=key, outcome=f"person {person.pk}"):
        return Worker.objects.get(pk=person.pk)
    if other.pk == person.pk:
        raise Refused(
            [_problem("other_number", "same", "这是同一份登记", "请填写另一份登记的证件")]
        )
    locked = {worker.pk: worker for worker in registry.lock_to_join(person.pk, other.pk)}
    person, other = locked[person.pk], locked[other.pk]
    problems = (
        [_joined_already()]
        if person.joined_into_id or other.joined_into_id
        else _in_the_way(person, other)
    )
    act = _act(ground, problems, by=by, now=now, address=address)
    _give_up_what_ran_out(person, other, now)
    try:
        with transaction.atomic():
            Contract.objects.filter(worker=other).update(worker=person)
            Filing.objects.filter(worker=other).update(worker=person)
            Posting.objects.filter(worker=other).update(worker=person)
    except IntegrityError:
        raise Refused([_moved_meanwhile()]) from None
    registry.join(kept=person, other=other, act=act)
    participants.join(kept=person.pk, other=other.pk)
    _show_as_now(person)
    return person


@transaction.atomic
def record_ending(
    *,
    contract: Contract,
    ended_on: date,
    ground: Ground,
    key: UUID | None = None,
    by: User,
    now: datetime,
    address: str | None,
) -> OfficeEnding:
    """Record that a contract has ended whose employer does not file it. Raises `Refused`,
    `Forbidden`."""
    if not seen.may_end(by, contract):
        raise Forbidden("该合同不在您的办理范围内。")
    if claim(user=by, key=key, outcome=f"contract {contract.pk}"):
        return OfficeEnding.objects.get(contract=contract)
    contract = Contract.objects.select_for_update().get(pk=contract.pk)
    problems = refusals.of_contract(
        state=contract.state, rostered=True, needs_roster=False, what="终止登记"
    ) or checks.of_values(
        {"ended_on": ended_on}, start_on=contract.work_start_on, today=now.astimezone().date()
    )
    if contract.filings.filter(state=State.PENDING).exists():
        problems.append(refusals.pending_on_contract())
    act = _act(ground, problems, by=by, now=now, address=address)
    contract.state, contract.ended_on = Contract.State.ENDED, ended_on
    contract.save(update_fields=["state", "ended_on"])
    contract.filings.filter(in_post=True).update(in_post=False)
    return OfficeEnding.objects.create(
        contract=contract,
        ended_on=ended_on,
        reason=act.reason,
        evidence=act.evidence,
        by=by,
        at=now,
        address=address,
    )


def _contradictions(corrected: Particulars) -> list[Problem]:
    """Where a document's number says another birth or sex than is given with it."""
    try:
        document = check_document(corrected.document_type, corrected.number)
    except CodeError as error:
        return [_problem("document_number", error.code, error.message_zh, error.remedy_zh)]
    return [
        _problem(field, f"{field}_differs", f"{label}与证件号码不一致", "请对照证件核对")
        for field, label, inside, given in (
            ("birth_on", "出生日期", document.birth_date, corrected.birth_on),
            ("sex", "性别", document.sex, corrected.sex),
        )
        if inside is not None and inside != given
    ]


# --- what stands in the way of joining -------------------------------------------------------


def _in_the_way(person: Worker, other: Worker) -> list[Problem]:
    """Of two people who turn out to be one: what one person cannot have twice."""
    held = _by_employer(_active(person)), _by_employer(_active(other))
    waiting = _waiting(person), _waiting(other)
    problems = [
        _problem(
            "",
            "two_contracts",
            f"两份登记在单位【{name}】各有一份履行中的劳动合同",
            "请先由该单位（或者由本部门凭证据）办理其中一份的解除（终止），再并档",
        )
        for name in _shared(*held)
    ]
    problems += [
        _problem(
            "",
            "two_filings",
            f"两份登记在单位【{name}】各有一件未审核的新订备案",
            "请先审核或者退回其中一件，再并档",
        )
        for name in _shared(*(_by_employer(filings) for filings in waiting))
    ]
    exclusive = [[row for row in rows if row.exclusive] for rows in waiting]
    if all(exclusive) and not problems:
        first, second = (rows[0].employer.name for rows in exclusive)
        problems.append(
            _problem(
                "",
                "two_filings",
                f"两份登记各有一件未审核的全日制新订备案：单位【{first}】、单位【{second}】",
                "请先审核或者退回其中一件，再并档",
            )
        )
    return problems


def _active(worker: Worker) -> list[Contract]:
    rows = Contract.objects.filter(worker=worker, state=Contract.State.ACTIVE)
    return list(rows.select_related("employer"))


def _waiting(worker: Worker) -> list[Filing]:
    rows = Filing.objects.filter(worker=worker, state=State.PENDING, kind=Filing.Kind.NEW)
    return list(rows.select_related("employer"))


def _by_employer(rows: Iterable[Contract] | Iterable[Filing]) -> dict[int, str]:
    return {row.employer_id: row.employer.name for row in rows}


def _shared(one: Mapping[int, str], other: Mapping[int, str]) -> list[str]:
    return [one[key] for key in sorted(one.keys() & other.keys())]


def _give_up_what_ran_out(person: Worker, other: Worker, now: datetime) -> None:
    """Two exclusive contracts stay with one person only where one of them has run out."""
    first, second = (
        [row for row in _active(worker) if row.exclusive] for worker in (person, other)
    )
    if not (first and second):
        return
    today = now.astimezone().date()
    over = [row for row in (*first, *second) if row.has_run_out(today)]
    if not over:
        names = "、".join(f"单位【{row.employer.name}】" for row in (*first, *second))
        raise Refused(
            [
                _problem(
                    "",
                    "two_full_time",
                    f"两份登记各有一份履行中的全日制劳动合同：{names}",
                    "请先由原单位（或者由本部门凭证据）办理其中一份的解除（终止），再并档",
                )
            ]
        )
    # Where both have run out the later one keeps what it has.
    over.sort(key=lambda row: row.end_on or date.max)
    Contract.objects.filter(pk=over[0].pk).update(exclusive=False)


# --- shared ----------------------------------------------------------------------------------


def _only_with_power(by: User, person: Worker) -> None:
    if not seen.may_correct(by, person):
        raise Forbidden("此人的登记不在您的办理范围内。")


def _act(
    ground: Ground, problems: list[Problem], *, by: User, now: datetime, address: str | None
) -> registry.Act:
    """The act with its evidence kept. Raises `Refused` with all that is wrong."""
    reason = ground.reason.strip()
    if not reason:
        problems = [*problems, _problem("reason", "required", "请填写原因", "写明依据的事实和材料")]
    try:
        file = opened(ground.content, allowed=EVIDENCE_TYPES, megabytes=MOST_MEGABYTES)
    except UploadRefused as refused:
        raise Refused(
            [*problems, _problem("evidence", "evidence", str(refused).rstrip("。"), "")]
        ) from None
    if problems:
        raise Refused(problems)
    evidence: Evidence = registry.keep_evidence(
        file_name=clean_name(ground.file_name, file.file_type),
        content_type=file.file_type.content_type,
        content=file.content,
    )
    return registry.Act(reason=reason, evidence=evidence, by=by, at=now, address=address)


def _show_as_now(worker: Worker) -> None:
    """Lists show the person as registered now, on every filing."""
    Filing.objects.filter(worker=worker).update(name=worker.name, sex=worker.sex)
    Case.objects.filter(filing__worker=worker).update(subject_name=worker.name)
    Posting.objects.filter(worker=worker).update(name=worker.name)
    Case.objects.filter(posting__worker=worker).update(subject_name=worker.name)


def _problem(field: str, code: str, message: str, remedy: str) -> Problem:
    return Problem(field=field, code=code, message=message, remedy=remedy)


def _joined_already() -> Problem:
    return _problem(
        "", "joined_already", "这份登记已经并入另一份登记", "请按证件号码重新查找后办理"
    )


def _moved_meanwhile() -> Problem:
    return _problem("", "moved_meanwhile", "刚刚有新的备案，两份登记暂时不能并档", "请重新办理并档")


def _taken() -> Problem:
    return _problem(
        "document_number",
        "document_taken",
        "该证件号码已有另一份登记",
        "请核对证件号码；确为同一人的，请办理并档",
    )
