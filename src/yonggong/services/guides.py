"""办事指南 on paper: an item as whoever applies reads it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from yonggong.cases.kinds import applicants_of, other_signers, taken_online
from yonggong.catalogue import doubts
from yonggong.catalogue.doubts import Sort, is_for_applicants, notes_of
from yonggong.catalogue.items import Item, Limit, Material
from yonggong.documents.rendering.guides import Guide, render_guide
from yonggong.documents.rendering.papers import FilledTable
from yonggong.registry.models import Agency
from yonggong.services import flow

OPEN = "标准未写明"
_UNCHECKED = "（待核，仅供参考）"


def print_guide(item: Item, place: str, agencies: Sequence[Agency], made_on: date) -> bytes:
    """The guide as a PDF/A on A4, for a place; the same for everybody, and typeset once however often
    strangers ask. Raises `fonts.MissingFont`."""
    there = tuple((one.name, one.telephone) for one in agencies)
    return _printed(item, place, there, made_on)


@lru_cache(maxsize=256)
def _printed(item: Item, place: str, agencies: tuple[tuple[str, str], ...], made_on: date) -> bytes:
    return render_guide(
        Guide(
            title=f"{item.title}办事指南",
            place=place,
            facts=(
                ("服务对象", _listed(item.audience)),
                ("办件类型", item.kind or OPEN),
                ("法定办结时限", limit_words(item.statutory_limit)),
                ("承诺办结时限", limit_words(item.promised_limit)),
                ("收费", item.fee or OPEN),
                ("办理渠道", _listed(item.channels)),
                ("行使层级", _listed(item.levels)),
                ("办理结果", _listed(item.results)),
            ),
            parts=tuple(_parts(item, agencies)),
            materials=_materials(item),
            steps=tuple(
                (stage.name, flow.BY[stage.by], flow.told(stage)) for stage in item.procedure
            ),
            made_on=made_on,
        )
    )


def limit_words(limit: Limit | None) -> str:
    """A limit as the standard says it; that it says none where it does not."""
    return OPEN if limit is None else doubts.limit_words(limit)


def material_words(material: Material, item: Item) -> str:
    """How it is handed in: original or copy, how many, on paper or not, whether it need not be; of what
    is filled in on screen, whether it is brought at all."""
    parts = [
        _printed_words(material, item),
        material.type,
        f"{material.copies} 份" if material.copies else "",
        "、".join(material.forms),
        "可免提交（通过数据共享获取）" if material.shareable else "",
    ]
    return "，".join(filter(None, parts)) or OPEN


def _printed_words(material: Material, item: Item) -> str:
    if not material.prints or not taken_online(item):
        return ""
    if not any(other_signers(material, kind) for kind in applicants_of(item.audience)):
        return "网上办理的在线填写，不用上传"
    signers = "、".join(material.signed_by)
    return f"网上办理的在线填写后下载打印，由{signers}签字或者盖章后上传"


def need_words(material: Material) -> str:
    """When it is needed."""
    if material.condition:
        return material.condition
    return OPEN if material.required is None else "必要" if material.required else "非必要"


def _listed(words: Sequence[str]) -> str:
    return "、".join(words) or OPEN


def _materials(item: Item) -> FilledTable:
    rows = [
        [one.name, one.source or OPEN, material_words(one, item), need_words(one)]
        for one in item.materials
    ]
    return FilledTable("", ("材料名称", "来源渠道", "提交方式", "何时提供"), rows)


def _parts(item: Item, agencies: Sequence[tuple[str, str]]) -> Iterator[tuple[str, Sequence[str]]]:
    yield "受理条件", item.conditions or (OPEN,)
    yield (
        "办理地点",
        [f"{name}{f'，电话 {telephone}' if telephone else ''}" for name, telephone in agencies],
    )
    rules = [rule for rule in item.rules if is_for_applicants(rule) and rule.kind != "condition"]
    yield (
        "金额、期限和时限",
        [f"{rule.says}{'' if rule.checked else _UNCHECKED}" for rule in rules],
    )
    yield (
        "设定依据",
        [
            f"《{one.title}》{f'（{one.number}）' if one.number else ''}{one.article}"
            for one in item.legal_basis
        ]
        or (OPEN,),
    )
    yield "其他说明", notes_of(item, Sort.FACT)
