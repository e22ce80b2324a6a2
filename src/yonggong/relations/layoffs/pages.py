"""What the pages of a report show: the figures by the contracts on file, and how long re-hiring is watched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from yonggong.cases.attempts import Attempt
from yonggong.cases.models import Case
from yonggong.cases.pages import KeyFact, Look, Pages, Panel, Site
from yonggong.contracts import workforce
from yonggong.forms.advice import Advice, Line
from yonggong.relations.layoff_models import LayoffReport
from yonggong.relations.layoff_reports import watched_until

_ARTICLE = "《劳动合同法》第四十一条"


def _advice(case: Case, tried: Attempt, site: Site) -> Iterator[Advice]:
    staff = workforce.headcount(tried.applicant.employer)
    said = tried.values.get("staff_count")
    if said is None or said != staff:
        yield Advice(
            field="staff_count",
            text=f"按已备案的劳动合同，履行中的 {staff} 份",
            lines=(Line("裁减二十人以上或者占职工总数百分之十以上的，应当报告", _ARTICLE),),
            answers={"staff_count": str(staff)},
            take="填入",
        )
    if day := tried.values.get("layoff_on"):
        yield Advice(
            field="layoff_on",
            text=f"至 {watched_until(day)} 前重新招用人员的，"
            "应当通知被裁减的人员，同等条件下优先招用",
            lines=(Line("裁减人员后六个月内", f"{_ARTICLE}第三款"),),
        )


def _figures(look: Look) -> Mapping[str, Any] | None:
    """The share by the contracts in force now."""
    case = look.case
    if case.current_id is None:
        return None
    values = case.values
    staff, laid_off = workforce.headcount(case.applicant.employer), values["layoff_count"]
    return {
        "staff": staff,
        "laid_off": laid_off,
        "share": f"{laid_off * 100 / staff:.1f}%" if staff else "",
        "report": LayoffReport.objects.filter(case=case).first(),
        "watched_until": watched_until(values["layoff_on"]),
    }


PAGES = Pages(
    advice=_advice,
    panels=(Panel(place="content", template="relations/layoff.html", given=_figures),),
    key_facts=(
        KeyFact(label="裁员人数、职工总数", fields=("layoff_count", "staff_count"), between="／"),
        KeyFact(label="裁员情形", fields=("ground",)),
        KeyFact(label="说明、听取意见", fields=("explained_on", "heard_on"), between="／"),
        KeyFact(label="拟裁员日期", fields=("layoff_on",)),
    ),
)
