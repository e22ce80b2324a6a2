"""What refuses an application for an account."""

from __future__ import annotations

from collections.abc import Iterator

from yonggong.accounts import holders
from yonggong.accounts.models import User
from yonggong.accounts.roles import BRANCHES, Branch
from yonggong.cases.attempts import Attempt
from yonggong.forms import Problem
from yonggong.registry.actions import document_digest
from yonggong.registry.handling import NoAgency
from yonggong.staff import offices
from yonggong.staff.request.form import CANCEL, FORM, FREEZE, NEW, RIGHTS, UNFREEZE

_ID_CARD = "01"
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
    return [*_without_offices(attempt), *_of_account(attempt), *_of_holder(attempt)]


def digest_of(number: str) -> bytes:
    """The digest by which the person with an identity card is known over all their accounts."""
    return document_digest(_ID_CARD, number)


def account_named(username: str, agency: int) -> User | None:
    """The account of that name at an agency (its key)."""
    named = User.objects.named(username).exclude(state=User.State.CANCELLED)
    return named.filter(grants__agency=agency).distinct().first() if username else None


def _without_offices(attempt: Attempt) -> Iterator[Problem]:
    for found in (offices.business, offices.information):
        try:
            found(attempt.applicant.region_code)
        except NoAgency as error:
            yield Problem(field="", code="no_office", message=str(error).rstrip("。"), remedy="")


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
    successor = str(values.get("successor") or "")
    if successor and act in (FREEZE, CANCEL):
        found = account_named(successor, agency)
        if found is None or found == account or not found.is_active:
            said = "本机构没有可以接替的该账号"
            yield FORM.problem("successor", "unknown", said, "请填写本机构在用的另一账号")


def _of_holder(attempt: Attempt) -> Iterator[Problem]:
    values = attempt.values
    if values["act"] != NEW:
        return
    digest = digest_of(str(values["id_number"]))
    held, wanted = holders.held_as(digest), Branch(str(values["branch"]))
    if held not in (None, wanted):
        said = f"此人已有{BRANCHES[held]}账号，同一人不得兼任{BRANCHES[wanted]}"
        yield FORM.problem("branch", "united", said, "请由其他人员担任")
    own = attempt.by.holder
    if own is not None and bytes(own.digest) == digest:
        yield FORM.problem("id_number", "own", "不能为本人申请账号", "请由本机构其他人员填报")
