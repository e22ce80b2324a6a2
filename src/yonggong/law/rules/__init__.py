"""The rules, by subject. Importing this package registers all of them.

``SUBJECTS`` is the order in which documents list them.
"""

from types import ModuleType

from yonggong.law.rules import (
    ages,
    clauses,
    covenants,
    dispatch,
    hours,
    part_time,
    pay,
    persons,
    probation,
    terms,
    women,
    writing,
)

SUBJECTS: tuple[ModuleType, ...] = (
    persons, ages, terms, writing, clauses, probation, pay, hours, part_time, dispatch, covenants,
    women,
)  # fmt: skip
