"""What the platform knows already of whoever applies: fields filled in when an application begins.

A field says what it may be known from (`known_from`: "unit.name", "person.birth", "today"); `SOURCES`
has every such value of the standard and where it comes from here. Only what is known of the
applicant themselves, or of who types for them, is filled in; a value that the field would not take
is left out, and everything can be changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from yonggong.accounts.models import User
from yonggong.cases import queries
from yonggong.cases.known_from import CONTACT, CONTACT_PHONE
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.catalogue.items import Item
from yonggong.codes import tables
from yonggong.forms import Form
from yonggong.registry.models import Employer, Worker
from yonggong.registry.parties import Party
from yonggong.vault.sealing import SealBroken

Facts = Mapping[str, str]

# Where each value comes from: the party as registered, its contracts on file, its earlier
# applications ("earlier"), who types; "" for what nothing here can tell before it is filed.
SOURCES: Mapping[str, str] = {
    "today": "day",
    "unit.name": "party, or the one employer of a person",
    "unit.credit_code": "party, or the one employer of a person",
    "unit.organisation_code": "party",
    "unit.legal_representative": "party",
    "unit.legal_representative_id": "earlier",
    "unit.address": "party",
    "unit.postcode": "party",
    "unit.contact": "party",
    "unit.phone": "party",
    "unit.region": "party",
    "unit.nature": "party",
    "unit.economic_type": "party",
    "unit.industry": "party",
    "unit.staff": "contracts",
    "unit.insurance_number": "earlier",
    "unit.bank": "earlier",
    "unit.bank_account": "earlier",
    "person.name": "party",
    "person.id_number": "party",
    "person.id_type": "party",
    "person.sex": "party",
    "person.birth": "party",
    "person.phone": "own account, contracts, earlier",
    "person.address": "contracts, earlier",
    "person.ethnicity": "contracts, earlier",
    "person.education": "contracts, earlier",
    "person.household_type": "contracts, earlier",
    "person.household_address": "contracts, earlier",
    "person.employer": "contracts",
    "person.political": "earlier",
    "person.marital": "earlier",
    "person.insurance_number": "earlier",
    "person.bank": "earlier",
    "person.bank_account": "earlier",
    # When somebody first worked at all; contracts tell only when they began with an employer.
    "person.work_start": "earlier",
    "contract.end": "contracts",
    "contract.job": "contracts",
    "contract.occupation": "contracts",
    # Asked in rows of tables alone, whose persons are not the applicant.
    "contract.pay": "",
    "agent.name": "who types for another",
    "agent.phone": "who types for another",
    "agent.id_number": "who types for another",
    "agent.relation": "earlier",
    # It gets its number when it is filed.
    "case.number": "",
}
# Where somebody worked who has died is not where the person signed in works.
_OF_THE_DEAD = ("person.", "unit.", "contract.")
_LOOKED_BACK = 10

_UNIT: Mapping[str, Callable[[Employer], str]] = {
    "unit.name": lambda unit: unit.name,
    "unit.credit_code": lambda unit: unit.credit_code,
    "unit.organisation_code": lambda unit: unit.organisation_code,
    "unit.legal_representative": lambda unit: unit.legal_representative,
    "unit.address": lambda unit: unit.address,
    "unit.postcode": lambda unit: unit.postcode,
    "unit.contact": lambda unit: unit.contact,
    "unit.phone": lambda unit: unit.telephone or unit.opened("contact_mobile"),
    "unit.region": lambda unit: unit.region_code,
    "unit.nature": lambda unit: word("employer_nature", unit.nature),
    "unit.economic_type": lambda unit: word("economic_type", unit.economic_type),
    "unit.industry": lambda unit: word("industry", unit.industry),
}
_PERSON: Mapping[str, Callable[[Worker], str]] = {
    "person.name": lambda person: person.name,
    "person.id_number": lambda person: person.document_number,
    "person.id_type": lambda person: word("document_type", person.document_type),
    "person.sex": lambda person: word("sex", person.sex),
    "person.birth": lambda person: person.birth_on.isoformat() if person.birth_on else "",
}

_further: list[Callable[[Party, date], Facts]] = []


def known_further(facts: Callable[[Party, date], Facts]) -> None:
    """Have a room above say what more is known of a party on a day."""
    if facts not in _further:
        _further.append(facts)


def known(
    form: Form, *, applicant: Party, by: User, today: date, item: Item | None = None
) -> dict[str, object]:
    """The answers that a new application begins with, as if typed, by field name."""
    asked = {one.known_from for one in form.fields if one.known_from}
    if not asked:
        return {}
    return taken(form, {"today": today.isoformat(), **_facts(asked, applicant, by, today, item)})


def taken(form: Form, facts: Facts) -> dict[str, object]:
    """The facts that the form's fields take, by field name."""
    raw: dict[str, object] = {
        one.name: facts[one.known_from] for one in form.fields if facts.get(one.known_from)
    }
    refused = {problem.place for problem in form.clean(raw).problems}
    return {name: answer for name, answer in raw.items() if name not in refused}


def registered(person: Worker) -> dict[str, str]:
    """What the registration of a person tells."""
    return {name: say(person) for name, say in _PERSON.items()}


def _facts(
    asked: set[str], applicant: Party, by: User, today: date, item: Item | None
) -> dict[str, str]:
    """What is surest last, over what is less so."""
    after_death = item is not None and item.after_death
    is_of_another = after_death and applicant.kind == Party.Kind.PERSON
    facts: dict[str, str] = {}
    if any("earlier" in SOURCES.get(one, "") for one in asked):
        facts |= _earlier(applicant, by)
    # Of a person served at a counter, what the clerk may not look at is not filled in either.
    for further in _further if by.scope.person_served is None else ():
        facts |= {name: said for name, said in further(applicant, today).items() if said}
    facts |= {name: said for name, said in _party(applicant, by).items() if said}
    if is_of_another:
        facts = {name: said for name, said in facts.items() if not name.startswith(_OF_THE_DEAD)}
    if applicant.kind != Party.Kind.PERSON or is_of_another or by.person_id != applicant.pk:
        facts |= _agent(applicant, by)
    return facts


def _party(applicant: Party, by: User) -> dict[str, str]:
    employer = applicant.employer
    if employer is not None:
        unit = {name: say(employer) for name, say in _UNIT.items()}
        return unit | {CONTACT: unit["unit.contact"], CONTACT_PHONE: unit["unit.phone"]}
    person = Worker.objects.filter(pk=applicant.pk).first()
    if person is None:
        return {}
    phone = by.mobile if by.person_id == applicant.pk else ""
    reached = {"person.phone": phone, CONTACT_PHONE: phone, CONTACT: person.name}
    return reached | registered(person)


def _agent(applicant: Party, by: User) -> dict[str, str]:
    """Whoever types for another, as the forms' 经办人 or 代办人. A counter's clerk is none."""
    if by.scope.counter_for(applicant.pk) is not None:
        return {}
    number, unit = "", applicant.employer
    person = Worker.objects.filter(pk=by.person_id).first() if by.person_id else None
    if person is not None:
        number = person.document_number
    elif unit is not None and unit.operator == by.name:
        number = unit.opened("operator_document")
    return {"agent.name": by.name, "agent.phone": by.mobile, "agent.id_number": number}


def _earlier(applicant: Party, by: User) -> dict[str, str]:
    """What the applicant's latest applications said, as far as `by` may see them whole: the latest
    last."""
    cases = queries.visible_to(by).filter(
        applicant=applicant, frequent=False, item_version__isnull=False, current__isnull=False
    )
    if by.scope.person_served is not None:
        cases = cases.filter(filed_by=by)
    latest = cases.exclude(state__in=(State.VOIDED, State.REVOKED)).order_by("-pk")
    facts: dict[str, str] = {}
    for case in reversed(latest.select_related("current")[:_LOOKED_BACK]):
        item = case.definition.item
        after_death = item is not None and item.after_death and applicant.employer is None
        if queries.may_see_personal(by, case):
            facts |= {
                name: said
                for name, said in _said(case)
                if not (after_death and name.startswith(_OF_THE_DEAD))
            }
    return facts


def _said(case: Case) -> Iterator[tuple[str, str]]:
    form = case.definition.form
    learnt = [one for one in form.fields if "earlier" in SOURCES.get(one.known_from, "")]
    if not learnt:
        return
    try:
        answers = form.dump(_only(case.values, (one.name for one in learnt)))
    except SealBroken:  # it is told where the case is shown
        return
    for one in learnt:
        said = answers.get(one.name)
        if isinstance(said, str) and said:
            yield one.known_from, said


def _only(values: Mapping[str, object], names: Iterable[str]) -> dict[str, object]:
    return {name: values[name] for name in names if name in values}


def word(table: str, code: str) -> str:
    """The word of a code, "" for one that its table has not."""
    held = tables.table(table)
    return held.label(code) if code in held else ""
