"""What an application says already of who is paid, where and how much."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from yonggong.forms import Field, FieldType, Form, Section
from yonggong.services.payees import known

ACCOUNT = "6222020200112233445"


def said(*fields: Field, **values: Any) -> dict[str, Any]:
    """What is known of an application that asks for these fields and was answered so."""
    form = Form(name="f", title="f", sections=(Section(name="s", title="s", fields=fields),))
    case: Any = SimpleNamespace(
        applicant=SimpleNamespace(name="试一"),
        definition=SimpleNamespace(form=form),
        values=values,
    )
    return known(case)


def money(name: str, label: str) -> Field:
    return Field(name=name, label=label, type=FieldType.MONEY)


TOTAL, PART, OTHER = (
    money("total", "补贴金额合计"),
    money("part", "医疗费金额"),
    money("other", "器具费金额"),
)
LOAN = money("loan", "申请贷款金额（万元）")


@pytest.mark.parametrize(
    ("fields", "amounts", "amount"),
    [
        ((TOTAL, PART), {"total": "900", "part": "500"}, "900"),
        ((PART, OTHER), {"part": "500"}, "500"),
        ((PART, OTHER), {"part": "500", "other": "400"}, None),
        ((LOAN,), {"loan": "20"}, None),
    ],
)
def test_an_amount_is_known_where_it_is_the_only_one(
    fields: tuple[Field, ...], amounts: dict[str, str], amount: str | None
) -> None:
    found = said(*fields, **{name: Decimal(said) for name, said in amounts.items()})
    assert found.get("amount") == (amount and Decimal(amount))


@pytest.mark.parametrize("kind", [FieldType.BANK_ACCOUNT, FieldType.ACCOUNT_NUMBER])
def test_the_number_of_an_account_is_no_bank(kind: FieldType) -> None:
    account = Field(name="account", label="开户银行账号", type=kind)
    bank = Field(name="bank", label="开户银行名称")
    assert said(account, bank, account=ACCOUNT) == {"payee": "试一", "account": ACCOUNT}
    assert said(account, bank, account=ACCOUNT, bank="试行")["bank"] == "试行"


def test_a_bank_written_with_its_account_is_the_bank_and_no_number() -> None:
    both = Field(name="both", label="开户行及银行账号")
    found = said(both, both="试行东街支行 071101010400")
    assert found == {"payee": "试一", "bank": "试行东街支行 071101010400"}
