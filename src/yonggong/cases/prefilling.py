"""What the platform knows already of whoever applies: fields filled in when an application begins.

A field says what it may be known from (`known_from`: "unit.name", "person.birth", "today"). Only what
is known of the applicant themselves, or of the operator who types for a unit, is filled in; a value
that the field would not take is left out, and everything can be changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from yonggong.accounts.models import User
from yonggong.codes import tables
from yonggong.forms import Form
from yonggong.registry.models import Employer, Worker
from yonggong.registry.parties import Party

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
    "unit.nature": lambda unit: _word("employer_nature", unit.nature),
    "unit.economic_type": lambda unit: _word("economic_type", unit.economic_type),
    "unit.industry": lambda unit: _word("industry", unit.industry),
}
_PERSON: Mapping[str, Callable[[Worker], str]] = {
    "person.name": lambda person: person.name,
    "person.id_number": lambda person: person.document_number,
    "person.id_type": lambda person: _word("document_type", person.document_type),
    "person.sex": lambda person: _word("sex", person.sex),
    "person.birth": lambda person: person.birth_on.isoformat() if person.birth_on else "",
}
# Whoever types for a unit, as the forms' 经办人.
_AGENT: Mapping[str, Callable[[User], str]] = {
    "agent.name": lambda user: user.name,
    "agent.phone": lambda user: user.mobile,
}


def known(form: Form, *, applicant: Party, by: User, today: date) -> dict[str, object]:
    """The answers that a new application begins with, as if typed, by field name."""
    asked = {item.known_from for item in form.fields if item.known_from}
    if not asked:
        return {}
    facts = _facts(applicant, by) | {"today": today.isoformat()}
    raw: dict[str, object] = {
        item.name: facts[item.known_from] for item in form.fields if facts.get(item.known_from)
    }
    refused = {problem.place for problem in form.clean(raw).problems}
    return {name: answer for name, answer in raw.items() if name not in refused}


def _facts(applicant: Party, by: User) -> dict[str, str]:
    employer = applicant.employer
    if employer is not None:
        unit = {name: say(employer) for name, say in _UNIT.items()}
        return unit | {name: say(by) for name, say in _AGENT.items()}
    person = Worker.objects.filter(pk=applicant.pk).first()
    return {name: say(person) for name, say in _PERSON.items()} if person else {}


def _word(table: str, code: str) -> str:
    held = tables.table(table)
    return held.label(code) if code in held else ""
