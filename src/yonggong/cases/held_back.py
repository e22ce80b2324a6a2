"""A reviewer's decision is held back for a few seconds, so that they may take it back.

It is tried at once, and what refuses it is told at once; it is carried out when it is due, by a job
or by whoever comes to the office's pages after that, under the same checks. Until then the case lies
with the reviewer, nothing of the decision is done, and taking it back leaves the case as it was.
Locks: the case first, then what is held of it.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app

from yonggong.accounts.actions import record_broken
from yonggong.accounts.models import User
from yonggong.cases import actions, handling, joint, queues
from yonggong.cases.errors import Forbidden, Refused, refused
from yonggong.cases.life import Action, NotAllowed
from yonggong.cases.marking import Mark
from yonggong.cases.models import Case, Event, HeldDecision, Step
from yonggong.cases.procedure import Outcome
from yonggong.cases.sealing import sealed, unsealed
from yonggong.forms import Form
from yonggong.forms.reading import read_remark
from yonggong.vault.sealing import SealBroken

logger = logging.getLogger(__name__)

# The job that carries a decision out, by its name: `portals.tasks` has it.
CARRY_OUT = "cases.carry_out"
# So many are carried out for whoever comes by; the job does the rest.
_IN_PASSING = 20


@transaction.atomic
def decide(
    *,
    case: Case,
    decision: Action | Outcome,
    step: int | None = None,
    opinion: str = "",
    marked: Sequence[Mark] = (),
    answers: Mapping[str, Any] | None = None,
    seen: datetime | None,
    by: User,
    now: datetime,
    address: str | None,
) -> HeldDecision | None:
    """Decide a case, or its open `step`, as soon as it can no longer be taken back; at once, and
    None, where the installation holds nothing back (`UNDO_SECONDS`).

    `decision` is `APPROVE` or `RETURN` for a case of one step, an outcome for a step. Raises what
    the act itself raises (`actions.approve`, `handling.complete`), and then holds nothing.
    """
    if seen is None:
        act = "审核" if step is None else "操作"
        said = f"没有收到您查看的版本，本次{act}没有生效"
        raise refused("", "unseen", said, "请刷新页面后再办理")
    held = HeldDecision(
        case=case,
        decision=decision,
        step=step,
        opinion=read_remark(opinion),
        marked=[list(mark) for mark in marked],
        seen=seen,
        by=by,
        decided_at=now,
        carry_out_at=now + timedelta(seconds=settings.UNDO_SECONDS),
        address=address,
    )
    if not settings.UNDO_SECONDS and not _is_lengthy(held):
        _act(held, answers or {}, now=now)
        return None
    with transaction.atomic():
        _act(held, answers or {}, now=now, trial=True)
        transaction.set_rollback(True)
    held.case = joint.locked(case)
    held.answers = _kept(held, answers or {})
    held.took = held.case.assigned_to_id is None
    held.save()
    if held.took:
        _give_to(held.case, by)
    app.configure_task(CARRY_OUT, schedule_at=held.carry_out_at).defer(held=held.pk)
    return held


def _kept(held: HeldDecision, answers: Mapping[str, Any]) -> dict[str, Any]:
    form = _form_of(held)
    if form is None or not answers:
        return {}
    return sealed(form.dump(form.clean(answers).values), form.personal_fields, held.owner)


def _form_of(held: HeldDecision) -> Form | None:
    """What the step that it ends asks the office to fill in."""
    step = Step.objects.filter(pk=held.step).first() if held.step is not None else None
    return handling.form_of(held.case, step) if step else None  # an applicant may have withdrawn


def _is_lengthy(held: HeldDecision) -> bool:
    """Whether carrying it out takes longer than somebody waits for a page: a job alone does it."""
    return held.decision == Action.APPROVE and held.case.definition.effects.lengthy(held.case)


def _act(
    held: HeldDecision, answers: Mapping[str, Any], *, now: datetime, trial: bool = False
) -> None:
    """Do what was decided; `trial` as in `actions.approve`. Raises `Refused`, `Forbidden`,
    `NotAllowed`."""
    told: dict[str, Any] = {
        "case": held.case,
        "opinion": held.opinion,
        "seen": held.seen,
        "by": held.by,
        "now": now,
        "address": held.address,
    }
    marked = tuple(Mark(*kept) for kept in held.marked)
    if held.step is not None:
        outcome = Outcome(held.decision)
        handling.complete(step=held.step, outcome=outcome, marked=marked, answers=answers, **told)
    elif held.decision == Action.APPROVE:
        actions.approve(trial=trial, **told)
    else:
        actions.return_case(marked=marked, **told)


def _give_to(case: Case, user: User | None) -> None:
    case.assigned_to = user
    case.save(update_fields=["assigned_to", "updated_at"])


# --- taken back ------------------------------------------------------------------------------


@transaction.atomic
def undo(*, held: int, by: User, now: datetime, address: str | None) -> Case:
    """Take a decision of one's own back before it is due: the case is as it was, with a line in its
    history that only the office reads.

    Raises `Forbidden` where it is too late; `HeldDecision.DoesNotExist` where it is not one's own.
    """
    mine = queues.decisions_held_by(by).get(pk=held)
    case = joint.locked(mine.case)
    found = HeldDecision.objects.select_for_update().filter(pk=held, failure="").first()
    if found is None or found.carry_out_at <= now:
        raise Forbidden("该决定已经生效，不能撤回。审核通过确有错误的，请办理撤销审核。")
    found.delete()
    if found.took and case.assigned_to_id == by.pk:
        _give_to(case, None)
    Event.objects.create(case=case, action=Action.UNDO, by=by, at=now, address=address)
    return case


def dismiss(*, held: int, by: User) -> None:
    """Take note that a decision of one's own could not be carried out."""
    queues.decisions_held_by(by).exclude(failure="").filter(pk=held).delete()


# --- carried out -----------------------------------------------------------------------------


def carry_out_due(*, now: datetime, in_passing: bool = False) -> None:
    """Carry out what is due: what a job would have done already, were one running. `in_passing`:
    somebody waits for a page, so what takes long is left to the job."""
    for held in queues.decisions_due(now)[:_IN_PASSING]:
        if in_passing and _is_left_to_the_job(held):
            continue
        carry_out(held, now=now)


def _is_left_to_the_job(key: int) -> bool:
    held = HeldDecision.objects.filter(pk=key).select_related("case").first()
    return held is not None and _is_lengthy(held)


@transaction.atomic
def carry_out(held: int, *, now: datetime) -> None:
    """Carry out a decision that is due, once; where the case or the person has changed so that it
    cannot be, its reviewer is told why."""
    waiting = HeldDecision.objects.filter(pk=held, failure="").select_related("case").first()
    if waiting is None:
        return
    case = joint.locked(waiting.case)
    found = (
        HeldDecision.objects.select_for_update(of=("self",))
        .select_related("by")
        .filter(pk=held, failure="")
        .first()
    )
    if found is None or found.carry_out_at > now:
        return
    found.case = case
    if found.took and case.assigned_to_id == found.by_id:
        _give_to(case, None)
    failure = _failure(found, now)
    if failure:
        HeldDecision.objects.filter(pk=held).update(failure=failure[:500])


def _failure(held: HeldDecision, now: datetime) -> str:
    """Carry it out; why it could not be, "" where it is done and gone."""
    if held.by.state != User.State.ACTIVE:
        return "账号已停用"
    form = _form_of(held)
    try:
        answers = unsealed(held.answers, form.personal_fields, held.owner) if form else {}
        with transaction.atomic():
            HeldDecision.objects.filter(pk=held.pk).delete()
            _act(held, answers, now=now)
    except (Refused, Forbidden, NotAllowed) as error:
        return str(error)
    except SealBroken as broken:
        record_broken([broken], f"办件 {held.case_id}", by=held.by, address=held.address)
        return (
            "加密保存的内容与所属记录不符，可能被改动或错放，已记入日志，请告知经办机构的系统管理员"
        )
    except Exception:
        # Whatever befell it, the reviewer is told and can decide the case anew.
        logger.exception("decision on case %s could not be carried out", held.case_id)
        return "系统故障，本次决定没有生效，请打开该办件重新办理"
    return ""
