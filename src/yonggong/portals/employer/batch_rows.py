"""The rows of a batch that were not filed: what is wrong, fields to mend it in, rows put aside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from yonggong.accounts.actions import record_access
from yonggong.batch import actions, mending, queries
from yonggong.batch.filing import completed
from yonggong.batch.mending import EXPLANATION, cells_of
from yonggong.batch.models import BadRow, Batch
from yonggong.batch.reading import EXPLANATION_HEADING
from yonggong.batch.template import Filled
from yonggong.cases.actions import Forbidden
from yonggong.forms import Field, Form, Problem
from yonggong.forms.reading import read_key
from yonggong.forms.widgets import Widget, widget
from yonggong.forms.words import masked_words, words
from yonggong.portals.access import keys_of
from yonggong.portals.employer.desk import Desk, labour
from yonggong.vault import mask

# So many of the rows put aside are shown.
MOST_ASIDE = 200
_SENT = re.compile(r"row([0-9]{1,18})_([a-z_0-9]+)", re.ASCII)
_EXPLAINS = "explain-"


@dataclass(frozen=True, slots=True)
class Line:
    """A bad row: who it is about, what it tells, fields for its faulty cells, what else is wrong.

    explanation  what was said of it so far; None where it needs none
    """

    row: BadRow
    told: tuple[str, ...]
    fields: tuple[Widget, ...]
    others: tuple[str, ...]
    explanation: str | None

    @property
    def reason(self) -> str:
        """All that is wrong, in one line."""
        return reason(self.row)


def own_batch(desk: Desk, pk: int) -> Batch:
    """A batch of the employer's. Raises `Http404`."""
    mine = queries.visible_to(desk.user).filter(employer=desk.employer)
    found: Batch = get_object_or_404(mine, pk=pk)
    return found


def told(batch: Batch) -> list[Field]:
    """The fields that the table has columns for."""
    assert batch.definition.workbook is not None
    return batch.definition.workbook.telling


def lines(rows: Sequence[BadRow], batch: Batch) -> list[Line]:
    """Bad rows of the batch as the table shows them."""
    form, cells = batch.form, [cells_of(row) for row in rows]
    columns = {item.name: [row.get(item.name) for row in cells] for item in form.fields}
    typed = form.clean_columns(completed(batch, columns, len(rows)), len(rows)).values
    return [
        _line(
            row,
            cells[place],
            form,
            tuple(
                _told(field, typed[field.name][place], cells[place].get(field.name, ""))
                for field in told(batch)
            ),
        )
        for place, row in enumerate(rows)
    ]


def _told(field: Field, value: Any, cell: str) -> str:
    """A cell in words, as far as it was understood; of a person's number only its ends."""
    if not field.personal:
        return words(field, value) or cell
    hides = field.type.hides
    return masked_words(field, value) or (mask(cell, hides) if hides else "*" * min(len(cell), 6))


def _line(row: BadRow, cells: dict[str, str], form: Form, told: tuple[str, ...]) -> Line:
    wrong: dict[str, list[Problem]] = {}
    others = []
    for field, label, code, message, remedy, *about in row.problems:
        problem = Problem(field=field, label=label, code=code, message=message, remedy=remedy)
        # What is to be explained can be mended as well.
        cell = about[0] if about else field
        if cell in form.fields_by_name:
            wrong.setdefault(cell, []).append(problem)
        else:
            said = _sentence(problem.message, problem.remedy)
            # A cell of a table: which one; of it only the workbook can be mended.
            others.append(f"{label}：{said}" if "__" in cell else said)
    explains = any(problem[0].startswith(_EXPLAINS) for problem in row.problems)
    return Line(
        row=row,
        told=told,
        fields=tuple(
            _widget(row, form.fields_by_name[name], cells.get(name, ""), tuple(problems))
            for name, problems in wrong.items()
        ),
        others=tuple(others),
        explanation=cells.get(EXPLANATION, "") if explains else None,
    )


def _widget(row: BadRow, field: Field, cell: str, problems: tuple[Problem, ...]) -> Widget:
    """The field as a page has it, for this cell of this row alone."""
    alone = replace(
        field,
        name=f"row{row.pk}_{field.name}",
        show_when=None,
        required=False,
        fills={},
        lookup=None,
        hint="",
    )
    return widget(alone, cell, typed=False, options=None, problems=problems)


def _sentence(message: str, remedy: str) -> str:
    return f"{message}，{remedy}" if remedy else message


def reason(row: BadRow) -> str:
    """All that is wrong with a row, in one line."""
    return "；".join(
        f"{label}：{_sentence(message, remedy)}"
        if label and not message.startswith(label)
        else _sentence(message, remedy)
        for _field, label, _code, message, remedy, *_about in row.problems
    )


def aside(batch: Batch) -> list[dict[str, Any]]:
    """The first of the rows put aside: who, why it was not filed, who put it aside and when."""
    found = []
    for row in queries.rows_aside(batch)[:MOST_ASIDE]:
        cells = cells_of(row)
        found.append(
            {
                "row": row,
                "told": [
                    _told(field, None, cells.get(field.name, "")) for field in told(batch)[:2]
                ],
                "reason": reason(row),
                "event": list(row.events.all())[-1],
            }
        )
    return found


def filled(batch: Batch, desk: Desk) -> list[Filled]:
    """The bad rows as the workbook takes them; that somebody took them along is recorded."""
    rows = [_filled(row) for row in queries.bad_rows(batch)]
    record_access(
        f"批次 {batch.number}",
        f"失败行 {len(rows)} 行",
        download=True,
        by=desk.user,
        address=desk.address,
    )
    return rows


def _filled(row: BadRow) -> Filled:
    cells = cells_of(row)
    explanation = cells.pop(EXPLANATION, "")
    return Filled(cells=cells, faults=_faults(row), reason=reason(row), explanation=explanation)


def _faults(row: BadRow) -> dict[str, str]:
    """What is wrong by column; what only wants an explanation stands in the column for those."""
    faults: dict[str, list[str]] = {}
    for field, _label, _code, message, remedy, *_about in row.problems:
        column = EXPLANATION_HEADING if field.startswith(_EXPLAINS) else field
        faults.setdefault(column, []).append(_sentence(message, remedy))
    return {column: "\n".join(said) for column, said in faults.items()}


@labour
@require_POST
def mend(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Send bad rows again with their cells mended."""
    batch = own_batch(desk, pk)
    changes: dict[int, dict[str, str]] = {key: {} for key in keys_of(request, "rows")}
    said: dict[int, str] = {}
    names = set(batch.form.fields_by_name)
    for sent in request.POST:
        found = _SENT.fullmatch(sent)
        if found is None:
            continue
        row, name, value = int(found[1]), found[2], "、".join(request.POST.getlist(sent))
        if name == EXPLANATION:
            said[row] = value
            changes.setdefault(row, {})
        elif name in names:
            changes.setdefault(row, {})[name] = value
    try:
        filed, still = actions.mend(
            batch=batch, changes=changes, said=said, by=desk.user, now=desk.now
        )
    except Forbidden as refused:
        messages.error(request, str(refused))
        return redirect("employer:batch", pk)
    if filed:
        messages.success(request, f"{filed} 行修正后已提交。")
    if still:
        messages.warning(request, f"{still} 行仍有问题，请按提示继续修改。")
    return redirect("employer:batch", pk)


@labour
@require_POST
def put_aside(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Leave a bad row, or all that are left, unfiled. Asked by a script, a row is answered in its
    place, so that what is typed into the others stays."""
    batch, rows = own_batch(desk, pk), _asked(request)
    try:
        count = mending.put_aside(batch=batch, rows=rows, by=desk.user, now=desk.now)
    except Forbidden as refused:
        messages.error(request, str(refused))
        return _back(request, pk)
    if rows and "HX-Request" in request.headers:
        row = get_object_or_404(batch.bad, pk=rows[0])
        return render(request, "portals/employer/batch_row_aside.html", {"row": row})
    messages.success(request, f"{count} 行不再处理。需要时可以在“不再处理的行”中重新处理。")
    return _back(request, pk)


def _back(request: HttpRequest, pk: int) -> HttpResponse:
    """To the batch; a script reloads it."""
    answer = redirect("employer:batch", pk)
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": answer["Location"]})
    return answer


@labour
@require_POST
def take_up(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Have a row that was put aside, or all of them, to be mended again."""
    batch = own_batch(desk, pk)
    try:
        count = mending.take_up(batch=batch, rows=_asked(request), by=desk.user, now=desk.now)
        messages.success(request, f"{count} 行已回到“失败的行”。")
    except Forbidden as refused:
        messages.error(request, str(refused))
    return redirect("employer:batch", pk)


def _asked(request: HttpRequest) -> list[int] | None:
    """The row a button was pressed for; None for the button of all."""
    row = request.POST.get("row", "")
    if row == "all":
        return None
    key = read_key(row)
    return [] if key is None else [key]
