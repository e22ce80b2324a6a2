"""What of an item's data administrators edit on a page: each part as a field, how it is said in an
answer, and how an answer is read back into the data."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from yonggong.cases.editing_words import FLAGS, OPEN, listed, options, plain
from yonggong.catalogue.code_words import ACTING, FILLING, OUTCOMES, SOURCES, STAGES, TYPES
from yonggong.codes.errors import CodeError
from yonggong.codes.normalise import paragraphs
from yonggong.forms import Field, FieldType, Option

_LONGEST = 2000
_BETWEEN = "；"
_LIMIT = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*个?(工作日|日|小时|月)(?:（(.+)）)?", re.DOTALL)
_AT_ONCE = re.compile(r"即办(?:（(.+)）)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Column:
    """One part of an item's data: its key there, its field on the page, and the way between.

    `say` gives the answer for what the data holds, `read` the data for the field's typed value;
    `read` raises CodeError for a text that it does not understand.
    """

    key: str
    field: Field
    say: Callable[[Any], Any] = lambda held: held or ""
    read: Callable[[Any], Any] = lambda value: value or ""


def text(key: str, label: str, *, required: bool = False, width: int | None = None) -> Column:
    """A line of text."""
    return Column(key, _field(key, label, FieldType.TEXT, required, width, longest=200))


def prose(key: str, label: str, *, required: bool = False) -> Column:
    """Text of some length, which the data may leave open."""
    return Column(key, _field(key, label, FieldType.LONG_TEXT, required, None, longest=_LONGEST))


def optional(key: str, label: str) -> Column:
    """A line of text that the data leaves open as null."""
    column = text(key, label)
    return Column(key, column.field, column.say, lambda value: value or None)


def lines(key: str, label: str) -> Column:
    """A list of texts, one a line."""
    hint = "每行一条"
    made = Field(
        name=key, label=label, type=FieldType.LONG_TEXT, hint=hint, max_length=20_000, width=12
    )
    return Column(key, made, lambda held: "\n".join(held or ()), paragraphs)


def joined(key: str, label: str, hint: str = "多个选项用“；”隔开") -> Column:
    """A list of short texts in one cell."""
    made = Field(name=key, label=label, hint=hint, max_length=_LONGEST)
    return Column(key, made, lambda held: _BETWEEN.join(held or ()), _parts)


def one_of(
    key: str, label: str, choices: Sequence[Option], *, required: bool = False, empty: Any = None
) -> Column:
    """One of some codes; `empty` is what the data holds where none is chosen."""
    made = Field(
        name=key, label=label, type=FieldType.CHOICE, choices=tuple(choices), required=required
    )
    return Column(key, made, read=lambda value: value or empty)


def many_of(key: str, label: str, choices: Sequence[Option]) -> Column:
    """Some of some codes, kept in the order in which they are offered."""
    made = Field(
        name=key, label=label, type=FieldType.MULTI_CHOICE, choices=tuple(choices), width=12
    )
    return Column(key, made, lambda held: list(held or ()), lambda value: list(value or ()))


def flag(key: str, label: str) -> Column:
    """Yes, no, or left open."""
    codes = {True: "yes", False: "no", None: OPEN}
    back = {code: held for held, code in codes.items()}
    made = tuple(Option(code=code, label=FLAGS[held]) for held, code in codes.items())
    chosen = Field(name=key, label=label, type=FieldType.CHOICE, choices=made)
    return Column(key, chosen, lambda held: codes[held], lambda value: back[value or OPEN])


def yes(key: str, label: str) -> Column:
    """Yes or no, and never left open."""
    made = Field(name=key, label=label, type=FieldType.BOOLEAN, required=True)
    return Column(key, made, lambda held: "true" if held else "false", bool)


def limit(key: str, label: str) -> Column:
    """Within how long: "5 工作日", "即办", with a remark in brackets."""
    made = Field(
        name=key,
        label=label,
        hint="如：5 工作日、1 月、即办；说明写在括号内",
        max_length=200,
    )
    return Column(key, made, _limit_said, read_limit)


def combined(key: str, label: str, words: dict[str, str], held: Sequence[Sequence[str]]) -> Column:
    """Some of some codes as one choice: those combinations that occur."""
    made = tuple(
        Option(
            code="+".join(codes) or OPEN, label="、".join(words[one] for one in codes) or "未写明"
        )
        for codes in sorted({tuple(codes) for codes in held}, key=lambda codes: (len(codes), codes))
    )
    chosen = Field(name=key, label=label, type=FieldType.CHOICE, choices=made)
    return Column(
        key,
        chosen,
        lambda codes: "+".join(codes or ()) or OPEN,
        lambda value: [] if value in (None, OPEN) else str(value).split("+"),
    )


def copies(key: str, label: str) -> Column:
    """A number, or left open."""
    made = Field(name=key, label=label, type=FieldType.INTEGER, min_value=0, max_value=99)
    return Column(key, made, lambda held: "" if held is None else str(held), lambda value: value)


def _field(
    key: str,
    label: str,
    kind: FieldType,
    required: bool,
    width: int | None,
    *,
    longest: int,
) -> Field:
    return Field(
        name=key, label=label, type=kind, required=required, max_length=longest, width=width
    )


def _parts(value: str | None) -> list[str]:
    return [part.strip() for part in re.split("[；;\n]", value or "") if part.strip()]


def _limit_said(held: Any) -> str:
    if not held:
        return ""
    note = f"（{held['note']}）" if held.get("note") else ""
    if held["unit"] == "即办":
        return f"即办{note}"
    return f"{held['value']:g} {held['unit']}{note}"


def read_limit(value: str | None) -> dict[str, Any] | None:
    """The limit that a text says; None for an empty one. Raises CodeError."""
    said = (value or "").strip().replace("(", "（").replace(")", "）")
    if not said:
        return None
    if at_once := _AT_ONCE.fullmatch(said):
        return _noted({"value": 0, "unit": "即办"}, at_once[1])
    if found := _LIMIT.fullmatch(said):
        amount = float(found[1])
        number = int(amount) if amount.is_integer() else amount
        return _noted({"value": number, "unit": found[2]}, found[3])
    raise CodeError("limit.unreadable", "读不出时限", "写成“5 工作日”“30 日”“1 月”或者“即办”")


def _noted(made: dict[str, Any], note: str | None) -> dict[str, Any]:
    return made | ({"note": note} if note else {})


# --- the parts of an item ------------------------------------------------------------------------

MATERIAL = (
    text("name", "材料名称", required=True, width=6),
    prose("source", "来源渠道"),
    one_of("type", "材料类型", plain(("原件", "复印件", "原件或复印件", "原件和复印件"))),
    copies("copies", "份数"),
    combined(
        "form",
        "形式",
        {"电子": "电子", "纸质": "纸质"},
        [(), ("电子",), ("纸质",), ("电子", "纸质"), ("纸质", "电子")],
    ),
    flag("required", "是否必要"),
    prose("condition", "何时需要"),
    flag("keep_paper", "收存纸质"),
    flag("shareable", "可共享获取"),
    text("prints", "由哪张表单打印", width=6),
    joined("signed_by", "签章人", "如：本人；所在单位；医疗机构"),
)
PRECHECK = (
    one_of("subject", "核验对象", plain(("用人单位", "个人", "机构")), required=True),
    prose("check", "核验内容", required=True),
    flag("mandatory", "是否必须"),
)
BASIS = (
    text("title", "名称", required=True, width=6),
    optional("number", "文号"),
    optional("article", "条款"),
)
PRINTED = (
    text("name", "表单名称", required=True, width=6),
    yes("repeating", "多行"),
    one_of(
        "by",
        "填写人",
        options({key: FILLING[key] for key in ("applicant", "office", "both")}),
        required=True,
    ),
)
# The printed form that a field stands on, beside what the field's own data holds.
ON = "of_form"
# What a field's key is called on the page, where no control may be called `id`.
CODE = "code"
QUESTION = (
    text(ON, "所在表单", required=True),
    text("label", "字段名称", required=True, width=6),
    Column("id", Field(name=CODE, label="字段编码", required=True, max_length=60)),
    one_of("type", "类型", options(TYPES), required=True),
    yes("required", "必填"),
    joined("choices", "选项"),
    text("section", "分组"),
    text("hint", "填写说明"),
    one_of("from", "自动带入", options(SOURCES)),
    yes("personal", "个人信息"),
    one_of(
        "by", "填写人", options({key: FILLING[key] for key in ("applicant", "office", "signer")})
    ),
)


def stage(held: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    """The columns of the procedure; `held` are the combinations of outcomes that occur."""
    usual = [("next",), ("next", "return"), ("next", "refuse"), ("next", "return", "refuse")]
    ending = [("end",), ("next", "end"), ("end", "refuse"), ("return", "refuse", "end")]
    return (
        text("name", "环节", required=True, width=6),
        one_of("kind", "环节类型", options(STAGES), required=True),
        one_of("by", "办理主体", options(ACTING), required=True),
        text("actor", "办理岗位"),
        limit("limit", "时限"),
        combined("outcomes", "办理结果", dict(OUTCOMES), [*usual, *ending, *held]),
    )


BASICS = (
    text("name", "事项名称", required=True, width=6),
    one_of("kind", "办件类型", plain(("即办件", "承诺件"))),
    flag("online", "网上办理"),
    many_of("audience", "服务对象", plain(listed("audience", "items"))),
    many_of("levels", "办理层级", plain(listed("levels", "items"))),
    many_of("channels", "办理渠道", plain(listed("channels", "items"))),
    limit("statutory_limit", "法定办结时限"),
    limit("promised_limit", "承诺办结时限"),
    text("fee", "收费"),
)
TEXTS = (
    lines("conditions", "申请条件"),
    lines("acceptance_checks", "受理审查要点"),
    lines("handling_checks", "办理审查要点"),
    lines("results", "办理结果"),
    lines("notes", "备注"),
    lines("words", "检索词"),
)
EVENTS = many_of("events", "生活事件", plain(listed("events", "items")))
