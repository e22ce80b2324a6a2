"""How many an employer insures: figures of the social insurance agency, fed by a workbook, which say
who insures and has not filed. They are kept beside the filings and change none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.forms import Field, FieldType, Form, Problem, Section
from yonggong.supervision.models import InsuredFigure

INSURED_FORM = Form(
    name="insured-figures",
    title="单位参保人数",
    sections=(
        Section(
            name="figure",
            title="参保人数",
            fields=(
                Field(
                    name="credit_code",
                    label="统一社会信用代码",
                    type=FieldType.CREDIT_CODE,
                    required=True,
                    aliases=("社会信用代码", "信用代码"),
                ),
                Field(
                    name="name",
                    label="单位名称",
                    type=FieldType.EMPLOYER_NAME,
                    required=True,
                    max_length=120,
                ),
                Field(
                    name="region_code",
                    label="行政区划",
                    type=FieldType.REGION,
                    table="region",
                    required=True,
                ),
                Field(
                    name="people",
                    label="参保人数",
                    type=FieldType.INTEGER,
                    required=True,
                    min_value=0,
                    max_value=10_000_000,
                ),
                Field(name="as_of", label="截至日期", type=FieldType.DATE, required=True),
            ),
        ),
    ),
)
# Looked at and kept within a request.
MOST_ROWS = 20_000


@dataclass(slots=True)
class Loaded:
    """What became of a workbook: how many figures are new, how many were there; what is wrong, by
    the row's number. With anything wrong nothing is kept."""

    added: int = 0
    known: int = 0
    problems: dict[int, Sequence[Problem]] = field(default_factory=dict)


@transaction.atomic
def load(
    *,
    columns: Mapping[str, Sequence[object]],
    numbers: Sequence[int],
    by: User,
    now: datetime,
) -> Loaded:
    """Keep the figures of a workbook, all or none; the same workbook again adds nothing. `columns`
    are raw cells by field name, `numbers` the rows' own."""
    cleaned = INSURED_FORM.clean_columns(columns, len(numbers))
    loaded, rows = Loaded(), []
    for place, number in enumerate(numbers):
        values = cleaned.row(place)
        problems = list(cleaned.problems.get(place, ()))
        region = str(values.get("region_code") or "")
        if not problems and not by.scope.covers(region, Power.ORDER):
            problems.append(
                INSURED_FORM.problem(
                    "region_code",
                    "elsewhere",
                    "该行政区划不在您的辖区",
                    "请删除该行，或者由当地载入",
                )
            )
        if problems:
            loaded.problems[number] = problems
            continue
        rows.append(InsuredFigure(**values, by=by, at=now))
    if loaded.problems:
        return loaded
    before = InsuredFigure.objects.count()
    InsuredFigure.objects.bulk_create(rows, batch_size=2000, ignore_conflicts=True)
    loaded.added = InsuredFigure.objects.count() - before
    loaded.known = len(rows) - loaded.added
    return loaded
