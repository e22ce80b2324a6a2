"""The result of an item without code: issued when its case ends, kept, read by both sides."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cases.item_versions import content
from tests.cases.kite import ANSWERS
from tests.cases.passing import passing
from tests.contracts.making import revoke
from tests.documents.papers import page_texts
from tests.registry.authorising import authorised
from yonggong.accounts.models import User
from yonggong.cases import actions as case_actions
from yonggong.cases import handling
from yonggong.cases.catalogued import kind_of
from yonggong.cases.models import Case
from yonggong.cases.procedure import Outcome
from yonggong.catalogue.versions import read_version
from yonggong.documents.models import Document
from yonggong.documents.queries import pdf_of, rosters_visible_to
from yonggong.documents.results import results_of

pytestmark = pytest.mark.django_db
BASIS = [{"title": "风筝管理办法", "number": "吉放发〔2026〕1号", "article": "第三条"}]


@pytest.fixture
def filed(operator: Any, employer: Any, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Case:
    from yonggong.cases import kinds

    item = read_version(content(legal_basis=BASIS), region="220000", since=None)
    monkeypatch.setitem(kinds._KINDS, item.key, kind_of(item, taken=True))
    return case_actions.submit(
        kind=kinds.get_kind(item.key),
        raw=ANSWERS,
        applicant=employer.party,
        key=None,
        by=operator,
        now=now,
        address=None,
    )


def complete(
    case: Case,
    by: Any,
    now: datetime,
    outcome: Outcome = Outcome.NEXT,
    answers: Any = None,
    **given: Any,
) -> Case:
    assert case.filed_at is not None
    return handling.complete(
        case=case,
        answers=passing(case, **(answers or {})),
        step=case.steps.get(acted_at__isnull=True).pk,
        outcome=outcome,
        seen=case.filed_at,
        by=by,
        now=now,
        address=None,
        **given,
    )


def ended(case: Case, by: Any, now: datetime) -> Case:
    case = complete(case, by, now)
    return complete(case, by, now, answers={"place": "南湖公园"}, opinion="风筝完好")


def text_of(case: Case, user: Any) -> str:
    (paper,) = results_of(user, case)
    return re.sub(r"\s", "", "".join(page_texts(pdf_of(paper))))


def test_an_approved_item_issues_its_result(
    filed: Case, reviewer: Any, operator: Any, now: datetime
) -> None:
    case = ended(filed, reviewer, now)
    (paper,) = results_of(operator, case)
    assert (paper.title, paper.made_by, paper.made_at) == ("放风筝许可证", reviewer, now)
    assert re.fullmatch(r"BJ2201042026\d{4}\d{6}", paper.number)
    text = text_of(case, operator)
    for said in (
        "放风筝许可证", f"编号：{paper.number}", case.applicant.name, case.applicant.employer.credit_code,
        case.number, "于2026年11月20日提出的“风筝借用”申请收悉", "予以办结", "放飞地点南湖公园",
        "审查意见", "风筝完好", "《风筝管理办法》（吉放发〔2026〕1号）第三条", case.acting_agency.name,
        "2026年11月20日",
    ):  # fmt: skip
        assert said in text, said


@pytest.mark.parametrize(
    ("accepted", "title", "decided"),
    [(False, "不予受理通知书", "决定不予受理"), (True, "不予批准决定书", "决定不予批准")],
)
def test_one_refused_issues_its_decision_with_the_grounds(
    filed: Case,
    reviewer: Any,
    operator: Any,
    now: datetime,
    accepted: bool,
    title: str,
    decided: str,
) -> None:
    case = complete(filed, reviewer, now) if accepted else filed
    case = complete(case, reviewer, now, Outcome.REFUSE, opinion="风筝过大，不符合第三条")
    (paper,) = results_of(operator, case)
    text = text_of(case, operator)
    assert paper.title == title and title in text
    assert decided in text and "理由" in text and "风筝过大" in text
    assert "放风筝许可证" not in text


def test_one_returned_issues_nothing_until_it_ends(
    filed: Case, reviewer: Any, operator: Any, now: datetime
) -> None:
    case = complete(filed, reviewer, now, Outcome.RETURN, opinion="请补照片")
    assert not results_of(operator, case).exists()


def test_what_was_decided_is_kept_as_it_was(
    filed: Case, reviewer: Any, operator: Any, now: datetime
) -> None:
    case = ended(filed, reviewer, now)
    (paper,) = results_of(operator, case)
    before = pdf_of(paper)
    case.applicant.employer.name = "另一个名称"
    case.applicant.employer.save()
    assert pdf_of(Document.objects.get(pk=paper.pk)) == before


def test_both_sides_download_it_and_strangers_do_not(
    filed: Case,
    reviewer: Any,
    operator: Any,
    now: datetime,
    at_screen: Any,
    make_user: Any,
    make_employer: Any,
) -> None:
    case = ended(filed, reviewer, now)
    (paper,) = results_of(operator, case)
    for user, portal in ((operator, "employer"), (reviewer, "bureau")):
        screen: Client = at_screen(user)
        page = screen.get(reverse(f"{portal}:case", args=[case.pk])).content.decode()
        addresses = set(re.findall(rf'href="(/{portal}/rosters/{paper.pk}/pdf/[^"]*)"', page))
        assert len(addresses) == 2  # to look at, and to take along
        for address in addresses:
            answer = screen.get(address)
            assert answer["Content-Type"] == "application/pdf" and answer.content[:5] == b"%PDF-"
    stranger = at_screen(make_user("employer_operator", employer=make_employer()))
    assert stranger.get(f"/employer/rosters/{paper.pk}/pdf/").status_code == 404
    elsewhere = at_screen(make_user("reviewer", region_code="150102"))
    assert elsewhere.get(f"/bureau/rosters/{paper.pk}/pdf/").status_code == 404


def test_it_stands_on_no_list_of_rosters(
    filed: Case, reviewer: Any, operator: Any, now: datetime
) -> None:
    ended(filed, reviewer, now)
    assert not rosters_visible_to(operator).exists()


def test_what_the_office_fills_in_of_a_person_is_sealed(
    operator: Any, employer: Any, reviewer: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    from yonggong.cases import kinds

    said = content()
    place = said["forms"][0]["fields"][2]
    place["personal"] = True
    kind = kind_of(read_version(said, region="220000", since=None), taken=True)
    monkeypatch.setitem(kinds._KINDS, kind.name, kind)
    case = case_actions.submit(
        kind=kind,
        raw=ANSWERS,
        applicant=employer.party,
        key=None,
        by=operator,
        now=now,
        address=None,
    )
    case = ended(case, reviewer, now)
    assert "南湖" not in json.dumps(case.steps.get(key="decide").data, ensure_ascii=False)
    assert "南湖公园" in text_of(case, operator)


@pytest.fixture
def granted(
    person: Any, pupil: User, agency: Any, reviewer: Any, now: datetime, monkeypatch: Any
) -> Case:
    """A case of a person, ended with a result."""
    from yonggong.cases import kinds

    item = read_version(content(audience=["个人"]), region="220000", since=None)
    monkeypatch.setitem(kinds._KINDS, item.key, kind_of(item, taken=True))
    case = case_actions.submit(
        kind=kinds.get_kind(item.key),
        raw=ANSWERS,
        applicant=person,
        key=None,
        by=pupil,
        now=now,
        address=None,
    )
    return ended(case, reviewer, now)


def test_a_person_who_applied_gets_their_result(
    person: Any, pupil: User, granted: Case, operator: Any
) -> None:
    (paper,) = results_of(pupil, granted)
    assert (paper.employer, paper.holder_name) == (None, person.name)
    text = text_of(granted, pupil)
    assert f"{person.name}：" in text and "你于2026年11月20日" in text and "信用代码" not in text
    assert not results_of(operator, granted).exists()


def test_a_person_downloads_it_as_does_who_acts_for_them_and_nobody_else(
    person: Any, pupil: User, granted: Case, operator: Any, employer: Any, at_screen: Any
) -> None:
    (paper,) = results_of(pupil, granted)
    case_page = reverse("person:case", args=[granted.pk])
    pdf = reverse("person:document-pdf", args=[paper.pk])
    window: Client = at_screen(pupil)
    shown = window.get(case_page).content.decode()
    assert f'href="{pdf}"' in shown and f'href="{pdf}?download=1"' in shown
    assert window.get(pdf).content[:5] == b"%PDF-"
    assert at_screen(operator).get(pdf).status_code == 404
    authorised(person, employer.party, by=pupil)
    agent: Client = at_screen(User.objects.get(pk=operator.pk))
    assert f'href="{pdf}"' in agent.get(case_page).content.decode()
    assert agent.get(pdf).content[:5] == b"%PDF-"
    # Theirs to see in the portal of persons only.
    assert agent.get(f"/employer/rosters/{paper.pk}/pdf/").status_code == 404


def test_the_result_of_a_withdrawn_approval_stays_and_is_said_to_prove_nothing(
    filed: Case,
    reviewer: Any,
    operator: Any,
    make_user: Any,
    agency: Any,
    at_screen: Any,
    now: datetime,
) -> None:
    case = ended(filed, reviewer, now)
    before = text_of(case, operator)
    second = make_user("reviewer", agency=agency, region_code="220104")
    revoke(case, by=reviewer, second=second, now=now)
    case.refresh_from_db()
    assert (case.state, case.state_title) == ("revoked", "已撤销")
    assert text_of(case, operator) == before
    page = at_screen(operator).get(reverse("employer:case", args=[case.pk])).content.decode()
    assert "已撤销，不再作为凭据" in page and "行政复议" in page
