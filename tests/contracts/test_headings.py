"""What people write over a column, and into a cell, and mean without doubt."""

from __future__ import annotations

import pytest

from yonggong.contracts.forms import NEW_FORM
from yonggong.forms.columns import match


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("证件号", "document_number"),
        ("身份证", "document_number"),
        ("居民身份证号", "document_number"),
        ("身份证件号码", "document_number"),
        ("* 身份证号（必填）", "document_number"),
        ("手机", "mobile"),
        ("联系方式", "mobile"),
        ("职工姓名", "name"),
        ("入职时间", "work_start_on"),
        ("合同开始时间", "start_on"),
        ("合同到期日期", "end_on"),
        ("岗位名称", "job"),
        ("发薪日期", "pay_day"),
    ],
)
def test_a_heading_means_its_column(heading: str, name: str) -> None:
    assert match(NEW_FORM, [heading]).names == {0: name}


@pytest.mark.parametrize(
    ("name", "written", "code"),
    [
        ("household_type", "农业", "20"),
        ("household_type", "非农业", "10"),
        ("household_type", "城镇户口", "10"),
        ("pay_form", "月薪", "1"),
        ("pay_form", "计件制", "2"),
        ("term_type", "固定期限合同", "1"),
        ("hours_system", "标准工作制", "1"),
        ("pay_day", "10号", 10),
    ],
)
def test_a_word_means_its_choice(name: str, written: str, code: object) -> None:
    assert NEW_FORM.clean({"employment_form": "1", name: written}).values[name] == code
