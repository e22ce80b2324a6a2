"""How cases of a kind are filed by the workbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from yonggong.cases.attempts import Attempts
from yonggong.cases.pages import ITEM
from yonggong.forms import Field, Form
from yonggong.policy import Policy
from yonggong.registry.parties import Party

RawColumns = Mapping[str, Sequence[Any]]
Complete = Callable[[RawColumns, int, Party], RawColumns]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledRows:
    """The rows of a workbook filled in for an applicant: cells by field, what its notes say beside
    the general ones, and what is said where there is no row."""

    cells: Sequence[Mapping[str, str]]
    notes: Sequence[str]
    nothing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefilled:
    """A workbook filled in with whatever can be filed of now.

    rows   for an applicant, where these rules hold, on a day
    of     what its rows are about, in a word of users
    title  what its file is called
    short  what it is called among those of other kinds
    """

    rows: Callable[[Party, Policy, date], FilledRows]
    of: str
    title: str
    short: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """How a kind is filed by the workbook, a row a case.

    form     the columns of its workbook (the person to find, then what is filed)
    key      where the form has tables, which have tabs of their own: the field by which their rows
             name the row they belong to
    notes    what a workbook of this kind says beyond the general notes
    page     word of the page on which it is taken, which it may share with other kinds
    hints    whether each column's hint stands under its heading
    told     the fields that tell of a bad row what it is about, the first two before all; where none
             is named, the first two of the form
    prefilled  the workbook filled in with what can be filed of now, where there is such
    complete fills in what blank cells of so many raw rows mean, before they are read
    sparse   columns that nobody answered are left out before the checks: a blank cell says nothing
             there, where in others it says that what held holds no longer
    names    each row's one-line subject for lists; None where the kind's `subject_name` gives it
    begins   notes in `subjects` what the rows about to be filed are about, where the checks have not
    opened   writes the kind's own rows for the rows filed, given their case keys
    voided   follows when the cases with these keys have been voided
    """

    form: Form
    key: str = ""
    notes: tuple[str, ...] = ()
    page: str = ITEM
    hints: bool = False
    told: tuple[str, ...] = ()
    prefilled: Prefilled | None = None
    complete: Complete = lambda columns, rows, applicant: columns
    sparse: bool = False
    names: Callable[[Attempts], Sequence[str]] | None = None
    opened: Callable[[Attempts, Sequence[int], Sequence[int], datetime], None] = (
        lambda attempt, rows, keys, now: None
    )
    voided: Callable[[Sequence[int]], None] = lambda keys: None
    begins: Callable[[Attempts, Sequence[int]], None] = lambda attempt, rows: None

    @property
    def telling(self) -> list[Field]:
        """The fields that tell what a row is about."""
        names = self.told or [item.name for item in self.form.fields[:2]]
        return [
            self.form.fields_by_name[name] for name in names if name in self.form.fields_by_name
        ]
