"""What the pages of a dispatch licence show: which licence is meant, until when it can be extended, what came
of the case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from yonggong.cases.attempts import Attempt
from yonggong.cases.models import Case
from yonggong.cases.pages import KeyFact, Look, Pages, Panel, Site
from yonggong.forms.advice import Advice, Line
from yonggong.relations import licences
from yonggong.relations.dispatch_licence.form import EXTEND, ISSUE
from yonggong.relations.licence_models import LicenceAct
from yonggong.relations.licence_terms import Term, issued_on

_BASIS = "《劳务派遣行政许可实施办法》"


def _advice(case: Case, tried: Attempt, site: Site) -> Iterator[Advice]:
    """Which licence is meant, and until when it can be extended."""
    what = tried.values.get("application_kind")
    if what is None:
        return
    if what == ISSUE:
        term = issued_on(tried.today)
        yield Advice(
            field="application_kind",
            text=f"准予许可的，许可证有效期 3 年（如今日准予，至 {term.ends}）",
            lines=(Line("有效期自准予之日起计算，满三年的前一日止", _BASIS),),
        )
        return
    held = licences.of_employer(tried.applicant.pk, tried.today)
    valid = [one for one in held if one.holds_on(tried.today)]
    for licence in valid[:1]:
        last = Term(licence.valid_from, licence.valid_until).extendable_until
        yield Advice(
            field="licence_number",
            text=f"本单位许可证 {licence.number}，有效期至 {licence.valid_until}"
            + (f"，延续最迟于 {last} 提出" if what == EXTEND else ""),
            urgent=what == EXTEND and tried.today > last,
            lines=(Line("延续在有效期届满 60 日前提出，逾期的按新申请办理", _BASIS),),
            answers={"licence_number": licence.number},
            take="填入编号",
        )


def _licence(look: Look) -> Mapping[str, Any] | None:
    """The licence that the case made or changed."""
    act = LicenceAct.objects.filter(case=look.case).first()
    if act is None:
        return None
    licence = licences.standing_on(look.on).select_related("agency").get(pk=act.licence_id)
    return {"act": act, "licence": licence, "state": licence.state_on(look.on)}


PAGES = Pages(
    advice=_advice,
    panels=(Panel(place="content", template="relations/licence.html", given=_licence),),
    key_facts=(
        KeyFact(label="申请事项", fields=("application_kind", "licence_number")),
        KeyFact(label="注册资本（万元）", fields=("registered_capital_10k",)),
        KeyFact(label="经营场所", fields=("business_address", "premises_area")),
        KeyFact(label="变更内容", fields=("changed",)),
    ),
)
