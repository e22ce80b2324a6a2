"""The form of a user unit's filing: who was sent by whom, to which post, until when, for what pay.

What both sides file is asked in the words and with the fields of the contract's form, so that it can be
compared (filing measures of Inner Mongolia, Art. 6; what a dispatch agreement says: Labour Contract
Law, Art. 59).
"""

from __future__ import annotations

from dataclasses import replace

from yonggong.contracts.fields import DISPATCH_PARTY, WORKER
from yonggong.contracts.forms import ends_after_start
from yonggong.contracts.posting_parts import DISPATCHED
from yonggong.forms import Field, FieldType, Form, Section

_WHO = ("document_type", "document_number", "name", "sex", "birth_on")


POSTING_FORM = Form(
    name="contract-posting",
    title="被派遣劳动者用工备案",
    sections=(
        replace(
            WORKER,
            title="被派遣劳动者",
            fields=tuple(item for item in WORKER.fields if item.name in _WHO),
        ),
        Section(
            name="dispatcher",
            title="劳务派遣单位",
            fields=(
                Field(
                    name="dispatcher_code",
                    label="劳务派遣单位统一社会信用代码",
                    type=FieldType.CREDIT_CODE,
                    required=True,
                    lookup=DISPATCH_PARTY,
                    fills={"name": "dispatcher"},
                ),
                Field(
                    name="dispatcher",
                    label="劳务派遣单位名称",
                    type=FieldType.EMPLOYER_NAME,
                    required=True,
                    width=6,
                ),
                Field(name="agreement_number", label="劳务派遣协议编号", max_length=40),
            ),
        ),
        DISPATCHED,
    ),
    checks=(ends_after_start,),
)
