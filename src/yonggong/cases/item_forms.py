"""The forms of a service item: from the catalogue's description to a form that the engine draws,
checks and stores. What the applicant fills in is one form, what the office fills in another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from yonggong.catalogue.items import FormField, Item, ItemForm
from yonggong.forms import Field, FieldType, Form, Option, Section
from yonggong.forms.checks import named_check
from yonggong.forms.fields import TAKEN_BY_BROWSERS
from yonggong.forms.fieldtype import named

# The standard's words for types, where they are not those of `forms`.
_TYPES = {"longtext": "long_text", "multichoice": "multi_choice", "uscc": "credit_code"}
# Passwords of cards are typed at the office's own device and kept nowhere.
_NEVER_KEPT = "密码"


def applicant_form(item: Item) -> Form | None:
    """What the applicant of an item fills in: its forms one after another, a repeating one as a
    table at the end of its head form. None where the applicant fills in nothing."""
    form = _form(item, item.key, _by_applicant)
    if form is None or not item.checks:
        return form
    asked = ({"name": check.name, "with": check.told} for check in item.checks)
    return replace(form, checks=tuple(named_check(one, form.fields_by_name) for one in asked))


def printed_forms(item: Item) -> dict[str, Form]:
    """Each printed form that the applicant fills in, with its tables, by the printed form's key; of an
    item that has one alone, that is its application."""
    heads = [form for form in item.forms if not form.of]
    found = {}
    for head in heads:
        own = tuple(form for form in item.forms if head.key in (form.key, form.of))
        form = _form(replace(item, forms=own), f"{item.key}.{head.key}", _by_applicant)
        if form is not None:
            found[head.key] = replace(form, title=head.name)
    return found


def _by_applicant(field: FormField) -> bool:
    return field.by != "office"


def office_form(item: Item) -> Form | None:
    """What the office fills in while it handles a case of the item; None where it is nothing."""
    return _form(item, f"{item.key}.office", lambda field: field.by != "applicant")


@dataclass(frozen=True, slots=True)
class _Part:
    """One printed form with those of its fields that are filled in here."""

    form: ItemForm
    fields: tuple[FormField, ...]


def _form(item: Item, name: str, wanted: Callable[[FormField], bool]) -> Form | None:
    parts = [_Part(form, tuple(_kept(form.fields, wanted))) for form in item.forms]
    parts = [part for part in parts if part.fields]
    if not parts:
        return None
    # A printed form calls its fields by its own names; several may have one alike.
    shared = Counter(
        field.key for part in parts if not part.form.repeating for field in part.fields
    )
    heads = {part.form.key: part.form for part in parts}
    many = sum(not part.form.repeating for part in parts) > 1
    sections: list[Section] = []
    for part in parts:
        if part.form.repeating:
            head = heads.get(part.form.of)
            sections.append(_table_section(part, head, needed=len(parts) == 1))
        else:
            sections += _sections(part, shared, titled=many)
    return Form(name=name, title=item.title, sections=tuple(sections))


def _kept(fields: Iterable[FormField], wanted: Callable[[FormField], bool]) -> Iterator[FormField]:
    return (field for field in fields if wanted(field) and _NEVER_KEPT not in field.label)


def _sections(part: _Part, shared: Counter[str], *, titled: bool) -> Iterator[Section]:
    """The printed form's own sections; where an item has several forms, each says its form."""
    for place, (title, fields) in enumerate(groupby(part.fields, lambda field: field.section), 1):
        words = [part.form.name if titled or not title else "", title]
        yield Section(
            name=f"{part.form.key}_{place}",
            title="：".join(word for word in words if word),
            fields=tuple(
                _field(
                    field, f"{part.form.key}_{field.key}" if shared[field.key] > 1 else field.key
                )
                for field in fields
            ),
        )


def _table_section(part: _Part, head: ItemForm | None, *, needed: bool) -> Section:
    """A table that is all of an item's form must have rows; beside others it may stay empty, since
    it may be one of several or not apply. Beside its head form it is called by what it adds to
    that one's name: of 登记表（工资信息）, 工资信息."""
    form = part.form
    title = form.name
    if head and title.startswith(head.name) and len(title) > len(head.name):
        title = title.removeprefix(head.name).strip("（）()—-·、：: ") or title
    rows = Form(
        name=form.key,
        title=title,
        sections=(
            Section(
                name="row",
                title=title,
                fields=tuple(_field(field, field.key) for field in part.fields),
            ),
        ),
    )
    table = Field(
        name=f"{form.key}_rows",
        label=title,
        type=FieldType.TABLE,
        rows=rows,
        required=needed and any(field.required for field in part.fields),
        totals=tuple(field.key for field in part.fields if field.type == "money"),
        by=form.by,
    )
    return Section(name=form.key, title=title, fields=(table,))


def _field(field: FormField, name: str) -> Field:
    kind = named(_TYPES.get(field.type, field.type))
    return Field(
        name=f"{name}_" if name in TAKEN_BY_BROWSERS else name,
        label=field.label,
        type=kind,
        required=field.required,
        choices=tuple(Option(code=word, label=word) for word in field.choices),
        table="region" if kind is FieldType.REGION else None,
        hint=field.hint,
        known_from=field.source,
        personal=field.personal,
        by=field.by,
    )
