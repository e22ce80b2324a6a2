"""What refuses an annual filing, and what is said of its differences to what is filed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yonggong import law
from yonggong.annual import comparing, rows
from yonggong.annual.models import Return
from yonggong.annual.standing import (
    ALONE,
    WHOLE,
    Standing,
    duty_of,
    facts_of,
    resting_on,
    tables_of,
)
from yonggong.annual.tables import SHORT, TABLES
from yonggong.cases.attempts import Attempt
from yonggong.cases.life import State
from yonggong.forms import Problem
from yonggong.law.findings import Finding
from yonggong.registry.models import Employer

# So many rows are named in a message; how many there are is told.
_NAMED = 5


def of_the_year(attempt: Attempt) -> list[Problem]:
    """A year is filed once it is over, once for all, by who owes it."""
    kind, year = attempt.kind, attempt.values["year"]
    problems = []
    if attempt.applicant.employer.state == Employer.State.UNFILED:
        problems.append(
            Problem(
                field="",
                code="not_filed",
                message="本单位尚未完成初次备案",
                remedy="请先办理初次备案",
            )
        )
    if year >= attempt.today.year + (kind.name == ALONE):
        problems.append(_of_year("year_not_over", f"{year} 年尚未结束", "请填报上一年度"))
    if kind.name != ALONE and _is_approved(attempt, year):
        said = f"{year} 年度的{kind.title}已经审核通过"
        problems.append(
            _of_year("filed_already", said, "同一年度不重复填报；内容有误的，请联系送审机构")
        )
    duty = duty_of(attempt.policy, kind.name)
    if duty is not None and not duty.binds(attempt.applicant.employer.nature):
        said = "本单位的单位性质不在填报范围内"
        problems.append(Problem(field="", code="not_bound", message=said, remedy="无需填报"))
    return problems


def _is_approved(attempt: Attempt, year: int) -> bool:
    approved = Return.objects.filter(
        employer=attempt.applicant.pk,
        kind=attempt.kind.name,
        year=year,
        case__state=State.APPROVED,
    )
    return approved.exclude(case=attempt.case).exists()


def _of_year(code: str, message: str, remedy: str) -> Problem:
    return Problem(field="year", label="年度", code=code, message=message, remedy=remedy)


def refused(attempt: Attempt) -> Sequence[Problem]:
    """What refuses Tables 1 to 3, or Table 3 alone."""
    case = attempt.case
    if case is None or not rows.is_begun(case):
        return [
            Problem(
                field="",
                code="no_tables",
                message="还没有填写明细表",
                remedy="请在“年度备案”页面开始填报，或者点“按已备案合同填入”",
            )
        ]
    problems = of_the_year(attempt)
    if not attempt.among.typing:
        standing = attempt.among.kept.of(Standing)
        for table in tables_of(case):
            problems += _of_rows(table, standing.of(case, table))
    if case.kind == ALONE and not rows.sheet_of(case, "endings").size:
        problems.append(
            Problem(
                field="",
                code="no_endings",
                message="表三没有人员",
                remedy="没有终止或者解除劳动合同的，不必单独填报表三",
            )
        )
    return problems


def _of_rows(table: str, columns: rows.Columns) -> Iterator[Problem]:
    """What is not answered, and who stands there twice."""
    for item in TABLES[table].fields:
        if item.required is True:
            empty = [at for at, value in enumerate(columns[item.name], 1) if value in (None, "")]
            if empty:
                yield _in_table(
                    table,
                    "row_incomplete",
                    f"{SHORT[table]}有 {len(empty)} 人没有填写“{item.label}”（{_numbers(empty)}）",
                    f"请在{SHORT[table]}中补填，人数较多的可下载表格填写后上传",
                )
    if twice := comparing.repeated(columns) if table == "persons" else []:
        said = "，".join(f"第 {row + 1} 行与第 {first + 1} 行" for row, first in twice[:_NAMED])
        more = f"等 {len(twice)} 处" if len(twice) > _NAMED else ""
        yield _in_table(
            table, "person_twice", f"{SHORT[table]}中同一人出现两次：{said}{more}", "请删除重复的行"
        )


def _numbers(places: Sequence[int]) -> str:
    said = "、".join(map(str, places[:_NAMED]))
    return f"第 {said} 行" if len(places) <= _NAMED else f"第 {said} 行等"


def _in_table(table: str, code: str, message: str, remedy: str) -> Problem:
    return Problem(field="", label=SHORT[table], code=code, message=message, remedy=remedy)


def found(attempt: Attempt) -> Sequence[Finding]:
    """The differences that no row explains, each sort to be explained or mended."""
    case = attempt.case
    if case is None or attempt.values.get("year") is None or not rows.is_begun(case):
        return ()
    findings = law.check_annual(facts_of(attempt), attempt.today)
    return resting_on(findings, duty_of(attempt.policy, WHOLE))
