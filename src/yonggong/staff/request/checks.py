"""What refuses an application for an account."""

from __future__ import annotations

from collections.abc import Iterator

from yonggong.accounts import holders, leaving
from yonggong.accounts.models import User
from yonggong.accounts.roles import BRANCHES, Branch
from yonggong.cases.attempts import Attempt
from yonggong.cases.models import Case
from yonggong.forms import Problem
from yonggong.registry.actions import id_card_digest
from yonggong.staff import offices
from yonggong.staff.existing import account_named
from yonggong.staff.request.form import CANCEL, FORM, FREEZE, NEW, RIGHTS, UNFREEZE

# In which states an account may be asked to be changed so.
_STATES = {
    FREEZE: {User.State.ACTIVE},
    UNFREEZE: {User.State.FROZEN},
    CANCEL: {User.State.ACTIVE, User.State.FROZEN},
    RIGHTS: {User.State.ACTIVE},
}


def refused(attempt: Attempt) -> list[Problem]:
    """Nobody to opine; an account that is not the agency's, or whose state does not allow it; a person
    who would unite two powers, or applies for themselves."""
    nobody = offices.without(attempt.applicant.region_code, offices.business, offices.information)
    return [*nobody, *_of_account(attempt), *_of_holder(attempt)]


def concerns(user: User, case: Case) -> bool:
    """Whether rights are applied for that `user` themselves would get: nobody grants themself anything,
    nor says yes to it."""
    values = case.values
    if values["act"] == NEW:
        own = user.holder
        return own is not None and bytes(own.digest) == id_card_digest(str(values["id_number"]))
    if values["act"] != RIGHTS:
        return False
    account = account_named(str(values["username"] or ""), case.applicant_id)
    return account is not None and holders.is_own(user, account)


def _of_account(attempt: Attempt) -> Iterator[Problem]:
    values, agency = attempt.values, attempt.applicant.pk
    act = values["act"]
    if act == NEW:
        return
    account = account_named(str(values["username"] or ""), agency)
    if account is None:
        yield FORM.problem("username", "unknown", "本机构没有该账号", "请核对账号")
        return
    if account.state not in _STATES[act]:
        said = f"该账号当前为“{account.get_state_display()}”"
        yield FORM.problem("username", "state", said, "请核对申请事项")
    if holders.is_own(attempt.by, account):
        yield FORM.problem("username", "own", "不能为本人的账号提出申请", "请由本机构其他人员填报")
    if act == RIGHTS and values["branch"] != account.branch and account.branch is not None:
        said = f"该账号是{BRANCHES[Branch(account.branch)]}账号，不能改为另一类"
        yield FORM.problem("branch", "united", said, "请注销后另行申请")
    if act in (FREEZE, CANCEL):
        yield from _of_successor(account, str(values.get("successor") or ""), agency)


def _of_successor(account: User, named: str, agency: int) -> Iterator[Problem]:
    found = account_named(named, agency)
    if named and found is None:
        said = "本机构没有可以接替的该账号"
        yield FORM.problem("successor", "unknown", said, "请填写本机构在用的另一账号")
    elif said := leaving.unfit(account, found):
        yield FORM.problem("successor", "unfit", said, "请核对接替人的账号")


def _of_holder(attempt: Attempt) -> Iterator[Problem]:
    values = attempt.values
    if values["act"] != NEW:
        return
    digest = id_card_digest(str(values["id_number"]))
    held, wanted = holders.held_as(digest), Branch(str(values["branch"]))
    if held not in (None, wanted):
        said = f"此人已有{BRANCHES[held]}账号，同一人不得兼任{BRANCHES[wanted]}"
        yield FORM.problem("branch", "united", said, "请由其他人员担任")
    own = attempt.by.holder
    if own is not None and bytes(own.digest) == digest:
        yield FORM.problem("id_number", "own", "不能为本人申请账号", "请由本机构其他人员填报")
