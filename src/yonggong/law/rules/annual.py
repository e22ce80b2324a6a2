"""An annual filing beside the contracts filed: where both differ, somebody says why, or files what is
missing. The document that asks for the filing is the province's; who makes the facts names it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from yonggong.law.articles import article
from yonggong.law.facts import AnnualFacts
from yonggong.law.findings import Finding
from yonggong.law.registry import ANNUAL

_WRITTEN = (article("劳动合同法", 10, 2),)


@ANNUAL.rule(
    "annual-figures",
    "表一与表二不一致",
    checks="年度备案表一的各项人数与表二逐人合计一致。",
    articles=_WRITTEN,
    fields=("staff",),
)
def figures(facts: AnnualFacts, on: date) -> Iterable[Finding]:
    if not facts.unlike:
        return ()
    told = "，".join(f"“{name}”填 {said}，表二合计 {found}" for name, said, found in facts.unlike)
    return figures.finding(
        f"表一与表二有 {len(facts.unlike)} 项不一致：{told}",
        remedy="请核对表二名单，或者按表二改正表一。",
        numbers={"unlike": len(facts.unlike)},
    )


@ANNUAL.rule(
    "annual-without-contract",
    "应签未签劳动合同",
    checks="年度备案的在册职工中，应当订立书面劳动合同的都已订立。",
    articles=_WRITTEN,
    fields=("signed",),
)
def without_contract(facts: AnnualFacts, on: date) -> Iterable[Finding]:
    if not facts.without_contract:
        return ()
    return without_contract.finding(
        f"应签劳动合同的职工中有 {facts.without_contract} 人没有有效的书面劳动合同",
        remedy="请及时订立或者续订劳动合同并备案。",
        numbers={"persons": facts.without_contract},
    )


@ANNUAL.rule(
    "annual-unfiled",
    "表二人员没有合同备案",
    checks="年度备案表二的人员，在统计时点都有已经审核通过的劳动合同备案。",
    articles=_WRITTEN,
    fields=("staff",),
)
def unfiled(facts: AnnualFacts, on: date) -> Iterable[Finding]:
    if not facts.unfiled:
        return ()
    return unfiled.finding(
        f"表二有 {facts.unfiled} 人没有相应的劳动合同备案",
        remedy="请补办劳动合同备案，或者从表二中删除。",
        numbers={"persons": facts.unfiled},
    )


@ANNUAL.rule(
    "annual-left-out",
    "已备案人员不在表二",
    checks="统计时点劳动合同已备案、仍在履行的人员都列入年度备案表二。",
    articles=_WRITTEN,
    fields=("staff",),
)
def left_out(facts: AnnualFacts, on: date) -> Iterable[Finding]:
    if not facts.left_out:
        return ()
    return left_out.finding(
        f"有 {facts.left_out} 人的劳动合同已备案且仍在履行，未列入表二",
        remedy="请补入表二；已经离职的，请办理解除（终止）备案。",
        numbers={"persons": facts.left_out},
    )


@ANNUAL.rule(
    "annual-differing",
    "表二与合同备案内容不同",
    checks="年度备案表二所填的姓名、性别、合同期限与劳动合同备案一致。",
    articles=_WRITTEN,
    fields=("signed",),
)
def differing(facts: AnnualFacts, on: date) -> Iterable[Finding]:
    if not facts.differing:
        return ()
    return differing.finding(
        f"表二有 {facts.differing} 人的姓名、性别或者合同期限与劳动合同备案不同",
        remedy="请按合同改正表二，或者办理劳动合同变更、续订备案。",
        numbers={"persons": facts.differing},
    )


@ANNUAL.rule(
    "annual-endings",
    "表三与解除（终止）备案不一致",
    checks="年度备案表三的人员与已经备案的解除（终止）一致。",
    articles=_WRITTEN,
    fields=("year",),
)
def endings(facts: AnnualFacts, on: date) -> Iterable[Finding]:
    more, less = facts.endings_unfiled or 0, facts.endings_left_out or 0
    if not more and not less:
        return ()
    parts = [f"表三有 {more} 人没有相应的解除（终止）备案"] if more else []
    parts += [f"有 {less} 人已办理解除（终止）备案，未列入表三"] if less else []
    return endings.finding(
        "；".join(parts),
        remedy="请补办解除（终止）备案，或者改正表三。",
        numbers={"unfiled": more, "left_out": less},
    )
