"""An employer's operators among themselves: who is in charge, who is asked to join, leaves, is removed.
Every step is a recorded act; beside them stand reviewers (`claims`) and administrators (`operators`)."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from yonggong.accounts import granting
from yonggong.accounts.actions import AccountProblem
from yonggong.accounts.models import Grant, User
from yonggong.codes.names import person_name
from yonggong.employers.claims import decide, may_claim
from yonggong.employers.models import Charge, Claim, Invitation, OperatorChange
from yonggong.employers.operators import (
    let_act,
    let_act_no_more,
    note_change,
    operators_of,
    reason_in,
    tell_operator,
)
from yonggong.employers.unsent import leaves_with
from yonggong.forms.reading import as_sentence
from yonggong.registry.models import Employer

State = Invitation.State
Act = OperatorChange.Act


def in_charge(employer: Employer) -> User | None:
    """The operator in charge; None where the employer has none whose account is active."""
    held = [grant.user for grant in operators_of(employer) if grant.user.is_active]
    made = Charge.objects.filter(employer=employer).first()
    chosen = [user for user in held if made is not None and user.pk == made.account_id]
    return next(iter((*chosen, *held)), None)


def in_charge_of_code(credit_code: str) -> User | None:
    """Who signs in with the unit's own certificate; None where it has no operator.

    Raises `AccountProblem` where their account is for more than this unit: whoever has its certificate
    is to see nothing of another unit, nor of the operator themselves.
    """
    employer = Employer.objects.filter(credit_code=credit_code).first()
    leader = in_charge(employer) if employer is not None else None
    if employer is None or leader is None:
        return None
    if leader.person_id or {grant.party for grant in leader.scope.granted} != {employer.pk}:
        raise AccountProblem(
            "主经办人的账号还经办其他单位或者办理个人事项，不能用单位证书登录。"
            "请主经办人用自己的账号登录，或者把主经办移交给只经办本单位的账号。"
        )
    return leader


def invited(account: User) -> QuerySet[Invitation]:
    """By which employers an account is asked to act for them."""
    return account.invitations.filter(state=State.WAITING).select_related("employer", "by")


def invitations_of(employer: Employer) -> QuerySet[Invitation]:
    """Whom the employer asked and who did not answer yet."""
    return employer.invitations.filter(state=State.WAITING).select_related("account", "by")


@transaction.atomic
def put_in_charge(
    *,
    employer: Employer,
    account: User,
    reason: str,
    by: User | None,
    now: datetime,
    address: str | None,
) -> None:
    """Put one of the operators in charge, whoever decides it."""
    Charge.objects.update_or_create(employer=employer, defaults={"account": account, "since": now})
    note_change(Act.CHARGE, employer, account, reason, by, now, address)


@transaction.atomic
def hand_over(
    *, employer: Employer, grant: int, reason: str, by: User, now: datetime, address: str | None
) -> None:
    """Who is in charge puts another operator (key of the grant) in charge. Raises `AccountProblem`,
    `Grant.DoesNotExist`."""
    employer = _led(employer, by)
    other = operators_of(employer).get(pk=grant).user
    if other.pk == by.pk or not other.is_active:
        raise AccountProblem("请选择另一名账号正常的经办人。")
    said = reason_in(reason)
    put_in_charge(employer=employer, account=other, reason=said, by=by, now=now, address=address)
    body = f"理由：{as_sentence(said)}您可以邀请、撤销其他经办人。"
    tell_operator(other, employer, f"您已成为{employer.name}的主经办人", body, now)


@transaction.atomic
def invite(
    *, employer: Employer, username: str, name: str, reason: str, by: User, now: datetime
) -> None:
    """Ask the account of this user name and holder's name to act for the employer too.

    Says nothing of whether there is such an account: one that is not, is another's, or may not act
    for employers, is asked in vain. Raises `AccountProblem`.
    """
    employer = _led(employer, by)
    said = reason_in(reason)
    account = User.objects.named(username).first()
    if account is not None and operators_of(employer).filter(user=account).exists():
        raise AccountProblem("该账号已是本单位经办人。", about="username")
    if (
        account is None
        or person_name(account.name) != person_name(name)
        or not account.is_active
        or not may_claim(account)
    ):
        return
    try:
        with transaction.atomic():
            Invitation.objects.create(
                employer=employer, account=account, reason=said, by=by, at=now
            )
    except IntegrityError:
        return  # asked already
    body = f"{by.name}邀请您经办{employer.name}的业务，理由：{as_sentence(said)}在“单位认领”中接受或者谢绝。"
    tell_operator(account, employer, f"{employer.name}邀请您经办业务", body, now)


@transaction.atomic
def answer(
    *, invitation: Invitation, accepts: bool, by: User, now: datetime, address: str | None
) -> Invitation:
    """Say yes or no to an invitation of one's own. Raises `AccountProblem`, `Invitation.DoesNotExist`."""
    # The employer before the invitation, as whoever lets the account act in another way holds them.
    employer = Employer.objects.select_for_update(no_key=True).get(pk=invitation.employer_id)
    found = _waiting(invitation, account=by)
    if accepts:
        # Who asked must still be in charge: what they could no longer do is not done in their name.
        if in_charge(employer) != found.by:
            raise AccountProblem("邀请人已不是该单位的主经办人，请由现主经办人重新邀请。")
        let_act(
            employer=employer,
            account=by,
            reason=f"受邀加入：{found.reason}"[:200],
            by=found.by,
            now=now,
            address=address,
        )
    title = f"{by.name}{'接受' if accepts else '谢绝'}经办{found.employer.name}的邀请"
    body = f"邀请的理由：{as_sentence(found.reason)}"
    tell_operator(found.by, found.employer, title, body, now, done_by=by)
    return _answered(found, State.ACCEPTED if accepts else State.DECLINED, now)


def claims_of(employer: Employer) -> QuerySet[Claim]:
    """Whose claims of the employer wait, for its one in charge to see; none as long as nothing of it was
    approved: whoever is in charge then may be nobody of it."""
    waiting = employer.claims.filter(state=Claim.State.WAITING)
    known = waiting.exclude(employer__state=Employer.State.UNFILED)
    return known.select_related("claimant").order_by("pk")


@transaction.atomic
def accept(
    *, employer: Employer, claim: int, reason: str, by: User, now: datetime, address: str | None
) -> None:
    """Who is in charge lets an account act for the employer that claims it (key of the claim). Raises
    `AccountProblem`, `Claim.DoesNotExist`."""
    employer = _led(employer, by)
    found = claims_of(employer).select_for_update(of=("self",)).get(pk=claim)
    account = found.claimant
    if not account.is_active or not may_claim(account):
        raise AccountProblem("该账号不能担任经办人。")
    said = reason_in(reason)
    found.way = Claim.Way.COLLEAGUE
    decide(found, Claim.State.CHOSEN, said, by, now)
    let_act(employer=employer, account=account, reason=said, by=by, now=now, address=address)


@transaction.atomic
def take_back(*, invitation: Invitation, by: User, now: datetime) -> Invitation:
    """Who is in charge asks no more. Raises `AccountProblem`, `Invitation.DoesNotExist`."""
    _led(invitation.employer, by)
    found = _waiting(invitation)
    return _answered(found, State.WITHDRAWN, now)


@transaction.atomic
def dismiss(
    *, employer: Employer, grant: int, reason: str, by: User, now: datetime, address: str | None
) -> None:
    """Who is in charge removes another operator (key of the grant). Raises `AccountProblem`,
    `Grant.DoesNotExist`."""
    employer = _led(employer, by)
    found = operators_of(employer).get(pk=grant)
    said = reason_in(reason)
    let_act_no_more(employer=employer, grant=found, reason=said, by=by, now=now, address=address)
    kept = leaves_with(employer=employer, account=found.user, reason=said, by=by, now=now)
    body = f"理由：{as_sentence(said)}{kept}有异议的，请联系主经办人，或者持单位证明到当地人社部门办理。"
    tell_operator(found.user, employer, f"您不再是{employer.name}的经办人", body, now)


@transaction.atomic
def leave(*, employer: Employer, reason: str, by: User, now: datetime, address: str | None) -> None:
    """Act for the employer no more, by one's own will; whoever is in charge hands that over first,
    and the last one stays until another comes. Raises `AccountProblem`, `Grant.DoesNotExist`."""
    employer = Employer.objects.select_for_update(no_key=True).get(pk=employer.pk)
    held = operators_of(employer)
    own = held.get(user=by)
    said = reason_in(reason)
    if held.count() == 1:
        raise AccountProblem("您是该单位唯一的经办人，请先邀请接替的人，或者由业务管理员办理。")
    if in_charge(employer) == by:
        raise AccountProblem("您是主经办人，请先把主经办移交给其他经办人。")
    granting.give_up(grant=own, address=address)
    note_change(Act.LEAVE, employer, by, said, by, now, address)
    if kept := leaves_with(employer=employer, account=by, reason=said, by=by, now=now):
        tell_operator(by, employer, f"您不再是{employer.name}的经办人", kept, now)
    leader = in_charge(employer)
    if leader is not None:
        title = f"{by.name}不再经办{employer.name}"[:100]
        tell_operator(
            leader, employer, title, f"本人退出，理由：{as_sentence(said)}", now, done_by=by
        )


def _led(employer: Employer, by: User) -> Employer:
    """The employer, held, of which `by` is in charge. Raises `AccountProblem`, and
    `Grant.DoesNotExist` for whoever is no operator of it."""
    employer = Employer.objects.select_for_update(no_key=True).get(pk=employer.pk)
    if not operators_of(employer).filter(user=by).exists():
        raise Grant.DoesNotExist
    if in_charge(employer) != by:
        raise AccountProblem("只有主经办人可以办理。")
    return employer


def _waiting(invitation: Invitation, **whose: User) -> Invitation:
    held = Invitation.objects.select_for_update(of=("self",)).select_related("employer", "by")
    found = held.get(pk=invitation.pk, **whose)
    if found.state != State.WAITING:
        raise AccountProblem("该邀请已经办理。")
    return found


def _answered(found: Invitation, state: Invitation.State, now: datetime) -> Invitation:
    found.state, found.answered_at = state, now
    found.save(update_fields=["state", "answered_at"])
    return found
