"""What the office writes down of serving papers on the other side."""

from __future__ import annotations

from yonggong.forms import Field, FieldType, Form, Option, Section, When

_POSTED = "posted"
SERVED = Form(
    name="dispute.served",
    title="送达记录",
    sections=(
        Section(
            name="served",
            title="向被申请人送达",
            fields=(
                Field(
                    name="served_how",
                    label="送达方式",
                    type=FieldType.CHOICE,
                    required=True,
                    choices=(
                        Option(code="handed", label="直接送达"),
                        Option(code=_POSTED, label="邮寄送达"),
                        Option(code="electronic", label="网上送达"),
                        Option(code="notice", label="公告送达"),
                    ),
                ),
                Field(name="delivered_on", label="送达日期", type=FieldType.DATE, required=True),
                Field(name="received_by", label="签收人", max_length=50),
                Field(
                    name="mail_number",
                    label="邮件号码",
                    max_length=40,
                    required=When("served_how", equals=_POSTED),
                    show_when=When("served_how", equals=_POSTED),
                ),
            ),
        ),
    ),
)
