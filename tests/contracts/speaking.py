# ruff: noqa: E501 -- one case a line, so that the tables read against the law
"""Filings that make a rule of law speak, as answers to the forms; the day is 2026-11-20 in Changchun
(least wage 2230.00 yuan a month, 22.00 an hour).

Each stands beside the article it is against. The contracts of `making.answers` break no rule.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.contracts.making import Hall, answers, contract_of, part_time_answers
from yonggong.cases import checking
from yonggong.cases.kinds import get_kind
from yonggong.cases.verdicts import Verdict
from yonggong.codes.invent import invent_credit_code, invent_id_number
from yonggong.contracts.models import Contract

_CHANCE = random.Random(93)


class _Everything(dict[str, str]):
    """An explanation of whatever is asked."""

    def __bool__(self) -> bool:
        return True

    def get(self, name: str, default: Any = None) -> Any:
        return "情况属实，已核对原始材料。"


EXPLAINED = _Everything()


def person(birth_on: str, sex: str = "1") -> dict[str, Any]:
    """The particulars of an invented person."""
    number = invent_id_number(
        _CHANCE, region="220104", birth_date=date.fromisoformat(birth_on), sex=sex
    )
    return {"document_number": number, "sex": sex, "birth_on": birth_on}


def foreigner(number: str = "E12345678") -> dict[str, Any]:
    """The particulars of a foreigner with a passport."""
    return {"document_type": "08", "document_number": number, "sex": "1", "birth_on": "1990-01-15"}


def term(start: str, end: str | None, **more: Any) -> dict[str, Any]:
    """A term that was signed and begun on its first day."""
    dates = {"work_start_on": start, "signed_on": start, "start_on": start, "end_on": end}
    return dates | more


def dispatched(**more: Any) -> dict[str, Any]:
    """A worker dispatched for half a year, from the day the contract of three years begins."""
    given = {
        "employment_form": "3",
        "contract_text": "2",
        "user_unit": "长春试用机械有限公司",
        "user_unit_code": USER_UNIT,
        "dispatch_post": "1",
        "dispatch_start_on": "2026-11-10",
        "dispatch_end_on": "2027-05-09",
    }
    return given | more


USER_UNIT = invent_credit_code(_CHANCE, region="220104")


@dataclass(frozen=True)
class Speaks:
    """A filing that one rule speaks on.

    article    what the finding must cite, among others
    says       answers beyond those of a clean filing
    held       of a later filing: the answers of the contract in force
    renewals   of a later filing: the terms by which it was renewed since
    part_time  a clean filing of part-time work is changed, not one of full-time work
    """

    rule: str
    article: str
    says: dict[str, Any]
    held: dict[str, Any] = field(default_factory=dict)
    renewals: tuple[dict[str, Any], ...] = ()
    part_time: bool = False

    @property
    def id(self) -> str:
        return self.rule

    def raw(self, today: date) -> dict[str, Any]:
        """The answers of a new contract."""
        make = part_time_answers if self.part_time else answers
        return make(today=today, **self.says)


OWN = {"contract_text": "90"}
ALL_CLAUSES = ["01", "02", "03", "04", "05", "06", "07", "08"]
PROBATION = {"probation_end_on": "2026-12-09", "probation_pay": "4000.00"}
RETIRED_2025 = "1965-03-10"  # a man: statutory retirement 2025-04-10

# fmt: off
NEW = [
    Speaks("id-birth", "《居民身份证法》第三条第二款", person("1990-03-07") | {"birth_on": "1990-03-08"}),
    Speaks("id-sex", "《居民身份证法》第三条第二款", person("1990-03-07", "1") | {"sex": "2"}),
    Speaks("foreigner-permit", "《劳动争议解释（一）》第三十三条第一款", foreigner() | {"work_permit_until": "2026-11-09"}),
    Speaks("foreigner-permit-ends", "《劳动争议解释（一）》第三十三条第一款", foreigner() | {"work_permit_until": "2027-11-09"}),
    Speaks("foreigner-term", "《外国人就业管理规定》第十七条（待核）", foreigner() | {"end_on": "2031-11-10", "work_permit_until": "2031-11-10"}),
    Speaks("foreigner-without-permit", "《出境入境管理法》第四十一条第一款", foreigner()),
    Speaks("signed-in-future", "《劳动合同法》第十六条第一款", {"signed_on": "2026-11-21"}),
    Speaks("minimum-age", "《劳动法》第十五条第一款", person("2010-11-11")),
    Speaks("juvenile-registration", "《劳动法》第五十八条第二款", person("2009-06-01")),
    Speaks("juvenile-health-check", "《未成年工特殊保护规定》第六条", person("2009-06-01") | {"juvenile_registered": "true", "health_check_on": "2026-11-11"}),
    Speaks("juvenile-hazards", "《劳动法》第六十四条", person("2009-06-01") | {"hazards": ["17"]}),
    Speaks("juvenile-venue", "《未成年人保护法》第六十一条第二款", person("2009-06-01") | {"entertainment_venue": "true"}),
    Speaks("retirement-age", "《劳动合同法实施条例》第二十一条", person(RETIRED_2025)),
    Speaks("pension-drawn", "《劳动合同法》第四十四条第（二）项", {"draws_pension": "true"}),
    Speaks("term-past-retirement", "《渐进式延迟法定退休年龄办法》第一条", person("1968-03-15")),
    Speaks("flexible-delay-length", "《渐进式延迟法定退休年龄办法》第三条", person(RETIRED_2025) | {"flexible_delay_until": "2028-04-11"}),
    Speaks("dates-order", "《劳动合同法》第十七条第一款第（三）项", {"end_on": "2026-11-09"}),
    Speaks("fixed-term-end", "《劳动合同法》第十三条第一款", {"end_on": None}),
    Speaks("written-contract", "《劳动合同法》第十条第二款", {"work_start_on": "2026-10-09"}),
    Speaks("late-writing-excused", "《劳动争议解释（二）》第七条", {"work_start_on": "2026-10-09", "late_writing": "1"}),
    Speaks("deemed-open-ended", "《劳动合同法》第十四条第三款", {"work_start_on": "2025-11-10", "earlier_contract": "false"}),
    Speaks("side-changed", "《劳动争议解释（二）》第十条第（三）项（待核）", {"service_start_on": "2022-01-01"}),
    Speaks("mandatory-clauses", "《劳动合同法》第十七条第一款", OWN | {"clauses": ALL_CLAUSES[1:]}),
    Speaks("women-clause", "《妇女权益保障法》第四十四条第一款", person("1990-03-07", "2") | OWN | {"clauses": ALL_CLAUSES}),
    Speaks("dispatch-clauses", "《劳动合同法》第五十八条第一款", dispatched(contract_text="90", clauses=ALL_CLAUSES)),
    Speaks("barred-clauses", "《劳动合同法》第二十六条第一款第（二）项", {"agreed_matters": "乙方发生工伤概不负责。"}),
    Speaks("deposit", "《劳动合同法》第九条", {"deposit": "500.00"}),
    Speaks("probation-length", "《劳动合同法》第十九条第一款", {"probation_end_on": "2027-05-10", "probation_pay": "4000.00"}),
    Speaks("probation-none", "《劳动合同法》第十九条第三款", PROBATION | {"term_type": "3", "end_on": None}),
    Speaks("probation-within-term", "《劳动合同法》第十九条第四款", {"end_on": "2027-02-09", "probation_end_on": "2027-02-09", "probation_pay": "4000.00"}),
    Speaks("probation-pay", "《劳动合同法》第二十条", PROBATION | {"probation_pay": "3359.99"}),
    Speaks("probation-pay-minimum", "《劳动合同法》第二十条", PROBATION | {"base_pay": "2400.00", "probation_pay": "2229.99"}),
    Speaks("minimum-wage", "《劳动法》第四十八条第二款", {"base_pay": "2229.99"}),
    Speaks("minimum-wage-allowances", "《最低工资规定》第十二条第一款", {"base_pay": "2000.00", "allowances": "230.00"}),
    Speaks("monthly-pay", "《劳动法》第五十条", {"pay_cycle": "5"}),
    Speaks("standard-hours", "《国务院关于职工工作时间的规定》第三条", {"weekly_hours": "40.5"}),
    Speaks("averaged-hours", "《工时审批办法》第五条", {"hours_system": "2", "weekly_hours": "40.5"}),
    Speaks("averaged-day", "《工时问题复函》（待核）", {"hours_system": "2", "daily_hours": "11.5"}),
    Speaks("special-hours-approval", "《劳动法》第三十九条", {"hours_system": "3", "special_hours_approved": "false"}),
    Speaks("weekly-rest", "《劳动法》第三十八条", {"work_days_per_week": "7"}),
    Speaks("overtime-limit", "《劳动法》第四十一条", {"overtime_month_hours": "36.5"}),
    Speaks("part-time-hours", "《劳动合同法》第六十八条", {"weekly_hours": "24.5"}, part_time=True),
    Speaks("part-time-pay-period", "《劳动合同法》第七十二条第二款", {"pay_period_days": "16"}, part_time=True),
    Speaks("part-time-minimum-wage", "《劳动合同法》第七十二条第一款", {"hourly_pay": "21.99"}, part_time=True),
    Speaks("dispatch-term", "《劳动合同法》第五十八条第二款", dispatched(end_on="2028-11-08")),
    Speaks("dispatch-part-time", "《劳动合同法实施条例》第三十条", {"contract_text": "2"}, part_time=True),
    Speaks("dispatch-post", "《劳动合同法》第六十六条第二款", dispatched(dispatch_end_on="2027-05-10")),
    Speaks("dispatch-own-unit", "《劳动合同法》第六十七条", dispatched(user_unit_is_own="true")),
    Speaks("dispatch-licence", "《劳动合同法》第五十七条第二款", dispatched(dispatch_licence_until="2026-11-09")),
    Speaks("dispatch-both-sides", "《劳动合同法》第五十八条第一款", dispatched(**term("2026-10-10", "2029-10-09"), dispatch_start_on="2026-10-10", dispatch_end_on="2027-04-09")),
    Speaks("non-compete-length", "《劳动合同法》第二十四条第二款", {"non_compete_months": "25", "non_compete_pay": "3000.00"}),
    Speaks("non-compete-compensation", "《劳动合同法》第二十三条第二款", {"non_compete_months": "24", "non_compete_pay": "0"}),
    Speaks("non-compete-low-compensation", "《劳动争议解释（一）》第三十六条", {"non_compete_months": "24", "non_compete_pay": "2229.99"}),
    Speaks("non-compete-guide", "《竞业限制合规指引》（待核）", {"base_pay": "6000.00", "non_compete_months": "24", "non_compete_pay": "2999.99"}),
    Speaks("non-compete-person", "《劳动合同法》第二十四条第一款", {"non_compete_months": "24", "non_compete_pay": "3000.00", "has_secrets": "false"}),
    Speaks("service-period", "《劳动合同法》第二十二条第一款", {"service_period_months": "36", "training_cost": "0"}),
    Speaks("service-period-damages", "《劳动合同法》第二十二条第二款", {"service_period_months": "36", "training_cost": "20000.00", "liquidated_damages": "20000.01"}),
    Speaks("damages-barred", "《劳动合同法》第二十五条", {"liquidated_damages": "5000.00"}),
    Speaks("women-hazards", "《劳动法》第五十九条", person("1990-03-07", "2") | {"hazards": ["01"]}),
    Speaks("women-menstruation-hazards", "《女职工劳动保护特别规定》第四条第二款", person("1990-03-07", "2") | {"hazards": ["04"]}),
]

LAST_YEAR = term("2023-11-20", "2026-11-19")
RENEWED = {"signed_on": "2026-11-19", "start_on": "2026-11-20", "end_on": "2028-11-19"}
SECOND = term("2023-11-20", "2026-11-19")

RENEWAL = [
    Speaks("renewal-in-time", "《劳动争议解释（二）》第十一条第一款", RENEWED | {"signed_on": "2026-10-20", "start_on": "2026-09-20"}, held=term("2023-09-20", "2026-09-19")),
    Speaks("extension-dates", "《劳动合同法》第四十五条", RENEWED | {"extension": "1", "extended_until": "2026-11-20"}, held=LAST_YEAR),
    Speaks("open-ended-after-two-terms", "《劳动合同法》第十四条第二款第（三）项", RENEWED, held=term("2021-11-20", "2023-11-19"), renewals=(SECOND,)),
    Speaks("open-ended-after-ten-years", "《劳动合同法》第十四条第二款第（一）项", RENEWED, held=LAST_YEAR | {"service_start_on": "2016-11-20"}),
    Speaks("women-overtime", "《女职工劳动保护特别规定》第六条第二款", RENEWED | {"pregnant_months": "7", "overtime_month_hours": "2"}, held=person("1994-05-05", "2") | LAST_YEAR),
]

LONG_AGO = term("2020-11-23", None, term_type="2")  # service of 5 years, 11 months and 29 days at 2026-11-20
PAID = {"average_pay": "6000.00", "severance_paid": "36000.00"}
NOTICED = {"notice_on": "2026-10-21"}
EXPIRED = term("2023-11-21", "2026-11-20")
TRIED = term("2026-11-01", "2029-10-31", probation_end_on="2026-11-30", probation_pay="4000.00")
INJURED = {"protected": ["3"], "disability_grade": "7"}

ENDING = [
    Speaks("ending-dates", "《劳动合同法》第五十条第一款", {"notice_on": "2026-11-21"}),
    Speaks("expiry-open-ended", "《劳动合同法》第四十四条第（一）项", {"end_reason": "4403"}, held=LONG_AGO),
    Speaks("expiry-date", "《劳动合同法》第四十四条第（一）项", {"end_reason": "4403", "ended_on": "2026-11-19"}, held=EXPIRED),
    Speaks("probation-dismissal", "《劳动合同法》第三十九条第（一）项", {"end_reason": "3901"}, held=LONG_AGO),
    Speaks("probation-no-dismissal", "《劳动合同法》第二十一条", {"end_reason": "4003"}, held=TRIED),
    Speaks("worker-notice", "《劳动合同法》第三十七条", {"notice_on": "2026-10-22"}),
    Speaks("employer-notice", "《劳动合同法》第四十条", PAID | {"end_reason": "4002", "notice_on": "2026-10-22"}, held=LONG_AGO),
    Speaks("dismissal-precondition", "《劳动合同法》第四十条第（二）项", PAID | NOTICED | {"end_reason": "4002", "trained_or_transferred": "false"}, held=LONG_AGO),
    Speaks("medical-period", "《医疗期规定》第三条", PAID | NOTICED | {"end_reason": "4001", "sick_leave_on": "2026-06-01", "total_work_years": "5"}, held=LONG_AGO),
    Speaks("layoff-procedure", "《劳动合同法》第四十一条第一款", PAID | NOTICED | {"end_reason": "4102", "layoff_explained_on": "2026-10-22"}, held=LONG_AGO),
    Speaks("union-notice", "《劳动合同法》第四十三条", {"end_reason": "3902", "union_notified": "false"}, held=LONG_AGO),
    Speaks("no-contract-ending", "《劳动合同法实施条例》第七条", {"end_reason": "5001"}, held=LONG_AGO),
    Speaks("part-time-ground", "《劳动合同法》第七十一条", {"end_reason": "7101"}, held=LONG_AGO),
    Speaks("ending-certificate", "《劳动合同法》第五十条第一款", {"certificate_on": "2026-11-21"}),
    Speaks("protected-dismissal", "《劳动合同法》第四十二条第（四）项", PAID | NOTICED | {"end_reason": "4002", "protected": ["1"]}, held=person("1994-05-05", "2") | LONG_AGO),
    Speaks("protected-expiry", "《劳动合同法》第四十五条", {"end_reason": "4401", "protected": ["2"], "severance_paid": "30000.00"}, held=EXPIRED),
    Speaks("bargaining-representative", "《集体合同规定》第二十八条", {"end_reason": "3904", "protected": ["7"]}, held=LONG_AGO),
    Speaks("occupational-check", "《职业病防治法》第三十五条第二款", {"end_reason": "3902", "protected": ["4"]}, held=LONG_AGO),
    Speaks("disability-grade", "《工伤保险条例》第三十七条第（二）项", PAID | NOTICED | INJURED | {"end_reason": "4002"}, held=LONG_AGO),
    Speaks("service-period-extends", "《劳动合同法实施条例》第十七条", {"end_reason": "4403"}, held=EXPIRED | {"service_period_months": "48", "training_cost": "20000.00"}),
    Speaks("expiry-after-two-terms", "《劳动合同法》第十四条第二款第（三）项", {"end_reason": "4401", "severance_paid": "60000.00", "worker_wants_renewal": "true"}, held=term("2021-11-21", "2023-11-20"), renewals=(EXPIRED,)),
    Speaks("retirement-too-early", "《渐进式延迟法定退休年龄办法》第一条", {"end_reason": "4406"}, held=person("1970-03-10") | LONG_AGO),
    Speaks("retirement-flexible", "《渐进式延迟法定退休年龄办法》第三条", {"end_reason": "4405", "flexible_retirement_requested_on": "2026-08-21"}, held=person("1966-11-01") | LONG_AGO),
    Speaks("contribution-years", "《渐进式延迟法定退休年龄办法》第二条", {"end_reason": "4405", "contribution_months": "179"}, held=person("1966-03-15") | LONG_AGO),
    Speaks("severance-due", "《劳动合同法》第四十六条", {"end_reason": "3601"}, held=LONG_AGO),
    Speaks("severance-amount", "《劳动合同法》第四十七条第一款", PAID | {"end_reason": "3601", "severance_paid": "35999.99"}, held=LONG_AGO),
    Speaks("unlawful-damages", "《劳动合同法》第八十七条", PAID | {"end_reason": "3902", "unlawful": "true", "damages_paid": "71999.99"}, held=LONG_AGO),
]
# fmt: on


def in_force(hall: Hall, case: Speaks) -> Contract:
    """The contract that a later filing is about, renewed as often as the case says."""
    held = answers(today=hall.today, **case.held)
    contract = contract_of(hall.approve(hall.file("new", held, explanations=EXPLAINED)))
    for renewed in case.renewals:
        hall.roster(contract.filings.get(in_post=True).case)
        raw = {name: held[name] for name in held if name in _TERMS} | renewed
        filed = hall.file("renewal", raw, contract=contract, explanations=EXPLAINED)
        contract = contract_of(hall.approve(filed))
    return contract


_TERMS = frozenset(
    {
        "employment_form", "term_type", "contract_text", "job", "workplace", "hours_system",
        "weekly_hours", "pay_form", "base_pay", "pay_day",
    }
)  # fmt: skip


def verdicts(
    hall: Hall, kind: str, raw: dict[str, Any], contract: Contract | None = None, **more: Any
) -> list[Verdict]:
    """What the law says of a filing that somebody would make."""
    given: dict[str, Any] = {"employer": hall.employer, "by": hall.operator} | more
    employer = given.pop("employer")
    _, _, found = checking.attempt(
        kind=get_kind(f"contract.{kind}"),
        raw=raw,
        subject=contract.pk if contract else None,
        applicant=employer.party,
        now=hall.now,
        **given,
    )
    return found


def rules_of(found: list[Verdict]) -> set[str]:
    return {verdict.rule for verdict in found}
