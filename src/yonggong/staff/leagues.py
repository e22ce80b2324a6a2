"""What the two tables of Inner Mongolia share (内人社发〔2014〕95号附件, 附表1 and 2): a league sends in the
people of all its places at once; each row asks for an account, granted by the region's information centre."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.cases import queries as case_queries
from yonggong.cases.attempts import Attempt, by_row
from yonggong.cases.kinds import CaseKind
from yonggong.cases.models import Case
from yonggong.cases.pages import KeyFact, Pages
from yonggong.cases.papers import Paper
from yonggong.cases.parts import Checks, Effects
from yonggong.catalogue import own_titles
from yonggong.catalogue.items import OFFICE
from yonggong.codes import regions
from yonggong.documents.rendering import written_date
from yonggong.forms import Field, FieldType, Form, Problem, Section
from yonggong.forms.view import line
from yonggong.registry.models import Agency
from yonggong.staff import offices, orders
from yonggong.staff.pages import PANELS
from yonggong.staff.papers import keep_paper

_TEMPLATE = Path(__file__).with_name("league.typ")
# Asked to know one person over all their accounts; the official tables have no such column.
_NOT_PRINTED = {"id_number"}

# 盟市人社局长签字, then 人社厅劳动关系处, then 自治区劳动信息中心, which grants.
PROCEDURE = offices.three_opinions(
    head="盟市人社局长签字",
    business=("人社厅劳动关系处意见", offices.provincial),
    information=("自治区劳动信息中心意见", offices.centre),
)


def row_form(name: str, title: str, *own: Field) -> Form:
    """A row of a table: its place, what is `own` to the table, and how its people are reached."""
    return Form(
        name=name,
        title=title,
        sections=(
            Section(
                name="row",
                title=title,
                fields=(
                    Field(
                        name="region_code",
                        label="行政区划代码",
                        type=FieldType.REGION,
                        table="region",
                        required=True,
                        aliases=("地区", "区划代码"),
                    ),
                    *own,
                    Field(
                        name="office_phone", label="办公电话", type=FieldType.PHONE, required=True
                    ),
                    Field(
                        name="mobile",
                        label="移动电话",
                        type=FieldType.MOBILE,
                        required=True,
                        personal=True,
                    ),
                    Field(name="fax", label="传真电话", type=FieldType.PHONE),
                    Field(name="email", label="E-mail", type=FieldType.EMAIL, personal=True),
                    Field(
                        name="id_number",
                        label="身份证号",
                        type=FieldType.ID_NUMBER,
                        personal=True,
                        hint="用于认定同一人的账号，不打印",
                    ),
                ),
            ),
        ),
    )


def table_form(name: str, title: str, row: Form, unique: tuple[str, ...]) -> Form:
    """The whole table of a league."""
    return Form(
        name=name,
        title=title,
        sections=(
            Section(
                name="sheet",
                title="填表",
                fields=(
                    Field(
                        name="contact",
                        label="填表人",
                        type=FieldType.PERSON_NAME,
                        required=True,
                        known_from="agent.name",
                    ),
                ),
            ),
            Section(
                name="rows",
                title=row.title,
                fields=(
                    Field(
                        name="rows",
                        label=row.title,
                        type=FieldType.TABLE,
                        rows=row,
                        required=True,
                        least=1,
                        most=1000,
                        unique=(unique,),
                    ),
                ),
            ),
        ),
    )


def kind(
    *,
    name: str,
    form: Form,
    paper: Paper,
    text: str,
    ordered: Callable[[Mapping[str, Any], Agency], Mapping[str, Any]],
) -> CaseKind:
    """The kind of one of the tables: `text` names the province's title of it, `ordered` gives what a
    row orders."""

    def applied(case: Case, by: User, now: datetime) -> None:
        rows = [ordered(row, _place_of(row, case)) for row in case.values["rows"]]
        orders.order_new(case, rows, now=now)
        keep_paper(case, paper, text, _TEMPLATE, partial(table_of, case, form), by=by, now=now)

    return CaseKind(
        name=name,
        title=own_titles()[name],
        form=form,
        subject_name=lambda attempt: f"{len(attempt.values['rows'])} 个账号",
        audience=(OFFICE,),
        sent_to=lambda attempt: Agency.objects.get(pk=attempt.applicant.pk),
        checks=Checks(refusals=by_row(lambda attempt: _refused(attempt, form))),
        effects=Effects(applied=applied),
        procedure=PROCEDURE,
        papers=(paper,),
        pages=Pages(
            word="item",
            panels=PANELS,
            key_facts=(KeyFact(label="填表人", fields=("contact",)),),
        ),
    )


def _refused(attempt: Attempt, form: Form) -> list[Problem]:
    """Only of the league's own places, and only where there is who decides."""
    own, problems = attempt.applicant.region_code, []
    for place, row in enumerate(attempt.values["rows"], start=1):
        if not regions.covers(own, str(row["region_code"])):
            said = f"第 {place} 行的地区不属于本单位管辖"
            problems.append(form.problem("rows", "outside", said, "请核对行政区划代码"))
    return [*problems, *offices.without(own, offices.provincial, offices.centre)]


def _place_of(row: Mapping[str, Any], case: Case) -> Agency:
    """The agency at which the row's person works: that of the name it gives, else that of its
    region, else the league's own."""
    there = Agency.objects.filter(region_code=row["region_code"])
    named = there.filter(name=row.get("station") or "").first()
    found = named or there.filter(reviews=True).exclude(level="community").order_by("pk").first()
    return found or Agency.objects.get(pk=case.applicant_id)


def table_of(case: Case, form: Form, title: str, number: str) -> dict[str, Any]:
    """What stands on the printed table, as plain values."""
    rows = form.fields_by_name["rows"].rows
    assert rows is not None and case.filed_at is not None
    printed = [field for field in rows.fields if field.name not in _NOT_PRINTED]
    signed = {step.key: step for step in case_queries.steps_of(case) if step.acted_by}
    head = signed.get("head")
    return {
        "title": title,
        "number": number,
        "unit": case.applicant.name,
        "filed": written_date(timezone.localdate(case.filed_at)),
        "headings": ["地区", *(field.label for field in printed)],
        "rows": [
            [
                regions.full_name(str(row["region_code"])),
                str(row["region_code"]),
                *(
                    line(field, row.get(field.name), unmasked=True).text or ""
                    for field in printed[1:]
                ),
            ]
            for row in case.values["rows"]
        ],
        "head": head.acted_by.name if head and head.acted_by else "",
        "clerk": case.values["contact"],
    }
