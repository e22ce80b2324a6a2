"""What the five documents say, province by province."""

from datetime import date

import pytest

from yonggong import policy

TODAY = date(2026, 11, 20)
JILIN, HOHHOT, WUHAI, TAIYUAN, BEIJING = "220104", "150102", "150302", "140105", "110105"


@pytest.mark.parametrize(
    ("region", "file_region", "title"),
    [
        ("220104", "220000", "吉林省"),
        ("220100", "220000", "吉林省"),
        ("220000", "220000", "吉林省"),
        ("220104001", "220000", "吉林省"),
        ("150102", "150000", "内蒙古自治区"),
        ("150302", "150300", "乌海市"),
        ("150300", "150300", "乌海市"),
        ("140105", "140000", "山西省"),
        ("110105", "000000", "全国"),
    ],
)
def test_a_region_stems_from_its_most_specific_file(
    region: str, file_region: str, title: str
) -> None:
    found = policy.of(region, TODAY)
    assert (found.region, found.title) == (file_region, title)


def test_jilin_asks_for_five_uploads_all_required() -> None:  # JL-1
    materials = policy.of(JILIN, TODAY).materials("employer.initial")
    assert [material.name for material in materials] == [
        "licence",
        "operator_id_front",
        "operator_id_back",
        "legal_rep_id_front",
        "legal_rep_id_back",
    ]
    assert all(material.required for material in materials)
    assert all(set(material.types) == {"pdf", "jpg", "png"} for material in materials)


def test_jilin_renews_and_ends_only_what_is_on_a_roster() -> None:  # JL-4, JL-5
    jilin = policy.of(JILIN, TODAY)
    assert jilin.renewal_needs_roster
    assert jilin.ending_needs_roster


@pytest.mark.parametrize("region", [HOHHOT, WUHAI, TAIYUAN, BEIJING])
def test_no_other_province_needs_a_roster_first(region: str) -> None:
    found = policy.of(region, TODAY)
    assert not found.renewal_needs_roster
    assert not found.ending_needs_roster


def test_inner_mongolia_files_dispatch_on_both_sides_and_where_the_work_is_done() -> None:  # NMG-3
    assert policy.of(HOHHOT, TODAY).may_file_at_workplace
    assert not policy.of(JILIN, TODAY).may_file_at_workplace


@pytest.mark.parametrize("kind", ["contract.new", "contract.ending", "employer.initial"])
def test_wuhai_decides_labour_filings_at_once(kind: str) -> None:  # WH-2
    assert policy.of(WUHAI, TODAY).review_limit(kind) == policy.Period(0, "working")
    assert policy.of(HOHHOT, TODAY).review_limit(kind) == policy.Period(5, "working")


def test_a_kind_of_case_that_no_file_names_takes_the_general_limit() -> None:
    assert policy.of(WUHAI, TODAY).review_limit("annual.pay") == policy.Period(5, "working")


@pytest.mark.parametrize(
    ("item", "statutory", "promised", "joint"),
    [
        ("social_insurance_enrolment", 1, 1, 0),
        ("medical_insurance_enrolment", None, 1, None),
        ("employment_registration", 7, 3, 0),
        ("employment_certificate_physical", 7, 3, 3),
        ("employment_certificate_electronic", 7, 0, 0),
        ("labour_filing", None, 0, 0),
        ("social_security_card_batch", 30, 5, 5),
        ("social_security_card_single", 5, 0, 0),
        ("social_security_card_electronic", 1, 1, 0),
        ("housing_fund_account", None, 0, None),
    ],
)
def test_wuhai_sets_three_limits_for_each_item_of_hiring(
    item: str, statutory: int | None, promised: int | None, joint: int | None
) -> None:  # WH-2
    limit = policy.of(WUHAI, TODAY).time_limit(item)
    assert limit is not None
    found = [period and period.days for period in (limit.statutory, limit.promised, limit.joint)]
    assert found == [statutory, promised, joint]
    assert limit.binding == (limit.joint if joint is not None else limit.promised)
    assert policy.of(HOHHOT, TODAY).time_limit(item) is None


def test_wuhai_takes_hiring_as_one_thing_with_three_materials() -> None:  # WH-1
    assert policy.of(WUHAI, TODAY).accepts("hiring.joint")
    assert not policy.of(HOHHOT, TODAY).accepts("hiring.joint")
    assert len(policy.of(WUHAI, TODAY).materials("hiring.joint")) == 3


def test_wuhai_keeps_what_its_region_says_elsewhere() -> None:
    wuhai, region = policy.of(WUHAI, TODAY), policy.of(HOHHOT, TODAY)
    assert wuhai.annual_duties == region.annual_duties
    assert wuhai.text("notice_late") == region.text("notice_late")
    assert wuhai.text("bureau_name") == "乌海市人力资源和社会保障局"


@pytest.mark.parametrize(
    ("region", "kind", "accepted"),
    [
        (HOHHOT, "annual.pay", True),
        (HOHHOT, "annual.return", False),
        (TAIYUAN, "annual.return", True),
        (TAIYUAN, "annual.pay", False),
        (JILIN, "annual.pay", False),
        (JILIN, "contract.new", True),
    ],
)
def test_each_province_takes_its_own_kinds_of_case(region: str, kind: str, accepted: bool) -> None:
    assert policy.of(region, TODAY).accepts(kind) is accepted


def test_a_table_that_a_province_does_not_name_is_offered_whole() -> None:
    assert policy.of(JILIN, TODAY).choices("employer_nature") is None
    offered = policy.of(TAIYUAN, TODAY).choices("employer_nature")
    assert offered is not None
    assert {"20", "30", "40"} <= set(offered)
    assert "60" not in offered  # foundations are not among those of the Shanxi notice


def test_contracts_about_to_end_are_reminded_of_three_times() -> None:  # ALL-5
    for region in (JILIN, HOHHOT, WUHAI, TAIYUAN, BEIJING):
        assert policy.of(region, TODAY).reminders.contract_ending_days == (60, 30, 7)


def test_texts_are_those_of_the_province() -> None:
    assert policy.of(JILIN, TODAY).text("portal_title") == "吉林智慧人社单位网上办事大厅"
    assert policy.of(BEIJING, TODAY).text("portal_title") == "劳动用工备案网上服务大厅"
    with pytest.raises(KeyError):
        policy.of(JILIN, TODAY).text("no_such_text")


@pytest.mark.parametrize(
    ("region", "needed"), [("220104", False), ("150302", True), ("140105", True)]
)
def test_recognition_needs_the_filing_where_a_document_says_so(region: str, needed: bool) -> None:
    """Measures of Inner Mongolia, Art. 15; notice of Shanxi, VII (2)."""
    rules = policy.of(region, TODAY)
    assert rules.supervision.recognition_needs_filing is needed
    assert rules.is_checked("supervision.recognition_needs_filing") is needed
    assert not rules.is_checked("supervision.late_filings")
