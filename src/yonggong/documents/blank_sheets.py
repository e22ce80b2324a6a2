"""空白样表 of what is filled in a row a person: a table with nothing in it, to be filled in by hand and typed
in at a counter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from yonggong.documents.rendering.papers import Column, TablePaper
from yonggong.documents.rendering.table import render_table
from yonggong.forms import Field, FieldType, Form
from yonggong.forms.choices import every_option

_ROWS = 12
# Of more choices the words are written in as they are known.
_NAMED = 12
# Room to write: shares of the width.
_WIDTHS = {FieldType.DOCUMENT_NUMBER: 34, FieldType.PERSON_NAME: 14, FieldType.BOOLEAN: 9}
_WIDTH = 15
_ROOM = "　\n　"
_FACT = "　" * 12


@lru_cache(maxsize=16)
def print_blank_sheet(form: Form, note: str, made_on: date) -> bytes:
    """The table as a PDF/A on A4 across, the same for everybody; `note`: what is to be told of it."""
    columns = [Column("序号", 8), *map(_column, form.fields)]
    return render_table(
        TablePaper(
            title=f"{form.title}（空白样表）",
            header=[("单位名称", _FACT), ("统一社会信用代码", _FACT), ("所属年度（期）", _FACT)],
            columns=columns,
            rows=[[str(row), *[_ROOM] * len(form.fields)] for row in range(1, _ROWS + 1)],
            made_on=made_on,
            number=_FACT,
            notes=[
                "标“*”的必须填写；人数较多的可以续页。填写后由窗口录入。",
                *_choices(form),
                *filter(None, (note,)),
            ],
            seals=("用人单位（盖章）", "窗口经办机构"),
        )
    )


def _column(field: Field) -> Column:
    unit = f"\n（{field.unit}）" if field.unit else ""
    star = " *" if field.required is True else ""
    return Column(f"{field.label}{star}{unit}", _WIDTHS.get(field.type, _WIDTH))


def _choices(form: Form) -> Iterator[str]:
    """What may be written where one of a few is chosen."""
    for field in form.fields:
        if field.type is FieldType.BOOLEAN or not field.type.coded:
            continue
        if options := every_option(field, _NAMED):
            yield f"{field.label}填写：{'、'.join(option.label for option in options)}。"
