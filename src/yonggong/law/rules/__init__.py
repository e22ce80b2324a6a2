"""The rules, by subject. Importing this package registers all of them.

``SUBJECTS`` is the order in which documents list them.
"""

from types import ModuleType

from yonggong.law.rules import (
    ages,
    annual,
    clauses,
    collective,
    covenants,
    dispatch,
    disputes,
    ending_grounds,
    ending_money,
    ending_protection,
    ending_retirement,
    hours,
    open_ended,
    part_time,
    pay,
    persons,
    probation,
    special_hours,
    terms,
    women,
    workforce,
    writing,
)

SUBJECTS: tuple[ModuleType, ...] = (
    persons,
    ages,
    terms,
    writing,
    open_ended,
    clauses,
    probation,
    pay,
    hours,
    part_time,
    dispatch,
    covenants,
    women,
    ending_grounds,
    ending_protection,
    ending_retirement,
    ending_money,
    workforce,
    annual,
    collective,
    special_hours,
    disputes,
)
