"""The form of a case as pages show it: what it asks here, its answers, what is said of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from yonggong import policy
from yonggong.cases import checking, marking
from yonggong.cases import queries as case_queries
from yonggong.cases.attempts import Attempt
from yonggong.cases.for_province import for_province
from yonggong.cases.kinds import CaseKind
from yonggong.cases.life import Action, State, may
from yonggong.cases.models import Case
from yonggong.cases.verdicts import Verdict
from yonggong.forms import Form, Option, Problem
from yonggong.forms.page import EXPLANATION, FormPage, explanations
from yonggong.forms.page import Action as Button
from yonggong.portals.pages import advising, uploads
from yonggong.portals.pages.desk import Desk
from yonggong.portals.pages.site import Site
from yonggong.registry.handling import agencies_for

_AGENCY_HINT = "所选行政区划的受理机构，负责审核本单位的备案"
_NEXT = Button(label="保存并再添一人", name="ask", value="next")
_KEEP = Button(label="存为草稿", name="ask", value="save")
_SAVE = Button(label="保存", name="ask", value="save")
_SEND = Button(label="提交审核", name="ask", value="submit", primary=True)
_AMEND = Button(label="重新提交审核", name="ask", value="submit", primary=True)
_LATER = Button(label="保存修改，暂不提交", name="ask", value="save")


def is_open(case: Case) -> bool:
    """Whether the case can be filled in or mended."""
    return may(Action.SUBMIT, case.state) or may(Action.AMEND, case.state)


def kept(case: Case) -> dict[str, Any]:
    """What was typed, or filed, as the form takes it."""
    return case_queries.typed_in(case)


def rules_of(desk: Desk, case: Case) -> policy.Policy:
    """What holds where the applicant is."""
    return policy.of(case.applicant.region_code, desk.today)


def attempt(
    desk: Desk, case: Case, raw: Mapping[str, Any]
) -> tuple[Attempt, list[Problem], list[Verdict]]:
    """Check what is not sent yet."""
    return checking.attempt(
        kind=case.definition,
        raw=raw,
        applicant=case.applicant,
        case=case,
        subject=subject_of(case),
        explanations=explanations(raw),
        by=desk.user,
        now=desk.now,
        typing=True,
    )


def subject_of(case: Case) -> int | None:
    """What the filing is about; nothing known yet where that comes into being by it."""
    return None if case.definition.makes_subject else case.subject


def page_of(
    desk: Desk,
    case: Case,
    problems: Sequence[Problem] = (),
    *,
    sent: Mapping[str, Any] | None = None,
    verdicts: Sequence[Verdict] = (),
    tried: Attempt | None = None,
) -> FormPage:
    """The form as it is shown. `sent`: what came with the request, where something did; `tried`: the
    same answers, where they have been looked at already."""
    kind, before, site = case.definition, kept(case), desk.site
    raw = sent if sent is not None else before or _begun(case)
    typed = tried.as_typed() if tried else _trying(desk, case, raw)
    rules, address = rules_of(desk, case), site.form_url(case)
    return FormPage(
        _form(kind, rules),
        raw=raw,
        understood=typed.values,
        problems=(*problems, *marking.unmended(case, typed.values)),
        findings=verdicts,
        advice=advising.of(case, typed, site),
        options=_agencies(case, raw, rules),
        autosave_url=f"{address}draft/" if is_open(case) else None,
        check_url=f"{address}check/",
        uploads=_slots(desk, case, problems),
        links=_upload_urls(case, site),
        actions=_buttons(case, site),
        action_url=address,
        cancel_url=site.list_url(case),
        idempotency_key=str(uuid4()),
        explanations=_explained(case, before, sent),
        unmasked=True,
    )


def typed(desk: Desk, case: Case) -> Mapping[str, Any]:
    """What was typed so far, as it is understood."""
    return _trying(desk, case, kept(case) or _begun(case)).values


def _trying(desk: Desk, case: Case, raw: Mapping[str, Any]) -> Attempt:
    """What is typed, as it is understood."""
    tried, _ = checking.trying(
        kind=case.definition,
        raw=raw,
        applicant=case.applicant,
        case=case,
        subject=subject_of(case),
        by=desk.user,
        now=desk.now,
        typing=True,
    )
    return tried


def _begun(case: Case) -> dict[str, Any]:
    """The answers with which a form that nobody has touched yet starts."""
    form = case.definition.form
    return form.dump(form.initial() | dict(case.definition.pages.starts(case.applicant)))


def _slots(desk: Desk, case: Case, problems: Sequence[Problem]) -> Sequence[uploads.UploadSlot]:
    if case.definition.pages.materials_apart:
        return ()
    return uploads.slots_of(desk, case, problems)


def _upload_urls(case: Case, site: Site) -> dict[str, str]:
    """Where each material is uploaded, for a form that has no slots of its own."""
    if not case.definition.pages.materials_apart:
        return {}
    page = site.materials_url(case)
    return {
        uploads.PREFIX + wanted.name: f"{page}#{uploads.PREFIX}{wanted.name}"
        for wanted in case_queries.required_materials(case)
    }


def _buttons(case: Case, site: Site) -> tuple[Button, ...]:
    if case.state == State.RETURNED:
        return (_AMEND, _LATER)
    if case.definition.pages.materials_apart:
        return (_SAVE, _SEND)
    submit = Button(label=site.submit, name="ask", value="submit", primary=True)
    return (submit, _NEXT, _KEEP) if case.definition.pages.repeats else (submit, _KEEP)


def _explained(
    case: Case, before: Mapping[str, Any], sent: Mapping[str, Any] | None
) -> dict[str, str]:
    """The explanations given: those sent now, before those of the draft, before those filed."""
    findings = case.current.findings if case.current else []
    filed = {item["rule"]: item["explanation"] for item in findings if item["explanation"]}
    earlier = filed | explanations(before)
    if sent is None:
        return earlier
    unasked = {rule: text for rule, text in earlier.items() if f"{EXPLANATION}{rule}" not in sent}
    return unasked | explanations(sent)


def _form(kind: CaseKind, rules: policy.Policy) -> Form:
    """The form as it is asked here: who reviews is chosen among the region's agencies, not in the
    whole tree, and not at all where the province's routing decides."""
    form = for_province(kind.form, rules, agency_field=kind.agency_field)
    if not kind.agency_field:
        return form
    if not rules.agency_is_chosen:
        return form.without(kind.agency_field)
    return form.altered(**{kind.agency_field: {"hint": _AGENCY_HINT}})


def _agencies(
    case: Case, raw: Mapping[str, Any], rules: policy.Policy
) -> dict[str, Sequence[Option]]:
    """The agencies of the region chosen; of the applicant's own until one is. None where nobody
    chooses."""
    kind = case.definition
    if not kind.agency_field or not rules.agency_is_chosen:
        return {}
    region = str(raw.get("region_code") or case.applicant.region_code)
    return {kind.agency_field: agency_options(region, kind)}


def agency_options(region_code: str, kind: CaseKind) -> list[Option]:
    """The agencies of a region to choose from for a kind, the nearest first."""
    if len(region_code) != 6 or not region_code.isascii() or not region_code.isdigit():
        return []
    return [
        Option(code=str(agency.pk), label=f"{agency.name}（{agency.get_level_display()}）")
        for agency in reversed(agencies_for(region_code, kind.matter))
    ]
