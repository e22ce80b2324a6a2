"""Who may act for whom (委托代理): given with evidence, until a day or until it is ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from yonggong.accounts.actions import record
from yonggong.accounts.models import AccessEntry, User
from yonggong.accounts.roles import Power
from yonggong.registry.models import Evidence
from yonggong.registry.parties import Authority, Party
from yonggong.registry.queries import within


class AuthorityProblem(Exception):
    """An authority that cannot be given or ended; the message is for the person who asked, `about`
    what it is about: agent, until, or "" for the whole."""

    def __init__(self, message: str, *, about: str = "") -> None:
        super().__init__(message)
        self.about = about


@transaction.atomic
def give_authority(
    *,
    agent: Party,
    principal: Party,
    until: date | None,
    evidence: Evidence,
    by: User,
    now: datetime,
    address: str | None = None,
) -> Authority:
    """Let `agent` act for `principal`, by the principal's own people: an agent passes nothing on, a
    counter speaks for nobody. What was given before and has run out makes room. Raises
    `AuthorityProblem`."""
    if principal.pk not in by.scope.own:
        raise AuthorityProblem("只有委托人本人或本单位经办人可以委托代理。")
    if agent.pk == principal.pk:
        raise AuthorityProblem("不能委托自己代理。", about="agent")
    given = _written(agent, principal, until, evidence, by=by, now=now)
    _log(given, f"{principal.name}委托{agent.name}", by=by, address=address)
    return given


@transaction.atomic
def recognise_authority(
    *,
    agent: Party,
    principal: Party,
    until: date,
    evidence: Evidence,
    by: User,
    now: datetime,
    address: str | None = None,
) -> Authority:
    """The same by an office, for a principal who cannot give it themselves: it has seen what shows that
    `agent` acts for them. Raises `AuthorityProblem`."""
    if by.scope.person in (agent.pk, principal.pk):
        raise AuthorityProblem("不能认定与本人有关的代办。")
    given = _written(agent, principal, until, evidence, by=by, now=now)
    _log(given, f"认定{agent.name}为{principal.name}代办", by=by, address=address)
    return given


@transaction.atomic
def withdraw_authority(
    *,
    agent: int,
    principal: int,
    given_at: datetime,
    by: User,
    now: datetime,
    address: str | None = None,
) -> None:
    """An office takes back what it recognised then between two parties, by their keys, where that is
    not over; what the principal gave themselves since stays."""
    held = Authority.objects.select_for_update().filter(
        agent=agent, principal=principal, given_at=given_at, ended_at__isnull=True
    )
    for authority in held:
        _end(authority, by=by, now=now, address=address)


def _written(
    agent: Party,
    principal: Party,
    until: date | None,
    evidence: Evidence,
    *,
    by: User,
    now: datetime,
) -> Authority:
    today = now.astimezone().date()
    if until is not None and until < today:
        raise AuthorityProblem("委托的有效期不能早于今天。", about="until")
    run_out = Authority.in_state(Authority.State.RUN_OUT, today)
    Authority.objects.filter(run_out, agent=agent, principal=principal).update(
        ended_by=by, ended_at=now
    )
    try:
        with transaction.atomic():
            return Authority.objects.create(
                agent=agent,
                principal=principal,
                until=until,
                evidence=evidence,
                given_by=by,
                given_at=now,
            )
    except IntegrityError:
        said = "已经委托该代理人，请先终止原来的委托。"
        raise AuthorityProblem(said, about="agent") from None


@transaction.atomic
def end_authority(
    *, authority: Authority, by: User, now: datetime, address: str | None = None
) -> Authority:
    """End it, by the people of either side. Raises `AuthorityProblem`."""
    authority = Authority.objects.select_for_update().get(pk=authority.pk)
    if not {authority.agent_id, authority.principal_id} & by.scope.own:
        raise AuthorityProblem("只有委托人或者代理人可以终止委托。")
    if authority.ended_at is not None:
        raise AuthorityProblem("该委托已经终止。")
    _end(authority, by=by, now=now, address=address)
    return authority


def _end(authority: Authority, *, by: User, now: datetime, address: str | None) -> None:
    authority.ended_by, authority.ended_at = by, now
    authority.save(update_fields=["ended_by", "ended_at"])
    said = f"终止{authority.principal.name}对{authority.agent.name}的委托"
    _log(authority, said, by=by, address=address)


def _log(authority: Authority, said: str, *, by: User, address: str | None) -> None:
    subject = f"委托代理 {authority.pk}"
    record(AccessEntry.Kind.ACCOUNT, subject, said, by=by, address=address)


def authorities_visible_to(user: User) -> QuerySet[Authority]:
    """What `user`'s own parties gave or were given, and what principals of their regions gave."""
    parties = user.scope.own
    region = within(user.scope.regions(Power.SEE_REGION), field="principal__region_code")
    return Authority.objects.filter(Q(agent__in=parties) | Q(principal__in=parties) | region)


def may_act_for(*, agent: int, principal: int, on: date) -> bool:
    """Whether the agent's authority from the principal holds on a day."""
    holds = Authority.in_state(Authority.State.HOLDS, on)
    return Authority.objects.filter(holds, agent=agent, principal=principal).exists()


@transaction.atomic
def end_given_by(
    *, principal: int, accounts: Iterable[User], by: User, now: datetime, address: str | None
) -> None:
    """End what these accounts gave in the name of a party for which they act no longer."""
    given = Authority.objects.filter(
        principal=principal, given_by__in=accounts, ended_at__isnull=True
    )
    for authority in given.select_for_update().order_by("pk"):
        _end(authority, by=by, now=now, address=address)
