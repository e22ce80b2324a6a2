"""Whom somebody names: an employer by credit code and name, a person by document and name. Only a full
match of both finds anybody; nothing is told of who is known beyond that, and asking is limited and
recorded (`registry.lookups`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from yonggong.accounts.limits import Limit, TooOften
from yonggong.accounts.models import User
from yonggong.codes.errors import CodeError
from yonggong.codes.organisations import parse_credit_code
from yonggong.contracts.fields import WORKER
from yonggong.forms import Field, FieldType, Form, Problem
from yonggong.forms.conditions import Condition
from yonggong.registry.lookups import named_employer, named_person
from yonggong.registry.models import Employer, Worker

_OF_WORKER = {field.name: field for field in WORKER.fields}
Values = Mapping[str, Any]


def employer_fields(when: Condition | None = None) -> tuple[Field, ...]:
    """What names an employer, asked only where `when` is met."""
    return (
        # As text: a code whose check character does not hold may be registered nevertheless.
        Field(
            name="credit_code",
            label="统一社会信用代码",
            required=when or True,
            show_when=when,
            max_length=40,
            width=5,
        ),
        Field(
            name="employer_name",
            label="单位名称",
            type=FieldType.EMPLOYER_NAME,
            required=when or True,
            show_when=when,
            hint="与营业执照或者登记证书一致",
            width=7,
        ),
    )


def person_fields(when: Condition | None = None) -> tuple[Field, ...]:
    """What names a person, asked only where `when` is met."""
    document_type, number, name = (
        replace(_OF_WORKER[name], required=when or True, show_when=when, fills={})
        for name in ("document_type", "document_number", "name")
    )
    return document_type, number, replace(name, aliases=(), hint="与证件一致")


def employer_of(
    form: Form,
    values: Values,
    *,
    limit: Limit,
    said: str,
    by: User,
    address: str | None,
    now: datetime,
) -> tuple[Employer | None, list[Problem]]:
    """The employer named, or what to say; `said`: what for, as the access log keeps it."""
    code = str(values["credit_code"])
    try:
        found = named_employer(
            limit,
            credit_code=code,
            name=str(values["employer_name"]),
            said=said,
            by=by,
            address=address,
            now=now,
        )
    except TooOften as refused:
        return None, [_too_often(form, "credit_code", refused)]
    if found is not None:
        return found, []
    try:
        parse_credit_code(code)
    except CodeError as error:
        return None, [form.problem("credit_code", error.code, error.message_zh, error.remedy_zh)]
    return None, [
        form.problem(
            "credit_code",
            "unknown",
            "没有查到代码和名称都与所填一致的单位",
            "请对照证照核对；该单位尚未在本平台注册的，请其先注册",
        )
    ]


def person_of(
    form: Form,
    values: Values,
    *,
    limit: Limit,
    said: str,
    by: User,
    address: str | None,
    now: datetime,
) -> tuple[Worker | None, list[Problem]]:
    """The person named, or what to say; `said` as in `employer_of`."""
    try:
        found = named_person(
            limit,
            document_type=str(values["document_type"]),
            number=str(values["document_number"]),
            name=str(values["name"]),
            said=said,
            by=by,
            address=address,
            now=now,
        )
    except TooOften as refused:
        return None, [_too_often(form, "document_number", refused)]
    if found is not None:
        return found, []
    return None, [
        form.problem(
            "document_number",
            "unknown",
            "没有查到证件和姓名都与所填一致的人员",
            "请对照证件核对；从未在本平台备案的人员不能选择",
        )
    ]


def _too_often(form: Form, field: str, refused: TooOften) -> Problem:
    return form.problem(field, "too_often", str(refused).rstrip("。"), "")
