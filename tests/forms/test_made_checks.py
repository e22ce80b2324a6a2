"""Checks that a form as data asks for by name, told which of its fields they hold between."""

from __future__ import annotations

from typing import Any

import pytest

from yonggong.forms import Form
from yonggong.forms.checks import CheckRefused, Maker, register_maker

FIELDS = [
    {"key": "begun", "label": "开始日期", "type": "date"},
    {"key": "ended", "label": "结束日期", "type": "date"},
    {"key": "men", "label": "男", "type": "integer"},
    {"key": "women", "label": "女", "type": "integer"},
    {"key": "all", "label": "合计", "type": "integer"},
    {"key": "remark", "label": "备注", "type": "text"},
]


def form(*checks: Any) -> Form:
    sections = [{"key": "s", "title": "内容", "fields": FIELDS}]
    return Form.from_data(
        {"name": "outing", "title": "出游", "sections": sections, "checks": list(checks)}
    )


def said(name: str, **told: Any) -> dict[str, Any]:
    return {"name": name, "with": told}


IN_ORDER = said("in_order", first="begun", then="ended")
SUM = said("sum", total="all", parts=["men", "women"])
ANY = said("any_filled", fields=["men", "women"])
WITHIN = said("within", field="all", least=1, most=40)


@pytest.mark.parametrize(
    ("check", "raw", "wrong"),
    [
        (IN_ORDER, {"begun": "2026-11-02", "ended": "2026-11-01"}, {"ended"}),
        (IN_ORDER, {"begun": "2026-11-02", "ended": "2026-11-02"}, set()),
        (IN_ORDER, {"ended": "2026-11-01"}, set()),
        (SUM, {"men": "2", "women": "3", "all": "6"}, {"all"}),
        (SUM, {"men": "2", "women": "3", "all": "5"}, set()),
        (SUM, {"men": "2", "all": "2"}, set()),
        (SUM, {"men": "2", "women": "3"}, set()),
        (ANY, {}, {"men"}),
        (ANY, {"women": "1"}, set()),
        (WITHIN, {"all": "0"}, {"all"}),
        (WITHIN, {"all": "41"}, {"all"}),
        (WITHIN, {"all": "40"}, set()),
        (WITHIN, {}, set()),
    ],
)
def test_it_holds_between_the_fields_it_is_told(
    check: dict[str, Any], raw: dict[str, str], wrong: set[str]
) -> None:
    assert {problem.field for problem in form(check).clean(raw).problems} == wrong


@pytest.mark.parametrize(
    ("check", "message"),
    [
        ("nothing", "没有名为 nothing 的校验"),
        (said("nothing"), "没有名为 nothing 的校验"),
        (said("in_order", first="begun"), "校验 in_order 缺少参数 then"),
        (said("in_order", first="begun", then="begin"), "没有编码为 begin 的字段"),
        (said("in_order", first="begun", then="men"), "“男”的类型不能这样校验"),
        (said("in_order", first="begun", then=["ended"]), "参数 then"),
        (said("sum", total="all", parts="men"), "应为字段编码的列表"),
        (said("sum", total="all", parts=[]), "应为字段编码的列表"),
        (said("within", field="all", most="40"), "应为数"),
        (said("within", field="all", most=True), "应为数"),
        (said("within", field="all", more=1), "没有参数 more"),
    ],
)
def test_what_it_cannot_be_told_is_refused_when_the_form_is_built(check: Any, message: str) -> None:
    with pytest.raises(CheckRefused, match=message):
        form(check)


def test_a_form_with_such_checks_comes_back_with_them() -> None:
    one = form(IN_ORDER, SUM)
    assert one.to_data()["checks"] == [IN_ORDER, SUM]
    again = Form.from_data(one.to_data())
    assert again.checks == one.checks and hash(again.checks) == hash(one.checks)


def test_a_name_is_taken_once() -> None:
    with pytest.raises(ValueError, match="registered already"):
        register_maker("sum", Maker({}, lambda fields, told: lambda values: ()))
