"""The forms of the administrators' portal."""

from __future__ import annotations

import re

from yonggong.accounts.roles import ROLES
from yonggong.forms import Field, FieldType, Form, Section
from yonggong.portals.contacts import EMAIL, MOBILE

# How an account may be called that an administrator makes.
USERNAME = re.compile(r"[A-Za-z0-9_]{3,40}")

USER_FORM = Form(
    name="account",
    title="新增账号",
    sections=(
        Section(
            name="account",
            title="账号信息",
            fields=(
                Field(
                    name="username",
                    label="账号",
                    required=True,
                    max_length=40,
                    hint="字母、数字或下划线，确定后不能修改",
                ),
                Field(
                    name="name",
                    label="使用人姓名",
                    type=FieldType.PERSON_NAME,
                    required=True,
                    max_length=50,
                ),
                MOBILE,
                EMAIL,
                Field(
                    name="region_code",
                    label="所属区划",
                    type=FieldType.REGION,
                    table="region",
                    width=12,
                    hint="使用人单位所在的区划，由该地区的管理员管理；不填为您管辖的地区",
                ),
            ),
        ),
    ),
)

# Whose account it is, where no application said so.
HOLDER_FORM = Form(
    name="holder",
    title="登记使用人",
    sections=(
        Section(
            name="holder",
            title="使用人",
            fields=(
                Field(
                    name="id_number",
                    label="身份证号",
                    type=FieldType.ID_NUMBER,
                    required=True,
                    personal=True,
                ),
            ),
        ),
    ),
)

# The roles that administrators give; an employer's operators come by registration.
GIVEN_ROLES = tuple(role for role in ROLES.values() if role.key != "employer_operator")
