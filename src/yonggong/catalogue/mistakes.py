"""What is wrong with an item's data, each mistake named by its place, for whoever wrote it.

Here is what can be told without a form being built; whether form, procedure and kind can be built
is told by the room that builds them (`cases`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, ValidationError

from yonggong.catalogue.places import named, words
from yonggong.catalogue.versions import Content, version_schema

# No message shows more of a value than this.
_SHOWN = 40
_CHOOSING = ("choice", "multichoice")


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: where in words, where in the data ("forms/1/fields/0/type"), what is wrong."""

    place: str
    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}：{self.message}"


class NotAnItem(ValueError):
    """The text is no item; the message says why and where."""


def read_text(text: str) -> Content:
    """The content that a JSON text holds. Raises `NotAnItem`."""
    try:
        read = json.loads(text, parse_constant=_no_number, object_pairs_hook=_once_each)
    except json.JSONDecodeError as error:
        where = f"第 {error.lineno} 行第 {error.colno} 个字符"
        raise NotAnItem(
            f"{where}附近不是正确的 JSON，请检查括号、引号和逗号是否配对、是否为英文符号"
        ) from None
    except RecursionError:
        raise NotAnItem("括号套得太深，不是一个事项") from None
    if not isinstance(read, dict):
        raise NotAnItem("应是用一对大括号括起来的一个事项")
    return read


def _no_number(text: str) -> Any:
    raise NotAnItem(f"{text} 不是数")


def _once_each(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    held: dict[str, Any] = {}
    for key, value in pairs:
        if key in held:
            raise NotAnItem(f"“{key}”在同一个大括号内写了两次")
        held[key] = value
    return held


def mistakes(content: Content) -> list[Mistake]:
    """Every mistake of an item's data: first what breaks the schema; where nothing does, what
    contradicts itself."""
    errors = sorted(_validator().iter_errors(content), key=lambda error: list(map(str, error.path)))
    found = [_said(error, content) for error in errors]
    return found or [*_twice(content), *_choices(content), *_prints(content)]


@cache
def _validator() -> Any:
    return Draft202012Validator(version_schema())


# --- the schema --------------------------------------------------------------------------------


def _said(error: ValidationError, content: Content) -> Mistake:
    if error.validator == "oneOf" and error.context:  # a limit: null, or one that is wrong inside
        inner = [one for one in error.context if one.validator != "type" or one.path]
        if inner:
            return _said(inner[0], content)
    path = list(error.absolute_path)
    say = _SAYINGS.get(str(error.validator), lambda error: "写法不符合要求")
    return Mistake(named(path, content), "/".join(map(str, path)), say(error))


_TYPES = {
    "string": "文字",
    "integer": "整数",
    "number": "数",
    "boolean": "true 或 false",
    "array": "用中括号括起来的列表",
    "object": "用大括号括起来的内容",
    "null": "null",
}


def _type(error: ValidationError) -> str:
    wanted = error.validator_value
    names = [wanted] if isinstance(wanted, str) else wanted
    return f"应为{'或'.join(_TYPES[name] for name in names)}，现为 {_shown(error.instance)}"


def _required(error: ValidationError) -> str:
    missing = [key for key in error.validator_value if key not in error.instance]
    return "缺少" + "、".join(f"“{words().get(key, key)}”（{key}）" for key in missing)


def _unknown(error: ValidationError) -> str:
    known = error.schema.get("properties", {})
    extra = [key for key in error.instance if key not in known]
    return "不能有" + "、".join(f"“{key}”" for key in extra) + "，请检查拼写或者删除"


def _enum(error: ValidationError) -> str:
    allowed = "、".join("null" if one is None else str(one) for one in error.validator_value)
    return f"不能是 {_shown(error.instance)}，只能是：{allowed}"


_SAYINGS: Mapping[str, Callable[[ValidationError], str]] = {
    "type": _type,
    "required": _required,
    "additionalProperties": _unknown,
    "enum": _enum,
    "oneOf": lambda error: "应为 null，或者写明数值（value）和单位（unit）",
    "pattern": lambda error: (
        f"不能是 {_shown(error.instance)}，只能用小写英文字母、数字和连接它们的符号"
    ),
    "minLength": lambda error: "不能为空",
    "maxLength": lambda error: f"最多 {error.validator_value} 个字符",
    "minItems": lambda error: f"至少要有 {error.validator_value} 项",
    "maxItems": lambda error: f"最多 {error.validator_value} 项",
}


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


# --- contradictions ----------------------------------------------------------------------------


def _at(content: Content, message: str, *path: str | int) -> Mistake:
    return Mistake(named(path, content), "/".join(map(str, path)), message)


def _twice(content: Content) -> Iterator[Mistake]:
    """Keys of fields and names of materials that stand twice."""
    for place, form in enumerate(content["forms"]):
        seen: set[str] = set()
        for row, field in enumerate(form["fields"]):
            if field["id"] in seen:
                message = f"编码 {field['id']} 在本表中已经用过，请改用别的编码"
                yield _at(content, message, "forms", place, "fields", row, "id")
            seen.add(field["id"])


def _prints(content: Content) -> Iterator[Mistake]:
    """A material that is a form printed names one of the item's; who signs is said of no other."""
    names = {form["name"] for form in content["forms"]}
    for place, one in enumerate(content["materials"]):
        prints = one.get("prints", "")
        if prints and prints not in names:
            yield _at(content, f"没有名称是“{prints}”的表单", "materials", place, "prints")
        if one.get("signed_by") and not prints:
            yield _at(content, "写明签章人的，应写明由哪张表单打印", "materials", place, "prints")


def _choices(content: Content) -> Iterator[Mistake]:
    """A choice has its choices, each once; nothing else has any."""
    for place, form in enumerate(content["forms"]):
        for row, field in enumerate(form["fields"]):
            path = ("forms", place, "fields", row, "choices")
            choices = field.get("choices", [])
            if field["type"] in _CHOOSING and not choices:
                yield _at(content, "选择类字段应列出选项", *path)
            if field["type"] not in _CHOOSING and choices:
                yield _at(content, "只有选择类字段（choice、multichoice）才有选项", *path)
            if len(set(choices)) != len(choices) or "" in choices:
                yield _at(content, "选项不能重复，也不能为空", *path)
