"""What an employer applies with: the standard's printed form, and its own assessment row by row.

The criteria of DB15/T 675-2014 are printed nowhere in the standard, so each row says its criterion;
that 80 points are needed is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from yonggong.catalogue.book import book
from yonggong.forms import Field, FieldType, Form, Problem, Section, When
from yonggong.forms.checks import register_check
from yonggong.relations.printed import form_with

ITEM = book().get("harmonious-labour-relations-recognition")
LEAST = Decimal(80)
_STATE_OWNED = "国有企业"

_PRINTED = form_with(ITEM)


def _points(name: str, label: str) -> Field:
    return Field(
        name=name,
        label=label,
        type=FieldType.DECIMAL,
        places=1,
        required=True,
        min_value=Decimal(0),
        max_value=Decimal(100),
    )


_ASSESSED = Form(
    name="assessment",
    title="自评",
    sections=(
        Section(
            name="row",
            title="自评",
            fields=(
                Field(name="criterion", label="评价指标", required=True, max_length=200),
                _points("most", "分值"),
                _points("score", "自评得分"),
                Field(name="evidence", label="依据和佐证", required=True, max_length=300),
            ),
        ),
    ),
)


def score_of(values: Mapping[str, Any]) -> Decimal:
    """The points that an employer gives itself."""
    return sum((row["score"] or Decimal(0) for row in values.get("assessed") or ()), Decimal(0))


def _adds_up(values: Mapping[str, Any]) -> Iterable[Problem]:
    """No row has more points than there are for it; all of them come to eighty or more."""
    rows = values.get("assessed") or ()
    for place, row in enumerate(rows, 1):
        most, score = row["most"], row["score"]
        if most is not None and score is not None and score > most:
            yield Problem(
                field=f"assessed__{place}__score",
                label=f"第 {place} 行自评得分",
                code="too_many",
                message=f"高于该项分值 {most}",
                remedy="请核对得分",
            )
    total = score_of(values)
    if rows and total < LEAST:
        yield FORM.problem(
            "assessed",
            "too_few",
            f"自评综合得分 {total} 分，低于 {LEAST} 分",
            "达到 80 分以上再申报",
        )


register_check("harmony_adds_up", _adds_up)


def _as_asked(section: Section) -> Section:
    """上级主管部门 is filled in by state-owned enterprises alone, so it stands behind the type."""
    fields = {field.name: field for field in section.fields}
    above = fields.pop("supervising_department", None)
    if above is None:
        return section
    asked = replace(above, show_when=When("registration_type", equals=_STATE_OWNED))
    ordered = []
    for field in fields.values():
        ordered += [field, asked] if field.name == "registration_type" else [field]
    return replace(section, fields=tuple(ordered))


FORM = Form(
    name=ITEM.key,
    title=ITEM.title,
    sections=(
        *map(_as_asked, _PRINTED.sections),
        Section(
            name="assessment",
            title="自评打分",
            hint="按《和谐劳动关系单位评价规范》（DB15/T 675-2014）逐项自评；"
            "公共服务标准没有印出评分项目，请按规范填写指标和分值。",
            fields=(
                Field(
                    name="assessed",
                    label="自评打分表",
                    type=FieldType.TABLE,
                    rows=_ASSESSED,
                    required=True,
                    least=1,
                    most=100,
                    unique=(("criterion",),),
                    totals=("most", "score"),
                ),
                Field(
                    name="union_sound",
                    label="工会组织健全，企业内部和谐",
                    type=FieldType.BOOLEAN,
                    required=True,
                ),
            ),
        ),
    ),
    checks=(_adds_up,),
)
