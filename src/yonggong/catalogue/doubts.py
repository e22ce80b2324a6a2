"""What an item's notes and rules are for: whoever applies, the office, or whoever keeps the items.

The extraction kept notes of every sort in one list. Its own words tell them apart; `doubts.yaml` says
what was told beside the data, and of which note the words mislead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib import resources
from typing import Any

import yaml

from yonggong.catalogue.items import Item, ItemRule, Limit


class Sort(Enum):
    """FACT holds for whoever applies; OPEN is what the standard does not say; OFFICE concerns the
    office alone; DOUBT is where the standard contradicts itself, misprints, or is overtaken."""

    FACT = "fact"
    OPEN = "open"
    OFFICE = "office"
    DOUBT = "doubt"


_DOUBT = re.compile(
    "存疑|疑(?:应)?为|疑(?:有误|指|一处|漏印|标题|多一)|此处疑|误印|误作|印作|照录|照印|照原文|衍字"
    "|脱“|缺“|不一(?:致(?![的、])|[，；：。]|$)|不完全一致|不统一|略有出入|并存|两处|与情形不符|不合(?:，|$)"
    "|前后写法|不可混用|又写|缺图|印了两遍|原文(?:条文|业务表单)?作|原文印|订正|题名作|不能同时满足"
    "|各节点合计|话术称|三个名称|漏印|重印|表题为|题为“"
)
_OFFICE = re.compile(
    "^(?:归档目录|业务档案|监听|后台系统|装订|库房|防[火潮蛀盗光]|防高温|第.类|服务禁语|坐席|通话可能"
    "|数字化前|分类参照|附录4)"
)
# What is said of the office's own system, of how forms were taken out of the text, of what is to be built.
_BEHIND = re.compile(
    "取自后台|^后台|按样例|可重复表单|^界面示例|^节点经办时限|待(?:与)?提供方|^登记录入项|取自网办地址栏|^材料页数"
    "|^受理、办结条文|^风险点、防控措施|为模板[0-9]"
)
_OPEN = re.compile(
    "原文|源文|标准(?:未|没有)|指南(?:未|称)|未(?:印|附|列|写|单列|明说|说明|标明|给出|见)|没有写"
    "|[无附]?空表|无表样|看不出|补列|按句意|栏为空白"
)
_WORDS = (
    (Sort.OFFICE, _OFFICE),
    (Sort.DOUBT, _DOUBT),
    (Sort.OFFICE, _BEHIND),
    (Sort.OPEN, _OPEN),
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing about an item that its administrators decide by a version: what is said, where."""

    said: str
    where: str


def sort_of(note: str) -> Sort:
    """For whom a note is."""
    for sort, notes in _said().items():
        if note in notes:
            return sort
    return next((sort for sort, words in _WORDS if words.search(note)), Sort.FACT)


def notes_of(item: Item, sort: Sort) -> tuple[str, ...]:
    """The item's notes of one sort, in order."""
    return tuple(note for note in item.notes if sort_of(note) is sort)


def is_doubtful(rule: ItemRule) -> bool:
    """Whether a rule guards against what the standard says twice and differently."""
    return sort_of(rule.says) is Sort.DOUBT


def is_for_applicants(rule: ItemRule) -> bool:
    """Whether a rule is read by whoever applies: neither doubtful nor the office's alone."""
    return sort_of(rule.says) in (Sort.FACT, Sort.OPEN)


def limit_words(limit: Limit) -> str:
    """A limit with the standard's own remark, unless that says how the standard contradicts itself."""
    if not limit.note or sort_of(limit.note) is Sort.DOUBT:
        return str(limit)
    note = limit.note.removeprefix(f"{limit}；")
    return f"{limit}（{note}）"


def _limits(item: Item) -> Iterator[Limit]:
    limits = (item.statutory_limit, item.promised_limit, *(one.limit for one in item.procedure))
    return (limit for limit in limits if limit is not None)


def doubts_of(item: Item) -> tuple[Doubt, ...]:
    """Everything about an item that its administrators should decide."""
    told: Mapping[str, list[str]] = _told()["items"]
    return (
        *(Doubt(note, "备注") for note in notes_of(item, Sort.DOUBT)),
        *(Doubt(rule.says, "规则") for rule in item.rules if is_doubtful(rule)),
        *(
            Doubt(limit.note, "时限")
            for limit in _limits(item)
            if limit.note and sort_of(limit.note) is Sort.DOUBT
        ),
        *(Doubt(said, "核对时发现") for said in told.get(item.key, ())),
    )


@cache
def _told() -> Mapping[str, Any]:
    text = (resources.files(__package__) / "doubts.yaml").read_text(encoding="utf-8")
    read: Mapping[str, Any] = yaml.safe_load(text)
    return read


@cache
def _said() -> Mapping[Sort, frozenset[str]]:
    return {Sort(name): frozenset(notes) for name, notes in _told()["notes"].items()}
