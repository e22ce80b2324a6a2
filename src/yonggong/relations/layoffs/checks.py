"""What refuses a report of layoffs, and what the law says of the layoff and of each person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from yonggong import law
from yonggong.cases.attempts import Attempt
from yonggong.contracts import workforce
from yonggong.forms import Problem
from yonggong.law.facts import WorkforceFacts
from yonggong.law.findings import Finding
from yonggong.relations.layoffs import persons
from yonggong.relations.layoffs.form import FORM, PERSONS
from yonggong.relations.layoffs.persons import Named

Values = Mapping[str, Any]

# Of the rules on endings those that a planned layoff can break.
_OF_PERSONS = ("protected-dismissal", "probation-no-dismissal", "layoff-procedure")
_COUNTS = (
    "pregnant_or_nursing_count",
    "occupational_injury_count",
    "medical_treatment_period_count",
    "open_ended_contract_count",
    "within_five_years_of_retirement_count",
    "pension_insured_count",
    "medical_insured_count",
    "injury_insured_count",
    "maternity_insured_count",
    "unemployment_insured_count",
    "uninsured_count",
)
_ORDER = (
    ("explained_on", "heard_on", "听取意见早于说明情况"),
    ("heard_on", "layoff_on", "拟裁员日期早于听取意见"),
)
_OPEN_ENDED = "2"
_NAMED = 8
_OFF_THE_LIST = "请将所列人员移出拟裁减人员名单；情形填错的，请改正。"


def refused(attempt: Attempt) -> Sequence[Problem]:
    """Figures and days that contradict each other, persons without a contract on file."""
    values = attempt.values
    problems = [*counts(values), *_days(attempt)]
    for one in persons.named_in(attempt):
        if one.contract is None:
            problems.append(
                Problem(
                    field=f"{PERSONS}__{one.row}__document_number",
                    label="居民身份证号码",
                    code="no_contract",
                    message=f"{one.said}没有本单位履行中的劳动合同备案",
                    remedy="请核对证件号码；没有备案的，先办理劳动合同备案",
                )
            )
    return problems


def counts(values: Values) -> Iterator[Problem]:
    """0 ≤ each figure ≤ persons laid off ≤ all staff; as many are named as are laid off."""
    staff, laid_off = values["staff_count"], values["layoff_count"]
    if laid_off > staff:
        yield FORM.problem("layoff_count", "more_than_staff", "裁员人数多于职工总数", "请核对")
    if laid_off != len(values[PERSONS]):
        yield FORM.problem(
            "layoff_count",
            "differs",
            f"裁员人数为 {laid_off}，名单有 {len(values[PERSONS])} 人",
            "请核对名单",
        )
    for name in _COUNTS:
        if not 0 <= values[name] <= laid_off:
            yield FORM.problem(name, "more_than_laid_off", "人数应当在 0 和裁员人数之间", "请核对")


def _days(attempt: Attempt) -> Iterator[Problem]:
    """Explained, heard, reported, then laid off."""
    values, today = attempt.values, attempt.today
    for before, after, said in _ORDER:
        if values[after] < values[before]:
            yield FORM.problem(after, "order", said, "请核对日期")
    if values["heard_on"] > today:
        yield FORM.problem("heard_on", "in_future", "听取意见日期晚于今天", "听取意见后再报告")
    if values["layoff_on"] <= today:
        yield FORM.problem(
            "layoff_on", "not_ahead", "拟裁员日期不晚于今天", "裁减人员方案应当在裁员之前报告"
        )


def found(attempt: Attempt) -> Sequence[Finding]:
    """What the law says of the number, of the days, and of whom it protects or prefers."""
    said = [*_of_number(attempt), *_of_persons(attempt)]
    preferred = tuple(one.said for one in persons.named_in(attempt) if _is_preferred(one))
    facts = WorkforceFacts(layoff_preferred=len(preferred))
    for finding in law.check_workforce(facts, attempt.today):
        message = f"{finding.message}：{_listed(preferred)}"
        said.append(replace(finding, field=PERSONS, message=message))
    return said


def _of_number(attempt: Attempt) -> Iterator[Finding]:
    """The threshold, by the contracts in force."""
    laid_off = attempt.values.get("layoff_count")
    if not laid_off:
        return
    staff = workforce.headcount(attempt.applicant.employer)
    facts = WorkforceFacts(layoffs=laid_off, staff_before=staff, layoff_reported=True)
    for finding in law.check_workforce(facts, attempt.today):
        yield replace(finding, field="layoff_count")


def _of_persons(attempt: Attempt) -> Iterator[Finding]:
    by_rule: dict[str, list[tuple[Named, Finding]]] = {}
    facts = persons.ending_facts(attempt)
    for one in persons.named_in(attempt):
        judged = facts.get(one.row)
        for finding in law.check_ending(judged, attempt.today) if judged else ():
            if finding.rule in _OF_PERSONS:
                by_rule.setdefault(finding.rule, []).append((one, finding))
    for rule, told in by_rule.items():
        first = told[0][1]
        if rule == "layoff-procedure":  # the same of all
            yield replace(first, field="explained_on")
            continue
        cited = tuple(dict.fromkeys(one for _, finding in told for one in finding.articles))
        message = _listed([f"{one.said}：{finding.message}" for one, finding in told])
        yield replace(first, field=PERSONS, message=message, articles=cited, remedy=_OFF_THE_LIST)


def _is_preferred(one: Named) -> bool:
    """Whom the employer keeps before others: with an open-ended contract, or the family's only earner."""
    contract = one.contract
    return bool(one.values.get("preferred")) or (
        contract is not None and contract.term_type == _OPEN_ENDED
    )


def _listed(said: Sequence[str]) -> str:
    more = f"；等 {len(said)} 人" if len(said) > _NAMED else ""
    return "；".join(said[:_NAMED]) + more
