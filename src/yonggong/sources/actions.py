"""Every write of what people bring from documents. Each is one transaction and leaves its line in
the access log; it takes effect everywhere once it is committed."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models.functions import TruncDate
from django.utils import timezone

from yonggong import policy
from yonggong.accounts.actions import record
from yonggong.accounts.models import AccessEntry, User
from yonggong.accounts.roles import Power
from yonggong.cases import items, materials
from yonggong.cases.kinds import CaseKind
from yonggong.cases.life import State
from yonggong.cases.models import Blob, Case, Pause
from yonggong.codes.notices import Notice
from yonggong.sources.current import refresh
from yonggong.sources.models import Confirmation, DaysOffNotice
from yonggong.uploads import opened

_TYPES = ("pdf", "jpg", "png")
MOST_MEGABYTES = 20


class SourceRefused(Exception):
    """What was brought cannot be taken; the message says why and what to do."""


def may_confirm(user: User, region: str) -> bool:
    """Whether `user` may confirm the values that a region's own file sets: it lies within theirs.

    What holds for the whole nation is nobody's to confirm here.
    """
    return user.scope.covers(region, Power.CONFIRM_SOURCES)


def may_load_days_off(user: User) -> bool:
    """Whether `user` may load a notice, which holds for everybody: for a whole province."""
    regions = user.scope.regions(Power.CONFIRM_SOURCES)
    return any(region.endswith("0000") for region in regions)


@transaction.atomic
def confirm(
    *,
    row: policy.Explanation,
    title: str,
    number: str,
    issued: date,
    file_name: str,
    content: bytes,
    by: User,
    address: str | None = None,
) -> Confirmation:
    """Keep that `by` compared a value with its document.

    Raises PermissionError where the value is not theirs to confirm, `SourceRefused` or
    `UploadRefused` for what is missing or a file that cannot be taken.
    """
    if not may_confirm(by, row.region):
        raise PermissionError("out of scope")
    title, number = _cited(title, number, issued)
    blob, name, content_type = _keep(file_name, content)
    kept = Confirmation.objects.create(
        region_code=row.region,
        path=row.path,
        since=row.since,
        digest=row.digest,
        what=row.named,
        value=row.value,
        agency_name=row.confirmer.removesuffix("业务主管"),
        title=title,
        number=number,
        issued=issued,
        blob=blob,
        file_name=name,
        content_type=content_type,
        by=by,
    )
    said = f"核对政策数据，依据{kept.cited}"
    record(AccessEntry.Kind.SOURCES, f"{row.level} {row.named}", said, by=by, address=address)
    transaction.on_commit(refresh)
    return kept


@transaction.atomic
def load_days_off(
    *,
    notice: Notice,
    by: User | None,
    file_name: str = "",
    content: bytes = b"",
    address: str | None = None,
) -> DaysOffNotice:
    """Keep a year's notice and count by it; `by` and the document are missing where the command
    loads it. Time limits that are still running are reckoned anew.

    Raises PermissionError, or `SourceRefused` / `UploadRefused` for a document that cannot be taken.
    """
    if by is not None and not may_load_days_off(by):
        raise PermissionError("out of scope")
    blob, name, content_type = (None, "", "") if by is None else _keep(file_name, content)
    kept = DaysOffNotice.objects.create(
        year=notice.year,
        title=notice.title,
        number=notice.number,
        issued=notice.issued,
        source=notice.source,
        off=[day.isoformat() for day in sorted(notice.off)],
        worked=[day.isoformat() for day in sorted(notice.worked)],
        blob=blob,
        file_name=name,
        content_type=content_type,
        by=by,
    )
    said = f"载入放假安排，依据{kept.cited}"
    record(AccessEntry.Kind.SOURCES, f"{notice.year} 年放假安排", said, by=by, address=address)
    transaction.on_commit(refresh)
    transaction.on_commit(lambda: reckon_anew(notice.year))
    return kept


def reckon_anew(year: int) -> int:
    """Set the time limits of cases not decided yet that end in or after the December before
    `year`; gives how many moved."""
    moved = 0
    # A limit that stood still was set anew when it ran on, not from the day of filing.
    paused = Pause.objects.values("step__case")
    waiting = Case.objects.filter(state=State.PENDING, due_on__gte=date(year - 1, 12, 1))
    kinds = waiting.annotate(filed_on=TruncDate("filed_at")).values_list(
        "region_code", "kind", "item_version", "filed_on", "due_on"
    )
    for region, kind, version, filed_on, due_on in list(kinds.order_by().distinct()):
        due = _due(items.definition_of(kind, version), policy.of(region, filed_on), filed_on)
        if due is not None and due != due_on:
            alike = waiting.filter(
                region_code=region, kind=kind, item_version=version, filed_at__date=filed_on
            )
            moved += alike.exclude(pk__in=paused).update(due_on=due)
    return moved


def _due(kind: CaseKind, rules: policy.Policy, filed_on: date) -> date | None:
    if kind.procedure is None:
        return kind.decide_by(rules, filed_on)
    return kind.procedure.promised.due(filed_on) if kind.procedure.promised else None


def _cited(title: str, number: str, issued: date) -> tuple[str, str]:
    title, number = title.strip(), number.strip()
    if not title:
        raise SourceRefused("没有填写文件名称，请照文件标题填写。")
    if not number:
        raise SourceRefused("没有填写文号，请照文件填写；没有文号的写“无文号”。")
    if issued > timezone.localdate():
        raise SourceRefused("发文日期在今天以后，请核对。")
    return title, number


def _keep(file_name: str, content: bytes) -> tuple[Blob, str, str]:
    if not content:
        raise SourceRefused("没有上传文件，请上传文件的扫描件或者网页打印件。")
    file = opened(content, allowed=_TYPES, megabytes=MOST_MEGABYTES)
    name = materials.clean_name(file_name, file.file_type)
    return Blob.keep(file.content), name, file.file_type.content_type
