"""What refuses an application for a dispatch licence: the standard's own conditions, and the licence that it
is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from yonggong.cases.attempts import Attempt
from yonggong.cases.errors import Refused
from yonggong.cases.models import Case, Step
from yonggong.cases.procedure import Outcome
from yonggong.forms import Problem
from yonggong.relations import licences
from yonggong.relations.dispatch_licence.form import CANCEL, EXTEND, FORM, ISSUE, ITEM, STEPS
from yonggong.relations.licence_models import DispatchLicence
from yonggong.relations.licence_terms import Term

LEAST_CAPITAL_10K = Decimal(200)
LEAST_AREA = Decimal(100)
_SURVEY, _REFUSE = STEPS["survey"], "请作出不予办理的决定"


def refused(attempt: Attempt) -> Sequence[Problem]:
    """All that the application lacks."""
    values, what = attempt.values, attempt.values["application_kind"]
    problems = list(_of_unit(attempt))
    if what != CANCEL:
        problems += conditions(values["registered_capital_10k"], values["premises_area"])
        for name in ("has_facilities", "has_rules"):
            if values[name] is False:
                label = FORM.fields_by_name[name].label
                problems.append(
                    FORM.problem(name, "condition", f"许可条件要求{label}", "具备后再申请")
                )
    held = licences.of_employer(attempt.applicant.pk, attempt.today)
    if what == ISSUE:
        problems += _another(held, attempt.today)
    else:
        problems += _of_licence(held, what, attempt)
    return problems


def _of_unit(attempt: Attempt) -> Iterator[Problem]:
    code = attempt.applicant.employer.credit_code
    if attempt.values["credit_code"] != code:
        yield FORM.problem(
            "credit_code", "other_unit", "与申请单位的统一社会信用代码不一致", f"请填写 {code}"
        )


def conditions(capital_10k: Decimal | None, area: Decimal | None) -> list[Problem]:
    """The figures that the law and the standard ask for."""
    problems = []
    if capital_10k is not None and capital_10k < LEAST_CAPITAL_10K:
        problems.append(
            FORM.problem(
                "registered_capital_10k",
                "capital",
                f"注册资本 {capital_10k:f} 万元，少于人民币 {LEAST_CAPITAL_10K} 万元",
                "增加注册资本后再申请",
            )
        )
    if area is not None and area < LEAST_AREA:
        problems.append(
            FORM.problem(
                "premises_area",
                "area",
                f"经营场所面积 {area:f} 平方米，少于 {LEAST_AREA} 平方米",
                "具备符合条件的经营场所后再申请",
            )
        )
    return problems


def on_site(
    case: Case, step: Step, outcome: Outcome, values: Mapping[str, Any], now: datetime
) -> None:
    """Premises that were found not to be as the conditions ask do not go on to a licence. Raises `Refused`."""
    if case.kind != ITEM.key or step.kind != "survey" or outcome is not Outcome.NEXT:
        return
    if case.values["application_kind"] == CANCEL:
        return
    found = []
    if values["area_found"] < LEAST_AREA:
        said = f"实测经营场所面积 {values['area_found']:f} 平方米，少于 {LEAST_AREA} 平方米"
        found.append(_SURVEY.problem("area_found", "area", said, _REFUSE))
    if values["facilities_found"] is False:
        said = "经营场所、办公设施设备或者信息管理系统与清单不符"
        found.append(_SURVEY.problem("facilities_found", "condition", said, _REFUSE))
    if found:
        raise Refused(found)


def _another(held: Sequence[DispatchLicence], today: date) -> Iterator[Problem]:
    """Who has a licence extends it, as long as that can be applied for."""
    for licence in held:
        term = Term(licence.valid_from, licence.valid_until)
        if licence.holds_on(today) and today <= term.extendable_until:
            yield FORM.problem(
                "application_kind",
                "licensed",
                f"本单位持有有效的许可证 {licence.number}，有效期至 {licence.valid_until}",
                "需要延长有效期的选“延续申请”，内容改变的选“变更申请”",
            )


def _of_licence(held: Sequence[DispatchLicence], what: str, attempt: Attempt) -> Iterator[Problem]:
    """It holds; what is extended did so when its extension first came in, and that was in time."""
    number, today = attempt.values["licence_number"], attempt.today
    asked = attempt.among.came_in_on if what == EXTEND else today
    licence = next((one for one in held if one.number == number), None)
    if licence is None:
        yield FORM.problem(
            "licence_number", "unknown", "本单位没有这个编号的许可证", "请照许可证填写编号"
        )
    elif licence.ended_on is not None or not licence.holds_on(asked):
        yield FORM.problem(
            "licence_number",
            "not_valid",
            f"该许可证{licence.state_on(today)}",
            "请按新申请办理，申请事项选“申请”",
        )
    elif what == EXTEND:
        last = Term(licence.valid_from, licence.valid_until).extendable_until
        if asked > last:
            yield FORM.problem(
                "application_kind",
                "too_late",
                f"延续应当在有效期届满 60 日前提出，最迟为 {last}",
                "请按新申请办理，申请事项选“申请”",
            )
