"""A second invented form: an outing of the club, with everybody who comes along in a table."""

from __future__ import annotations

from decimal import Decimal

from yonggong.forms import AllOf, AnyOf, Field, FieldType, Form, Section, When

GUEST = Form(
    name="club_outing_guest",
    title="同行人员",
    sections=(
        Section(
            name="guest",
            title="同行人员",
            fields=(
                Field(name="name", label="姓名", type=FieldType.PERSON_NAME, required=True),
                Field(
                    name="number",
                    label="身份证号",
                    type=FieldType.ID_NUMBER,
                    required=True,
                    personal=True,
                    fills={"sex": "sex"},
                ),
                Field(
                    name="sex",
                    label="性别",
                    type=FieldType.CHOICE,
                    table="sex",
                    codes=("1", "2"),
                    required=True,
                ),
                Field(name="home", label="居住地", type=FieldType.REGION, table="region"),
                Field(name="pays", label="自费", type=FieldType.BOOLEAN),
                Field(
                    name="fee",
                    label="费用",
                    type=FieldType.MONEY,
                    unit="元",
                    max_value=Decimal(500),
                    required=True,
                    show_when=When("pays", equals=True),
                ),
            ),
        ),
    ),
)

OUTING = Form(
    name="club_outing",
    title="村体育俱乐部出游登记",
    sections=(
        Section(
            name="outing",
            title="出游",
            fields=(
                Field(name="place", label="地点", required=True),
                Field(
                    name="guests",
                    label="同行人员",
                    type=FieldType.TABLE,
                    rows=GUEST,
                    required=True,
                    least=2,
                    most=60,
                    unique=(("number",),),
                    totals=("fee",),
                ),
                Field(
                    name="bus",
                    label="包车",
                    type=FieldType.BOOLEAN,
                    show_when=AllOf(
                        (
                            When("guests", filled=True),
                            AnyOf((When("place", equals="松花湖"), When("place", equals="净月潭"))),
                        )
                    ),
                ),
            ),
        ),
    ),
)
