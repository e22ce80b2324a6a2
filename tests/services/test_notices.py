"""Notices: issued once, numbered, on the case's papers of both sides; what each says."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cases.kite import ANSWERS
from tests.documents.papers import page_texts
from tests.services.handling import Office
from yonggong.cases import actions as case_actions
from yonggong.cases import drafting, kinds, marking, reusing
from yonggong.cases.models import Case
from yonggong.cases.procedure import Outcome
from yonggong.documents.queries import papers_of_item, pdf_of, rosters_visible_to
from yonggong.registry.models import Agency

pytestmark = pytest.mark.django_db


def text_of(paper: Any) -> str:
    return re.sub(r"\s", "", "".join(page_texts(pdf_of(paper))))


def test_an_acceptance_is_told_with_its_limits(filed: Case, office: Office, operator: Any) -> None:
    case = office.end(filed)
    (paper,) = papers_of_item(operator, case)
    assert paper.title == "受理通知书" and paper.number.startswith("SL220104")
    said = text_of(paper)
    for words in ("决定予以受理", "风筝补贴", case.number, "承诺办结日期2026年11月27日"):
        assert words in said, words


def test_it_is_told_by_the_agency_that_accepts_not_by_the_one_that_goes_on(
    filed: Case,
    office: Office,
    operator: Any,
    agency: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kind = filed.definition
    higher = Agency.objects.create(name="长春试验局", region_code="220100", level="prefecture")
    procedure = kind.procedure
    assert procedure is not None
    steps = (replace(one, at=lambda case: higher) if one.key == "review" else one
             for one in procedure.steps)  # fmt: skip
    changed = replace(kind, procedure=replace(procedure, steps=tuple(steps)))
    monkeypatch.setitem(kinds._KINDS, kind.name, changed)
    case = office.end(filed)
    assert case.acting_agency == higher
    (paper,) = papers_of_item(operator, case)
    said = text_of(paper)
    assert agency.name in said and higher.name not in said


def test_what_is_to_be_completed_is_told_whole(filed: Case, office: Office, operator: Any) -> None:
    case = office.end(
        filed,
        Outcome.RETURN,
        answers={"check_a1": "wrong", "check_a1_said": "照片模糊"},
        opinion="请重新拍照",
        marked=marking.marks(filed, ["kite"], {"kite": "名称不全"}),
    )
    (paper,) = papers_of_item(operator, case)
    said = text_of(paper)
    assert paper.title == "一次性告知书"
    for words in ("请重新拍照", "风筝名称（名称不全）", "风筝照片清晰：照片模糊"):
        assert said.count(words) == 1, words


def test_what_is_left_to_sharing_is_not_missing(
    item: Callable[..., Any], office: Office, operator: Any, employer: Any
) -> None:
    who = {"by": operator, "now": office.now}
    asked = {
        "materials": [{
            "name": "有效身份证件", "source": "申请人自备", "type": "原件", "copies": 1,
            "form": ["电子"], "required": True, "shareable": True, "keep_paper": False,
        }],
        "sharing": [{"need": "身份信息", "method": "实时", "provider": "公安部门", "fields": []}],
    }  # fmt: skip
    kind, party = item(**asked), employer.party
    papers = []
    for outcome in (Outcome.RETURN, Outcome.NEXT):
        case = drafting.save_draft(kind=kind, applicant=party, raw=ANSWERS, case=None, **who)
        reusing.leave_to_sharing(case=case, name="m1", address=None, **who)
        case = case_actions.submit(
            kind=kind, raw=ANSWERS, applicant=party, case=case, key=None, address=None, **who
        )
        answers = {} if outcome is Outcome.RETURN else None
        papers += papers_of_item(operator, office.end(case, outcome, answers=answers, opinion="补"))
    returned, accepted = map(text_of, papers)
    assert "缺少的材料" not in returned
    assert "有效身份证件（由共享取得）" in accepted


def test_not_ours_says_whose_it_is_and_what_can_be_done_against_it(
    filed: Case, office: Office, operator: Any
) -> None:
    case = office.end(
        filed, Outcome.REFUSE, answers={"whose_matter": "市文化局"}, opinion="不属本机构"
    )
    (paper,) = papers_of_item(operator, case)
    said = text_of(paper)
    for words in ("不予受理通知书", "应当向其申请的机关市文化局", "六十日内依法申请行政复议",
                  "六个月内直接向人民法院提起行政诉讼", "第四十六条"):  # fmt: skip
        assert words in said, words


def test_a_refused_arbitration_names_no_remedy_that_it_does_not_have(
    item: Callable[..., Any], office: Office, operator: Any, employer: Any
) -> None:
    case = case_actions.submit(
        kind=item(category="劳动争议"),
        raw=ANSWERS,
        applicant=employer.party,
        key=None,
        by=operator,
        now=office.now,
        address=None,
    )
    case = office.end(case, Outcome.REFUSE, answers={}, opinion="不属本机构")
    (paper,) = papers_of_item(operator, case)
    assert "行政复议" not in text_of(paper)


def test_the_way_to_its_end_leaves_each_paper_once(
    filed: Case, office: Office, operator: Any, reviewer: Any
) -> None:
    case = office.finish(filed)
    papers = list(papers_of_item(operator, case))
    assert [one.title for one in papers] == ["受理通知书", "风筝补贴核定表", "送达回证"]
    served = text_of(papers[-1])
    for words in (
        "送达方式现场领取",
        "试领",
        "220104199001011234",
        "受理通知书（SL",
        "签名或者盖章",
    ):
        assert words in served, words
    result = text_of(papers[1])
    assert "线轴" not in result and "收款人" not in result  # checklists and records stay inside
    assert not rosters_visible_to(operator).exists()
    assert list(papers_of_item(reviewer, case)) == papers


def test_what_is_served_is_the_paper_that_the_case_ended_with(
    item: Callable[..., Any], office: Office, operator: Any, employer: Any
) -> None:
    case = case_actions.submit(
        kind=item(results=["认定风筝决定书", "不予认定风筝决定书"]),
        raw=ANSWERS,
        applicant=employer.party,
        key=None,
        by=operator,
        now=office.now,
        address=None,
    )
    *_, result, receipt = papers_of_item(operator, office.finish(case))
    said = text_of(receipt)
    assert f"送达文书认定风筝决定书（{result.number}）" in said
    assert "不予认定风筝决定书" not in said


def test_of_several_results_only_what_was_decided_is_printed(
    item: Callable[..., Any], office: Office, operator: Any, employer: Any
) -> None:
    began, results = office.now, ["存档证明", "经历证明", "亲属关系证明"]
    kind, said = item(results=results), []
    for ticked in (["1", "2"], []):
        office.now = began
        case = case_actions.submit(
            kind=kind,
            raw=ANSWERS,
            applicant=employer.party,
            key=None,
            by=operator,
            now=began,
            address=None,
        )
        case = office.end(office.bring(case, "approve"), answers={"results_given": ticked})
        *_, result, _ = papers_of_item(operator, office.finish(case))
        said.append((result.title, text_of(result)))
    (title, ticked_paper), (_, other) = said
    assert title == "经历证明" and "办理结果经历证明；亲属关系证明" in ticked_paper
    assert "存档证明" not in ticked_paper and "办理结果" not in other


def test_both_sides_have_them_on_the_page_of_the_case_and_strangers_do_not(
    filed: Case,
    office: Office,
    operator: Any,
    reviewer: Any,
    at_screen: Any,
    make_user: Any,
    make_employer: Any,
) -> None:
    case = office.end(filed)
    (paper,) = papers_of_item(operator, case)
    for user, portal in ((operator, "employer"), (reviewer, "bureau")):
        screen: Client = at_screen(user)
        page = screen.get(reverse(f"{portal}:case", args=[case.pk])).content.decode()
        assert paper.number in page
        assert screen.get(f"/{portal}/rosters/{paper.pk}/pdf/").content[:5] == b"%PDF-"
        assert ("线轴牢固" in page) == (portal == "bureau")  # the checklist is the office's to read
    stranger = at_screen(make_user("employer_operator", employer=make_employer()))
    assert stranger.get(f"/employer/rosters/{paper.pk}/pdf/").status_code == 404
