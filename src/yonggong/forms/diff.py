"""What changed between two sets of answers, as a reviewer reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from yonggong.forms.form import Form
from yonggong.forms.view import line


@dataclass(frozen=True, slots=True)
class Change:
    """One field that changed, old and new in words; `masked` where words were withheld, so that
    old and new may look alike."""

    field: str
    label: str
    old_text: str
    new_text: str
    masked: bool = False


def diff(
    form: Form,
    old: Mapping[str, object],
    new: Mapping[str, object],
    *,
    unmasked: bool = False,
) -> list[Change]:
    """The fields whose typed values differ, in the order of the form; of a table each row."""
    changes = []
    for field in form.fields:
        before, after = _answer(old.get(field.name)), _answer(new.get(field.name))
        if before == after:
            continue
        for found in field.type.differences(field, before, after):
            was = line(found.field, found.before, unmasked=unmasked)
            now = line(found.field, found.after, unmasked=unmasked)
            masked = was.masked or now.masked
            changes.append(Change(field.name, found.label, was.text, now.text, masked))
    return changes


def _answer(value: object) -> object:
    """Every kind of empty answer as None, so that a draft and a dump compare alike."""
    return None if value == "" or value == [] else value
