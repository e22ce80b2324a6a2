"""What is typed and not sent yet: kept, and told apart where two tabs type into it.

Every save counts a draft's revision up and names the page it came from (`Draft.tab`). A page says
which revision it was drawn from; one that would overwrite a newer one is refused (`Overtaken`),
and what it sent stands beside the draft as a `ConflictingDraft` until somebody chooses.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from yonggong import policy
from yonggong.accounts.models import User
from yonggong.cases import clocks, closed, items, joint, queries
from yonggong.cases.errors import Forbidden, Overtaken
from yonggong.cases.kinds import CaseKind
from yonggong.cases.life import Action, NotAllowed, State, after
from yonggong.cases.models import Case, ConflictingDraft, Draft
from yonggong.cases.sealing import sealed
from yonggong.forms.page import EXPLANATION
from yonggong.forms.page import explanations as explanations_in
from yonggong.registry.parties import Party

_OPEN = (State.DRAFT, State.RETURNED)


def save_draft(
    *,
    kind: CaseKind,
    applicant: Party,
    raw: Mapping[str, Any],
    case: Case | None,
    subject: int | None = None,
    seen: str | None = None,
    tab: str = "",
    chosen: bool = False,
    values: Mapping[str, Any] | None = None,
    by: User,
    now: datetime,
) -> Case:
    """Keep a half-filled form as typed: a draft, or the mending of a returned case beside what was
    filed. Nothing is checked yet; only the owner sees it.

    seen     the revision that the page was drawn from (`queries.revision_of`); None: no page
    tab      the page it was typed on, whose own saves it may overwrite
    chosen   the person chose it over what other tabs typed, which goes
    values   what `raw` was understood as, where it has been read already

    Raises `NotAllowed` where the case has been submitted meanwhile, `Overtaken` where another tab
    kept something newer, `Forbidden`. What was typed is set aside in the first two.
    """
    kind = as_begun(kind, case, applicant, now)
    typed = typed_of(kind, raw)
    understood = kind.form.clean(raw).values if values is None else values
    if case is None:
        return _begun(kind, applicant, understood, typed, subject=subject, tab=tab, by=by, now=now)
    try:
        return _saved(
            applicant, understood, typed, case, seen=seen, tab=tab, chosen=chosen, by=by, now=now
        )
    except (Overtaken, NotAllowed):
        set_aside(case=case, typed=typed, tab=tab, by=by, now=now)
        raise


def must_act_for(applicant: Party, kind: CaseKind, by: User) -> None:
    """Raise `Forbidden` where `by` does not act for the applicant, or no longer does."""
    if not queries.acts_for(by, applicant.pk, kind):
        raise Forbidden(f"您不能为{applicant.name}办理{kind.title}。")


def as_begun(kind: CaseKind, case: Case | None, applicant: Party, now: datetime) -> CaseKind:
    """The kind by the version of its item that the case began with; a new case begins with the one
    that holds today."""
    if case is not None:
        return case.definition
    return items.holding(kind, region=applicant.region_code, on=timezone.localdate(now))


def typed_of(kind: CaseKind, raw: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of a form as it was sent: the answers, and explanations. Not sealed yet: that is
    done for the row that keeps it."""
    explained = {f"{EXPLANATION}{rule}": text for rule, text in explanations_in(raw).items()}
    return kind.form.sent(raw) | explained


@transaction.atomic
def _begun(
    kind: CaseKind,
    applicant: Party,
    values: Mapping[str, Any],
    typed: dict[str, Any],
    *,
    subject: int | None,
    tab: str,
    by: User,
    now: datetime,
) -> Case:
    must_act_for(applicant, kind, by)
    closed.refuse_begun(kind, applicant)
    case = Case(
        kind=kind.name,
        item_version_id=kind.version,
        frequent=kind.frequent,
        exclusive=kind.exclusive,
        applicant=applicant,
        region_code=applicant.region_code,
        filed_by=by,
        counter_id=by.scope.counter_for(applicant.pk),
        subject=subject,
    )
    _write(case, applicant, values, now=now)
    _keep(case, typed, before=None, tab=tab, now=now)
    return case


@transaction.atomic
def _saved(
    applicant: Party,
    values: Mapping[str, Any],
    typed: dict[str, Any],
    case: Case,
    *,
    seen: str | None,
    tab: str,
    chosen: bool,
    by: User,
    now: datetime,
) -> Case:
    case = joint.locked(case)
    if not queries.may_file(by, case):
        raise Forbidden("该草稿不是由您填写的，不能保存。")
    if case.state != State.RETURNED:
        after(Action.SAVE, State(case.state))
    draft = Draft.objects.filter(case=case).first()
    refuse_overtaken(case, draft, typed, seen=seen, tab=tab)
    if draft is None or not _same(draft.opened(case.definition.form), typed):
        if case.state == State.DRAFT:
            _write(case, applicant, values, now=now)
        _keep(case, typed, before=draft, tab=tab, now=now)
    settled = ConflictingDraft.objects.filter(case=case)
    (settled if chosen else settled.filter(tab=tab)).delete()
    return case


def _write(case: Case, applicant: Party, values: Mapping[str, Any], *, now: datetime) -> None:
    """Write the case of a draft: by when it is to be filed, as far as that is typed."""
    kind = case.definition
    rules = policy.of(applicant.region_code, timezone.localdate(now))
    happened_on = kind.counts_from(rules)(values)
    case.statutory_due_on = clocks.file_by(rules, kind.deadline, happened_on)
    case.subject_name = applicant.name
    case.save()


def _keep(
    case: Case, typed: Mapping[str, Any], *, before: Draft | None, tab: str, now: datetime
) -> None:
    """Keep what was typed, personal answers sealed for this draft: one statement, whether there was
    one before or not."""
    # A draft begins anywhere: one thrown away and begun anew is not taken for the same.
    revision = before.revision + 1 if before else 1 + secrets.randbelow(1 << 30)
    case.draft = Draft(case=case, saved_at=now, revision=revision, tab=tab)
    case.draft.data = sealed(typed, case.definition.form.personal_fields, case.draft.owner)
    Draft.objects.bulk_create(
        [case.draft],
        update_conflicts=True,
        unique_fields=["case"],
        update_fields=["data", "saved_at", "revision", "tab"],
    )


def refuse_overtaken(
    case: Case, draft: Draft | None, typed: Mapping[str, Any], *, seen: str | None, tab: str
) -> None:
    """Raise `Overtaken` where a page drawn from revision `seen` would overwrite a newer one: not its
    own (whose answer may have been lost on the way), nor one that says the same."""
    if seen is None or seen == queries.revision(case, draft):
        return
    if draft is not None and (
        (tab and draft.tab == tab) or _same(draft.opened(case.definition.form), typed)
    ):
        return
    raise Overtaken


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return _answered(one) == _answered(other)


def _answered(typed: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, without what was left empty."""
    return {name: value for name, value in typed.items() if value not in ("", None, [])}


@transaction.atomic
def set_aside(
    *, case: Case, typed: Mapping[str, Any], tab: str, by: User, now: datetime
) -> ConflictingDraft | None:
    """Keep beside a case what could not be saved as its draft; None where it says nothing that is
    not there already, or is not this person's to keep."""
    case = joint.locked(case)
    if not queries.may_file(by, case) or _said_already(case, typed):
        return None
    aside = ConflictingDraft(case=case, tab=tab or secrets.token_hex(8))
    aside.keep(typed, case.definition.form)
    kept, _ = ConflictingDraft.objects.update_or_create(
        case=case, tab=aside.tab, defaults={"data": aside.data, "by": by, "saved_at": now}
    )
    return kept


def _said_already(case: Case, typed: Mapping[str, Any]) -> bool:
    draft, form = queries.draft_of(case), case.definition.form
    if draft is not None:
        return _same(draft.opened(form), typed)
    if case.current is None:
        return False
    cleaned = form.dump(form.clean(dict(typed)).values)
    filed = case.current.opened(form)
    names = set(form.fields_by_name) - {case.definition.agency_field}
    return all(cleaned.get(name) == filed.get(name) for name in names)


def use_up(*, case: Case, now: datetime) -> Case:
    """Begin anew with a draft that nobody wrote into; a page still open on it is overtaken."""
    Draft.objects.filter(case=case).update(revision=F("revision") + 1, saved_at=now, tab="")
    return case


def keep_refused(
    *,
    kind: CaseKind,
    applicant: Party,
    raw: Mapping[str, Any],
    case: Case,
    seen: str | None,
    tab: str,
    values: Mapping[str, Any] | None = None,
    by: User,
    now: datetime,
) -> None:
    """Keep what was sent and refused, as the draft, or beside it where that is newer. Nothing of a
    case that this person may not file."""
    try:
        save_draft(
            kind=kind,
            applicant=applicant,
            raw=raw,
            case=case,
            seen=seen,
            tab=tab,
            values=values,
            by=by,
            now=now,
        )
    except (Overtaken, NotAllowed, Forbidden):
        return


@transaction.atomic
def take_other(*, case: Case, other: int | None, tab: str, by: User, now: datetime) -> Case:
    """Choose what another tab typed: the conflicting draft `other`, which becomes the draft; None:
    the draft itself, and what the page `tab` typed goes.

    Raises `NotAllowed`, `Forbidden`, `ConflictingDraft.DoesNotExist`.
    """
    case = joint.locked(case)
    if case.state not in _OPEN:
        raise NotAllowed(Action.SAVE, State(case.state))
    if not queries.may_file(by, case):
        raise Forbidden("该草稿不是由您填写的，不能保存。")
    if other is None:
        ConflictingDraft.objects.filter(case=case, tab=tab).delete()
        return case
    taken = ConflictingDraft.objects.get(case=case, pk=other)
    before = Draft.objects.filter(case=case).first()
    _keep(case, taken.opened(case.definition.form), before=before, tab=taken.tab, now=now)
    taken.delete()
    return case


@transaction.atomic
def discard_draft(*, case: Case, by: User) -> None:
    """Throw a draft away for good: it was never submitted. Raises `NotAllowed`, `Forbidden`."""
    case = joint.locked(case)
    after(Action.SAVE, State(case.state))
    if not queries.may_file(by, case):
        raise Forbidden("该草稿不是由您填写的。")
    case.materials.all().delete()
    case.delete()


@transaction.atomic
def discard_mending(*, case: Case, by: User) -> None:
    """Throw away what was typed to mend a returned case: what was filed holds again.

    Raises `NotAllowed`, `Forbidden`.
    """
    case = joint.locked(case)
    after(Action.AMEND, State(case.state))
    if not queries.may_file(by, case):
        raise Forbidden("该办件不是由您填报的，不能修改。")
    Draft.objects.filter(case=case).delete()
    ConflictingDraft.objects.filter(case=case).delete()
