"""People as far as somebody may see them: whoever has a filing there, found by number or name."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.codes import tables
from yonggong.codes.identifiers import (
    CodeError,
    parse_foreign_resident,
    parse_id_number,
    parse_residence_permit,
    shared_traits,
)
from yonggong.contracts.models import Contract, Filing
from yonggong.contracts.queries import contracts_visible_to, visible_to
from yonggong.registry.actions import document_digest, id_card_digest
from yonggong.registry.models import PersonHistory, Worker
from yonggong.registry.queries import within

MOST_FOUND = 50
_LOOKED_AT = 500
# Documents whose number is the holder's for life: two such numbers are two people's.
_FOR_LIFE = ("01", "04", "06", "16")


def document_digests(text: str) -> Sequence[bytes]:
    """The digests under which a document's number may be stored, whatever the document's type; of
    a further document also that of the person it was joined to.

    Raises ValueError, with words for the person who typed it, where 15 or 18 digits are no number
    of the kind.
    """
    if len(text) in (15, 18) and text[:-1].isdigit():
        digests = {id_card_digest(_parsed(text))}
    elif len(text) < 5:
        raise ValueError("请输入完整的证件号码。")
    else:
        types = [line.code for line in tables.table("document_type")]
        digests = {document_digest(kind, text) for kind in types}
    joined = Worker.objects.filter(document_digest__in=digests, joined_into__isnull=False)
    found = joined.values_list("joined_into__document_digest", flat=True)
    return tuple(digests | {bytes(digest) for digest in found})


def _parsed(text: str) -> str:
    try:
        if text[:2] in ("81", "82", "83"):
            return parse_residence_permit(text).number
        if text[0] == "9" and len(text) == 18:
            return parse_foreign_resident(text).number
        return parse_id_number(text).number
    except CodeError as error:
        raise ValueError(f"{error.message_zh}。{error.remedy_zh}。") from None


def people_visible_to(user: User) -> QuerySet[Worker]:
    """The persons who have a filing that exists for `user`; each once, however many documents."""
    seen = visible_to(user).filter(worker=OuterRef("pk"))
    return Worker.objects.filter(Exists(seen), joined_into__isnull=True)


def get_person(user: User, pk: int) -> Worker:
    """One person. Raises `Worker.DoesNotExist` where they are out of the asker's sight."""
    return people_visible_to(user).get(pk=pk)


def find_people(user: User, *, number: str = "", name: str = "") -> list[Worker]:
    """The persons with this whole number, or whose name begins so; at most `MOST_FOUND`.

    Raises ValueError, with words for the asker, where it can be no number.
    """
    if number:
        digests = document_digests(number)
        return list(people_visible_to(user).filter(document_digest__in=digests))
    if not name:
        return []
    # Some filings of the name are enough: of a surname there are too many to look at each.
    rows = visible_to(user).filter(name__startswith=name).order_by()
    keys = dict.fromkeys(rows.values_list("worker", flat=True)[:_LOOKED_AT])
    return list(Worker.objects.filter(pk__in=list(keys)[:MOST_FOUND]).order_by("name", "pk"))


def documents_of(person: Worker) -> QuerySet[Worker]:
    """The further documents by which the person is found."""
    return person.joined.order_by("pk")


def history_of(person: Worker) -> QuerySet[PersonHistory]:
    """What was changed of the person, and of registrations joined to them; the latest first."""
    mine = Q(worker=person) | Q(worker__joined_into=person)
    return (
        PersonHistory.objects.filter(mine)
        .select_related("by", "evidence")
        .defer("evidence__content")
        .order_by("-pk")
    )


def contracts_of(user: User, person: Worker) -> QuerySet[Contract]:
    """The person's contracts that exist for `user`, the latest first."""
    return (
        contracts_visible_to(user)
        .filter(worker=person)
        .exclude(state=Contract.State.VOID)
        .select_related("employer", "office_ending__evidence", "office_ending__by")
        .defer("office_ending__evidence__content")
        .order_by("-start_on", "-pk")
    )


def filings_of(user: User, person: Worker) -> QuerySet[Filing]:
    """The person's filings that exist for `user`, the latest first."""
    return visible_to(user).filter(worker=person).select_related("employer").order_by("-case_id")


def may_correct(user: User, person: Worker) -> bool:
    """Whether `user` may correct who the person is: a filing of theirs lies where they hold that
    power."""
    return Filing.objects.filter(_reached(user, Power.CORRECT_PEOPLE), worker=person).exists()


def may_see_whole(user: User, person: Worker) -> bool:
    """Whether `user` may see the person's number whole, and the evidence of what was changed."""
    return Filing.objects.filter(_reached(user, Power.SEE_PERSONAL), worker=person).exists()


def may_end(user: User, contract: Contract) -> bool:
    """Whether `user` may record the ending of this contract."""
    reached = _reached(user, Power.CORRECT_PEOPLE)
    return Filing.objects.filter(reached, contract=contract).exists()


def _reached(user: User, power: Power) -> Q:
    scope = user.scope
    return Q(agency__in=scope.agencies(power)) | within(scope.regions(power))


def perhaps_the_same(filing: Filing) -> list[Worker]:
    """Registrations with the same employer that look like this filing's person under another
    document: the same birth and sex, and the same name, or a residence card of the same country.
    """
    person = filing.worker
    if person.birth_on is None:
        return []
    here = Filing.objects.filter(employer=filing.employer_id).order_by()
    # By the name first: an employer's filings are many, its people of one name are few.
    alike = Q(pk__in=here.filter(name=person.name).values("worker"))
    traits = _traits(person)
    if traits is not None:
        alike |= Q(document_type=person.document_type, pk__in=here.values("worker"))
    others = (
        Worker.objects.filter(alike, birth_on=person.birth_on, sex=person.sex)
        .filter(joined_into__isnull=True)
        .exclude(pk=person.pk)
        .order_by("pk")[:MOST_FOUND]
    )
    return [other for other in others if _may_be(person, other, traits)]


def _may_be(person: Worker, other: Worker, traits: str | None) -> bool:
    if person.document_type == other.document_type in _FOR_LIFE:
        return False
    return other.name == person.name or (traits is not None and traits == _traits(other))


def _traits(person: Worker) -> str | None:
    return shared_traits(person.document_type, person.document_number)
