"""What the page of a filing on a contract shows beside what every case has: the contract's story, the
papers it stands on, the person, and who may be the same person under another document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yonggong.accounts.roles import Power
from yonggong.cases import queries as case_queries
from yonggong.cases.for_province import ENTRUSTED_REGION
from yonggong.cases.models import Case
from yonggong.cases.pages import KeyFact, Look, Panel
from yonggong.contracts import beside, people, two_sides
from yonggong.contracts.models import Contract, Filing
from yonggong.contracts.queries import office_ending_of, successions_of, thread, visible_to
from yonggong.documents.models import Document


class _Found:
    """The filing of the case looked at, looked up once for all panels."""

    filing: Filing | None = None
    asked = False


def filing_of(look: Look) -> Filing | None:
    """The filing that the case is, with its contract, person and papers; None before there is one."""
    found = look.kept.of(_Found)
    if not found.asked:
        found.asked = True
        found.filing = _filing_of(look.case)
    return found.filing


def _filing_of(case: Case) -> Filing | None:
    """With what is known of the case already, and few joins: most stand on no paper yet, are the
    applicant's, and of the person whom the contract is with."""
    filing = Filing.objects.select_related("worker", "contract").filter(case=case).first()
    if filing is None:
        return None
    papers = Document.objects.defer("pdf_sealed")
    if filing.roster_id is not None:
        filing.roster = papers.get(pk=filing.roster_id)
    if filing.certificate_id is not None:
        filing.certificate = papers.get(pk=filing.certificate_id)
    if filing.employer_id == case.applicant_id:
        filing.employer = case.applicant.employer
    if filing.contract.worker_id == filing.worker_id:
        filing.contract.worker = filing.worker
    return filing


def contract_of(look: Look) -> Contract | None:
    """The contract that the case is about."""
    filing = filing_of(look)
    return filing.contract if filing else None


def _alike(look: Look) -> Mapping[str, Any] | None:
    filing = filing_of(look)
    if filing is None or not case_queries.may_decide(look.user, look.case):
        return None
    alike = people.perhaps_the_same(filing)
    return {"filing": filing, "alike": alike} if alike else None


def _facts(look: Look) -> Mapping[str, Any] | None:
    filing = filing_of(look)
    if filing is None:
        return None
    may_see_person = look.site.namespace == "bureau" and look.user.may(Power.SEE_REGION)
    own = filing.employer.agency_id
    entrusted = own not in (None, filing.agency_id) and _is_entrusted(look)
    return {
        "filing": filing,
        "may_see_person": may_see_person,
        "entrusted_by": filing.employer.agency if entrusted else None,
    }


def _is_entrusted(look: Look) -> bool:
    """Whether the employer entrusted the filing to the agency where the work is done."""
    case: Case | None = look.case
    if ENTRUSTED_REGION not in look.case.definition.form.fields_by_name:
        contract = contract_of(look)
        case = contract.current if contract else None
    return case is not None and bool(case.version.data.get(ENTRUSTED_REGION))


def _person(look: Look) -> Mapping[str, Any] | None:
    contract = contract_of(look)
    return {"person": contract.worker, "unmasked": look.unmasked} if contract else None


def _story(look: Look) -> Mapping[str, Any] | None:
    """The filings on the contract, as far as they exist for the asker."""
    contract = contract_of(look)
    if contract is None:
        return None
    seen = thread(contract).filter(pk__in=visible_to(look.user))
    return {
        "contract": contract,
        "thread": seen,
        "office_ending": office_ending_of(contract),
        "successions": successions_of(contract),
    }


def _person_before(look: Look) -> Mapping[str, Any] | None:
    """What else was filed of the person, on other contracts, as far as it exists for the asker."""
    filing = filing_of(look)
    if filing is None:
        return None
    others = (
        visible_to(look.user)
        .filter(worker=filing.worker_id)
        .exclude(contract=filing.contract_id)
        .exclude(state="draft")
        .select_related("employer")
        .order_by("-case")[:_MOST]
    )
    return {"person": filing.worker, "others": others}


_MOST = 10

# Of every filing on a contract.
PANELS = (
    two_sides.OF_CONTRACT,
    Panel(place="notice", template="contracts/alike.html", given=_alike, portal="bureau"),
    Panel(place="facts", template="contracts/facts.html", given=_facts),
    Panel(place="aside", template="contracts/story.html", given=_story),
    beside.panel(contract_of),
    Panel(
        place="before",
        template="contracts/person_before.html",
        given=_person_before,
        portal="bureau",
    ),
)
# Of one that does not fill in the person anew.
PERSON = Panel(place="content", template="contracts/person.html", given=_person)

# What a reviewer looks at first where a term is agreed, after who it is.
WHO = (
    KeyFact(label="劳动者", fields=("name", "document_number")),
    KeyFact(label="用工之日", fields=("work_start_on",)),
)
TERM = (
    KeyFact(label="用工形式", fields=("employment_form", "term_type")),
    KeyFact(label="签订日期", fields=("signed_on",)),
    KeyFact(label="合同期限", fields=("start_on", "end_on"), between=" 至 "),
    KeyFact(label="岗位", fields=("job",)),
    KeyFact(label="工资", fields=("base_pay", "hourly_pay")),
    KeyFact(label="工时", fields=("hours_system", "weekly_hours")),
    KeyFact(label="用工单位", fields=("user_unit",)),
)
PROBATION = KeyFact(label="试用期至", fields=("probation_end_on", "probation_pay"))
