"""Every write about batches: upload, cancel, undo, mend, and the job's own steps."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from yonggong import policy
from yonggong.accounts.actions import record_broken
from yonggong.accounts.models import User
from yonggong.batch import filing, holding, queries, racing
from yonggong.batch.filing import checked, completed, problems_text
from yonggong.batch.mending import EXPLANATION, cells_of, mended_by, unsettle
from yonggong.batch.models import BadRow, Batch
from yonggong.batch.owning import owned
from yonggong.batch.queueing import defer_batch
from yonggong.batch.reading import (
    MOST_MEGABYTES,
    FileRefused,
    Part,
    ReadingEnded,
    Sheet,
    Unwanted,
    opened,
)
from yonggong.batch.repeats import Repeats
from yonggong.cases import closed
from yonggong.cases.actions import Forbidden
from yonggong.cases.bulk import write
from yonggong.cases.kinds import get_kind
from yonggong.cases.life import State
from yonggong.cases.models import Blob, Case
from yonggong.cases.queries import acts_for
from yonggong.cases.routing import agency_for
from yonggong.cases.sweeping import void_many
from yonggong.registry.handling import NoAgency
from yonggong.registry.models import Employer
from yonggong.vault import seal
from yonggong.vault.sealing import SealBroken

# So often a job is begun that does not get on before it is given up.
_MOST_ATTEMPTS = 5
# So often is a file read that ends its reader each time.
_MOST_READINGS = 2
# So long a batch waits for another of its employer to be read, in seconds.
_PATIENCE = 5.0
# So many batches are filed at a time; others may be read meanwhile.
_AT_WORK = 2
_OPEN = (Batch.State.WAITING, Batch.State.READING, Batch.State.FILING)


@transaction.atomic
def upload(
    *,
    kind: str,
    employer: Employer,
    file_name: str,
    content: bytes,
    key: UUID,
    by: User,
    today: date,
    address: str | None,
    mends: Batch | None = None,
) -> Batch:
    """Keep an uploaded workbook and queue its job; the same key again returns the first batch.

    What is in it is looked at by the job. `mends`: the batch whose bad rows it brings mended, where
    the file's name does not say so. Raises `FileRefused` for what can be told at once, `Forbidden` for
    another's employer.
    """
    if get_kind(kind).workbook is None:
        raise ValueError(f"{kind} is not filed by workbook")
    if not acts_for(by, employer.pk, get_kind(kind)):
        raise Forbidden("只能为本单位上传。")
    if employer.state == Employer.State.UNFILED:
        raise FileRefused("本单位尚未完成初次备案。请先在“单位基本信息”中办理初次备案。")
    if closed.is_barred(get_kind(kind), employer.party):
        raise FileRefused(closed.refusal(get_kind(kind)).text)
    rules = policy.of(employer.region_code, today)
    if not rules.accepts(kind):
        raise FileRefused(f"本地区不受理{get_kind(kind).title}。请咨询当地人社部门。")
    if len(content) > MOST_MEGABYTES * 1024 * 1024:
        raise FileRefused(f"文件超过 {MOST_MEGABYTES} MB。请分成几个文件上传。")
    earlier = Batch.objects.filter(filed_by=by, key=key).first()
    if earlier is not None:
        return earlier
    try:
        agency = agency_for(
            applicant=employer.party,
            region_code=employer.region_code,
            policy=rules,
            matter=get_kind(kind).matter,
        )
    except NoAgency as error:
        raise FileRefused(str(error)) from None
    try:
        with transaction.atomic():
            batch = Batch.objects.create(
                kind=kind,
                employer=employer,
                agency=agency,
                region_code=employer.region_code,
                filed_by=by,
                counter_id=by.scope.counter_for(employer.pk),
                file_name=file_name.replace("\\", "/").rsplit("/", 1)[-1][:120],
                blob=Blob.keep(content),
                key=key,
                address=address,
                filed_on=today,
                mends=mends or mended_by(file_name, employer=employer, kind=kind),
            )
    except IntegrityError:  # the same form, sent twice at once
        return Batch.objects.get(filed_by=by, key=key)
    _queue(batch.pk)
    return batch


def _queue(batch: int) -> None:
    defer_batch(batch)


@transaction.atomic
def cancel(*, batch: Batch, by: User, now: datetime) -> Batch:
    """Stop a batch that is waiting or under way; what is filed until then stays filed."""
    owned(batch, by)
    stopped = Batch.objects.filter(pk=batch.pk, state__in=[*_OPEN, Batch.State.ASKING]).update(
        state=Batch.State.CANCELLED, finished_at=now
    )
    if not stopped:
        raise Forbidden("该批次已处理完，不能取消。需要撤回的，请使用“整批撤回”。")
    batch.refresh_from_db()
    return batch


@transaction.atomic
def confirm(*, batch: Batch, by: User, now: datetime) -> Batch:
    """Go on with a batch whose notices the filer has seen; sent again, nothing more happens.

    Raises `Forbidden`.
    """
    owned(batch, by)
    closed.refuse_begun(batch.definition, batch.employer.party)
    moved = Batch.objects.filter(pk=batch.pk, state=Batch.State.ASKING).update(
        state=Batch.State.WAITING, confirmed_by=by, confirmed_at=now
    )
    batch.refresh_from_db()
    if moved:
        defer_batch(batch.pk)
    elif batch.confirmed_at is None:
        raise Forbidden("该批次已取消或已处理完，不需要确认。")
    return batch


@transaction.atomic
def undo(*, batch: Batch, by: User, now: datetime, address: str | None) -> int:
    """Void everything the batch filed, as long as nobody has reviewed any of it; returns how many.

    Raises `Forbidden`.
    """
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    owned(batch, by)
    if batch.is_open or batch.asks:
        raise Forbidden("该批次正在处理，请先取消。")
    cases = Case.objects.filter(batch=batch.pk).exclude(state=State.VOIDED)
    found = cases.select_for_update().order_by("pk").values_list("pk", "state")
    keys = [key for key, _ in found]
    if any(state != State.PENDING for _, state in found):
        raise Forbidden(
            "该批次中已有经过审核的备案，不能整批撤回。请在“劳动合同申报作废”中逐条作废。"
        )
    void_many(keys, kind=batch.definition, by=by, now=now, said="整批撤回", address=address)
    batch.state = Batch.State.UNDONE
    batch.save(update_fields=["state"])
    if batch.mends_id is not None:
        unsettle(batch)
    return len(keys)


def mend(
    *,
    batch: Batch,
    changes: Mapping[int, Mapping[str, str]],
    said: Mapping[int, str],
    by: User,
    now: datetime,
) -> tuple[int, int]:
    """Check bad rows again with some cells changed, and file those that are good now.

    `changes`: bad row's key → cells by field name; `said`: bad row's key → explanation, where
    it is not the one that stands with the row.
    Returns how many were filed and how many are still bad. Sent again, rows that are mended
    already are passed over. Raises `Forbidden`.
    """

    def once() -> tuple[int, int]:
        return _mend(batch.pk, changes=changes, said=said, by=by, now=now)

    return racing.tried(once, once)


@transaction.atomic
def _mend(
    key: int,
    *,
    changes: Mapping[int, Mapping[str, str]],
    said: Mapping[int, str],
    by: User,
    now: datetime,
) -> tuple[int, int]:
    batch = (
        Batch.objects.select_for_update(of=("self",))
        .select_related("employer", "agency", "filed_by", "counter")
        .get(pk=key)
    )
    owned(batch, by)
    if not batch.may_mend:
        raise Forbidden("该批次正在处理或已撤回，不能修改。")
    rows = list(
        BadRow.objects.select_for_update()
        .filter(batch=batch, pk__in=list(changes), mended=False, aside=False)
        .order_by("number")
    )
    if not rows:
        return 0, 0
    cells = [
        {
            **cells_of(row),
            **changes[row.pk],
            **({EXPLANATION: said[row.pk]} if row.pk in said else {}),
        }
        for row in rows
    ]
    form, numbers = batch.form, [row.number for row in rows]
    columns = {item.name: [row.get(item.name) for row in cells] for item in form.fields}
    cleaned = form.clean_columns(completed(batch, columns, len(rows)), len(rows))
    part = Part(numbers, columns, [row.get(EXPLANATION, "") for row in cells])
    attempt = checked(batch, part, cleaned, Repeats(form).among(numbers, columns))
    good = attempt.good()
    write(attempt, good, now=now, address=batch.address)
    for place, row in enumerate(rows):
        row.cells_sealed = seal(json.dumps(_given(cells[place]), ensure_ascii=False), row.owner)
        row.problems = json.loads(problems_text(attempt.problems.get(place, []), form))
        row.mended = place not in attempt.problems
    BadRow.objects.bulk_update(rows, ["cells_sealed", "problems", "mended"])
    Batch.objects.filter(pk=batch.pk).update(
        filed_rows=F("filed_rows") + len(good), bad_rows=F("bad_rows") - len(good)
    )
    return len(good), len(rows) - len(good)


def _given(cells: Mapping[str, Any]) -> dict[str, Any]:
    return {name: cell for name, cell in cells.items() if cell not in (None, "")}


# --- the job -------------------------------------------------------------------------------


def work(batch_id: int, *, now: datetime) -> None:
    """Read, check and file one batch, from wherever it stands. One job at a time has a batch."""
    with holding.hold(holding.FILING, batch_id) as held:
        if not held:
            return
        batch = Batch.objects.select_related(
            "employer", "agency", "filed_by", "counter", "blob"
        ).get(pk=batch_id)
        if batch.is_open:
            _work(batch, now=now)
            _queue_next(batch)


def _queue_next(batch: Batch) -> None:
    """What of the same employer stood back while this batch was read."""
    for key in queries.open_batches().filter(employer=batch.employer_id).exclude(pk=batch.pk):
        defer_batch(key)


def _work(batch: Batch, *, now: datetime) -> None:
    if batch.attempts >= _MOST_ATTEMPTS:
        said = f"多次处理未能完成，已停止。已提交的 {batch.filed_rows} 行有效，请稍后重新上传，已提交的行不会重复提交。"
        _step(batch, Batch.State.HALTED, message=said, finished_at=now)
        return
    if closed.is_barred(batch.definition, batch.employer.party):
        _close(batch, now=now)
        return
    with ExitStack() as reading:
        # One file of an employer is read at a time: whoever sends bad ones holds up themselves.
        if not reading.enter_context(
            holding.hold(holding.READING, batch.employer_id, patience=_PATIENCE)
        ):
            return
        started = {"started_at": batch.started_at or now, "attempts": batch.attempts + 1}
        if _step(batch, Batch.State.READING, **started):
            _read_and_file(batch, now=now, when_read=reading.close)


def _read_and_file(batch: Batch, *, now: datetime, when_read: Callable[[], None]) -> None:
    def wanted() -> bool:
        return Batch.objects.filter(pk=batch.pk, state__in=_OPEN).exists()

    try:
        with opened(
            batch.blob.opened, batch.form, size=filing.CHUNK, key=batch.key_field, wanted=wanted
        ) as sheet:
            when_read()
            if not _may_file(batch, sheet):
                return
            with holding.hold_one_of(holding.AT_WORK, _AT_WORK, while_waiting=wanted) as held:
                rows = filing.file_rows(batch, sheet.parts, now=now) if held else 0
            if held:
                said = sheet.words(whole=True)
                _step(batch, Batch.State.DONE, finished_at=now, total_rows=rows, message=said)
    except Forbidden:
        _close(batch, now=now)
    except FileRefused as refused:
        _step(batch, Batch.State.REFUSED, message=str(refused)[:500], finished_at=now)
    except SealBroken as broken:
        _stopped_by(batch, broken, now=now)
    except ReadingEnded as ended:
        if not _given_up(batch, ended, now=now):
            raise
    except (filing.Stopped, Unwanted):
        return


def _close(batch: Batch, *, now: datetime) -> None:
    """Stop a batch whose employer has closed meanwhile. What it had filed was voided with that."""
    said = f"本单位已注销备案，本批次不再处理。{closed.still_open()}。"
    _step(batch, Batch.State.HALTED, message=said[:500], finished_at=now)


def _may_file(batch: Batch, sheet: Sheet) -> bool:
    """Move on to filing; a batch with something to tell first waits for its filer."""
    total = {"total_rows": sheet.height}
    if sheet.notices and batch.confirmed_at is None:
        said = f"读取的是工作表“{sheet.name}”。" if sheet.name else ""
        told = {"notices": list(sheet.notices), "message": said}
        _step(batch, Batch.State.ASKING, attempts=0, **told, **total)
        return False
    return _step(batch, Batch.State.FILING, message=sheet.words(), **total)


def _stopped_by(batch: Batch, broken: SealBroken, *, now: datetime) -> None:
    """Stop a batch that meets a sealed value which does not open; nothing is filed upon it."""
    record_broken([broken], f"批次 {batch.number}", by=batch.filed_by, address=batch.address)
    batch.refresh_from_db(fields=["filed_rows"])
    said = (
        "遇到与所属记录不符的加密数据，可能被改动或错放，已停止处理，并记入日志。"
        f"已提交的 {batch.filed_rows} 行有效，不会重复提交。请告知经办机构的系统管理员，核查后重新上传。"
    )
    _step(batch, Batch.State.HALTED, message=said, finished_at=now)


def _given_up(batch: Batch, ended: ReadingEnded, *, now: datetime) -> bool:
    """Whether a file that ended its reader once more is given up, in words."""
    batch.refresh_from_db(fields=["attempts", "next_row", "filed_rows"])
    if batch.attempts < _MOST_READINGS:
        return False
    why = ended.words or "读取时两次意外中断。"
    if batch.next_row:
        state, rest = Batch.State.HALTED, f"已提交的 {batch.filed_rows} 行有效，不会重复提交。"
    else:
        state, rest = Batch.State.REFUSED, "没有提交任何行。"
    said = f"{why}{rest}请在表格软件中另存为新的“Excel 工作簿（.xlsx）”后重新上传。"
    _step(batch, state, message=said[:500], finished_at=now)
    return True


def _step(batch: Batch, state: Batch.State, **columns: Any) -> bool:
    """Move on, unless somebody cancelled meanwhile."""
    moved = Batch.objects.filter(
        pk=batch.pk,
        state__in=_OPEN,
    ).update(state=state, **columns)
    if moved:
        batch.refresh_from_db(fields=["state", "next_row", *columns])
    return bool(moved)
