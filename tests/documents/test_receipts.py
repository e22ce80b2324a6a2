"""备案回执: proof that a filing came in."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.documents.papers import AGENCY, EMPLOYER, PROOF, page_texts, receipt
from yonggong.documents.rendering import render_receipt


def test_it_says_what_came_in_from_whom_when_where_and_until_when() -> None:
    (text,) = page_texts(render_receipt(receipt(pairs=[("备案人数", "35人")], proof=PROOF)))
    for part in (
        "劳动用工备案回执",
        "编号：BA22010420250102000123",
        "业务类别劳动合同新订备案",
        f"用人单位{EMPLOYER}",
        "经办人王五",
        "提交时间2025年1月2日11:04",  # China's time of 03:04 UTC
        f"备案机构{AGENCY}",
        "办理期限2025年1月20日前（含当日）",
        "备案人数35人",
        f"验证码：{PROOF.code}",
    ):
        assert part in text


def test_it_does_not_pass_for_an_approval() -> None:
    (text,) = page_texts(render_receipt(receipt()))
    assert "不代表备案审核通过" in text


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        render_receipt(receipt(filed_at=datetime(2025, 1, 2, 11, 4)))


def test_markup_in_values_is_printed_as_it_is() -> None:
    (text,) = page_texts(render_receipt(receipt(filer="#panic()", pairs=[("*a*", "$b$")])))
    assert "#panic()" in text and "*a*$b$" in text


def test_a_time_limit_in_a_year_not_announced_yet_says_so() -> None:
    (text,) = page_texts(render_receipt(receipt(due_on=date(2090, 1, 9))))
    assert "2090年放假安排尚未公布" in text.replace(" ", "")
    (text,) = page_texts(render_receipt(receipt()))
    assert "尚未公布" not in text


def test_of_a_service_item_nothing_is_called_a_filing() -> None:
    (text,) = page_texts(render_receipt(receipt(service=True)))
    assert "申请回执" in text and "接收机构" in text and "不代表申请已经受理或者批准" in text
    assert "备案回执" not in text and "备案机构" not in text and "受理编号" not in text
