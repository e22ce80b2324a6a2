"""An invented form: membership of a village sports club. No rule of labour law is near."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from yonggong.forms import Field, FieldType, Form, Problem, Section, When


def left_after_joining(values: Mapping[str, object]) -> Iterator[Problem]:
    """Nobody leaves before joining."""
    joined, left = values["joined_on"], values["left_on"]
    if isinstance(joined, date) and isinstance(left, date) and left < joined:
        yield CLUB.problem("left_on", "club.left_before", "退会日期早于入会日期", "请核对两个日期")


CLUB = Form(
    name="club_membership",
    title="村体育俱乐部入会登记",
    version=3,
    sections=(
        Section(
            name="member",
            title="会员",
            hint="按有效证件填写。",
            fields=(
                Field(
                    name="name",
                    label="姓名",
                    type=FieldType.PERSON_NAME,
                    required=True,
                    max_length=20,
                    personal=True,
                    aliases=("会员姓名", "名字"),
                ),
                Field(
                    name="document_type",
                    label="证件类型",
                    type=FieldType.CHOICE,
                    table="document_type",
                    required=True,
                    default="01",
                ),
                Field(
                    name="document_number",
                    label="证件号码",
                    type=FieldType.DOCUMENT_NUMBER,
                    document_type="document_type",
                    required=True,
                    personal=True,
                    fills={"birth_date": "birth_date", "sex": "sex"},
                    aliases=("身份证号", "身份证号码"),
                ),
                Field(
                    name="birth_date",
                    label="出生日期",
                    type=FieldType.DATE,
                    required=True,
                    personal=True,
                ),
                Field(
                    name="sex",
                    label="性别",
                    type=FieldType.CHOICE,
                    table="sex",
                    codes=("1", "2"),
                    required=True,
                ),
                Field(
                    name="nationality", label="国籍（地区）", type=FieldType.CHOICE, table="country"
                ),
                Field(name="school", label="学历", type=FieldType.CHOICE, table="education"),
                Field(name="mobile", label="手机号码", type=FieldType.MOBILE, personal=True),
                Field(name="email", label="电子邮箱", type=FieldType.EMAIL),
                Field(
                    name="home_region",
                    label="居住地",
                    type=FieldType.REGION,
                    table="region",
                    depth=3,
                    source="公安数据共享",
                ),
                Field(name="home", label="住址", type=FieldType.ADDRESS, personal=True),
            ),
        ),
        Section(
            name="membership",
            title="会籍",
            fields=(
                Field(name="joined_on", label="入会日期", type=FieldType.DATE, required=True),
                Field(
                    name="left_on",
                    label="退会日期",
                    type=FieldType.DATE,
                    max_value=date(2090, 12, 31),
                ),
                Field(
                    name="reason",
                    label="退会原因",
                    type=FieldType.LONG_TEXT,
                    max_length=100,
                    required=When("left_on", filled=True),
                ),
                Field(name="season", label="赛季", type=FieldType.MONTH),
                Field(name="first_year", label="首次参赛年份", type=FieldType.YEAR),
                Field(
                    name="pays",
                    label="是否缴纳会费",
                    type=FieldType.BOOLEAN,
                    required=True,
                    default=True,
                ),
                Field(
                    name="fee",
                    label="会费",
                    type=FieldType.MONEY,
                    required=True,
                    unit="元/年",
                    max_value=Decimal("10000"),
                    show_when=When("pays", equals=True),
                    hint="每年一次缴清",
                ),
                Field(
                    name="card",
                    label="缴费卡号",
                    type=FieldType.BANK_ACCOUNT,
                    personal=True,
                    show_when=When("pays", equals=True),
                ),
                Field(
                    name="hours",
                    label="每周训练时间",
                    type=FieldType.DECIMAL,
                    places=1,
                    unit="小时",
                    min_value=0,
                    max_value=40,
                ),
                Field(
                    name="games", label="参赛场次", type=FieldType.INTEGER, min_value=0, unit="场"
                ),
                Field(
                    name="languages",
                    label="民族语言服务",
                    type=FieldType.MULTI_CHOICE,
                    table="ethnicity",
                    codes=("01", "02", "05"),
                ),
                Field(name="team", label="球队", max_length=30, example="东街队"),
            ),
        ),
    ),
    checks=(left_after_joining,),
)
