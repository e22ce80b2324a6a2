"""The form of a renewal."""

from __future__ import annotations

from yonggong.contracts import optional_fields
from yonggong.contracts.forms import ends_after_start, sections
from yonggong.forms import Form

RENEWAL_FORM = Form(
    name="contract-renewal",
    title="劳动合同续订备案",
    sections=(*sections(probation=False), optional_fields.extension()),
    checks=(ends_after_start,),
)
