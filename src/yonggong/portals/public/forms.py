"""The form by which an employer registers: who it is, and who files for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from yonggong.forms import Field, FieldType, Form, Problem, Section
from yonggong.portals.contacts import EMAIL, MOBILE
from yonggong.portals.newcomer import EMPLOYER

_USERNAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{3,29}")


def _username_is_one(values: Mapping[str, object]) -> Iterable[Problem]:
    username = values.get("username")
    if isinstance(username, str) and not _USERNAME.fullmatch(username):
        yield Problem(
            field="username",
            code="username_characters",
            message="账号不符合要求",
            remedy="请用 4 至 30 个英文字母、数字或 . _ - 组成，以字母开头",
            value=username,
        )


REGISTRATION = Form(
    name="registration",
    title="单位注册",
    sections=(
        EMPLOYER,
        Section(
            name="operator",
            title="经办人账号",
            fields=(
                Field(
                    name="operator",
                    label="经办人姓名",
                    type=FieldType.PERSON_NAME,
                    required=True,
                    max_length=50,
                ),
                replace(MOBILE, label="经办人手机号"),
                EMAIL,
                Field(
                    name="username",
                    label="账号",
                    required=True,
                    max_length=30,
                    hint="用于登录，以字母开头的 4 至 30 个字母、数字或 . _ -",
                ),
            ),
        ),
    ),
    checks=(_username_is_one,),
)
