"""The first columns of a workbook of filings on contracts in force: whose contract a row is about."""

from __future__ import annotations

from dataclasses import replace

from yonggong.contracts.forms import WORKER
from yonggong.forms import Form, Section

OF_PERSON = {item.name: item for item in WORKER.fields}
_PERSON = Section(
    name="person",
    title="劳动者",
    fields=tuple(
        replace(OF_PERSON[name], fills={}) for name in ("document_type", "document_number", "name")
    ),
)


def with_person(form: Form) -> Form:
    """The form of a renewal or change, preceded by whose contract it is."""
    return Form(
        name=f"{form.name}-batch",
        title=form.title,
        sections=(_PERSON, *form.sections),
        checks=form.checks,
    )


# Whose contract a row is about.
PERSON_FORM = Form(name="person-batch", title="劳动者", sections=(_PERSON,))
