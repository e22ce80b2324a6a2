"""What the text of a contract must say, and what it must not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from yonggong.law.articles import article
from yonggong.law.facts import ContractFacts
from yonggong.law.findings import Article, Finding, Severity
from yonggong.law.registry import CONTRACT
from yonggong.law.tables import rows

_ALWAYS = ("employer", "worker", "term", "work", "hours", "pay", "insurance", "protection")
_SENTENCE = re.compile(r"[。；\n]")
_QUOTED = 60  # characters of a sentence that a finding quotes


@cache
def clause_titles() -> dict[str, str]:
    """Give the title of every clause the law asks for, by code (``tables/clauses.csv``)."""
    return {row["code"]: row["title"] for row in rows("clauses")}


@CONTRACT.rule(
    "mandatory-clauses",
    "劳动合同必备条款",
    checks="劳动合同文本具备劳动合同法第十七条第一款第一至八项的必备条款；非全日制用工除外。",
    articles=(article("劳动合同法", 17, 1), article("劳动合同法", 81)),
    fields=("clauses",),
)
def mandatory_clauses(facts: ContractFacts, on: date) -> Iterable[Finding]:
    clauses = facts.clauses
    if clauses is None or facts.employment_form == "part_time":
        return ()
    missing = [clause_titles()[code] for code in _ALWAYS if code not in clauses]
    if not missing:
        return ()
    return mandatory_clauses.finding(
        f"劳动合同缺少必备条款 {len(missing)} 项：{'；'.join(missing)}",
        remedy="请补充上述条款，重新签订或者签订补充协议。",
        numbers={"missing": len(missing)},
    )


@CONTRACT.rule(
    "women-clause",
    "女职工特殊保护条款",
    checks="女职工的劳动合同具备女职工特殊保护条款。",
    articles=(article("妇女权益保障法", 44, 1),),
    fields=("clauses", "sex"),
    in_force=(date(2023, 1, 1), None),
)
def women_clause(facts: ContractFacts, on: date) -> Iterable[Finding]:
    if facts.clauses is None or facts.sex != "female" or "women" in facts.clauses:
        return ()
    return women_clause.finding(
        "女职工的劳动合同没有女职工特殊保护条款",
        remedy="请补充女职工特殊保护条款。",
    )


@CONTRACT.rule(
    "dispatch-clauses",
    "劳务派遣合同应当载明的事项",
    checks="劳务派遣合同载明用工单位、派遣期限和工作岗位。",
    articles=(article("劳动合同法", 58, 1),),
    fields=("user_unit", "clauses"),
)
def dispatch_clauses(facts: ContractFacts, on: date) -> Iterable[Finding]:
    if not facts.is_dispatch:
        return ()
    if facts.clauses is not None and "dispatch" not in facts.clauses:
        return dispatch_clauses.finding(
            f"劳务派遣合同没有载明{clause_titles()['dispatch']}",
            remedy="请补充用工单位、派遣期限和工作岗位。",
            field="clauses",
        )
    if facts.user_unit is not None and not facts.user_unit.strip():
        return dispatch_clauses.finding(
            "劳务派遣合同没有载明用工单位",
            remedy="请填写用工单位。",
        )
    return ()


@dataclass(frozen=True, slots=True)
class Barred:
    """Wording that points to a promise the law forbids.

    ``pattern`` is tried on sentences that hold one of ``words``, since plain words are found fast.
    A sentence is harmless where ``unless`` is found in it up to the wording's end, or
    ``unless_after`` behind the wording.
    """

    words: tuple[str, ...]
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    unless_after: re.Pattern[str] | None
    title: str
    article: Article


@cache
def barred() -> tuple[Barred, ...]:
    """Give the wordings of ``tables/barred_clauses.csv``, in its order."""
    return tuple(
        Barred(
            words=tuple(row["words"].split("|")),
            pattern=re.compile(row["pattern"]),
            unless=re.compile(row["unless"]) if row["unless"] else None,
            unless_after=re.compile(row["unless_after"]) if row["unless_after"] else None,
            title=row["title"],
            article=article(
                row["law"],
                int(row["article"]),
                int(row["paragraph"]) if row["paragraph"] else None,
                int(row["item"]) if row["item"] else None,
            ),
        )
        for row in rows("barred_clauses")
    )


def _says(sentence: str, wording: Barred) -> bool:
    """Say whether a sentence says what is barred; one that forbids the very thing ("不得收取押金")
    does not."""
    if not any(word in sentence for word in wording.words):
        return False
    match = wording.pattern.search(sentence)
    if match is None or (wording.unless and wording.unless.search(sentence[: match.end()])):
        return False
    return not (wording.unless_after and wording.unless_after.search(sentence, match.end()))


@lru_cache(maxsize=4096)
def _barred_in(text: str) -> tuple[tuple[str, Barred], ...]:
    """Give the barred wordings of a text, each with the first sentence that says it; kept, since
    the contracts of a workbook mostly share one text."""
    found: dict[tuple[str, str], Barred] = {}
    sentences = [sentence.strip() for sentence in _SENTENCE.split(text)]
    for wording in barred():
        said = next((one for one in sentences if _says(one, wording)), None)
        if said is not None:
            found.setdefault((said[:_QUOTED], wording.title), wording)
    return tuple((said, wording) for (said, _), wording in found.items())


@CONTRACT.rule(
    "barred-clauses",
    "法律禁止的约定",
    checks="双方自行填写的约定没有法律禁止的内容（见 barred_clauses 表，按字句比对，仅供提示）。",
    articles=(
        article("劳动合同法", 9),
        article("劳动合同法", 26, 1, 2),
        article("劳动合同法实施条例", 13),
        article("妇女权益保障法", 44, 1),
        article("妇女权益保障法", 48, 1),
        article("劳动合同法", 25),
        article("劳动法", 50),
        article("劳动争议解释（二）", 19, 1),
    ),
    fields=("text",),
    default_severity=Severity.INFORM,
)
def barred_clauses(facts: ContractFacts, on: date) -> Iterable[Finding]:
    if not facts.text:
        return ()
    found: list[Finding] = []
    for said, wording in _barred_in(facts.text):
        found += barred_clauses.finding(
            f"约定“{said}”疑似属于{wording.title}",
            remedy="请核对合同文本；确有此类约定的，应当删去。",
            articles=(wording.article,),
        )
    return found


@CONTRACT.rule(
    "deposit",
    "不得收取财物作担保",
    checks="没有要求劳动者提供担保或者以其他名义收取财物。",
    articles=(article("劳动合同法", 9),),
    fields=("deposit",),
)
def deposit(facts: ContractFacts, on: date) -> Iterable[Finding]:
    if not facts.deposit:
        return ()
    return deposit.finding(
        f"向劳动者收取财物或者担保 {facts.deposit} 元",
        remedy="请退还劳动者本人，并删去有关约定。",
        numbers={"deposit": facts.deposit},
    )
