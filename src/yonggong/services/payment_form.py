"""The rows of a payment list: what is handed over, and what is filled in of each before it comes back."""

from __future__ import annotations

from yonggong.forms import Field, FieldType, Form, Option, Section, When

PAID, FAILED = "paid", "failed"
PAYMENT_FORM = Form(
    name="payment-list",
    title="支付清单",
    sections=(
        Section(
            name="payment",
            title="支付",
            fields=(
                Field(name="number", label="办件编号", required=True, max_length=20),
                Field(name="payee", label="收款人", required=True, max_length=100),
                Field(name="bank", label="开户银行", max_length=100),
                Field(name="account", label="收款账号", max_length=40),
                Field(
                    name="amount",
                    label="金额（元）",
                    type=FieldType.MONEY,
                    required=True,
                    unit="元",
                ),
                Field(
                    name="result",
                    label="支付结果",
                    type=FieldType.CHOICE,
                    choices=(
                        Option(code=PAID, label="已支付"),
                        Option(code=FAILED, label="支付失败"),
                    ),
                    required=True,
                ),
                Field(
                    name="paid_on",
                    label="支付日期",
                    type=FieldType.DATE,
                    required=When("result", equals=PAID),
                ),
                Field(name="voucher", label="支付凭证号", max_length=50),
                Field(
                    name="failure",
                    label="支付失败原因",
                    max_length=200,
                    required=When("result", equals=FAILED),
                ),
            ),
        ),
    ),
)
