"""The administrator's page: what holds where, since when, on whose authority."""

from datetime import date

import pytest

from yonggong import policy

TODAY = date(2026, 11, 20)


def row(region: str, on: date, path: str) -> policy.Explanation:
    (found,) = [one for one in policy.explain(region, on) if one.path == path]
    return found


def test_a_row_says_title_value_source_and_whose_it_is() -> None:
    found = row("150302", TODAY, "deadlines.contract_ended")
    assert found.section == "备案期限"
    assert found.title == "解除或者终止劳动合同"
    assert found.value == "30 日"
    assert found.since == date(2014, 9, 1)
    assert found.source == (
        "《内蒙古自治区劳动用工备案管理办法》（内人社发〔2014〕95号）第九条第（二）项"
    )
    assert found.level == "内蒙古自治区"
    assert found.checked_label == "2026-11-20"
    assert (found.state, found.confirmer) == ("checked", "内蒙古自治区人力资源和社会保障厅业务主管")


def test_a_citys_row_names_the_city() -> None:
    assert row("150302", TODAY, "review_limits.contract.new").level == "乌海市"
    assert row("150302", TODAY, "review_limits.default").level == "全国"
    assert row("150302", TODAY, "review_limits.default").confirmer.startswith("平台运行维护单位")


@pytest.mark.parametrize(
    ("looked_on", "state"),
    [(date(2027, 11, 20), "checked"), (date(2027, 11, 21), "stale")],
)
def test_what_was_looked_at_more_than_a_year_ago_is_said_to_be(looked_on: date, state: str) -> None:
    rows = policy.explain("150302", TODAY, looked_on=looked_on)
    (found,) = [one for one in rows if one.path == "deadlines.contract_ended"]
    assert found.state == state


def test_a_value_is_named_outside_its_section_without_saying_it_twice() -> None:
    assert row("140105", TODAY, "minimum_wage.rates").named == "最低工资标准：标准"
    assert row("140105", TODAY, "materials.employer.initial").named == "上传材料：单位初次备案"


def test_wages_that_end_long_ago_say_so() -> None:
    """Shanxi's minimum wages end in 2023."""
    assert "自 2023-01-01 起执行" in row("140105", TODAY, "minimum_wage.rates").caution
    assert "可能已经过时" in row("140105", TODAY, "minimum_wage.rates").caution
    assert row("140105", date(2024, 12, 31), "minimum_wage.rates").caution == ""
    assert row("220104", TODAY, "minimum_wage.rates").caution == ""
    assert row("140105", date(2022, 1, 1), "minimum_wage.rates").caution == ""


def test_what_nobody_checked_is_shown_as_such() -> None:
    assert row("220104", TODAY, "deadlines.initial").checked_label == "待核"


def test_a_row_says_when_the_next_value_is_known_to_come() -> None:
    assert row("220104", date(2024, 9, 30), "minimum_wage.rates").until == date(2024, 10, 1)
    assert row("220104", TODAY, "minimum_wage.rates").until is None


@pytest.mark.parametrize(
    ("region", "path", "said"),
    [
        ("220104", "rosters.renewal_needs_roster", "是"),
        ("220104", "materials.employer.initial", "营业执照（必需，pdf／jpg／png，10 MB 以内）"),
        ("140105", "routing.rules", "市属用人单位到市人社部门备案（市级）"),
        ("150102", "annual_duties.annual.pay", "每年 3 月 31 日前办理，统计时点为上年 12 月 31 日"),
        ("150102", "annual_duties.annual.pay", "机关、事业单位免办"),
        ("150102", "minimum_wage.areas", "三类地区 内蒙古自治区其余地区"),
        ("150102", "minimum_wage.rates", "一类地区 2380.00 元／月、23.50 元／小时"),
        ("150302", "time_limits.labour_filing", "法定 无；承诺 即办；联办 即办"),
        ("140105", "choices.post_kind", "单位负责人、专业技术人员、管理人员、其他人员"),
        ("140105", "accepted.case_kinds", "年度劳动用工备案"),
        ("140105", "reminders.contract_ending_days", "60、30、7 日"),
        ("140105", "reminders.draft_idle_days", "7 日"),
    ],
)
def test_values_are_said_in_chinese(region: str, path: str, said: str) -> None:
    assert said in row(region, TODAY, path).value


def test_titles_name_the_case_kind_item_table_or_rule(invented: policy.Book) -> None:
    titles = {one.path: one.title for one in policy.explain("150302", TODAY)}
    assert titles["materials.contract.new"] == "上传材料：劳动合同新订备案"
    assert titles["time_limits.labour_filing"] == "事项时限：劳动用工备案"
    assert titles["choices.employer_nature"] == "可选代码：单位性质"
    told = {one.path: one for one in policy.explain_policy(invented, "630102", TODAY)}
    assert told["severities.minimum-age"].value == "禁止；劳动合同续订备案提示"
    assert told["severities.minimum-age"].title != "处理方式：minimum-age"


def test_rows_come_in_the_order_of_the_schema() -> None:
    paths = [one.path for one in policy.explain("220104", TODAY)]
    assert paths[:3] == [
        "deadlines.initial", "deadlines.contract_signed", "deadlines.contract_changed",
    ]  # fmt: skip
    kinds = [path for path in paths if path.startswith("materials.")]
    assert kinds[0] == "materials.employer.initial"
    assert kinds[-1] == "materials.contract.ending"


@pytest.mark.parametrize("region", ["220104", "150302", "140105", "110105"])
def test_every_row_says_what_and_on_whose_authority(region: str) -> None:
    rows = policy.explain(region, TODAY)
    assert len(rows) > 30
    assert all(one.value and one.title and one.section and one.source for one in rows)
