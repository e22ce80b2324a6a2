"""What system administrators do to accounts: freeze, unfreeze, cancel, unlock, reset the password; note
who somebody is themselves, and undo that.

On the account of an administrator or auditor nobody does it alone (SX-5): whoever manages accounts
could otherwise sign in as those who grant rights, or silence those who watch. There it is asked for
with a reason, and done when somebody with another power agrees.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from django.apps import apps
from django.db import IntegrityError, transaction

from yonggong.accounts import holders
from yonggong.accounts.actions import AccountProblem, identify, record_account, record_proof
from yonggong.accounts.granting import check_not_last
from yonggong.accounts.leaving import check_handed_over
from yonggong.accounts.limits import forgive
from yonggong.accounts.models import AskedAct, User
from yonggong.accounts.queries import asked_acts_visible_to
from yonggong.accounts.roles import ADMINISTRATIVE, Power
from yonggong.accounts.second_factors import forget_factors
from yonggong.codes.names import person_name
from yonggong.forms.reading import read_remark

Act = AskedAct.Act

_LEADS_TO = {
    Act.FREEZE: User.State.FROZEN,
    Act.UNFREEZE: User.State.ACTIVE,
    Act.CANCEL: User.State.CANCELLED,
}
# By which somebody else proves from now on who they are.
_OF_PROOFS = frozenset({Act.RESET, Act.FACTORS})
_ALLOWED = {
    Act.FREEZE: frozenset({User.State.ACTIVE}),
    Act.UNFREEZE: frozenset({User.State.FROZEN}),
    Act.CANCEL: frozenset({User.State.ACTIVE, User.State.FROZEN}),
}  # fmt: skip


def needs_second(account: User) -> bool:
    """Whether acts on this account need a second power: it is an administrator's or auditor's."""
    return account.grants.filter(role__in=ADMINISTRATIVE).exists()


@transaction.atomic
def administer(*, account: User, act: str, by: User, address: str | None = None) -> str:
    """Do one of `Act` to an account; the new initial password where it was reset, else "".

    Raises `AccountProblem`, also where the account needs a second power: that is for `ask`.
    """
    account = _locked(account.pk, by)
    if needs_second(account):
        raise AccountProblem("该账号有管理或审计权限，须填写原因提出申请，经其他权限的管理员同意。")
    if act in (Act.FREEZE, Act.CANCEL):
        check_handed_over(account)
    return _do(account, Act(act), by=by, address=address)


@transaction.atomic
def ask(*, account: User, act: str, reason: str, by: User, address: str | None = None) -> AskedAct:
    """Ask for an act on the account of an administrator or auditor. Raises `AccountProblem`."""
    account = _locked(account.pk, by)
    reason = _reason(reason)
    _check(account, Act(act))
    try:
        with transaction.atomic():
            asked = AskedAct.objects.create(account=account, act=act, reason=reason, asked_by=by)
    except IntegrityError:
        raise AccountProblem("该账号已有一项申请等待办理，请先等其办理完毕。") from None
    record_account(account, f"申请{Act(act).label}：{reason}", by=by, address=address)
    return asked


@transaction.atomic
def decide(
    *, asked: AskedAct, agreed: bool, by: User, now: datetime, address: str | None = None
) -> str:
    """Agree to what was asked, which does it, or refuse it; as `administer` gives.

    By somebody who does not manage accounts themself and has another power over the account's
    region. Raises `AccountProblem`, `AskedAct.DoesNotExist` out of sight.
    """
    asked = (
        asked_acts_visible_to(by)
        .select_related(None)
        .select_for_update(of=("self",))
        .get(pk=asked.pk)
    )
    account = _locked(asked.account_id, by)
    if asked.agreed is not None:
        raise AccountProblem("该申请已经办理。")
    if by.may(Power.MANAGE_ACCOUNTS):
        raise AccountProblem("须由其他权限的管理员办理。")
    asked.agreed, asked.decided_by, asked.decided_at = agreed, by, now
    asked.save(update_fields=["agreed", "decided_by", "decided_at"])
    act = Act(asked.act)
    if not agreed:
        record_account(account, f"不同意{act.label}", by=by, address=address)
        return ""
    return _do(account, act, by=by, address=address)


@transaction.atomic
def identify_person(
    *, account: User, person: int, name: str, by: User, address: str | None = None
) -> User:
    """Note that an account is that of a person (key of a party) of this `name`, found by their
    document: it signs in for them from now on. Raises `AccountProblem`.

    The account must be in the same name, for whoever keeps accounts would else open a stranger's
    cases to anybody; that of an administrator or auditor is for no other business (SX-5).
    """
    account = _locked(account.pk, by)
    if account.state != User.State.ACTIVE:
        raise AccountProblem(f"该账号当前为“{account.get_state_display()}”，不能核实本人。")
    if needs_second(account):
        raise AccountProblem("该账号有管理或审计权限，不能用来办理个人事项，请为其本人另建账号。")
    if person_name(account.name) != name:
        raise AccountProblem("账号的使用人姓名与证件上的姓名不一致。", about="name")
    known = apps.get_model("registry", "Worker").objects.get(pk=person)
    account = identify(user=account, person=person, by=by, address=address)
    holders.issue(account=account, digest=bytes(known.document_digest), by=by, address=address)
    return account


@transaction.atomic
def undo_identification(
    *, account: User, reason: str, by: User, address: str | None = None
) -> User:
    """The account is no person's any more, at once: they see and file nothing of theirs with it.
    Raises `AccountProblem`."""
    account = _locked(account.pk, by)
    reason = read_remark(reason)
    if account.person_id is None:
        raise AccountProblem("该账号没有对应本人。")
    if not reason:
        raise AccountProblem("请填写撤销的原因。", about="reason")
    account.person = None
    account.save(update_fields=["person"])
    holders.part(account)
    record_account(account, f"撤销核实本人：{reason[:200]}", by=by, address=address)
    return account


@transaction.atomic
def end_sessions(*, account: User, reason: str, by: User, address: str | None = None) -> None:
    """Whoever is signed in with the account has to sign in again. Raises `AccountProblem`."""
    account = _locked(account.pk, by)
    reason = _reason(reason)
    account.end_sessions()
    account.save(update_fields=["session_epoch"])
    record_account(account, f"强制退出：{reason}", by=by, address=address)


@transaction.atomic
def freeze_in_emergency(
    *, account: User, reason: str, by: User, address: str | None = None
) -> None:
    """Freeze an account at once, an administrator's too; unfreezing is the usual way's. Raises
    `AccountProblem`."""
    account = _locked(account.pk, by)
    reason = _reason(reason)
    _do(account, Act.FREEZE, by=by, address=address, said=f"紧急冻结：{reason}")


@transaction.atomic
def carry_out_approved(*, account: User, act: Act, said: str, by: User) -> None:
    """Do to an account what an approved application asks for: several have agreed to it, so that an
    administrator's needs no second power. Raises `AccountProblem`."""
    account = _locked(account.pk, by)
    _do(account, act, by=by, address=None, said=f"{act.label}（{said}）")


@transaction.atomic
def freeze_unused(*, account: User, said: str) -> None:
    """Freeze an account that nobody uses: the system's doing. Raises `AccountProblem`, for the last
    of a kind."""
    account = User.objects.select_for_update().get(pk=account.pk)
    _do(account, Act.FREEZE, by=None, address=None, said=said)


def _reason(reason: str) -> str:
    said = read_remark(reason, most=200)
    if not said:
        raise AccountProblem("请填写原因。", about="reason")
    return said


def initial_password() -> str:
    """A password that satisfies the rules and has no characters that look alike."""
    kinds = ("abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKMNPQRSTUVWXYZ", "23456789", "-+=#")
    chosen = [secrets.choice(kind) for kind in kinds for _ in range(3)]
    secrets.SystemRandom().shuffle(chosen)
    return "".join(chosen)


def _locked(pk: int, by: User) -> User:
    account = User.objects.select_for_update().get(pk=pk)
    if holders.is_own(by, account):
        raise AccountProblem("不能对本人的账号进行此项操作，请由其他管理员办理。")
    return account


def _check(account: User, act: Act) -> None:
    """Raises `AccountProblem` where the account's state does not allow the act."""
    allowed = _ALLOWED.get(act, frozenset({User.State.ACTIVE}))
    if account.state not in allowed:
        raise AccountProblem(f"该账号当前为“{account.get_state_display()}”，不能{act.label}。")
    if act in (Act.FREEZE, Act.CANCEL):
        check_not_last(account, account.grants.all())


def _do(account: User, act: Act, *, by: User | None, address: str | None, said: str = "") -> str:
    _check(account, act)
    password, changed = "", ["state"]
    if act in _LEADS_TO:
        account.state = _LEADS_TO[act]
        account.end_sessions()
        changed.append("session_epoch")
    elif act is Act.FACTORS:
        forget_factors(account)
        account.end_sessions()
        changed = ["session_epoch"]
    else:
        account.locked_until = None
        changed = ["locked_until"]
        forgive(account)
    if act is Act.RESET:
        password = initial_password()
        account.set_password(password)
        account.must_change_password = True
        changed += ["password", "must_change_password"]
    account.save(update_fields=changed)
    if act is Act.CANCEL:
        holders.part(account)
    note = record_proof if act in _OF_PROOFS else record_account
    note(account, said or act.label, by=by, address=address)
    return password
