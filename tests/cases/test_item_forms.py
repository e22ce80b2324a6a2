"""Every form of the service standard is a form of the platform, without code of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

import jsonschema
import pytest
from django.http import QueryDict
from django.template import engines

from yonggong.cases.item_forms import applicant_form, office_form
from yonggong.cases.sealing import sealed, unsealed
from yonggong.catalogue import book
from yonggong.catalogue.items import Item
from yonggong.codes.invent import (
    invent_bank_card,
    invent_credit_code,
    invent_id_number,
    invent_mobile,
)
from yonggong.forms import Field, Form
from yonggong.forms.page import FormPage
from yonggong.forms.schema import json_schema
from yonggong.forms.view import sections

ITEMS = [item for item in book() if item.forms]
APPLIED = [(item, form) for item in ITEMS if (form := applicant_form(item))]
OFFICE = [(item, form) for item in ITEMS if (form := office_form(item))]


def _answer(field: Field, rng: Random) -> Any:
    """What a person writes into a field."""
    born = date(1970, 1, 1).replace(year=rng.randint(1950, 2005))
    answers = {
        "text": "测试",
        "long_text": "第一行\n第二行",
        "integer": "12",
        "decimal": "1.5",
        "money": "5,000.50",
        "date": "2024年1月5日",
        "month": "2024-03",
        "year": "2024",
        "boolean": "是",
        "id_number": invent_id_number(rng, region="220104", birth_date=born, sex="1"),
        "credit_code": invent_credit_code(rng, region="220104"),
        "phone": invent_mobile(rng),
        "email": "member@example.com",
        "postcode": "130000",
        "bank_account": invent_bank_card(rng),
        "account_number": "0711 0101-0400",
        "region": "吉林省长春市朝阳区",
        "choice": "居民身份证",
    }
    if field.rows is not None:
        return [answers_to(field.rows, rng) for _ in range(3)]
    if field.choices:
        codes = [option.code for option in field.choices]
        return codes[:2] if field.type.many else rng.choice(codes)
    return answers[field.type.name]


def answers_to(form: Form, rng: Random) -> dict[str, Any]:
    return {field.name: _answer(field, rng) for field in form.fields}


def _ids(pairs: list[tuple[Item, Form]]) -> Iterator[str]:
    return (item.key for item, _ in pairs)


def test_every_form_of_the_standard_is_there() -> None:
    """200 forms, 3,440 fields; three of them are passwords of cards, which nobody keeps, and 74 are
    written by hand by who signs the form."""
    printed = [form for item in ITEMS for form in item.forms if item.page is not None]
    assert (len(printed), sum(len(form.fields) for form in printed)) == (200, 3440)
    held = [
        column
        for pairs in (APPLIED, OFFICE)
        for item, form in pairs
        if item.page is not None
        for field in form.fields
        for column in (field.rows.fields if field.rows else (field,))
    ]
    by_hand = [field for form in printed for field in form.fields if field.by == "signer"]
    assert (len(by_hand), len(held)) == (74, 3440 - 3 - 74)
    tables = [field for _, form in (*APPLIED, *OFFICE) for field in form.fields if field.rows]
    assert len(tables) >= 57
    assert not any("密码" in field.label for field in held)


@pytest.mark.parametrize(("item", "form"), APPLIED, ids=_ids(APPLIED))
def test_an_applicant_s_form_is_drawn_checked_kept_and_described(item: Item, form: Form) -> None:
    rng = Random(item.key)
    sent = answers_to(form, rng)
    cleaned = form.clean(sent)
    assert cleaned.problems == ()
    assert form.load(json.loads(json.dumps(form.dump(cleaned.values)))) == cleaned.values
    jsonschema.validate(form.dump(cleaned.values), json_schema(form))
    kept = sealed(form.sent(sent), form.personal_fields, "cases_draft/1")
    assert form.clean(unsealed(kept, form.personal_fields, "cases_draft/1")) == cleaned
    assert Form.from_data(json.loads(json.dumps(form.to_data()))) == form
    page = engines["django"].from_string("{% load forms %}{% form_page page %}")
    html = page.render({"page": FormPage(form, values=cleaned.values)})
    assert all(f'id="f-{field.name}' in html for field in form.fields)
    assert [part.title for part in sections(form, cleaned.values)] == [
        section.title for section in form.sections
    ]


@pytest.mark.parametrize(("item", "form"), OFFICE, ids=_ids(OFFICE))
def test_an_office_s_form_is_checked_and_kept(item: Item, form: Form) -> None:
    cleaned = form.clean(answers_to(form, Random(item.key)))
    assert cleaned.problems == ()
    assert form.load(json.loads(json.dumps(form.dump(cleaned.values)))) == cleaned.values


@pytest.mark.parametrize(("item", "form"), APPLIED, ids=_ids(APPLIED))
def test_an_empty_form_asks_for_what_must_be_there(item: Item, form: Form) -> None:
    wanted = [field.name for field in form.fields if field.required is True]
    found = form.clean(QueryDict("")).problems
    assert [problem.field for problem in found] == wanted
    assert {problem.code for problem in found} <= {"required"}


@pytest.mark.parametrize(("item", "form"), APPLIED, ids=_ids(APPLIED))
def test_what_the_standard_calls_personal_is_sealed(item: Item, form: Form) -> None:
    rng = Random(item.key)
    cleaned = form.clean(answers_to(form, rng)).values
    dumped = form.dump(cleaned)
    kept = sealed(dumped, form.personal_fields, "cases_version/1/1")
    printed = {
        field.label
        for one in item.forms
        for field in one.fields
        if field.personal and field.by != "office"
    }
    for field in form.fields:
        columns = field.rows.fields if field.rows else (field,)
        if any(column.label in printed and column.personal for column in columns):
            assert isinstance(kept[field.name], str)
            assert kept[field.name] != dumped[field.name]


def test_the_kind_of_a_document_is_chosen_and_stands_beside_its_masked_number() -> None:
    form = applicant_form(book().get("technical-school-diploma-verification"))
    assert form is not None
    number = invent_id_number(Random(1), region="220104", birth_date=date(1990, 3, 7), sex="1")
    values = form.clean({"id_type": "身份证", "id_number": number}).values
    shown = {line.label: line.text for section in sections(form, values) for line in section.lines}
    assert (shown["证件类型"], shown["证件号码"]) == ("居民身份证", number[0] + "*" * 17)
    refused = form.clean({"id_type": number}).problems
    assert ("id_type", "choice.unknown") in {(one.field, one.code) for one in refused}


def test_forms_of_an_item_that_call_fields_alike_keep_them_apart() -> None:
    (item, form) = next(
        (item, form)
        for item, form in APPLIED
        if len({field.name for field in form.fields if field.name.startswith("f1_")}) > 1
    )
    doubled = [field.name for field in form.fields if field.name.startswith("f1_")]
    assert any(f"f2_{name[3:]}" in form.fields_by_name for name in doubled)
    assert form.sections[0].title.startswith(item.forms[0].name)


def test_a_table_beside_other_forms_may_stay_empty_one_alone_may_not() -> None:
    for _, form in APPLIED:
        tables = [field for field in form.fields if field.rows]
        assert len(tables) < 2 or not any(table.required for table in tables)
    alone = applicant_form(book().get("work-injury-registration-change"))
    assert alone is not None
    assert [problem.code for problem in alone.clean({}).problems] == ["required"]


def test_a_table_is_called_by_what_it_adds_to_its_head_form() -> None:
    form = applicant_form(book().get("government-institution-employee-insurance-registration"))
    assert form is not None
    assert form.sections[-1].title == form.sections[-1].fields[0].label == "工资信息"


def test_amounts_in_a_table_are_added_up() -> None:
    field, form = next(
        (field, form) for _, form in APPLIED for field in form.fields if field.totals
    )
    values = form.clean(answers_to(form, Random(1))).values
    line = next(
        line
        for part in sections(form, values)
        for line in part.lines
        if line.label == field.label and line.table
    )
    assert line.table is not None
    assert "15,001.50 元" in line.table.totals


def test_hints_on_screen_say_nothing_of_ticks_and_printed_columns() -> None:
    for item in book():
        form = applicant_form(item)
        for field in form.fields if form else ():
            columns = field.rows.fields if field.rows else (field,)
            for one in columns:
                assert not re.search("√|□|原文|预印|空表|^勾选$|^元$", one.hint), (
                    item.key,
                    one.hint,
                )


def test_a_hint_keeps_what_helps() -> None:
    claim = applicant_form(book().get("work-injury-medical-expense-claim"))
    assert claim is not None
    hints = {field.hint for field in claim.fields}
    assert "勾选医疗费时填写" in hints and "单位盖章" not in hints


def test_what_is_paid_to_is_asked_as_what_it_is() -> None:
    """Only a card has a digit that checks the others; a unit's account has none, and is not refused for that."""
    asked = {
        (field.label, field.type.name)
        for _, form in APPLIED
        for whole in form.fields
        for field in (whole.rows.fields if whole.rows else (whole,))
        if any(word in field.label for word in ("银行账号", "卡号", "银行账户信息"))
    }
    assert ("银行账号", "account_number") in asked and ("银行卡号", "bank_account") in asked
    assert {("开户行及银行账号", "text"), ("银行账户信息", "text")} <= asked
    assert not any(kind == "bank_account" for label, kind in asked if "卡号" not in label)
