"""Who an account was issued to, by the digest of their document; nobody's accounts together unite two
powers (SX-5)."""

from __future__ import annotations

from django.db import transaction

from yonggong.accounts.actions import AccountProblem, record_account
from yonggong.accounts.models import Holder, User
from yonggong.accounts.roles import BRANCHES, Branch


@transaction.atomic
def issue(*, account: User, digest: bytes, by: User | None, address: str | None = None) -> Holder:
    """Note whose account it is. Raises `AccountProblem` where it is known as another's, and where
    the person's other accounts are for something that this one must not be united with."""
    Holder.objects.get_or_create(digest=digest)
    holder = Holder.objects.select_for_update().get(digest=digest)
    account = User.objects.select_for_update().get(pk=account.pk)
    if account.holder_id == holder.pk:
        return holder
    if account.holder_id is not None:
        raise AccountProblem("该账号已登记为另一人使用，换人使用须注销后另行申请。")
    if account.branch is not None:
        if holder.branch not in (None, account.branch):
            raise AccountProblem(
                f"此人已有{BRANCHES[Branch(holder.branch)]}账号，"
                f"同一人不得兼任{BRANCHES[Branch(account.branch)]}。"
            )
        holder.branch = account.branch
        holder.save(update_fields=["branch"])
    account.holder = holder
    account.save(update_fields=["holder"])
    record_account(account, "登记账号使用人", by=by, address=address)
    return holder


def held_as(digest: bytes) -> Branch | None:
    """What the accounts of the person with this document are for; None without any role."""
    branch = Holder.objects.filter(digest=digest).values_list("branch", flat=True).first()
    return Branch(branch) if branch else None


def locked(account: User) -> Holder | None:
    """The person of the account, held until the transaction ends; None where they are not known."""
    return Holder.objects.select_for_update().filter(accounts=account.pk).first()


def is_own(user: User, account: User) -> bool:
    """Whether the account is the user's own: the one they signed in with, or another of theirs."""
    return user.pk == account.pk or (
        account.holder_id is not None and account.holder_id == user.holder_id
    )


def free(holder: Holder | None) -> None:
    """Where no account of the person has a role any more, they may be given any."""
    if holder is not None and not holder.accounts.exclude(branch=None).exists():
        holder.branch = None
        holder.save(update_fields=["branch"])


def part(account: User) -> None:
    """The account is over: it is nobody's, and forbids nobody anything."""
    holder = locked(account)
    account.holder = None
    User.objects.filter(pk=account.pk).update(holder=None)
    free(holder)
