"""The forms whose columns a workbook of renewals, changes or endings has: whose contract it is,
then what is filed."""

from __future__ import annotations

from dataclasses import replace

from yonggong.contracts.forms import CHANGE_FORM, ENDING_FORM, RENEWAL_FORM, WORKER
from yonggong.forms import Form, Section

_OF_PERSON = {item.name: item for item in WORKER.fields}
_PERSON = Section(
    name="person",
    title="劳动者",
    fields=tuple(
        replace(_OF_PERSON[name], fills={}) for name in ("document_type", "document_number", "name")
    ),
)


def _with_person(form: Form) -> Form:
    """The form of a renewal or change, preceded by whose contract it is."""
    return Form(
        name=f"{form.name}-batch",
        title=form.title,
        sections=(_PERSON, *form.sections),
        checks=form.checks,
    )


# Whose contract a row is about.
PERSON_FORM = Form(name="person-batch", title="劳动者", sections=(_PERSON,))
RENEWAL_BATCH = _with_person(RENEWAL_FORM)
CHANGE_BATCH = _with_person(CHANGE_FORM)

# Jilin's template for endings asks for four columns (manual 1.8, JL-7). They come first, and no
# other need be filled in; the rest of the page's form follows, so that a row can say whatever the
# page can, and answers to the same checks.
_ASKED = ("ended_on", "end_reason", "severance_paid")

ENDING_BATCH = Form(
    name="contract-ending-batch",
    title="解除（终止）劳动合同备案批量",
    sections=(
        Section(
            name="asked",
            title="解除（终止）",
            fields=(
                replace(_OF_PERSON["name"], hint="与有效证件一致"),
                replace(
                    _OF_PERSON["document_type"],
                    required=False,
                    default=None,
                    hint="身份证可不填，按号码识别",
                ),
                replace(
                    _OF_PERSON["document_number"],
                    fills={},
                    hint="身份证为 18 位准确的号码",
                ),
                replace(
                    ENDING_FORM.fields_by_name["ended_on"],
                    label="终止或解除时间",
                    hint="格式：yyyy-mm-dd",
                    aliases=("解除（终止）日期", "解除终止日期"),
                ),
                replace(
                    ENDING_FORM.fields_by_name["end_reason"],
                    label="终止或解除原因",
                    hint="选择",
                    aliases=("解除（终止）原因", "解除终止原因"),
                ),
                replace(
                    ENDING_FORM.fields_by_name["severance_paid"],
                    required=False,
                    hint="未支付的填 0 或者不填",
                ),
            ),
        ),
        *(
            replace(section, fields=fields)
            for section in ENDING_FORM.sections
            if (fields := tuple(item for item in section.fields if item.name not in _ASKED))
        ),
    ),
    checks=ENDING_FORM.checks,
)
