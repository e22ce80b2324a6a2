"""A form described once, and its faces: page, workbook columns, API schema, checks, difference.

See README.md. Faces are modules of their own: `forms.page`, `forms.view`, `forms.diff`,
`forms.columns`, `forms.schema`.
"""

from yonggong.forms.choices import register_choices, register_lookup
from yonggong.forms.cleaners import register_taken_codes
from yonggong.forms.cleaning import CleanedColumns, Cleaner
from yonggong.forms.fields import Field, FieldType, Option, Section, Shortcut, When
from yonggong.forms.form import Check, Cleaned, Form
from yonggong.forms.problems import Problem

__all__ = [
    "Check",
    "Cleaned",
    "CleanedColumns",
    "Cleaner",
    "Field",
    "FieldType",
    "Form",
    "Option",
    "Problem",
    "Section",
    "Shortcut",
    "When",
    "register_choices",
    "register_lookup",
    "register_taken_codes",
]
