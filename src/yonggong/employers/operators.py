"""Operators of an employer, appointed and removed by a recorded act with its reason: by whoever grants
rights in the employer's region, by a reviewer's decision on a claim (`claims`), or by registering."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from yonggong.accounts import granting
from yonggong.accounts.actions import AccountProblem
from yonggong.accounts.models import Grant, User
from yonggong.accounts.queries import inside_regions, users_visible_to
from yonggong.accounts.roles import Power
from yonggong.accounts.telling import Told, tell
from yonggong.employers.models import Claim, Invitation, OperatorChange
from yonggong.employers.unsent import leaves_with
from yonggong.forms.reading import as_sentence, read_remark
from yonggong.registry.models import Employer

ROLE = "employer_operator"
MOST = 200  # characters of a reason
Act = OperatorChange.Act


def employers_administered(user: User) -> QuerySet[Employer]:
    """The employers whose operators `user` may appoint and remove: of the regions in which they grant
    rights."""
    inside = inside_regions(user.scope.regions(Power.GRANT_RIGHTS), "region_code")
    return Employer.objects.filter(inside)


def operators_of(employer: Employer) -> QuerySet[Grant]:
    """Who acts for it by a grant, the longest first."""
    held = Grant.objects.filter(party=employer.pk, role=ROLE)
    return held.select_related("user", "granted_by").order_by("granted_at", "pk")


def changes_of(employer: Employer) -> QuerySet[OperatorChange]:
    """How it came about, the latest first."""
    found = OperatorChange.objects.filter(employer=employer)
    return found.select_related("account", "by").order_by("-pk")


@transaction.atomic
def appoint(
    *, employer: Employer, username: str, reason: str, by: User, now: datetime, address: str | None
) -> Grant:
    """Let an account of the administrator's regions act for the employer. Raises `AccountProblem`,
    `Employer.DoesNotExist` out of their reach."""
    employer = employers_administered(by).select_for_update(of=("self",)).get(pk=employer.pk)
    reason = reason_in(reason)
    account = users_visible_to(by).filter(pk__in=User.objects.named(username).values("pk")).first()
    if account is None:
        raise AccountProblem(
            "本辖区没有该账号。请核对；经办人没有账号的，由其在“单位注册”中用本单位代码登记后认领。",
            about="username",
        )
    if account.state != User.State.ACTIVE:
        raise AccountProblem("该账号已冻结或者注销，不能指定为经办人。", about="username")
    if operators_of(employer).filter(user=account).exists():
        raise AccountProblem("该账号已是本单位经办人。", about="username")
    return let_act(
        employer=employer, account=account, reason=reason, by=by, now=now, address=address
    )


@transaction.atomic
def remove(
    *, employer: Employer, grant: int, reason: str, by: User, now: datetime, address: str | None
) -> bool:
    """Take an operator (key of the grant) away; whether the employer still has one. Raises
    `AccountProblem`, `Employer.DoesNotExist`, `Grant.DoesNotExist`."""
    employer = employers_administered(by).select_for_update(of=("self",)).get(pk=employer.pk)
    found = operators_of(employer).get(pk=grant)
    reason = reason_in(reason)
    let_act_no_more(employer=employer, grant=found, reason=reason, by=by, now=now, address=address)
    kept = leaves_with(employer=employer, account=found.user, reason=reason, by=by, now=now)
    title = f"您不再是{employer.name}的经办人"
    body = f"理由：{as_sentence(reason)}{kept}有异议的，请联系当地人社部门。"
    tell_operator(found.user, employer, title, body, now)
    return operators_of(employer).exists()


def let_act(
    *,
    employer: Employer,
    account: User,
    reason: str,
    by: User | None,
    now: datetime,
    address: str | None,
) -> Grant:
    """Make the account an operator, whoever decides it, and tell them where they did not do it
    themselves. Neither a claim of theirs nor an invitation waits any more: once removed, they do not come
    back by it. Raises `AccountProblem`."""
    waiting = Claim.objects.filter(employer=employer, claimant=account, state=Claim.State.WAITING)
    waiting.update(state=Claim.State.WITHDRAWN)
    asked = Invitation.objects.filter(
        employer=employer, account=account, state=Invitation.State.WAITING
    )
    asked.update(state=Invitation.State.WITHDRAWN, answered_at=now)
    granted = granting.grant(user=account, role=ROLE, party_id=employer.pk, by=by, address=address)
    note_change(Act.APPOINT, employer, account, reason, by, now, address)
    if by is not None:
        body = f"理由：{as_sentence(reason)}登录后在“单位办事”中办理。"
        tell_operator(account, employer, f"您已成为{employer.name}的经办人", body, now)
    return granted


def let_act_no_more(
    *,
    employer: Employer,
    grant: Grant,
    reason: str,
    by: User,
    now: datetime,
    address: str | None,
) -> None:
    """Take an operator away, whoever decides it. Raises `AccountProblem`."""
    granting.revoke(grant=grant, by=by, address=address)
    note_change(Act.REMOVE, employer, grant.user, reason, by, now, address)


def reason_in(reason: str) -> str:
    """A reason as typed. Raises `AccountProblem` where it says nothing or too much."""
    said = read_remark(reason)
    if not said or len(said) > MOST:
        raise AccountProblem(f"请填写理由，不超过 {MOST} 个字。", about="reason")
    return said


def note_change(
    act: OperatorChange.Act,
    employer: Employer,
    account: User,
    reason: str,
    by: User | None,
    now: datetime,
    address: str | None,
) -> None:
    """Add to how it came about who acts for the employer."""
    OperatorChange.objects.create(
        employer=employer, account=account, act=act, reason=reason, by=by, at=now, address=address
    )


def tell_operator(
    account: User,
    employer: Employer,
    title: str,
    body: str,
    now: datetime,
    *,
    done_by: User | None = None,
) -> None:
    """Tell an account what was done about it and the employer; of what another did themselves
    (`done_by`), beside what others did on that day."""
    about = f"operator-{employer.pk}" + (f"-{done_by.pk}" if done_by else "")
    tell(Told(user=account.pk, about=about, title=title[:100], body=body, at=now))


def tell_operators(employer: Employer, about: str, title: str, body: str, now: datetime) -> None:
    """Tell everybody who acts for the employer; `about` as in `Told`."""
    for grant in operators_of(employer):
        tell(Told(user=grant.user_id, about=about, title=title[:100], body=body, at=now))
