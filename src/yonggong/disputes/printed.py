"""The printed form of either item with the table of claims in the place of their total, and what is asked
beside; its steps without what the papers here say."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from yonggong.cases.item_forms import applicant_form
from yonggong.cases.step_forms import GIVEN, step_forms
from yonggong.catalogue.items import Item
from yonggong.disputes.asking import CLAIMED, SIDES
from yonggong.forms import Field, FieldType, Form, Section, When


def form_with(item: Item, figures: Section, *optional: str) -> Form:
    """What is filled in: the printed form with the claims before its words on them, its fields `optional`
    where these say them already. A register's line is one application."""
    single = replace(item, forms=tuple(replace(form, repeating=False) for form in item.forms))
    form = applicant_form(single)
    assert form is not None, "the standard prints a form for both items"
    printed = [_with_optional(section, optional) for section in form.sections]
    names = [{field.name for field in section.fields} for section in printed]
    place = next(at for at, some in enumerate(names) if some & set(optional))
    beside = (SIDES, CLAIMED, figures)
    return replace(form, sections=(*printed[:place], *beside, *printed[place:]))


def _with_optional(section: Section, optional: Collection[str]) -> Section:
    fields = tuple(
        replace(field, required=False, hint="请求明细已经写明的，不必重复")
        if field.name in optional
        else field
        for field in section.fields
    )
    return replace(section, fields=fields)


def office_forms(item: Item) -> Mapping[str, Form]:
    """What the office fills in by the standard, without the results: papers of their own say these."""
    return {
        key: replace(
            form,
            sections=tuple(
                section
                for section in form.sections
                if GIVEN not in {field.name for field in section.fields}
            ),
        )
        for key, form in step_forms(item).items()
        if any(GIVEN not in {field.name for field in one.fields} for one in form.sections)
    }


def words_of(name: str, label: str, *results: str, hint: str = "", required: bool = True) -> Field:
    """What a paper says at length, asked where the case ends with one of `results`."""
    when = When("result", one_of=results)
    return Field(
        name=name,
        label=label,
        type=FieldType.LONG_TEXT,
        max_length=3000,
        width=12,
        hint=hint,
        required=when if required else False,
        show_when=when,
    )
