"""Whether a labour relation exists (NMG-8, measures of Inner Mongolia, Art. 11): what inspection,
contributions and retirement ask before their own business; each question with its reason, recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from yonggong.accounts.actions import record
from yonggong.accounts.models import AccessEntry, User
from yonggong.accounts.roles import Power
from yonggong.codes.normalise import plain
from yonggong.contracts.models import Contract
from yonggong.contracts.people import document_digests
from yonggong.registry.queries import within
from yonggong.supervision.acting import Hand, Unfit, words

PURPOSES = ("劳动保障监察", "社会保险费征缴", "退休审批", "其他人力资源社会保障业务")


@dataclass(frozen=True, slots=True)
class Relation:
    """A labour relation as it is filed: with whom, since when, until when (None: it goes on)."""

    employer: str
    credit_code: str
    since: date
    until: date | None

    @property
    def exists(self) -> bool:
        return self.until is None


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked, in words, and what is filed of it. `people`: of an employer asked alone, how many
    are in a relation with it."""

    asked: str
    relations: Sequence[Relation] = ()
    people: int | None = None

    @property
    def exists(self) -> bool:
        """Whether any relation exists now."""
        return bool(self.people) or any(one.exists for one in self.relations)


def _open_to(user: User) -> QuerySet[Contract]:
    regions = user.scope.regions(Power.LOOK_UP, Power.REVIEW)
    held = Contract.objects.filter(within(regions, field="employer__region_code"))
    return held.filter(state__in=(Contract.State.ACTIVE, Contract.State.ENDED))


@transaction.atomic
def ask(
    *, number: str = "", credit_code: str = "", purpose: str, reason: str, hand: Hand
) -> Answer:
    """What is filed of a person (by their document's whole number), of an employer (by its credit code),
    or of the two together. Other regions' relations are not told. Raises `Unfit`."""
    if purpose not in PURPOSES:
        raise Unfit("请选择办理的业务。")
    reason = words(reason, "核验的事由", most=200)
    number, code = plain(number), plain(credit_code)
    if not number and not code:
        raise Unfit("请填写证件号码或者统一社会信用代码。")
    found = _open_to(hand.by)
    if code:
        found = found.filter(employer__credit_code=code)
    subject, asked = f"信用代码 {code}", f"单位 {code}"
    if number:
        try:
            digests = document_digests(number)
        except ValueError as error:
            raise Unfit(str(error)) from None
        found = found.filter(worker__document_digest__in=digests)
        ends = number[-4:]
        subject = f"核验劳动关系 证件尾号{ends}"
        asked = f"证件号码尾号 {ends} 的人员" + (f"与单位 {code}" if code else "")
    said = f"{purpose}，核验劳动关系是否存在，事由：{reason}"
    kind = AccessEntry.Kind.PEOPLE if number else AccessEntry.Kind.CODES
    record(kind, subject, said, by=hand.by, address=hand.address)
    if not number:
        return Answer(asked, people=found.filter(state=Contract.State.ACTIVE).count())
    rows = found.select_related("employer").order_by("-work_start_on", "-pk")
    return Answer(
        asked,
        [
            Relation(one.employer.name, one.employer.credit_code, one.work_start_on, one.ended_on)
            for one in rows
        ],
    )
