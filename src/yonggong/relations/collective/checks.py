"""What refuses a collective contract, and what the law says of it."""

from __future__ import annotations

from collections.abc import Sequence

from yonggong import law
from yonggong.cases.attempts import Attempt
from yonggong.entitlements.agreement_register import same
from yonggong.forms import Problem
from yonggong.law.findings import Finding
from yonggong.relations.collective.form import ENDED, FORM, SIGNED

_SIDES = (("employer", "企业方"), ("employee", "职工方"))


def refused(attempt: Attempt) -> Sequence[Problem]:
    """It is signed and adopted already, and stands on the register not yet."""
    values, problems = attempt.values, []
    if values["signed_on"] > attempt.today:
        problems.append(
            FORM.problem("signed_on", "in_future", "签订日期晚于今天", "请填写实际签订日期")
        )
    if values["congress_all"] is not None:
        for name, most in (
            ("congress_present", "congress_all"),
            ("congress_for", "congress_present"),
        ):
            if values[name] > values[most]:
                than = FORM.fields_by_name[most].label
                problems.append(FORM.problem(name, "too_many", f"多于“{than}”", "请核对表决人数"))
    if values["signing_kind"] == SIGNED and (held := _registered(attempt)):
        problems.append(
            FORM.problem(
                "signing_kind",
                "registered",
                f"该集体合同已经审查登记（{held}）",
                "不必再报送；变更或者续签的，请选择相应的签订类别",
            )
        )
    return problems


def _registered(attempt: Attempt) -> str:
    """The number under which the same contract was reviewed here; "" where it was not."""
    values = attempt.values
    held = same(
        attempt.applicant.pk,
        sort=values["sort"],
        start_on=values["collective_contract_start"],
        end_on=values["collective_contract_end"],
    )
    return held.number or held.title if held and hasattr(held, "review") else ""


def found(attempt: Attempt) -> Sequence[Finding]:
    """What the law says of who bargained, how it was adopted and when it is sent."""
    return law.check_collective(facts_of(attempt), attempt.today)


def facts_of(attempt: Attempt) -> law.CollectiveFacts:
    """The contract as the law looks at it: filed today, or on the day it first came in."""
    get = attempt.values.get
    # What is ended has a day of its ending in the place of its last one: that is no term.
    runs = get("signing_kind") != ENDED
    return law.CollectiveFacts(
        wages=get("sort") == "wages" if get("sort") else None,
        employer_side=get("employer_negotiator_count"),
        employee_side=get("employee_negotiator_count"),
        employer_outside=get("employer_outside"),
        employee_outside=get("employee_outside"),
        unlike_chiefs=tuple(
            word
            for side, word in _SIDES
            if get(f"{side}_chief_named") is False and get(f"{side}_chief_authorised") is not True
        ),
        offered_on=get("offer_date"),
        answered_on=get("reply_date"),
        congress_all=get("congress_all"),
        congress_present=get("congress_present"),
        congress_for=get("congress_for"),
        signed_on=get("signed_on"),
        filed_on=attempt.among.came_in_on,
        start_on=get("collective_contract_start"),
        end_on=get("collective_contract_end") if runs else None,
    )
