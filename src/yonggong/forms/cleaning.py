"""Cleaning whole columns of raw answers into typed values: the one engine behind every face.

A single form is a batch of one row, so a page and a workbook cannot disagree. For a batch, each
column remembers what it has read: most cells of a workbook repeat.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

from yonggong.codes.identifiers import CodeError, check_document, type_of_number
from yonggong.forms.conditions import Condition, When
from yonggong.forms.fields import Field
from yonggong.forms.fieldtype import Column
from yonggong.forms.problems import Problem
from yonggong.forms.reading import PLACEHOLDERS, is_blank, shown, tidy
from yonggong.forms.unreadable import refuse_logical_value, refuse_unreadable

if TYPE_CHECKING:
    from yonggong.forms.form import Form

# So many different cells of a column and type are remembered; a column of ID numbers stops here.
_REMEMBERED = 8192
_REMEMBERED_KINDS = frozenset({str, int, float, bool, date, datetime, Decimal, type(None)})
_VALUE_SHOWN = 60
_NOTHING_TOLD = (None, None)


class Fault(NamedTuple):
    """Why a cell could not be read; stands in a column until it becomes a Problem."""

    code: str
    message: str
    remedy: str


class Faulty(NamedTuple):
    """A value that stands although parts of it are wrong, and what is wrong with them."""

    value: object
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class CleanedColumns:
    """Typed values by field, one list entry a row, and the problems of the rows that have any."""

    values: dict[str, list[object]]
    problems: dict[int, tuple[Problem, ...]]
    rows: int

    def row(self, index: int) -> dict[str, object]:
        """The values of one row by field name."""
        return {name: column[index] for name, column in self.values.items()}


class _Remembering(dict[object, object]):
    """Cells of one column and one raw type, read once each."""

    __slots__ = ("_column",)

    def __init__(self, column: _Column) -> None:
        super().__init__()
        self._column = column

    def __missing__(self, raw: object) -> object:
        value = self._column.read_cell(raw)
        if len(self) < _REMEMBERED:
            self[raw] = value
        return value


class _Column:
    """One field's cells: blank to None, good to a typed value, bad to a Fault."""

    def __init__(self, field: Field, *, remembering: bool) -> None:
        self.field = field
        self._read = field.type.reader(field, serials=remembering)
        self._logical = field.type.logical
        # Equal cells of different type (1 and True) are not the same answer: one memory a type.
        self._memories: dict[type, _Remembering] | None = (
            {} if remembering and not field.type.distinct else None
        )

    def read_cell(self, raw: object) -> object:
        try:
            refuse_unreadable(raw)
            if is_blank(raw):
                return None
            if not self._logical:
                refuse_logical_value(raw)
            return self._read(raw)
        except CodeError as error:
            if isinstance(raw, str) and tidy(raw).upper() in PLACEHOLDERS:
                return None
            return Fault(error.code, error.message_zh, error.remedy_zh)

    def read(self, cells: Sequence[object]) -> list[object]:
        if self._memories is None:
            return [self.read_cell(raw) for raw in cells]
        memories = self._memories
        kinds = set(map(type, cells))
        for kind in kinds & _REMEMBERED_KINDS - memories.keys():
            memories[kind] = _Remembering(self)
        if len(kinds) == 1 and kinds <= _REMEMBERED_KINDS:
            memory = memories[kinds.pop()]
            values = [memory[raw] for raw in cells]
        elif kinds <= _REMEMBERED_KINDS:
            values = [memories[raw.__class__][raw] for raw in cells]
        else:
            values = [self.read_cell(raw) for raw in cells]
        if self.field.type.many:  # rows must not share a list
            values = [value[:] if type(value) is list else value for value in values]
        return values


class Cleaner:
    """Cleans rows of one form. Keep one for a batch; what it remembers goes with it."""

    def __init__(self, form: Form, *, remembering: bool) -> None:
        """`remembering`: the cells of a batch, which are kept between calls, and in which a
        number may be a spreadsheet's day. A page must not keep people's data."""
        self._form = form
        self._columns: list[Column] = [
            field.type.column(field, remembering=remembering)
            or _Column(field, remembering=remembering)
            for field in form.fields
        ]

    def clean(
        self,
        columns: Mapping[str, Sequence[object]],
        rows: int,
        fixed: Mapping[str, Sequence[object]] | None = None,
    ) -> CleanedColumns:
        """Clean `rows` rows given as raw columns by field name; a missing column is empty.

        `fixed` holds typed values that stand whatever was sent (read-only fields of a page).
        """
        return _Run(self._form, columns, rows, fixed or {}).run(self._columns)


class _Run:
    """One pass over one set of rows, field after field in the order of the form."""

    def __init__(
        self,
        form: Form,
        raw: Mapping[str, Sequence[object]],
        rows: int,
        fixed: Mapping[str, Sequence[object]],
    ) -> None:
        self.form, self.raw, self.rows, self.fixed = form, raw, rows, fixed
        self.values: dict[str, list[object]] = {}
        self.hidden: dict[str, list[bool]] = {}
        self.faulty: set[tuple[str, int]] = set()
        self.told: dict[str, list[object]] = {}  # what earlier fields tell of later ones
        self.told_by: dict[str, Field] = {}
        self.problems: dict[int, list[Problem]] = {}
        self.holding: dict[Condition, list[bool]] = {}  # many fields hang on the same condition

    def run(self, columns: Sequence[Column]) -> CleanedColumns:
        for column in columns:
            self._take(column)
        for field in self.form.fields:
            self._require(field)
        if self.form.checks:
            self._check()
        position = {field.name: index for index, field in enumerate(self.form.fields)}
        ordered = {
            row: tuple(sorted(found, key=lambda item: position.get(item.place, len(position))))
            for row, found in sorted(self.problems.items())
        }
        return CleanedColumns(self.values, ordered, self.rows)

    def _take(self, column: Column) -> None:
        field = column.field
        cells = self.raw.get(field.name)
        if field.name in self.fixed:
            values = list(self.fixed[field.name])
        elif cells is None or field.read_only:
            values = [None] * self.rows
        else:
            values = column.read(cells)
        self.values[field.name] = values
        if field.document_type:
            self._read_documents(field, values, field.document_type)
        kinds = set(map(type, values))
        if field.show_when:
            self._hide(field, values, field.show_when)
        if not kinds.isdisjoint(_FAULTS) or field.document_type:
            self._report_faults(field, values)
        if field.name in self.told:
            self._fill(field, values)
        if field.fills and field.lookup is None and not field.document_type:
            self._tell(field, list(map(field.type.facts, values)))
        if field.type.many:
            values[:] = [[] if value is None else value for value in values]

    def _read_documents(self, field: Field, values: list[object], type_field: str) -> None:
        """Check numbers by the type of document beside them; without a type, leave them.

        Where a form need not be told the type, the number tells it, or the type is asked for.
        """
        facts: list[tuple[object, object]] = [_NOTHING_TOLD] * self.rows
        kinds = self.values[type_field]
        optional = self.form.fields_by_name[type_field].required is False
        for row, (kind, number) in enumerate(zip(kinds, values, strict=True)):
            if type(number) is not str:
                continue
            if kind is None and optional and (type_field, row) not in self.faulty:
                kind = kinds[row] = type_of_number(number)
                if kind is None:
                    values[row] = _type_untold(number, self.form.fields_by_name[type_field])
            if type(kind) is not str:
                continue
            try:
                values[row], birth_date, sex = _read_document(kind, number)
                facts[row] = (birth_date, sex)
            except CodeError as error:
                values[row] = Fault(error.code, error.message_zh, error.remedy_zh)
        self._tell(field, facts)

    def _tell(self, field: Field, facts: list[tuple[object, object]]) -> None:
        for place, fact in enumerate(("birth_date", "sex")):
            target = field.fills.get(fact)
            if target:
                self.told[target] = [row[place] for row in facts]
                self.told_by[target] = field

    def _holds(self, condition: Condition) -> list[bool]:
        """In which rows the condition holds; on fields before this one, so for good."""
        found = self.holding.get(condition)
        if found is None:
            found = condition.met_each(self.values)
            self.holding[condition] = found
        return found

    def _hide(self, field: Field, values: list[object], condition: Condition) -> None:
        """Take hidden answers away; one that says something is told, not dropped in silence."""
        shown_rows = self._holds(condition)
        if all(shown_rows):
            return
        self.hidden[field.name] = [not is_shown for is_shown in shown_rows]
        if values.count(None) == self.rows:
            return
        for row, is_shown in enumerate(shown_rows):
            if is_shown:
                continue
            # Of what decides, nothing is known where its own answer could not be read.
            undecided = any((name, row) in self.faulty for name in condition.fields)
            cell = values[row]
            if isinstance(cell, Fault) and cell.code.startswith("cell."):
                self._add(row, field, cell)  # wrong wherever it stands
            elif cell and field.name not in self.fixed and not undecided:
                self._add(row, field, _not_applicable(self.form, condition))
            values[row] = None

    def _report_faults(self, field: Field, values: list[object]) -> None:
        for row, value in enumerate(values):
            if type(value) is Fault:
                self._add(row, field, value)
                self.faulty.add((field.name, row))
                values[row] = None
            elif type(value) is Faulty:
                self.problems.setdefault(row, []).extend(value.problems)
                self.faulty.add((field.name, row))
                values[row] = value.value

    def _fill(self, field: Field, values: list[object]) -> None:
        source = self.told_by[field.name]
        hidden = self.hidden.get(field.name)
        for row, fact in enumerate(self.told[field.name]):
            if fact is None or values[row] == fact or (hidden and hidden[row]):
                continue
            if values[row] is not None:
                fault = Fault(
                    "fills.mismatch",
                    f"与{source.label}不一致",
                    f"请核对{source.label}和{field.label}",
                )
                self._add(row, field, fault)
            elif (field.name, row) not in self.faulty:
                values[row] = fact

    def _require(self, field: Field) -> None:
        if field.required is False or field.read_only:
            return
        values = self.values[field.name]
        if not isinstance(field.required, bool):
            wanted = self._holds(field.required)
            if not any(wanted):
                return
        elif set(map(type, values)).isdisjoint((type(None), list)):
            return
        else:
            wanted = [True] * self.rows
        hidden = self.hidden.get(field.name)
        for row, value in enumerate(values):
            if not wanted[row] or (hidden and hidden[row]) or (field.name, row) in self.faulty:
                continue
            if value is None or value == []:
                self._add(row, field, self._missing(field, row))

    def _missing(self, field: Field, row: int) -> Fault:
        verb = field.type.verb
        message = "不能为空"
        if not isinstance(field.required, bool):
            single = isinstance(field.required, When)
            answer = self.values[field.required.fields[0]][row] if single else None
            message = f"{self.form.describe(field.required, answer)}时必须{verb}"
        return Fault("required", message, f"请{verb}{field.label}")

    def _check(self) -> None:
        # Most columns of a workbook are not there: only those that are make a row of their own.
        answered = {name: cells for name, cells in self.values.items() if is_answered(cells)}
        nothing = {name: cells[0] for name, cells in self.values.items() if cells}
        rows = zip(*answered.values(), strict=True) if answered else repeat((), self.rows)
        for row, answers in enumerate(rows):
            values = nothing | dict(zip(answered, answers, strict=True))
            for check in self.form.checks:
                for problem in check(values):
                    self.problems.setdefault(row, []).append(problem)

    def _add(self, row: int, field: Field, fault: Fault) -> None:
        value = ""
        if not field.personal and not field.type.tabular:
            cells = self.raw.get(field.name)
            raw = cells[row] if cells is not None else None
            value = "" if raw is None else shown(raw)[:_VALUE_SHOWN]
        self.problems.setdefault(row, []).append(
            Problem(
                field=field.name,
                label=field.label,
                code=fault.code,
                message=fault.message,
                remedy=fault.remedy,
                value=value,
            )
        )


_FAULTS = {Fault, Faulty}


def is_answered(column: Sequence[object]) -> bool:
    """Whether any row answered: most columns of a form stand empty in most workbooks."""
    if column and column[0] is not None and column[0] != []:
        return True
    blank = column.count(None)
    return blank < len(column) and blank + column.count([]) < len(column)


def _read_document(document_type: str, number: str) -> tuple[str, date | None, str | None]:
    """A document's number with the birth date and sex it tells; `CodeError` as its parser's."""
    document = check_document(document_type, number)
    return document.number, document.birth_date, document.sex


def _type_untold(number: str, type_field: Field) -> Fault:
    """Why a number without a type beside it cannot be taken: as an ID card it is not right."""
    remedy = f"不是居民身份证的，请填写{type_field.label}"
    try:
        _read_document("01", number)
    except CodeError as error:
        return Fault(error.code, error.message_zh, f"{error.remedy_zh.rstrip('。')}；{remedy}")
    return Fault("document.format", "认不出是哪种证件的号码", remedy)


def _not_applicable(form: Form, condition: Condition) -> Fault:
    others = "、".join(f"“{form.fields_by_name[name].label}”" for name in condition.fields)
    return Fault(
        "not_applicable",
        f"仅在{form.describe(condition)}时填写",
        f"请清空此项，或改正{others}",
    )
