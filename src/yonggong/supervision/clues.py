"""What is done with clues: looked into, dismissed with a reason, taken up."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q, QuerySet

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.contracts.models import Filing
from yonggong.registry import actions as registry
from yonggong.registry.models import Employer
from yonggong.registry.queries import within
from yonggong.supervision.acting import Hand, Thing, Unfit, note, refuse_concerned, words
from yonggong.supervision.models import Clue

State = Clue.State


def visible_to(user: User) -> QuerySet[Clue]:
    """The clues of the regions in which `user` inspects or supervises."""
    reached = user.scope.regions(Power.ORDER, Power.RECORD, Power.SUPERVISE)
    return Clue.objects.filter(within(reached))


def decided_by(user: User) -> QuerySet[Clue]:
    """The clues that are `user`'s to decide: of where they inspect."""
    return Clue.objects.filter(within(user.scope.regions(Power.ORDER)))


def waiting_for(user: User) -> QuerySet[Clue]:
    """Those of them that nobody has looked into."""
    return decided_by(user).filter(state=State.NEW)


def about(employer: Employer) -> Q:
    """Clues about an employer, those among them that were found before it came to the platform."""
    return Q(employer=employer) | Q(credit_code=employer.credit_code)


def of_employer(user: User, employer: Employer) -> QuerySet[Clue]:
    """The clues about an employer that exist for `user`, the newest first."""
    found = visible_to(user).filter(about(employer))
    return found.select_related("decided_by").order_by("-pk")


def filings_behind(clue: Clue) -> QuerySet[Filing]:
    """The filings that stand behind a clue, as far as they were kept with it."""
    if clue.kind == Clue.Kind.SAME_ADDRESS:
        return Filing.objects.none()
    found = Filing.objects.filter(case__in=clue.rows, employer=clue.employer_id)
    return found.select_related("contract", "case").order_by("-case")


def employers_behind(clue: Clue) -> QuerySet[Employer]:
    """The employers that stand behind a clue about several."""
    keys = clue.rows if clue.kind == Clue.Kind.SAME_ADDRESS else []
    return Employer.objects.filter(pk__in=keys).order_by("pk")


@transaction.atomic
def enter_employer(*, clue: Clue, hand: Hand) -> Employer:
    """The employer that a clue is about; where it never came to the platform it is entered by name and
    code, so that an order can be issued to it. Raises `Unfit`, `Clue.DoesNotExist`."""
    clue = decided_by(hand.by).select_for_update(of=("self",)).get(pk=clue.pk)
    try:
        employer = registry.register_employer(
            credit_code=clue.credit_code, name=clue.name, region_code=clue.region_code
        )
        note(hand, Thing.CLUE, clue.pk, "登记单位", f"{employer.name}，{employer.credit_code}")
    except registry.AlreadyRegistered:
        employer = Employer.objects.get(credit_code=clue.credit_code)
    refuse_concerned(hand, employer)
    if clue.employer_id is None:
        clue.employer = employer
        clue.save(update_fields=["employer"])
    return employer


@transaction.atomic
def dismiss(*, clue: Clue, reason: str, hand: Hand) -> Clue:
    """Note that nothing is behind a clue, and why. Raises `Unfit`, `Clue.DoesNotExist`."""
    reason = words(reason, "排除的理由")
    clue = _open(clue, hand)
    return _decide(clue, State.DISMISSED, "排除", reason, hand)


@transaction.atomic
def take_up(*, clue: Clue, said: str, hand: Hand) -> Clue:
    """Note what is done about a clue: an order, an inspection, a call. Raises as `dismiss`."""
    said = words(said, "处置情况")
    return _decide(_open(clue, hand), State.TAKEN_UP, "处置", said, hand)


def _open(clue: Clue, hand: Hand) -> Clue:
    """The clue, locked, where it waits and is the inspector's to decide."""
    clue = decided_by(hand.by).select_for_update(of=("self",)).get(pk=clue.pk)
    if clue.state != State.NEW:
        raise Unfit(f"该线索{clue.get_state_display()}，不需要再次办理。")
    refuse_concerned(hand, clue.employer)
    return clue


def _decide(clue: Clue, state: Clue.State, act: str, said: str, hand: Hand) -> Clue:
    clue.state, clue.opinion = state, said
    clue.decided_by, clue.decided_at = hand.by, hand.now
    clue.save(update_fields=["state", "opinion", "decided_by", "decided_at"])
    note(hand, Thing.CLUE, clue.pk, act, said)
    return clue
