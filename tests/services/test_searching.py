"""What people type leads to the item they mean: titles, everyday words, pinyin, initials, text."""

from __future__ import annotations

from functools import cache

import pytest

from yonggong.catalogue import book
from yonggong.services.searching import Index, terms_of


@cache
def index() -> Index:
    return Index([item for item in book() if item.page is not None])


def keys(typed: str) -> list[str]:
    return [item.key for item in index().search(typed)]


# What is typed → the item that comes first.
FIRST = {
    # titles, whole and in part
    "工伤认定": "work-injury-recognition",
    "失业登记": "unemployment-registration",
    "集体合同": "collective-contract-review",
    "劳务派遣经营许可": "labour-dispatch-licence",
    "社会保障卡申领": "social-security-card-application",
    "职业介绍": "job-matching",
    "灵活就业社会保险补贴": "hard-to-employ-flexible-employment-social-insurance-subsidy",
    # everyday words
    "丢了社保卡": "social-security-card-loss-report-and-release",
    "社保卡丢了": "social-security-card-loss-report-and-release",
    "我的社保卡丢了怎么办": "social-security-card-loss-report-and-release",
    "补办社保卡": "social-security-card-replacement",
    "怎么领失业金": "unemployment-benefit-claim",
    "被辞退": "unemployment-benefit-claim",
    "拖欠工资": "labour-dispute-arbitration-application",
    "讨薪": "labour-dispute-arbitration-application",
    "劳动仲裁": "labour-dispute-arbitration-application",
    "童工": "underage-worker-registration",
    "裁员": "economic-layoff-report",
    "倒班": "special-working-hours-approval",
    "公司改名": "enterprise-employer-basic-information-change",
    "新公司社保": "enterprise-social-insurance-registration",
    "员工离职停社保": "enterprise-contributor-removal",
    "给员工交社保": "enterprise-employee-insurance-registration",
    "工伤报销": "work-injury-medical-expense-claim",
    "下班路上出车祸": "work-injury-recognition",
    "几级伤残": "work-capacity-assessment",
    "开店补贴": "one-off-startup-subsidy",
    "创业没钱": "individual-startup-guaranteed-loan",
    "4050人员": "hard-to-employ-person-recognition",
    "毕业档案放哪": "personnel-file-receipt",
    "调档": "personnel-file-transfer-out",
    "考公政审": "personnel-file-political-review",
    "失业证": "employment-entrepreneurship-certificate-issue",
    "考证报销": "skills-assessment-subsidy",
    "技校免学费": "technical-school-tuition-waiver",
    "新农保": "resident-pension-registration",
    "稳岗补贴": "job-stabilization-refund",
    # pinyin, whole or half typed
    "gongshangrending": "work-injury-recognition",
    "shiyedengji": "unemployment-registration",
    "shiyejin": "unemployment-benefit-claim",
    "laodongzhongcai": "labour-dispute-arbitration-application",
    "jitihet": "collective-contract-review",
    "GongShang RenDing": "work-injury-recognition",
    # initials
    "gsrd": "work-injury-recognition",
    "syjdj": "unemployment-registration",
    "sydj": "unemployment-registration",
    "ldzc": "labour-dispute-arbitration-application",
    "jtht": "collective-contract-review",
    "qyzgcbdj": "enterprise-employee-insurance-registration",
    "tsgs": "special-working-hours-approval",
    # what stands in the text alone; several terms; full-width signs
    "工伤 复发": "work-injury-relapse-treatment",
    "养老金 居民 恢复": "resident-pension-benefit-resumption",
    "１２３３３": "hr-social-security-12333-hotline",
}


@pytest.mark.parametrize("typed", FIRST)
def test_what_is_typed_leads_to_the_item(typed: str) -> None:
    assert keys(typed)[:1] == [FIRST[typed]]


def test_every_item_is_found_first_or_nearly_by_its_title_and_all_its_words() -> None:
    far = {
        (item.title, words)
        for item in index().items
        for words in (item.title, *item.words)
        if item.key not in keys(words)[: 1 if words == item.title else 12]
    }
    assert far == set()


def test_a_title_comes_before_everyday_words_and_these_before_the_text() -> None:
    found = index().search("退休")
    ranks = [
        0 if "退休" in item.title else 1 if any("退休" in word for word in item.words) else 2
        for item in found
    ]
    assert ranks == sorted(ranks) and set(ranks) == {0, 1, 2}


def test_nothing_typed_is_everything_in_the_order_of_the_standard_and_nonsense_nothing() -> None:
    assert keys("") == keys("  ，") == [item.key for item in index().items]
    assert keys("量子纠缠") == keys("zzzzqq") == []


def test_what_people_say_around_it_is_left_out_unless_it_is_all_there_is() -> None:
    assert terms_of("请问怎么办理失业登记？") == ["失业登记"]
    assert terms_of("我要 查，档案") == ["查", "档案"]
    assert terms_of("怎么") == ["怎么"]
    assert len(terms_of("一 二 三 四 五 六 七 八")) == 6
