"""Keeping what is typed: the drafts of a form, what another tab typed beside it, and the choice."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yonggong.accounts.actions import record_access
from yonggong.accounts.models import User
from yonggong.cases import drafting
from yonggong.cases import queries as case_queries
from yonggong.cases.errors import Overtaken
from yonggong.cases.life import NotAllowed, State
from yonggong.cases.models import Case, ConflictingDraft
from yonggong.forms.diff import Change, diff
from yonggong.forms.form import Form
from yonggong.forms.page import FormPage
from yonggong.forms.reading import read_key

# How a page tells its script which revision it now stands on.
REVISION_HEADER = "X-Revision"
_THE_DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Conflict:
    """What another tab typed, against what this page shows. `other`: its key, "draft" where it is
    the draft itself; `revision`: what the page stands on once it chooses its own."""

    other: str
    by: str
    at: datetime | None
    revision: str
    changes: list[Change]


def page_of(request: HttpRequest) -> str:
    """The name under which a page's saves are known; a new one for a page that has none yet."""
    return request.POST.get("tab", "")[:40] or secrets.token_hex(8)


def record_opened(case: Case, *, by: User, address: str | None) -> None:
    """Record that a form with personal data in it is opened: it is shown whole, to be mended."""
    data = case_queries.typed_in(case)
    if any(data.get(name) for name in case.definition.form.personal_fields):
        record_access(case.reference, "打开填报表单", by=by, address=address)


def seen_by(request: HttpRequest) -> str | None:
    """The revision that a page was drawn from; None where it does not say."""
    return request.POST.get("revision")


def carried_by(request: HttpRequest, case: Case, *, overtaken: bool) -> dict[str, str]:
    """What the page of a form sends along: the revision it is drawn from, and its name. A page that
    was overtaken stays on the revision it began with."""
    if overtaken:
        return {"revision": seen_by(request) or "", "tab": page_of(request)}
    return {"revision": case_queries.revision_of(case), "tab": secrets.token_hex(8)}


def save(
    request: HttpRequest, case: Case, *, chosen: bool = False, by: User, now: datetime
) -> Case:
    """Keep what was sent. Raises what `drafting.save_draft` raises."""
    return drafting.save_draft(
        kind=case.definition,
        applicant=case.applicant,
        raw=request.POST,
        case=case,
        seen=request.POST.get("over") if chosen else seen_by(request),
        tab=page_of(request),
        chosen=chosen,
        by=by,
        now=now,
    )


def notice_of(
    request: HttpRequest, user: User, case: Case, page: FormPage, *, sent: bool, overtaken: bool
) -> None:
    """Have the page of a form carry what its saves are known by, and say what another tab typed."""
    page.carried = carried_by(request, case, overtaken=overtaken)
    mine = request.POST if sent else None
    found = conflict_of(user, case, mine=mine, tab=page.carried["tab"])
    page.notice = ("portals/pages/conflict.html", found) if found else None


def conflict_of(
    user: User, case: Case, *, mine: Mapping[str, Any] | None = None, tab: str = ""
) -> Conflict | None:
    """What another tab typed beside what the page `tab` sent (`mine`; None: the draft); None where
    there is nothing to choose."""
    if case.state not in (State.DRAFT, State.RETURNED):
        return None
    rows = list(case_queries.conflicting_drafts(case))
    if not rows:
        return None
    form = case.definition.form
    kept = case_queries.typed_in(case)
    revision = case_queries.revision_of(case)
    if mine is not None and any(row.tab == tab for row in rows):
        draft = case_queries.draft_of(case)
        at = draft.saved_at if draft else case.filed_at
        return Conflict(_THE_DRAFT, "", at, revision, _differences(form, mine, kept))
    row = rows[0]
    other = row.opened(form)
    by = "" if row.by_id == user.pk else row.by.name
    here = kept if mine is None else mine
    return Conflict(str(row.pk), by, row.saved_at, revision, _differences(form, here, other))


def _differences(form: Form, mine: Mapping[str, Any], other: Mapping[str, Any]) -> list[Change]:
    """Field by field, in words; as typed where it can't be read yet."""
    found = diff(form, form.clean(mine).values, form.clean(other).values, unmasked=True)
    told = {change.field for change in found}
    here, there = form.sent(mine), form.sent(other)
    unread = [
        Change(
            item.name, item.label, str(here.get(item.name) or ""), str(there.get(item.name) or "")
        )
        for item in form.fields
        if item.name not in told
        and not item.type.tabular
        and isinstance(here.get(item.name, ""), str)
        and (here.get(item.name) or "") != (there.get(item.name) or "")
        and form.clean({item.name: here.get(item.name)}).values.get(item.name) is None
    ]
    return [*found, *unread]


def keep_typing(
    request: HttpRequest, found: Callable[[], Case], *, case_url: str, by: User, now: datetime
) -> HttpResponse:
    """Keep what is typed, by itself while people type; `found` gives the case as it stands. 204, or a
    part of the page that says what another tab typed; 409 with it where this page was overtaken, or the
    case was filed meanwhile."""
    case, said, status = found(), "", 200
    try:
        save(request, case, by=by, now=now)
    except Overtaken:
        status = 409
    except NotAllowed as refused:
        said, status = str(refused), 409
    case = found()
    conflict = conflict_of(by, case, mine=request.POST, tab=page_of(request))
    if status == 200 and conflict is None:
        answer = HttpResponse(status=204)
    else:
        context = {"conflict": conflict, "said": said, "case_url": case_url}
        answer = render(request, "portals/pages/conflict.html", context, status=status)
    if status == 200:
        answer.headers[REVISION_HEADER] = case_queries.revision_of(case)
    return answer


def not_open(
    request: HttpRequest, case: Case, *, case_url: str, by: User, now: datetime
) -> HttpResponse:
    """The case can't be filled in: to its page. What was sent all the same is set aside."""
    kept = None
    if request.method == "POST" and "kept" not in request.POST:
        typed = drafting.typed_of(case.definition, request.POST)
        tab = page_of(request)
        kept = drafting.set_aside(case=case, typed=typed, tab=tab, by=by, now=now)
    aside = "刚才填写的内容已另存，退回修改或者撤回后可以取用。" if kept else ""
    messages.warning(request, f"该办件为“{case.state_title}”，不能修改。{aside}")
    return redirect(case_url)


def choose(
    request: HttpRequest, case: Case, *, form_url: str, by: User, now: datetime
) -> HttpResponse:
    """POST `ask`=mine: this page's answers stand, and what other tabs typed goes. `ask`=theirs:
    what `other` names stands. Both lead to the form anew."""
    if request.POST["ask"] == "mine":
        save(request, case, chosen=True, by=by, now=now)
        messages.success(request, "已采用本窗口的内容。")
        return redirect(form_url)
    asked = request.POST.get("other", "")
    other = read_key(asked)
    if asked != _THE_DRAFT and other is None:
        raise Http404
    try:
        drafting.take_other(case=case, other=other, tab=page_of(request), by=by, now=now)
    except ConflictingDraft.DoesNotExist:
        messages.warning(request, "另一窗口的内容已被处理，以下是现在的草稿。")
    else:
        messages.success(request, "已采用另一窗口的内容。")
    return redirect(form_url)
