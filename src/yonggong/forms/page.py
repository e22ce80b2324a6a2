"""The page face: a form with its answers, problems and findings, ready for `forms/page.html`.

page = FormPage(FORM, raw=request.POST, problems=cleaned.problems, check_url=..., ...)
{% load forms %}{% form_page page %}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yonggong.forms.advice import Advice
from yonggong.forms.fields import Field, Option
from yonggong.forms.form import Form
from yonggong.forms.grid import grid
from yonggong.forms.problems import Problem
from yonggong.forms.reading import read_remark
from yonggong.forms.uploads import UploadSlot
from yonggong.forms.view import applies
from yonggong.forms.widgets import Widget, widget

EXPLANATION = "explain-"
# Codes of problems that say only that something is not there yet.
_MISSING = frozenset({"required", "material_missing"})
_SEVERITIES = {"block": "禁止", "warn": "需说明", "inform": "提示"}


class FoundByRule(Protocol):
    """What the page needs of a finding of the law (room `law` has such a type)."""

    @property
    def rule(self) -> str:
        """Stable name of the rule."""

    @property
    def message(self) -> str:
        """What was found, in Chinese."""

    @property
    def remedy(self) -> str:
        """What to do."""

    @property
    def basis(self) -> str:
        """The articles in words."""

    @property
    def field(self) -> str:
        """The field to look at; empty if none."""

    @property
    def severity(self) -> str | None:
        """block, warn or inform."""


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding as the page shows it, with the explanation typed so far."""

    rule: str
    severity: str
    word: str
    message: str
    remedy: str
    basis: str
    field: str
    label: str
    explanation: str

    @property
    def explanation_name(self) -> str:
        """The name under which the explanation is sent."""
        return EXPLANATION + self.rule


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One problem in a list of them, with the way to where it is mended; no `address`: nowhere on
    these pages. `name` is the field's label, or the whole problem where it is about no field."""

    field: str
    code: str
    text: str
    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A button under the form. `name`/`value` are sent with the answers."""

    label: str
    name: str = ""
    value: str = ""
    primary: bool = False


@dataclass(frozen=True, slots=True)
class PageSection:
    """A section with its widgets and how many of its fields have problems."""

    name: str
    title: str
    hint: str
    widgets: tuple[Widget, ...]
    rare: bool = False

    @property
    def open(self) -> bool:
        """Whether it shows its fields from the start: always, unless it is rare and nothing of it
        is answered or spoken of."""
        return not self.rare or any(
            item.answered or item.problems or item.notes for item in self.widgets
        )

    @property
    def faulty(self) -> int:
        """Fields and cells with problems."""
        cells = (
            cell
            for item in self.widgets
            if item.grid
            for row in item.grid.rows
            for cell in row.cells
        )
        return sum(1 for item in (*self.widgets, *cells) if item.problems)

    @property
    def off(self) -> bool:
        """Whether none of its fields applies at present."""
        return all("data-off" in item.wrapper for item in self.widgets)


SUBMIT = (Action(label="提交", primary=True),)


class FormPage:
    """A form on a page. Pass `raw` (what was sent, a QueryDict or a draft) or typed `values`.

    understood       the typed values of `raw`, where it has been cleaned already
    problems         from `Form.clean` and from the room's own checks
    findings         of the law, block / warn / inform; a warning asks for an explanation, sent as
                     `explain-<rule>` (read them with `explanations(request.POST)`)
    advice           what is said beside fields before anything is sent
    options          choices of this page by field, instead of the field's own
    read_only_fields shown without a control, masked unless `unmasked`; pass the same values as
                     `fixed` to `Form.clean`
    autosave_url     takes the form by POST as a draft while people type; any 2xx is "saved"
    check_url        takes the form by POST and answers with `check_response`
    uploads          slots for files, shown as a section of their own
    links            field of a problem that is not on this page → the page where it is mended
    carried          what else is sent along, unseen, by name
    notice           a template of what is said above the answers, inside the form, and what it says
    idempotency_key  sent as `idempotency_key`, so that a form sent twice files once
    """

    def __init__(
        self,
        form: Form,
        *,
        values: Mapping[str, object] | None = None,
        raw: Mapping[str, object] | None = None,
        understood: Mapping[str, object] | None = None,
        problems: Iterable[Problem] = (),
        findings: Iterable[FoundByRule] = (),
        advice: Iterable[Advice] = (),
        options: Mapping[str, Sequence[Option]] | None = None,
        read_only_fields: Iterable[str] = (),
        autosave_url: str | None = None,
        check_url: str | None = None,
        uploads: Sequence[UploadSlot] = (),
        links: Mapping[str, str] | None = None,
        actions: Sequence[Action] = SUBMIT,
        action_url: str = "",
        cancel_url: str = "",
        idempotency_key: str = "",
        carried: Mapping[str, str] | None = None,
        notice: tuple[str, object] | None = None,
        explanations: Mapping[str, str] | None = None,
        unmasked: bool = False,
    ) -> None:
        """See the class. Neither `raw` nor `values`: a new form with its defaults."""
        self.form = form
        self.problems, self.advice = tuple(problems), tuple(advice)
        self.autosave_url, self.check_url = autosave_url or "", check_url or ""
        self.uploads, self.actions = tuple(uploads), tuple(actions)
        self._links = links or {}
        self.action_url, self.cancel_url = action_url, cancel_url
        self.idempotency_key, self.carried = idempotency_key, carried or {}
        self.notice = notice
        self._typed = raw is None
        self._answers = raw if raw is not None else values
        self._fixed_values, self._understood = values or {}, understood
        self._options = options or {}
        self._read_only = frozenset(read_only_fields)
        self._unmasked = unmasked
        self._explained = explanations if explanations is not None else _explained(raw)
        self.findings = tuple(self._view(finding) for finding in findings)

    @property
    def title(self) -> str:
        """The form's title."""
        return self.form.title

    @cached_property
    def of_findings(self) -> tuple[Problem, ...]:
        """The problems that a finding of the law makes: said there, and nowhere again."""
        rules = {finding.rule for finding in self.findings}
        return tuple(
            item
            for item in self.problems
            if item.code in rules or item.field.removeprefix(EXPLANATION) in rules
        )

    @cached_property
    def own_problems(self) -> tuple[Problem, ...]:
        """The other problems, each named once."""
        return tuple(dict.fromkeys(item for item in self.problems if item not in self.of_findings))

    @cached_property
    def summary(self) -> tuple[SummaryLine, ...]:
        """Every problem with the way to it; what the findings say is only counted."""
        lines = tuple(map(self._line, self.own_problems))
        if not self.of_findings:
            return lines
        first = next(item for item in self.findings if item.severity != "inform")
        text = f"合规检查有 {len(self.of_findings)} 项须处理"
        return (
            *lines,
            SummaryLine(
                first.explanation_name, "findings", text, text, f"#f-{first.explanation_name}"
            ),
        )

    @property
    def missing(self) -> tuple[SummaryLine, ...]:
        """What still has to be answered or uploaded."""
        return tuple(self._line(item) for item in self.own_problems if item.code in _MISSING)

    @property
    def wrong(self) -> tuple[SummaryLine, ...]:
        """What is answered, and cannot stand."""
        return tuple(self._line(item) for item in self.own_problems if item.code not in _MISSING)

    def _line(self, problem: Problem) -> SummaryLine:
        here = problem.place in self.form.fields_by_name or any(
            slot.name == problem.field for slot in self.uploads
        )
        address = f"#f-{problem.field}" if here else self._links.get(problem.field, "")
        known = self.form.fields_by_name.get(problem.place)
        label = problem.label or (known.label if known else "")
        text = replace(problem, label=label).text
        return SummaryLine(problem.field, problem.code, text, label or text, address)

    @cached_property
    def sections(self) -> tuple[PageSection, ...]:
        """The sections with everything their templates need."""
        return tuple(
            PageSection(
                section.name,
                section.title,
                section.hint,
                tuple(self._widget(field) for field in section.fields),
                section.rare,
            )
            for section in self.form.sections
        )

    @cached_property
    def _values(self) -> Mapping[str, object]:
        """Typed answers, for conditions."""
        if self._understood is not None:
            return self._understood
        if self._answers is None:
            return self.form.initial()
        if self._typed:
            return self._answers
        return self.form.clean(self._answers, fixed=self._fixed).values

    @cached_property
    def _fixed(self) -> dict[str, object]:
        names = self._read_only | {field.name for field in self.form.fields if field.read_only}
        return {name: self._fixed_values.get(name) for name in names}

    def _widget(self, field: Field) -> Widget:
        fixed = field.name in self._fixed
        drawn = self._drawn(field, fixed=fixed)
        if fixed or not field.type.tabular:
            return drawn
        answer = grid(field, self._answer(field), self.own_problems, typed=self._typed)
        return replace(drawn, grid=answer)

    def _drawn(self, field: Field, *, fixed: bool) -> Widget:
        return widget(
            field,
            self._fixed[field.name] if fixed and not self._typed else self._answer(field),
            typed=self._typed or fixed,
            options=self._options.get(field.name),
            problems=tuple(item for item in self.own_problems if item.field == field.name),
            notes=tuple(item for item in self.findings if item.field == field.name),
            advice=tuple(item for item in self.advice if item.field == field.name),
            fixed=fixed,
            unmasked=self._unmasked,
            off=not applies(self.form, field, self._values),
            required=self._is_required(field),
        )

    def _answer(self, field: Field) -> object:
        if self._typed:
            return self._values.get(field.name)
        assert self._answers is not None
        return field.type.sent(field, self._answers)

    def _is_required(self, field: Field) -> bool:
        required = field.required
        return required if isinstance(required, bool) else required.met(self._values)

    def _view(self, finding: FoundByRule) -> FindingView:
        severity = str(finding.severity or "inform")
        known = self.form.fields_by_name.get(finding.field)
        return FindingView(
            rule=finding.rule,
            severity=severity,
            word=_SEVERITIES[severity],
            message=finding.message,
            remedy=finding.remedy,
            basis=finding.basis,
            field=finding.field if known else "",
            label=known.label if known else "",
            explanation=self._explained.get(finding.rule, ""),
        )

    def check_response(self, request: HttpRequest) -> HttpResponse:
        """The answer of `check_url`: findings and problems as a fragment for `check.js`."""
        return render(request, "forms/check.html", {"page": self})


def explanations(sent: Mapping[str, object]) -> dict[str, str]:
    """The explanations that were sent with a form, by rule; empty ones left out."""
    return {
        name.removeprefix(EXPLANATION): said
        for name, text in sent.items()
        if name.startswith(EXPLANATION) and isinstance(text, str) and (said := read_remark(text))
    }


def _explained(raw: Mapping[str, object] | None) -> Mapping[str, str]:
    return explanations(raw) if raw else {}
