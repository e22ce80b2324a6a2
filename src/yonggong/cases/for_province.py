"""What a form offers where somebody files: a province may take only some codes of a table."""

from __future__ import annotations

from functools import lru_cache

from yonggong.forms import Form
from yonggong.policy import Policy

# The field, in the form of whatever kind asks it, that names the district to whose agency an employer
# entrusts a filing because the work is done there.
ENTRUSTED_REGION = "entrusted_region"

Choices = tuple[tuple[str, tuple[str, ...]], ...]


def for_province(form: Form, rules: Policy, *, agency_field: str = "") -> Form:
    """`form` with the choices that the province offers, in its order (ALL-2). What was filed with
    a code no longer offered is still read by the form itself.

    Whether a filing may be entrusted to the agency where the work is done is asked only where that
    may be. `agency_field`: where employers choose who reviews, which must then be answered.
    """
    if ENTRUSTED_REGION in form.fields_by_name and not rules.may_file_at_workplace:
        form = _without_entrusting(form)
    choices = tuple(
        (item.name, tuple(code for code in codes if item.codes is None or code in item.codes))
        for item in form.fields
        if item.table is not None and (codes := rules.choices(item.table)) is not None
    )
    narrowed = _narrowed(form, choices) if choices else form
    return (
        _choosing(narrowed, agency_field) if agency_field and rules.agency_is_chosen else narrowed
    )


@lru_cache(maxsize=64)
def _without_entrusting(form: Form) -> Form:
    return form.without(ENTRUSTED_REGION)


@lru_cache(maxsize=64)
def _choosing(form: Form, agency_field: str) -> Form:
    return form.altered(**{agency_field: {"required": True}})


@lru_cache(maxsize=64)
def _narrowed(form: Form, choices: Choices) -> Form:
    return form.altered(**{name: {"codes": codes} for name, codes in choices})
