"""What may be known of an employer whose credit code is typed, of a person whose document is.

Whether a code is registered, and with what name, is told only to who acts for the employer or sees its
region. Anybody else hears of it where they submit something, as far as that cannot hide it; such
asking is limited and recorded (`note_asked`). docs/decisions/0016 lists every such place.

Of persons nothing is told but to who names document and name in full (`named_person`), which is
limited and recorded wherever it is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.http import HttpRequest

from yonggong.accounts.actions import record
from yonggong.accounts.limits import Limit, count_act
from yonggong.accounts.models import AccessEntry, User
from yonggong.codes.errors import CodeError
from yonggong.codes.names import employer_name, person_name
from yonggong.codes.normalise import plain
from yonggong.codes.organisations import parse_credit_code
from yonggong.registry.actions import document_digest
from yonggong.registry.models import Employer, Worker
from yonggong.registry.queries import employers_visible_to, find_employer, find_worker

EMPLOYER = "employer"


def employer_facts(request: HttpRequest, value: str) -> Mapping[str, object] | None:
    """The name of the employer with this credit code, where the asker acts for it or sees it; None
    for any other code, known or not."""
    user = request.user
    try:
        # Whether its check character holds does not matter for what is registered.
        code = parse_credit_code(value, check=False)
    except CodeError:
        return None
    if not isinstance(user, User):
        return None
    employer = employers_visible_to(user).filter(credit_code=code.number).first()
    return {"name": employer.name} if employer else None


def note_asked(
    limit: Limit,
    credit_code: str,
    said: str,
    *,
    by: User | None,
    address: str | None,
    now: datetime,
) -> None:
    """Count and record that somebody submits a credit code that need not be theirs, before they are
    told anything of it. Raises `TooOften`."""
    count_act(limit, user=by, address=address, now=now)
    record(AccessEntry.Kind.CODES, f"信用代码 {credit_code}", said, by=by, address=address)


def named_employer(
    limit: Limit,
    *,
    credit_code: str,
    name: str,
    said: str,
    by: User,
    address: str | None,
    now: datetime,
) -> Employer | None:
    """The employer with this credit code and this name, whoever asks: who knows both whole has its
    licence before them. One that is not known and one of another name are told alike. `said`: what
    for. Raises `TooOften`."""
    code = plain(credit_code)
    note_asked(limit, code, said, by=by, address=address, now=now)
    found = find_employer(code)
    return found if found is not None and found.name == employer_name(name) else None


def named_person(
    limit: Limit,
    *,
    document_type: str,
    number: str,
    name: str,
    said: str,
    by: User,
    address: str | None,
    now: datetime,
) -> Worker | None:
    """The same of a person, by a document's number as `codes.identifiers` gives it; a registration
    joined into another is that other. Raises `TooOften`."""
    count_act(limit, user=by, address=address, now=now)
    person = find_worker(document_digest(document_type, number))
    if person is not None and person.name != person_name(name):
        person = None
    subject = "人员档案" if person is None else f"人员档案 {person.pk}"
    told = "没有证件和姓名都一致的人员" if person is None else person.name
    record(AccessEntry.Kind.PEOPLE, subject, f"{said}：{told}", by=by, address=address)
    return person
