"""What of an item's notes is for whom: only administrators see where the standard contradicts itself."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
import yaml

from yonggong.catalogue import book
from yonggong.catalogue.doubts import (
    Sort,
    doubts_of,
    is_doubtful,
    is_for_applicants,
    limit_words,
    notes_of,
    sort_of,
)
from yonggong.catalogue.items import Limit


@pytest.mark.parametrize(
    ("note", "sort"),
    [
        ("社会保险法文号存疑：此处印作主席令第五十七号，他处作第三十五号", Sort.DOUBT),
        ("原文发起一节小标题误作“新成立企业申请登记”", Sort.DOUBT),
        ("办理形式只列窗口，是否网办为“是”并列有网办地址，两处不一致", Sort.DOUBT),
        ("两个转递期限并存：第二十条为15个工作日，本流程为1个工作日", Sort.DOUBT),
        ("503 号文标准印作劳部发〔1997〕503号，疑应为劳部发〔1994〕503号", Sort.DOUBT),
        ("适用于各级社会保险经办机构，原文未列明具体层级", Sort.OPEN),
        ("补贴基准金额源文件未写", Sort.OPEN),
        ("《公益性岗位补贴申请表》未附空表", Sort.OPEN),
        ("归档目录：变更表、信息变更证明材料、其他相关材料", Sort.OFFICE),
        ("监听·信息获取：未核实参保地 -10", Sort.OFFICE),
        ("《工伤待遇计算》两表取自后台界面，由经办机构填写", Sort.OFFICE),
        ("方案、报告中的目标、团队、技术人员等明细另列为可重复表单", Sort.OFFICE),
        ("共享接口待提供方提供后开发", Sort.OFFICE),
        ("节点经办时限：养老待遇复审（综合业务科经办岗）5个工作日", Sort.OFFICE),
        ("材料表只列重复领取待遇已清退的情形", Sort.DOUBT),
        ("停工留薪期一般不超过12个月", Sort.FACT),
        ("材料不齐全或不符合要求的，3个工作日内一次性告知需补齐的全部内容", Sort.FACT),
        ("无欠费方可办理注销登记", Sort.FACT),
    ],
)
def test_a_note_is_for_those_whom_its_words_name(note: str, sort: Sort) -> None:
    assert sort_of(note) is sort


def test_every_note_is_of_one_sort_and_none_is_lost() -> None:
    for item in book():
        assert sorted(item.notes) == sorted(note for sort in Sort for note in notes_of(item, sort))


def test_nothing_that_applicants_read_quotes_an_office_s_screen() -> None:
    for item in book():
        said = [note for sort in (Sort.FACT, Sort.OPEN) for note in notes_of(item, sort)]
        said += [rule.says for rule in item.rules if is_for_applicants(rule)]
        said += [field.hint for form in item.forms for field in form.fields]
        said += [figure.name for rule in item.rules for figure in rule.figures]
        for text in said:
            assert not re.search("界面(?:示例|样例|未列)|后台(?:系统|样例)|^示例|示例系数", text), (
                text
            )


def test_what_a_rule_says_beside_an_example_stays() -> None:
    rules = book().get("work-injury-disability-benefits").rules
    assert rules[2].says == "定期待遇金额＝待遇基数×待遇系数"
    assert (
        book().get("work-injury-benefit-adjustment").rules[7].says.startswith("供养子女抚恤金：自")
    )


def test_no_public_note_says_that_the_standard_errs() -> None:
    said = [
        note
        for item in book()
        for sort in (Sort.FACT, Sort.OPEN)
        for note in notes_of(item, sort)
        if any(
            word in note
            for word in (
                "存疑", "误印", "印作", "照录", "两处", "印了两次", "列的归属", "却为无", "只要求1份",
                "取自后台", "可重复表单", "提供方", "无对应栏", "措辞不同",
            )
        )
    ]  # fmt: skip
    assert said == []


def test_each_note_told_by_name_stands_in_an_item() -> None:
    notes = {note for item in book() for note in item.notes}
    told = yaml.safe_load((files("yonggong.catalogue") / "doubts.yaml").read_text("utf-8"))["notes"]
    assert [note for some in told.values() for note in some if note not in notes] == []


@pytest.mark.parametrize(
    "key",
    [
        "work-injury-medical-expense-claim",  # 30 days beside 30 working days
        "hr-social-security-12333-hotline",  # seven days beside seven working days
        "enterprise-pension-benefit-claim",  # nodes that add up to more than the promised limit
        "labour-dispatch-licence",  # the decree says 20
        "collective-contract-review",  # the regulation says 10
        "enterprise-employee-normal-retirement",  # the law changed since
        "government-institution-disability-allowance",
    ],
)
def test_the_known_doubts_are_told_to_administrators(key: str) -> None:
    assert doubts_of(book().get(key))


def test_a_limit_s_remark_on_a_contradiction_is_for_administrators() -> None:
    item = book().get("enterprise-pension-benefit-claim")
    assert item.promised_limit is not None and "合计30个工作日" in item.promised_limit.note
    assert limit_words(item.promised_limit) == "10个工作日"
    assert "时限" in [doubt.where for doubt in doubts_of(item)]
    told = book().get("unemployment-registration").promised_limit
    assert told is not None and limit_words(told) == f"{told}（{told.note}）"


def test_a_rule_that_guards_against_a_contradiction_is_a_doubt() -> None:
    rules = book().get("enterprise-pension-benefit-claim").rules
    assert [rule.says for rule in rules if is_doubtful(rule)] == [
        "各节点经办时限合计30个工作日，与承诺10个工作日不一致，原文存疑"
    ]


def test_a_limits_remark_does_not_say_the_limit_again() -> None:
    limit = Limit(value=0, unit="即办", note="即时办结；每月 15 日前申请的当月发放")
    assert limit_words(limit) == "即时办结（每月 15 日前申请的当月发放）"
