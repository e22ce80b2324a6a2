"""An item's form as the standard prints it, with what its conditions ask for beside."""

from __future__ import annotations

from dataclasses import replace

from yonggong.cases.item_forms import applicant_form
from yonggong.catalogue.items import Item
from yonggong.forms import Form, Section


def form_with(item: Item, *sections: Section) -> Form:
    """What the applicant fills in: the printed form, then `sections`."""
    form = applicant_form(item)
    assert form is not None, "the standard prints a form for each of these items"
    return replace(form, sections=(*form.sections, *sections))
