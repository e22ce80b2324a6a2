"""The form of a user unit's filing: who was sent by whom, to which post, until when, for what pay.

What both sides file is asked in the words and with the fields of the contract's form, so that it can be
compared (filing measures of Inner Mongolia, Art. 6; what a dispatch agreement says: Labour Contract
Law, Art. 59).
"""

from __future__ import annotations

from dataclasses import replace

from yonggong.contracts.fields import (
    DISPATCH_FIELDS,
    DISPATCH_PARTY,
    PAY_FIELDS,
    WORK_FIELDS,
    WORKER,
)
from yonggong.contracts.forms import ends_after_start
from yonggong.forms import Field, FieldType, Form, Section

_WHO = ("document_type", "document_number", "name", "sex", "birth_on")
_OF_CONTRACT = {item.name: item for item in (*WORK_FIELDS, *PAY_FIELDS, *DISPATCH_FIELDS)}


def _always(name: str) -> Field:
    """A field of the contract's form that is asked of every dispatched worker."""
    return replace(_OF_CONTRACT[name], required=True, show_when=None)


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
        Section(
            name="posting",
            title="派遣用工",
            hint="与劳务派遣协议一致；派遣单位和用工单位备案的内容由系统自动核对",
            fields=(
                _always("dispatch_start_on"),
                _always("dispatch_end_on"),
                _always("dispatch_post"),
                _always("job"),
                _always("workplace"),
                _always("hours_system"),
                _always("base_pay"),
            ),
        ),
    ),
    checks=(ends_after_start,),
)
