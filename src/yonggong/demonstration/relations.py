"""Labour relations of Wuhai: a collective contract reviewed, special hours permitted, a minor registered
whose health check is due, a layoff reported, an application for recognition, an arbitration that is heard."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from yonggong.accounts.models import Grant, User
from yonggong.cases import actions as case_actions
from yonggong.cases.kinds import all_kinds
from yonggong.catalogue.book import book
from yonggong.codes.invent import invent_id_number, invent_mobile
from yonggong.contracts.models import Contract, Filing
from yonggong.contracts.queries import kind_of
from yonggong.demonstration import inventing
from yonggong.demonstration.applying import apply_for, at_counter, handle, next_moment
from yonggong.disputes import hearings
from yonggong.law.periods import add_months, last_day
from yonggong.registry.models import Employer

_PHONE = "13800138000"
_LAWFUL = {"parties_lawful": True, "procedure_lawful": True, "content_lawful": True}


_PROTECTED = (
    "pregnant_or_nursing_count",
    "occupational_injury_count",
    "medical_treatment_period_count",
    "open_ended_contract_count",
    "within_five_years_of_retirement_count",
    "uninsured_count",
)
_INSURED = tuple(
    f"{name}_insured_count"
    for name in ("pension", "medical", "injury", "maternity", "unemployment")
)


def load_relations(*, operator: str, reviewers: tuple[str, str], clerk: str, today: date) -> None:
    """File, review and decide them as people do, behind all that is there."""
    by = User.objects.get(username=operator)
    employer = Employer.objects.get(pk=min(by.scope.own_employers))
    people = [User.objects.get(username=name) for name in reviewers]
    given: dict[str, Any] = {"employer": employer, "by": by}
    review = _LAWFUL | {"party_b": f"{employer.name}工会委员会"}
    contract = apply_for(
        book().writing("collective_contract").key, _contract(employer, today), **given
    )
    handle(contract, people, {"review": review})
    handle(apply_for(book().writing("special_hours").key, _hours(today), **given), people)
    _load_minor(employer, by, people, today)
    _load_layoff(people, today)
    _load_recognition(employer, at_counter(clerk, employer), people)
    _load_dispute(people, today)


def _contract(employer: Employer, today: date) -> dict[str, Any]:
    start = today + timedelta(days=1)

    def day(back: int) -> str:
        return (today - timedelta(days=back)).isoformat()

    sides = {
        f"{side}_{name}": value
        for side, chief in (("employer", employer.legal_representative), ("employee", "高娃"))
        for name, value in (
            ("chief_negotiator", chief),
            ("chief_position", "负责人"),
            ("chief_phone", _PHONE),
            ("chief_named", True),
            ("negotiator_count", "5"),
            ("selection_method", "选举"),
        )
    }
    return sides | {
        "scope": "enterprise",
        "sort": "general",
        "title": f"{employer.name}集体合同",
        "signing_kind": "新签",
        "signed_on": day(3),
        "collective_contract_start": start.isoformat(),
        "collective_contract_end": last_day(start, 36).isoformat(),
        "covered": "40",
        "legal_representative_phone": _PHONE,
        "contents": ["劳动报酬（津贴、补贴）", "工作时间", "女职工和未成年工的特殊保护"],
        "offer_date": day(50),
        "reply_date": day(40),
        "negotiation_date": day(25),
        "negotiation_method": "职代会",
        "adopted_on": day(6),
        "congress_all": "12",
        "congress_present": "11",
        "congress_for": "11",
    }


def _hours(today: date) -> dict[str, Any]:
    post = {
        "job": "装卸工",
        "headcount": "6",
        "cycle_length": "1",
        "cycle_unit": "季度",
        "cycle_hours": "520",
        "average_annual_wage": "66000",
        "from_on": today.isoformat(),
        "until_on": last_day(today, 12).isoformat(),
        "approved_before": False,
        "ground": "1",
    }
    return {
        "application_kind": "实行综合计算工时工作制申报",
        "staff_count": "40",
        "implementation_area": "乌海市海勃湾区",
        "special_hours_count": "6",
        "labour_contract_count": "40",
        "dispatched_count": "0",
        "violations_or_disputes_last_year": "无",
        "averaged_posts": [post],
        "longest_day": "10",
        "rest_days": "1",
        "consulted": "2",
        "resolved_on": (today - timedelta(days=10)).isoformat(),
        "central": False,
    }


# --- a minor ----------------------------------------------------------------------------------


def eighteen_years_before(day: date) -> date:
    """The birthday of who comes of age then; on 28 February where the year has no such day."""
    return add_months(day, -18 * 12)


def _load_minor(employer: Employer, by: User, people: list[User], today: date) -> None:
    """Registered and with a contract; eighteen in a fortnight, examined more than half a year before."""
    rng = Random(employer.pk)
    grown_on, begins_on = today + timedelta(days=14), add_months(today, -7)
    born = eighteen_years_before(grown_on)
    number = invent_id_number(rng, region=employer.region_code, birth_date=born, sex="2")
    person = inventing.Person("格日勒", number, "2", born, invent_mobile(rng))
    examined = (begins_on - timedelta(days=5)).isoformat()
    typed = {
        "matter": "录用登记",
        "document_number": number,
        "begins_on": begins_on.isoformat(),
        "f1_person_name": person.name,
        "f2_person_name": person.name,
        "f1_sex": "女",
        "f2_sex": "女",
        "birth_month": f"{born:%Y-%m}",
        "birth_date": born.isoformat(),
        "employment_form": "全日制",
        "healthy": True,
        "planned_work": "店内理货",
        "employer_signature": employer.legal_representative,
        "examination_region": employer.region_code,
        "factory": employer.name,
        "occupation": "理货员",
        "examined_on": examined,
        "fit_for_fitness_test": "可",
        "physician_signature": "乌力吉",
        "signed_on": examined,
    }
    handle(apply_for(book().writing("minor_register").key, typed, employer=employer, by=by), people)
    terms = inventing.contract(
        rng,
        person,
        region=employer.region_code,
        start=begins_on,
        dispatcher=False,
        part_time=False,
    )
    standard = {name: said for name, said in terms.items() if not name.startswith("special_hours")}
    kind = kind_of(Filing.Kind.NEW)
    case = case_actions.submit(
        kind=kind,
        raw=kind.form.dump(standard | {"job": "理货员", "hours_system": "1"}),
        applicant=employer.party,
        explanations={},
        key=None,
        by=by,
        now=next_moment(),
        address=None,
    )
    case_actions.approve(
        case=case, seen=case.filed_at, by=people[0], now=next_moment(), address=None
    )


def _builder(region: str) -> Employer | None:
    """A smaller employer there."""
    filed = Employer.objects.filter(region_code=region, state=Employer.State.FILED)
    return filed.filter(name__contains="建筑工程").first()


# --- a layoff ---------------------------------------------------------------------------------


def _load_layoff(people: list[User], today: date) -> None:
    """A tenth of a smaller employer's staff is to go in a fortnight."""
    employer = _builder(people[0].region_code)
    if employer is None:
        return
    by = Grant.objects.get(party=employer.party, role="employer_operator").user
    held = Contract.objects.filter(employer=employer, state=Contract.State.ACTIVE)
    staff = held.count()
    going = held.filter(term_type="1").select_related("worker").order_by("-pk")[: staff // 10 + 1]
    persons = [
        {"name": one.worker.name, "document_number": one.worker.document_number} for one in going
    ]

    def day(away: int) -> str:
        return (today + timedelta(days=away)).isoformat()

    typed = {
        **dict.fromkeys(_PROTECTED, "0"),
        **dict.fromkeys(_INSURED, str(len(persons))),
        "staff_count": str(staff),
        "layoff_count": str(len(persons)),
        "layoff_reason": "在建项目停工，新承接的工程持续减少，一个项目部撤销。",
        "plan_adoption_method": "职代会",
        "union_opinion": "同意裁减人员方案，要求优先安排转岗",
        "ground": "4102",
        "explained_on": day(-24),
        "heard_on": day(-16),
        "layoff_on": day(14),
        "persons": persons,
    }
    handle(apply_for(book().writing("layoff_report").key, typed, employer=employer, by=by), people)


# --- an application for recognition -------------------------------------------------------------

_ASSESSED = (
    ("劳动合同签订和履行", 25, 24, "劳动合同签订率百分之百，均已备案"),
    ("集体协商和集体合同", 20, 18, "集体合同已经审查"),
    ("工资支付和社会保险", 30, 28, "按月足额支付，全员参保"),
    ("工会和民主管理", 15, 13, "每年召开两次职工代表大会"),
    ("劳动安全卫生和职工关爱", 10, 8, "三年无生产安全事故"),
)


def _load_recognition(employer: Employer, clerk: User, people: list[User]) -> None:
    """Taken in at the city's counter, as the item is; accepted, to be looked into."""
    typed = {
        "registration_type": "有限责任公司",
        "union_chair_name": "萨仁",
        "harmony_work_account": "依法订立劳动合同，按时足额支付工资，定期开展集体协商。",
        "assessed": [
            dict(zip(("criterion", "most", "score", "evidence"), map(str, row), strict=True))
            for row in _ASSESSED
        ],
        "union_sound": True,
    }
    case = apply_for(book().writing("harmony").key, typed, employer=employer, by=clerk)
    handle(case, people, until="survey")


# --- an arbitration -----------------------------------------------------------------------------


def _heard() -> str:
    """The item whose cases are heard."""
    procedures = ((kind.name, kind.procedure) for kind in all_kinds())
    return next(
        name
        for name, procedure in procedures
        if procedure and any(step.key == hearings.HEARD_IN for step in procedure.steps)
    )


def _load_dispute(people: list[User], today: date) -> None:
    """An employer asks a worker for what a training cost; accepted, served, to be heard in ten days."""
    employer = _builder(people[0].region_code)
    held = Contract.objects.filter(employer=employer, state=Contract.State.ACTIVE)
    contract = held.select_related("worker").order_by("pk").first()
    if employer is None or contract is None:
        return
    by = Grant.objects.get(party=employer.party, role="employer_operator").user
    worker, since = contract.worker, (today - timedelta(days=40)).isoformat()
    assert worker.birth_on is not None
    typed = {
        "worker_name": worker.name,
        "worker_sex": "男" if worker.sex == "1" else "女",
        "worker_age": str(today.year - worker.birth_on.year),
        "worker_birth_date": worker.birth_on.isoformat(),
        "worker_id_number": worker.document_number,
        "worker_occupation": "施工员",
        "worker_employer": employer.name,
        "worker_residence": "乌海市海勃湾区和平街 1 号",
        "worker_mailing_address": "乌海市海勃湾区和平街 1 号",
        "worker_phone": _PHONE,
        "employer_name": employer.name,
        "employer_code": employer.credit_code,
        "employer_address": employer.address or "乌海市海勃湾区人民路 1 号",
        "employer_mailing_address": employer.address or "乌海市海勃湾区人民路 1 号",
        "employer_phone": "0473-2012345",
        "employer_representative_name": employer.legal_representative,
        "employer_representative_position": "经理",
        "contract_from": contract.start_on.isoformat(),
        "work_start_on": contract.start_on.isoformat(),
        "known_on": since,
        "facts_and_reasons": "被申请人参加专项技术培训后，未按服务期协议返回岗位，也未支付违约金。",
        "evidence_and_sources": "劳动合同、培训协议、培训费发票，由申请人提供。",
        "application_copies": "2",
        "arbitration_institution": "海勃湾区劳动人事争议仲裁院",
        "applicant_signature": employer.name,
        "application_date": today.isoformat(),
        "claim_rows": [
            {"sort": "other", "amount": "8000", "facts": "服务期未满部分应当分摊的培训费用"}
        ],
    }
    case = apply_for(_heard(), typed, employer=employer, by=by)
    served = {"served_how": "handed", "delivered_on": today.isoformat(), "received_by": worker.name}
    case = handle(case, people, {"deliver": served}, until=hearings.HEARD_IN)
    hearings.set_hearing(
        dispute=case.pk,
        at=datetime.combine(today + timedelta(days=10), time(9, 30)).astimezone(),
        place="第一仲裁庭",
        arbitrators="萨仁、王建国",
        by=people[0],
        now=next_moment(),
    )
