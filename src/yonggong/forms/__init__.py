"""A form described once, and its faces: page, workbook columns, API schema, checks, difference.

See README.md. Faces are modules of their own: `forms.page`, `forms.view`, `forms.diff`,
`forms.columns`, `forms.schema`.
"""

from yonggong.forms import made_checks as made_checks  # registers the checks any form may ask for
from yonggong.forms import types as types  # registers the field types
from yonggong.forms.checks import Check, register_check
from yonggong.forms.choices import register_choices, register_lookup
from yonggong.forms.cleaning import CleanedColumns, Cleaner
from yonggong.forms.conditions import AllOf, AnyOf, Condition, When
from yonggong.forms.fields import Field, Option, Section, Shortcut
from yonggong.forms.fieldtype import FieldType
from yonggong.forms.form import Cleaned, Form
from yonggong.forms.problems import Problem
from yonggong.forms.types.identifiers import register_taken_codes

__all__ = [
    "AllOf",
    "AnyOf",
    "Check",
    "Cleaned",
    "CleanedColumns",
    "Cleaner",
    "Condition",
    "Field",
    "FieldType",
    "Form",
    "Option",
    "Problem",
    "Section",
    "Shortcut",
    "When",
    "register_check",
    "register_choices",
    "register_lookup",
    "register_taken_codes",
]
