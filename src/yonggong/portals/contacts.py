"""How a person who signs in can be reached: asked at registration, by administrators, and of the
person."""

from __future__ import annotations

from yonggong.forms import Field, FieldType, Form, Section

MOBILE = Field(
    name="mobile", label="手机号", type=FieldType.MOBILE, required=True, personal=True, width=4
)
# Who somebody is by their identity card, and where they are reached.
BY_CARD = (
    Field(name="name", label="姓名", type=FieldType.PERSON_NAME, required=True),
    Field(
        name="number",
        label="身份证号码",
        type=FieldType.ID_NUMBER,
        required=True,
        personal=True,
    ),
    MOBILE,
)
EMAIL = Field(
    name="email",
    label="电子邮箱",
    type=FieldType.EMAIL,
    hint="选填，用于接收提醒邮件",
    width=4,
)

CONTACTS = Form(
    name="contacts",
    title="联系方式",
    sections=(Section(name="contacts", title="联系方式", fields=(MOBILE, EMAIL)),),
)
