"""The forms of a service item: from the catalogue's description to a form that the engine draws,
checks and stores. What the applicant fills in is one form, what the office fills in another."""

from __future__ import annotations

import re
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
# A bank's word and the number of an account in one answer.
_BANK_AND_NUMBER = re.compile("开户行及|银行账户信息")
# What a code table tells, where the standard leaves a line to write it on.
_TABLES = {"person.id_type": "document_type"}
# What hints of the standard say of its paper forms alone.
_OF_PAPER = re.compile(
    "[√□]|原文|原表|预印|空表|空栏|表上已印|表中示例|表中第|没有单独的面积栏|每表一次"
    "|^(?:元|多选|勾选|勾选项|是[/／]否)$"
)
# Passwords of cards are typed at the office's own device and kept nowhere.
_NEVER_KEPT = "密码"
# Who signs a printed form writes there by hand, asked of nobody on screen.
SIGNER = "signer"


def applicant_form(item: Item) -> Form | None:
    """What the applicant of an item fills in: its forms one after another, a repeating one as a
    table at the end of its head form. None where the applicant fills in nothing."""
    form = _form(item, item.key, _by_applicant, _on_paper)
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
        form = _form(replace(item, forms=own), f"{item.key}.{head.key}", _by_applicant, _on_paper)
        if form is not None:
            found[head.key] = replace(form, title=head.name)
    return found


def _by_applicant(field: FormField) -> bool:
    return field.by not in ("office", SIGNER)


def _on_paper(field: FormField) -> bool:
    return field.by != "office"


def paper_form(item: Item) -> Form | None:
    """What stands on an item's printed forms: what the applicant fills in, called as on screen, and what
    those who sign it write by hand (`by` of `SIGNER`). None where that is nothing."""
    return _form(item, item.key, _on_paper)


def printed_form(item: Item, printed: str) -> Form:
    """The same of one printed form, called `printed`, and its tables. Raises KeyError for a form that
    the item has not."""
    head = next((one.key for one in item.forms if one.name == printed), None)
    form = paper_form(item)
    if head is None or form is None:
        raise KeyError(printed)
    own = {one.key for one in item.forms if head in (one.key, one.of)}
    sections = (one for one in form.sections if one.name.partition("_")[0] in own)
    return replace(form, sections=tuple(sections))


def office_form(item: Item) -> Form | None:
    """What the office fills in while it handles a case of the item; None where it is nothing."""
    return _form(item, f"{item.key}.office", lambda field: field.by not in ("applicant", SIGNER))


@dataclass(frozen=True, slots=True)
class _Part:
    """One printed form with those of its fields that are filled in here."""

    form: ItemForm
    fields: tuple[FormField, ...]


def _form(
    item: Item,
    name: str,
    wanted: Callable[[FormField], bool],
    counted: Callable[[FormField], bool] | None = None,
) -> Form | None:
    """The form of the fields that are `wanted`; names are told apart among those `counted`, where
    that is more."""
    parts = [_Part(form, tuple(_kept(form.fields, wanted))) for form in item.forms]
    parts = [part for part in parts if part.fields]
    if not parts:
        return None
    # A printed form calls its fields by its own names; several may have one alike.
    shared = Counter(
        field.key
        for form in item.forms
        if not form.repeating
        for field in _kept(form.fields, counted or wanted)
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


def _on_screen(hint: str) -> str:
    """What a hint says to who fills in on screen: ticks, empty columns and what the print got wrong are
    matters of the paper."""
    said = (part.removeprefix("元，") for part in hint.split("；"))
    return "；".join(part for part in said if not _OF_PAPER.search(part))


def _word_of(field: FormField) -> str:
    """The type of `forms` that a field has. The standard has one for all that is paid to: a card, whose last
    digit checks the others, an account, where nothing does, and both with the bank that keeps it."""
    if field.type == "bank_account" and _BANK_AND_NUMBER.search(field.label):
        return "text"
    if field.type == "bank_account" and "卡号" not in field.label:
        return "account_number"
    return _TYPES.get(field.type, field.type)


def _field(field: FormField, name: str) -> Field:
    kind = named(_word_of(field))
    table = "region" if kind is FieldType.REGION else None
    if kind is FieldType.TEXT and field.source in _TABLES:
        kind, table = FieldType.CHOICE, _TABLES[field.source]
    return Field(
        name=f"{name}_" if name in TAKEN_BY_BROWSERS else name,
        label=field.label,
        type=kind,
        required=field.required,
        choices=tuple(Option(code=word, label=word) for word in field.choices),
        table=table,
        hint=_on_screen(field.hint),
        known_from=field.source,
        personal=field.personal,
        by=field.by,
    )
