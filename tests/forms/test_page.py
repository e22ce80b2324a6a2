"""The page made from the form, as HTML."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.template import engines
from django.test import RequestFactory

from tests.forms.club import CLUB
from tests.forms.site import Found
from yonggong.forms import Field, FieldType, Form, Option, Section, When
from yonggong.forms.page import Action, FormPage, explanations
from yonggong.forms.uploads import UploadedFile, UploadSlot

Answers = Callable[..., dict[str, object]]
Attributes = dict[str, str | None]


class Page(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.elements: list[tuple[str, Attributes]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def named(self, name: str) -> list[Attributes]:
        """The controls that send `name`."""
        return [attributes for _tag, attributes in self.elements if attributes.get("name") == name]

    def cell(self, name: str) -> Attributes:
        (found,) = [found for _tag, found in self.elements if found.get("data-field") == name]
        return found

    def ids(self) -> list[str]:
        return [found["id"] or "" for _tag, found in self.elements if "id" in found]


def draw(page: FormPage) -> Page:
    template = engines["django"].from_string("{% load forms %}{% form_page page %}")
    return Page(template.render({"page": page}))


def test_every_field_has_a_control() -> None:
    page = draw(FormPage(CLUB))
    assert [field.name for field in CLUB.fields if not page.named(field.name)] == []


def test_every_control_has_a_label_and_no_id_stands_twice() -> None:
    page = draw(FormPage(CLUB))
    ids = page.ids()
    assert len(ids) == len(set(ids))
    labelled = {found.get("for") for tag, found in page.elements if tag == "label"}
    for tag, found in page.elements:
        if tag in ("input", "select", "textarea") and found.get("type") not in (
            "hidden",
            "radio",
            "checkbox",
        ):
            assert found["id"] in labelled, found
    groups = [
        found for _tag, found in page.elements if found.get("role") in ("radiogroup", "group")
    ]
    assert groups
    assert all(found["aria-labelledby"] in ids for found in groups)


def test_everything_that_describes_a_control_is_there() -> None:
    page = draw(FormPage(CLUB))
    ids = set(page.ids())
    described = [
        found["aria-describedby"] for _t, found in page.elements if "aria-describedby" in found
    ]
    assert described
    assert all(set((text or "").split()) <= ids for text in described)


def test_there_is_nothing_that_the_content_policy_refuses() -> None:
    html = draw(FormPage(CLUB, check_url="/c", findings=[Found()])).html
    assert not re.search(r"\sstyle=|\son[a-z]+=|javascript:|<style", html)
    assert re.findall(r"<script[^>]*>(.*?)</script>", html, re.DOTALL) == [""]


def test_required_fields_are_starred_and_said_to_be() -> None:
    page = draw(FormPage(CLUB))
    assert page.named("joined_on")[0]["aria-required"] == "true"
    assert "aria-required" not in page.named("team")[0]


def test_a_new_form_shows_its_defaults() -> None:
    page = draw(FormPage(CLUB))
    chosen = [found["value"] for found in page.named("pays") if "checked" in found]
    assert chosen == ["true"]
    assert re.search(r'<option value="01" selected>\s*居民身份证</option>', page.html)


def test_typed_values_stand_in_their_controls(answers: Answers, number: str) -> None:
    values = CLUB.clean(answers(season="2024年3月", home_region="220104", languages="02")).values
    page = draw(FormPage(CLUB, values=values))
    assert page.named("document_number")[0]["value"] == number
    assert page.named("birth_date")[0]["value"] == "1990-05-06"
    assert page.named("season")[0]["value"] == "2024-03"
    assert page.named("fee")[0]["value"] == "120.00"
    assert page.named("home_region")[0]["value"] == "吉林省长春市朝阳区"
    assert page.named("home_region")[0]["data-path"] == '["220000", "220100", "220104"]'
    checked = [found["value"] for found in page.named("languages") if "checked" in found]
    assert checked == ["02"]


def test_what_could_not_be_read_stays_to_be_mended() -> None:
    sent = {"joined_on": "去年冬天", "sex": "不详", "hours": "很多"}
    page = draw(FormPage(CLUB, raw=sent, problems=CLUB.clean(sent).problems))
    assert page.named("joined_on")[0]["value"] == "去年冬天"
    assert page.named("joined_on")[0]["type"] == "text"
    assert page.named("hours")[0]["value"] == "很多"
    assert '<option value="不详" selected>不详（不在可选范围内）</option>' in page.html


def test_a_region_chosen_halfway_stays_chosen() -> None:
    page = draw(FormPage(CLUB, raw={"home_region": "220100"}))
    assert page.named("home_region")[0]["data-path"] == '["220000", "220100"]'


def test_problems_stand_on_top_and_beside_their_fields() -> None:
    sent = {"joined_on": "昨天"}
    page = draw(FormPage(CLUB, raw=sent, problems=CLUB.clean(sent).problems))
    assert '<a href="#f-joined_on" data-go="joined_on">入会日期：不是能识别的日期' in page.html
    assert page.named("joined_on")[0]["aria-invalid"] == "true"
    assert page.html.count("不是能识别的日期") == 2
    assert 'role="alert"' in page.html


def test_what_people_typed_is_escaped() -> None:
    evil = '"><script>alert(1)</script>'
    sent = {"team": evil, "joined_on": evil, "sex": evil, "home_region": evil, "languages": evil}
    html = draw(FormPage(CLUB, raw=sent, problems=CLUB.clean(sent).problems)).html
    assert "<script>alert" not in html


def test_hidden_fields_carry_their_conditions() -> None:
    values = CLUB.initial() | {"pays": False}
    cell = draw(FormPage(CLUB, values=values)).cell("fee")
    assert json.loads(cell["data-show-when"]) == {"field": "pays", "accepts": ["true"]}
    assert "data-off" in cell
    assert "data-off" not in draw(FormPage(CLUB)).cell("fee")
    assert draw(FormPage(CLUB)).cell("reason")["data-required-when"] == (
        '{"field": "left_on", "filled": true}'
    )


def test_a_section_goes_when_none_of_its_fields_applies() -> None:
    gate = Field(name="plays", label="是否参赛", type=FieldType.BOOLEAN)
    team = Field(name="team", label="球队", show_when=When("plays", equals=True))
    form = Form(
        name="f",
        title="表",
        sections=(
            Section(name="gate", title="参赛", fields=(gate,)),
            Section(name="team", title="球队", fields=(team,)),
        ),
    )
    off = [section.off for section in FormPage(form, values={"plays": False}).sections]
    assert off == [False, True]
    assert [section.off for section in FormPage(form, values={"plays": True}).sections] == [
        False
    ] * 2


def test_read_only_fields_have_no_control_and_are_masked(answers: Answers, number: str) -> None:
    values = CLUB.clean(answers()).values
    fixed = ["name", "document_type", "document_number"]
    page = draw(FormPage(CLUB, values=values, read_only_fields=fixed))
    assert not page.named("document_number")
    assert number not in page.html
    assert page.cell("document_type")["data-fixed"] == '"01"'
    assert "data-fixed" not in page.cell("document_number")
    whole = draw(FormPage(CLUB, values=values, read_only_fields=fixed, unmasked=True))
    assert number in whole.html


def test_read_only_fields_keep_their_values_when_a_form_comes_back(answers: Answers) -> None:
    values = CLUB.clean(answers(team="东街队")).values
    sent = answers(team="冒名队")
    page = draw(FormPage(CLUB, values=values, raw=sent, read_only_fields=["team"]))
    assert "东街队" in page.html
    assert "冒名队" not in page.html


def test_a_page_may_narrow_the_choices() -> None:
    page = draw(FormPage(CLUB, options={"school": [Option(code="20", label="大学本科教育")]}))
    assert "大学本科教育" in page.html
    assert "研究生教育" not in page.html


def test_an_id_number_says_what_it_fills() -> None:
    found = draw(FormPage(CLUB)).named("document_number")[0]
    assert found["data-fills"] == '{"birth_date": "birth_date", "sex": "sex"}'


def test_findings_stand_in_the_panel_and_their_field_leads_there() -> None:
    page = draw(FormPage(CLUB, findings=[Found()], explanations={"club.training": "集训"}))
    assert page.html.count("每周训练超过 20 小时") == 1
    assert '<a href="#f-explain-club.training">见“合规检查”</a>' in page.html
    assert "《村体育俱乐部章程》第三条" in page.html
    assert page.named("explain-club.training")
    assert ">集训</textarea>" in page.html


@pytest.mark.parametrize("severity", ["block", "inform", None])
def test_only_a_warning_asks_for_an_explanation(severity: str | None) -> None:
    page = draw(FormPage(CLUB, findings=[Found(severity=severity)]))
    assert not page.named("explain-club.training")


def test_explanations_are_read_from_what_was_sent() -> None:
    sent = {"explain-a.b": " 集训 ", "explain-c": " ", "team": "东街队"}
    assert explanations(sent) == {"a.b": "集训"}


def test_the_answer_of_a_check_holds_findings_and_problems(rf: RequestFactory) -> None:
    sent = {"hours": "25", "email": "x"}
    cleaned = CLUB.clean(sent)
    page = FormPage(CLUB, raw=sent, problems=cleaned.problems, findings=[Found()])
    html = page.check_response(rf.post("/")).content.decode()
    assert "data-check-findings" in html
    assert 'data-problem="email" data-code="email.format"' in html
    assert 'data-remark="hours"' in html


def test_buttons_and_the_key_against_doubles_are_sent() -> None:
    actions = [Action(label="提交", primary=True), Action(label="存草稿", name="keep", value="1")]
    page = draw(FormPage(CLUB, actions=actions, idempotency_key="k1", cancel_url="/back"))
    assert page.named("keep")[0]["value"] == "1"
    assert page.named("idempotency_key")[0]["value"] == "k1"
    assert 'href="/back"' in page.html


def test_materials_are_slots_with_their_files() -> None:
    file = UploadedFile(name="照片.png", size=2048, view_url="/v/1", delete_url="/d/1")
    slot = UploadSlot(name="photo", label="照片", required=True, files=[file], problem="请上传照片")
    page = draw(FormPage(CLUB, uploads=[slot]))
    form = next(found for tag, found in page.elements if tag == "form")
    assert form["enctype"] == "multipart/form-data"
    assert page.named("photo")[0]["accept"] == ".jpg,.jpeg,.png,.pdf"
    assert "照片.png" in page.html
    assert "JPG、PNG、PDF，不超过 10 MB" in page.html
    assert 'data-delete-url="/d/1"' in page.html
    assert "请上传照片" in page.html
