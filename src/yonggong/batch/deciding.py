"""Many cases decided at once, each as if the reviewer had decided it alone: what is chosen is fixed
first, then shown and confirmed, then done some at a time."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, F, Max, Min, Q, QuerySet

from yonggong.accounts.actions import record_broken
from yonggong.accounts.models import User
from yonggong.batch import holding
from yonggong.batch.models import Batch, BulkDecision, Chosen
from yonggong.batch.pace import Pace
from yonggong.batch.queueing import defer_decision
from yonggong.cases import actions as case_actions
from yonggong.cases import looking, queues
from yonggong.cases.errors import refused
from yonggong.cases.life import NotAllowed
from yonggong.cases.models import Case
from yonggong.forms.reading import read_remark
from yonggong.vault.sealing import SealBroken

# Cases decided in one transaction: few, so that nobody waits for their rows. So many are decided
# while the page waits; more are a job's.
CHUNK = 25
# What was chosen and not confirmed is forgotten.
_KEPT = timedelta(days=1)

Decision = BulkDecision.Decision
logger = logging.getLogger(__name__)


def decidable(batch: Batch, by: User) -> QuerySet[Case]:
    """The cases of the batch that stand in the reviewer's queue, without their own filings."""
    return queues.queue_of(by).filter(batch=batch.pk).exclude(filed_by=by)


@transaction.atomic
def choose(
    *,
    cases: QuerySet[Case],
    decision: Decision,
    batch: Batch | None = None,
    by: User,
    now: datetime,
    address: str | None,
) -> BulkDecision:
    """Fix which cases are to be decided, as they are now, to be confirmed. `cases` are some of
    those that wait for the reviewer.

    Raises `Forbidden` where there are none, or the batch is still being filed or is the reviewer's
    own.
    """
    if batch is not None and batch.is_open:
        raise case_actions.Forbidden("该批次还在提交，请待提交完成后再审核。")
    if batch is not None and batch.filed_by_id == by.pk:
        raise case_actions.Forbidden("不能审核本人上传的批次，请由其他审核员办理。")
    bulk = BulkDecision.objects.create(
        batch=batch, by=by, decision=decision, asked_at=now, address=address
    )
    bulk.total = _fix(bulk, cases)
    if not bulk.total:
        raise case_actions.Forbidden("没有选择等待审核的办件，或者所选办件已由他人办理。")
    bulk.save(update_fields=["total"])
    return bulk


def _fix(bulk: BulkDecision, cases: QuerySet[Case]) -> int:
    """Write the cases down in one statement, however many; how many they are."""
    found = cases.order_by().values_list("pk", "filed_at")
    try:
        asked, params = found.query.sql_with_params()
    except EmptyResultSet:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO batch_chosen (bulk_id, case_id, seen)"
            f" SELECT %s, found.* FROM ({asked}) AS found",
            [bulk.pk, *params],
        )
        return int(cursor.rowcount)


class Warned(NamedTuple):
    """A warning among the cases chosen: its rule, what it says of one of them, in how many."""

    rule: str
    message: str
    cases: int


class Summary(NamedTuple):
    """What the cases chosen are: how many of each kind, the first and the last day on which they
    were filed and are due, how many late ones and the most days, and their warnings."""

    kinds: Sequence[tuple[str, int]]
    filed: tuple[datetime, datetime]
    due: tuple[object, object]
    late: int
    most_late: int
    warned: Sequence[Warned]


def summary(bulk: BulkDecision) -> Summary:
    """What is told before many cases are decided."""
    cases = Case.objects.filter(pk__in=bulk.chosen.values("case"))
    found = cases.aggregate(
        first=Min("filed_at"), last=Max("filed_at"), soonest=Min("due_on"), latest=Max("due_on"),
        late=Count("pk", filter=Q(late_days__gt=0)), most=Max("late_days"),
    )  # fmt: skip
    kinds = cases.order_by("kind").values_list("kind").annotate(count=Count("pk"))
    return Summary(
        kinds=[(kind, count) for kind, count in kinds],
        filed=(found["first"], found["last"]),
        due=(found["soonest"], found["latest"]),
        late=found["late"],
        most_late=found["most"],
        warned=warned(bulk),
    )


_WARNED = """
    SELECT finding->>'rule', min(finding->>'message'), count(*)
    FROM batch_chosen AS chosen
    JOIN cases_case AS one ON one.id = chosen.case_id
    JOIN cases_version AS version ON version.id = one.current_id
    CROSS JOIN LATERAL jsonb_array_elements(version.findings) AS finding
    WHERE chosen.bulk_id = %s AND finding->>'severity' = 'warn'
    GROUP BY 1 ORDER BY 3 DESC, 1
"""


def warned(bulk: BulkDecision) -> list[Warned]:
    """The warnings among the cases chosen, the most frequent first."""
    with connection.cursor() as cursor:
        cursor.execute(_WARNED, [bulk.pk])
        return [Warned(*row) for row in cursor.fetchall()]


@transaction.atomic
def confirm(
    *,
    bulk: int,
    opinion: str,
    acknowledged: Collection[str],
    by: User,
    now: datetime,
    address: str | None,
) -> BulkDecision:
    """Decide what was chosen; confirmed again, it is not done again. `acknowledged` are the rules
    of the warnings that the reviewer compared.

    Raises `Refused` where no opinion says what is wrong, or a warning is not compared; `Forbidden`
    where the batch is being decided already; `BulkDecision.DoesNotExist` where it is another's.
    """
    found = BulkDecision.objects.select_for_update(of=("self",)).get(pk=bulk, by=by)
    if found.state != BulkDecision.State.ASKED:
        return found
    opinion = read_remark(opinion)
    if found.decision == Decision.RETURN and not opinion:
        raise refused(
            "opinion", "required", "审核不通过时必须填写审核意见", "请写明需要补正的全部内容"
        )
    if found.decision == Decision.APPROVE:
        for warning in warned(found):
            if warning.rule not in acknowledged:
                said = f"尚未核对：{warning.message.rstrip('。')}（{warning.cases} 件）"
                raise refused("acknowledged", "not_acknowledged", said, "请核对后勾选“已核对”")
    found.opinion, found.acknowledged = opinion, sorted(acknowledged)
    found.state, found.asked_at, found.address = BulkDecision.State.RUNNING, now, address
    try:
        with transaction.atomic():
            found.save()
    except IntegrityError:
        raise case_actions.Forbidden("该批次正在审核，请等待审核完成。") from None
    if found.total > CHUNK:
        defer_decision(found.pk)
    return found


@transaction.atomic
def stop(*, bulk: int, by: User, now: datetime) -> BulkDecision:
    """Stop what is under way; what is decided until then stays. Raises `BulkDecision.DoesNotExist`
    where it is another's."""
    found = BulkDecision.objects.select_for_update(of=("self",)).get(pk=bulk, by=by)
    if found.is_open:
        found.state, found.finished_at = BulkDecision.State.STOPPED, now
        found.save(update_fields=["state", "finished_at"])
    return found


def forget_unconfirmed(*, now: datetime) -> None:
    """Forget what was chosen and never confirmed."""
    old = BulkDecision.objects.filter(state=BulkDecision.State.ASKED, asked_at__lt=now - _KEPT)
    old.delete()


def work(bulk: int, *, clock: Callable[[], datetime]) -> None:
    """Go through the cases from wherever the decision stands. One job at a time has it."""
    with holding.hold(holding.DECISION, bulk) as held:
        if not held:
            return
        while _some(bulk, now=clock()):
            pass


@transaction.atomic
def _some(bulk: int, *, now: datetime) -> bool:
    """Decide the next few cases; whether there may be more."""
    found = BulkDecision.objects.select_for_update(of=("self",)).select_related("by").get(pk=bulk)
    if not found.is_open:
        return False
    chosen = list(
        found.chosen.filter(case__gte=found.next_case)
        .select_related("case__current")
        .order_by("case")[:CHUNK]
    )
    left = []
    for one in chosen:
        if reason := _decide(found, one, now):
            one.reason = reason[:500]
            left.append(one)
    Chosen.objects.bulk_update(left, ["reason"])
    pace = Pace(0, found.asked_at)
    BulkDecision.objects.filter(pk=bulk).update(
        decided=F("decided") + len(chosen) - len(left),
        refused=F("refused") + len(left),
        expected_at=pace.end(found.done + len(chosen), found.total),
        **(
            {"next_case": chosen[-1].case_id + 1}
            if chosen
            else {"state": "done", "finished_at": now}
        ),
    )
    return bool(chosen)


def _decide(bulk: BulkDecision, one: Chosen, now: datetime) -> str:
    """Decide one case; why it could not be, "" where it is done."""
    told: dict[str, Any] = {
        "case": one.case,
        "opinion": bulk.opinion,
        "seen": one.seen,
        "by": bulk.by,
        "now": now,
        "address": bulk.address,
    }
    try:
        if bulk.decision == Decision.APPROVE:
            if one.case.definition.effects.lengthy(one.case):
                return "该办件审核通过后要办结的业务较多，请打开该办件单独审核。"
            looked = looking.opened(one.case, bulk.by)
            looking.check(one.case, looked=looked, acknowledged=bulk.acknowledged)
            case_actions.approve(**told)
        else:
            case_actions.return_case(**told)
    except (case_actions.Refused, case_actions.Forbidden, NotAllowed) as error:
        return str(error)
    except SealBroken as broken:
        where = f"成批审核 {one.case.number}"
        record_broken([broken], where, by=bulk.by, address=bulk.address)
        return (
            "加密保存的内容与所属记录不符，可能被改动或错放，已记入日志，请告知经办机构的系统管理员"
        )
    except Exception:
        # Whatever befell this one, the others are decided and the reviewer is told.
        logger.exception("case %s could not be decided", one.case_id)
        return "系统故障，本件未办理，请打开该办件重试。"
    return ""
