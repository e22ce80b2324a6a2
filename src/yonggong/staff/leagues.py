"""What the two tables of Inner Mongolia share (内人社发〔2014〕95号附件, 附表1 and 2): a league sends in the
people of all its places at once, and sends them in again where they change (填报说明 3: 人员如有变化请及时报送). A
row asks for an account, granted by the region's information centre; for one in another's place, whose account
ends; or for the end of an account alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.utils import timezone

from yonggong.accounts import holders, leaving
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
from yonggong.codes.names import person_name
from yonggong.documents.rendering import written_date
from yonggong.forms import Field, FieldType, Form, Option, Problem, Section, When
from yonggong.forms.view import line
from yonggong.registry.actions import id_card_digest
from yonggong.registry.models import Agency
from yonggong.staff import existing, offices, orders
from yonggong.staff.pages import PANELS
from yonggong.staff.papers import keep_paper

_TEMPLATE = Path(__file__).with_name("league.typ")
# The official tables have no such columns. What becomes of an account is printed beside its holder's name.
_NOT_PRINTED = {"id_number", "change", "username"}

NEW, INSTEAD, LEAVES = "1", "2", "3"
CHANGES = {NEW: "新增人员", INSTEAD: "更换人员", LEAVES: "人员离岗"}
# Asked of whoever is to have an account.
COMES = When("change", one_of=(NEW, INSTEAD))
_GOES = When("change", one_of=(INSTEAD, LEAVES))

# 盟市人社局长签字, then 人社厅劳动关系处, then 自治区劳动信息中心, which grants.
PROCEDURE = offices.three_opinions(
    head="盟市人社局长签字",
    business=("人社厅劳动关系处意见", offices.provincial),
    information=("自治区劳动信息中心意见", offices.centre),
)


def row_form(name: str, title: str, *own: Field) -> Form:
    """A row of a table: its place, whether somebody comes or goes, what is `own` to the table, and how its
    people are reached."""
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
                    Field(
                        name="change",
                        label="报送事项",
                        type=FieldType.CHOICE,
                        choices=tuple(
                            Option(code=code, label=label) for code, label in CHANGES.items()
                        ),
                        required=True,
                        default=NEW,
                    ),
                    Field(
                        name="username",
                        label="原账号",
                        required=_GOES,
                        show_when=_GOES,
                        max_length=40,
                        hint="离岗人员的账号，批准后注销",
                    ),
                    *own,
                    Field(
                        name="office_phone", label="办公电话", type=FieldType.PHONE, required=COMES
                    ),
                    Field(
                        name="mobile",
                        label="移动电话",
                        type=FieldType.MOBILE,
                        required=COMES,
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
                        unique=(unique, ("username",)),
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
        rows, new = case.values["rows"], {}
        for place, row in enumerate(rows):
            agency = _place_of(row, case.applicant_id)
            if username := row.get("username"):
                account = existing.account_of(str(username), agency.pk)
                cancel = existing.Act.CANCEL
                existing.carry_out(case, account, cancel, to=None, by=by, now=now)
            if _comes(row):
                new[place] = ordered(row, agency)
        orders.order_new(case, new, now=now)
        keep_paper(case, paper, text, _TEMPLATE, partial(table_of, case, form), by=by, now=now)

    return CaseKind(
        name=name,
        title=own_titles()[name],
        form=form,
        subject_name=lambda attempt: f"{len(attempt.values['rows'])} 个账号",
        audience=(OFFICE,),
        sent_to=lambda attempt: Agency.objects.get(pk=attempt.applicant.pk),
        concerns=_concerns,
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


def _comes(row: Mapping[str, Any]) -> bool:
    """Whether the row asks for an account; those from before there were changes all did."""
    return row.get("change") != LEAVES


def _concerns(user: User, case: Case) -> bool:
    """Whether an account is applied for that `user` themselves would get."""
    own = user.holder
    return own is not None and any(
        _comes(row)
        and row["id_number"]
        and id_card_digest(str(row["id_number"])) == bytes(own.digest)
        for row in case.values["rows"]
    )


def _refused(attempt: Attempt, form: Form) -> list[Problem]:
    """Only of the league's own places, only accounts that are there and may end, and only where there is who
    decides."""
    own, problems = attempt.applicant.region_code, []
    for place, row in enumerate(attempt.values["rows"], start=1):
        if not regions.covers(own, str(row["region_code"])):
            said = f"第 {place} 行的地区不属于本单位管辖"
            problems.append(form.problem("rows", "outside", said, "请核对行政区划代码"))
        elif row["username"]:
            for said, remedy in _of_account(row, attempt):
                said = f"第 {place} 行{said}"
                problems.append(form.problem("rows", "account", said, remedy))
    return [*problems, *offices.without(own, offices.provincial, offices.centre)]


def _of_account(row: Mapping[str, Any], attempt: Attempt) -> Iterator[tuple[str, str]]:
    """What is wrong with the account that a row would end, and what helps."""
    agency = _place_of(row, attempt.applicant.pk)
    account = existing.account_named(str(row["username"]), agency.pk)
    if account is None:
        yield f"：{agency.name}没有账号“{row['username']}”", "请核对原账号和行政区划代码"
    elif holders.is_own(attempt.by, account):
        yield "：不能为本人的账号提出申请", "请由其他人员填报"
    elif not _comes(row) and person_name(account.name) != person_name(str(row["holder"])):
        yield f"：账号“{account.username}”的使用人不是“{row['holder']}”", "请核对姓名和原账号"
    elif said := leaving.unfit(account, None):
        yield f"：账号“{account.username}”不能注销，{said}", "请先由管理员在账号页面移交"


def _place_of(row: Mapping[str, Any], applicant: int) -> Agency:
    """The agency at which the row's person works: that of the name it gives, else that of its
    region, else the league's own."""
    there = Agency.objects.filter(region_code=row["region_code"])
    named = there.filter(name=row.get("station") or "").first()
    found = named or there.filter(reviews=True).exclude(level="community").order_by("pk").first()
    return found or Agency.objects.get(pk=applicant)


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
                *(_cell(field, row) for field in printed[1:]),
            ]
            for row in case.values["rows"]
        ],
        "head": head.acted_by.name if head and head.acted_by else "",
        "clerk": case.values["contact"],
    }


def _cell(field: Field, row: Mapping[str, Any]) -> str:
    said = line(field, row.get(field.name), unmasked=True).text or ""
    if field.name != "holder" or not row.get("username"):
        return said
    becomes = "更换，注销原账号" if _comes(row) else "离岗，注销账号"
    return f"{said}（{becomes} {row['username']}）"
