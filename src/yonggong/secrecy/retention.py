"""What is no longer needed is deleted once its period is over, and a line says what and how much.

Never anything that is an archive: what was filed, papers, histories. Where the provinces of one
installation keep something for different periods, the longest holds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import Exists, ManyToOneRel, OuterRef

from yonggong.accounts.actions import record
from yonggong.accounts.models import AccessEntry, LimitedAct, SignInFailure
from yonggong.accounts.sign_in_models import OneTimeCode
from yonggong.batch.models import BadRow, Batch, RowEvent
from yonggong.cases.life import State
from yonggong.cases.models import Blob, Case, ConflictingDraft, Material
from yonggong.policy.values import Secrecy
from yonggong.reminders.models import Message
from yonggong.secrecy.unusual import standards

_REFUSED = (Batch.State.REFUSED, Batch.State.CANCELLED)


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing that is kept for a time: as people call it, for how many days by a policy (0: for
    good), and what deletes all from before a moment and returns how many."""

    title: str
    days: Callable[[Secrecy], int]
    delete: Callable[[datetime], int]


def _log(before: datetime) -> int:
    """By the database's own function: the application may delete nothing here itself, and the
    function nothing that is younger than three years."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT forget_access_entries(%s)", [before])
        return int(cursor.fetchone()[0])


def _drafts(before: datetime) -> int:
    """Only what was never submitted; what was typed to mend a returned case goes with the case."""
    old = Case.objects.filter(
        state=State.DRAFT, filed_at__isnull=True, parent__isnull=True, draft__saved_at__lt=before
    )
    keys = list(old.select_for_update(of=("self",), skip_locked=True).values_list("pk", flat=True))
    Material.objects.filter(case__in=keys).delete()
    Case.objects.filter(pk__in=keys).delete()
    aside, _ = ConflictingDraft.objects.filter(saved_at__lt=before).delete()
    return len(keys) + aside


def _refused_files(before: datetime) -> int:
    """Uploads of which nothing was filed, with their bad rows, and files that nothing refers to; what
    a later upload mends goes after that one."""
    touched = RowEvent.objects.filter(row__batch=OuterRef("pk"))
    later = Batch.objects.filter(mends=OuterRef("pk"))
    old = Batch.objects.filter(~Exists(touched), ~Exists(later), state__in=_REFUSED, filed_rows=0)
    keys = list(old.filter(created_at__lt=before).values_list("pk", flat=True))
    BadRow.objects.filter(batch__in=keys).delete()
    count = Batch.objects.filter(pk__in=keys).delete()[0]
    unused = Blob.objects.all()
    # Most of what keeps a file has no name on the file's side: hidden relations count as well.
    for relation in Blob._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel):
            holder = relation.related_model._default_manager
            unused = unused.filter(~Exists(holder.filter(**{relation.field.name: OuterRef("pk")})))
    # Django reads what it deletes: of a file its key is enough.
    return count + unused.only("pk").delete()[0]


def _messages(before: datetime) -> int:
    return Message.objects.filter(created_at__lt=before).delete()[0]


def _codes(before: datetime) -> int:
    gone = [
        model._default_manager.filter(at__lt=before).delete()[0]
        for model in (OneTimeCode, SignInFailure, LimitedAct)
    ]
    return sum(gone)


KEPT = (
    Kept("访问日志", lambda policy: policy.keep_log_days, _log),
    Kept("未提交的草稿", lambda policy: policy.keep_draft_days, _drafts),
    Kept("未受理的批量文件", lambda policy: policy.keep_refused_file_days, _refused_files),
    Kept("提醒", lambda policy: policy.keep_message_days, _messages),
    Kept("短信验证码和登录失败记录", lambda policy: max(policy.keep_code_days, 1), _codes),
)


def clean(*, today: date, now: datetime) -> dict[str, int]:
    """Delete what is past its period; how many of each, 0 left out."""
    policies = standards(today).values()
    gone = {}
    for kept in KEPT:
        periods = [kept.days(policy) for policy in policies]
        if not periods or 0 in periods:
            continue
        before = now - timedelta(days=max(periods))
        with transaction.atomic():
            if count := kept.delete(before):
                gone[kept.title] = count
                said = f"保存 {max(periods)} 日，删除 {before:%Y-%m-%d} 以前的 {count} 条"
                record(
                    AccessEntry.Kind.RETENTION,
                    f"数据清理 {kept.title}",
                    said,
                    by=None,
                    address=None,
                )
    Session.objects.filter(expire_date__lt=now).delete()
    return gone
