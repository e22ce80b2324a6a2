"""Who is paid, where and how much, as far as an application says it already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from yonggong.cases.models import Case
from yonggong.forms import Field

# The words of forms for what a payment needs, the more exact first.
_KNOWN = {
    "payee": ("户名", "账户名称", "收款人", "开户名"),
    "bank": ("开户银行", "开户行"),
    "account": ("银行账号", "银行卡号", "账号", "卡号"),
    "amount": ("补贴金额合计", "申请金额", "补贴金额", "核定金额", "金额"),
}

_NUMBERS = ("bank_account", "account_number")


def known(case: Case) -> dict[str, Any]:
    """What the application says, by the fields of a payment; to be looked over. Where it names several
    amounts, or one that is not in yuan, none of them is what is paid."""
    found: dict[str, Any] = {"payee": case.applicant.name}
    for name, words in _KNOWN.items():
        asked = [one for one in _about(case, words) if _is_for(name, one)]
        if asked and (name != "amount" or (len(asked) == 1 and "万元" not in asked[0].label)):
            found[name] = case.values[asked[0].name]
    return found


def _about(case: Case, words: Sequence[str]) -> list[Field]:
    """The fields that were filled in whose labels have the first of the words that any has."""
    filled_in = [one for one in case.definition.form.fields if case.values.get(one.name)]
    found = ([one for one in filled_in if word in one.label] for word in words)
    return next(filter(None, found), [])


def _is_for(name: str, field: Field) -> bool:
    """A name or a bank is no number of an account, nor is a bank with its account; money is an amount alone."""
    if (field.type.name == "money") != (name == "amount"):
        return False
    return (name == "account") == (field.type.name in _NUMBERS)
