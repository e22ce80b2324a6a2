"""What a field means and how it is written, in Chinese: notes of the template and of the API."""

from __future__ import annotations

from yonggong.forms.fields import Field


def meaning(field: Field) -> str:
    """What the field means: its hint, and where its value comes from."""
    source = f"来源：{field.source}" if field.source else ""
    return "。".join(part.rstrip("。") for part in (field.hint, source) if part)


def writing(field: Field) -> str:
    """How the field is written: kind, length, bounds."""
    most = field.type.max_length(field)
    parts = [
        field.type.writing(field),
        f"{most} 个字以内" if most is not None else "",
        field.type.bounds_in_words(field),
    ]
    return "；".join(part for part in parts if part)


def example(field: Field) -> str:
    """A sample of what to write, empty where none is given and none goes without saying."""
    return field.example or field.type.sample(field)
