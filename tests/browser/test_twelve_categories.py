"""One item of each of the standard's twelve categories, found in the guide, applied for and handled on the
pages to the paper that its applicant opens: persons at 390 px, units at an office screen, what is not taken
online at a counter. Labour relations are walked by files of their own, `ELSEWHERE`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import Sit
from tests.browser.pictures import keep
from tests.browser.steps import stands
from tests.cases.test_item_forms import answers_to
from tests.files import PNG
from tests.services.handling import RECORDS
from yonggong.accounts.models import Grant, User
from yonggong.cases import handling, items
from yonggong.cases.life import State
from yonggong.cases.models import Case, Step
from yonggong.cases.procedure import JUDGING
from yonggong.cases.steps import procedure_of
from yonggong.catalogue import book
from yonggong.documents.samples import invented_answers
from yonggong.forms import FieldType, Form
from yonggong.registry.models import Agency
from yonggong.services.registering import register_person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

REGION, NUMBER, MOBILE = "150302", "220104199003072134", "13812345678"
OFFICES = (
    ("province", "150000", "内蒙古自治区人力资源和社会保障厅"),
    ("prefecture", "150300", "乌海市人力资源和社会保障局"),
    ("county", REGION, "海勃湾区人力资源和社会保障局"),
)
PHONE = {"width": 390, "height": 844}
PERSON, UNIT, COUNTER = "person", "employer", "counter"


@dataclass(frozen=True, slots=True)
class Way:
    """Who applies for an item, and what they type to find it."""

    item: str
    who: str
    typed: str


HERE = {
    "社会保险登记参保": Way("enterprise-employee-insurance-registration", UNIT, "职工参保"),
    "社会保障卡": Way("social-security-card-loss-report-and-release", PERSON, "社保卡丢了"),
    "养老保险": Way("pension-transfer-enterprise-to-enterprise", PERSON, "养老保险转入"),
    "工伤保险": Way("work-injury-hospital-meal-allowance", UNIT, "住院伙食"),
    "失业保险": Way("unemployment-benefit-claim", PERSON, "失业金"),
    "就业创业": Way("unemployment-registration", PERSON, "sydj"),
    "职业技能": Way("lost-skilled-worker-qualification-certificate-reissue", PERSON, "证书丢了"),
    "技工教育": Way("technical-school-diploma-verification", PERSON, "毕业证书"),
    "咨询服务": Way("hr-social-security-12333-hotline", COUNTER, "12333"),
    "人事档案": Way("personnel-file-certificate-issuance", UNIT, "存档证明"),
}
ELSEWHERE = {
    "劳动关系": ("test_collective.py", "test_dispatch_licence.py"),
    "劳动争议": ("test_arbitration.py",),
}

# What a page sends where a workbook says it in words.
_SENT = {FieldType.REGION: REGION, FieldType.BOOLEAN: "true"}

_FILL = """answers => {
  const told = element => ['input', 'change'].forEach(
    name => element.dispatchEvent(new Event(name, {bubbles: true})));
  for (const [name, value] of Object.entries(answers)) {
    const said = [].concat(value).map(String);
    for (const field of document.querySelectorAll(`form[data-form] [name="${CSS.escape(name)}"]`)) {
      if (field.type === 'radio' || field.type === 'checkbox') {
        field.checked = said.includes(field.value);
      } else if (field.value) {
        continue;
      } else if (field.tomselect) {
        field.tomselect.setValue(said, true);
      } else if (field.multiple) {
        for (const option of field.options) option.selected = said.includes(option.value);
      } else {
        field.value = said[0];
      }
      told(field);
    }
  }
}"""


def test_each_category_of_the_catalogue_is_walked() -> None:
    categories = {item.key: item.category for item in book() if item.page}
    assert {*HERE, *ELSEWHERE} == set(categories.values())
    assert all(categories[way.item] == category for category, way in HERE.items())
    files = [name for names in ELSEWHERE.values() for name in names]
    assert all(Path(__file__).with_name(name).exists() for name in files)


@pytest.fixture
def signed_in(windows: Callable[[], Page], at_screen: Any, live_server: Any) -> Sit:
    """A window of somebody who has signed in: how, other walks show."""

    def window(user: Any) -> Page:
        page = windows()
        cookies = at_screen(user).cookies.values()
        page.context.add_cookies(
            [{"name": one.key, "value": one.value, "url": live_server.url} for one in cookies]
        )
        return page

    return window


@pytest.fixture
def agencies() -> list[Agency]:
    return [
        Agency.objects.create(name=name, level=level, region_code=code)
        for level, code, name in OFFICES
    ]


@pytest.fixture
def desks(signed_in: Sit, agencies: list[Agency], make_user: Any) -> dict[int, Page]:
    """Three who review at every agency, signed in, by their keys."""
    people = [make_user("reviewer", agency=agencies[-1], region_code=REGION) for _ in range(3)]
    Grant.objects.bulk_create(
        Grant(user=one, role="reviewer", agency=agency)
        for one in people
        for agency in agencies[:-1]
    )
    return {one.pk: signed_in(one) for one in people}


@pytest.fixture
def applying(
    signed_in: Sit, agencies: list[Agency], make_employer: Any, make_user: Any
) -> dict[str, Page]:
    """The windows of who applies: a person on a phone, a unit's operator, a clerk at a counter who files
    for that person."""
    county = agencies[-1]
    clerk = make_user("counter_clerk", agency=county, region_code=REGION)
    party, _ = register_person(
        name="试一", number=NUMBER, mobile=MOBILE, agency=county, by=clerk, address=None
    )
    account = User.objects.get(person=party)
    account.set_password("Yonggong-2026")
    account.save()
    employer = make_employer(name="乌海试验制造有限公司", region_code=REGION, agency=county)
    operator = make_user("employer_operator", employer=employer)
    pages = {
        PERSON: signed_in(account),
        UNIT: signed_in(operator),
        COUNTER: signed_in(clerk),
    }
    pages[PERSON].set_viewport_size(PHONE)
    counter = pages[COUNTER]
    counter.goto("/bureau/counter/person/")
    counter.get_by_label("证件号码").fill(NUMBER)
    counter.get_by_label("姓名").fill("试一")
    counter.get_by_role("button", name="开始代录").click()
    counter.get_by_text("正在为试一办理").wait_for()
    return pages


def named(form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers by the names that the page gives its fields and cells, as it sends them; one row a table."""
    sent: dict[str, Any] = {}
    for name, field in form.fields_by_name.items():
        said = answers.get(name)
        if said is None:
            continue
        columns = field.rows.fields_by_name if field.rows else {}
        cells = said[0] if columns else {}
        sent |= {
            f"{name}__1__{cell}": _SENT.get(columns[cell].type, value)
            for cell, value in cells.items()
        }
        if not columns:
            sent[name] = _SENT.get(field.type, said)
    return sent


def fill(page: Page, answers: Mapping[str, Any]) -> None:
    page.locator("form[data-form]").wait_for()
    stands(page)
    page.evaluate(_FILL, answers)


def fits(page: Page) -> None:
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


def applied(page: Page, way: Way) -> Case:
    """Found by what is typed, filled in, its materials brought, filed."""
    kind = items.holding(items.kind_called(way.item), region=REGION, on=timezone.localdate())
    page.goto(f"/services/?q={way.typed}&region={REGION}")
    page.locator("#ys-found").get_by_role("link", name=kind.title, exact=True).click()
    page.wait_for_url(f"**/services/{way.item}/**")
    fits(page)
    if way.who == COUNTER:
        expect(page.get_by_role("link", name="网上办理")).to_have_count(0)
        page.goto(f"/person/apply/?q={kind.title}")
        page.locator("form.yp-line", has_text=kind.title).get_by_role("button").click()
    else:
        page.get_by_role("link", name="网上办理").click()
        page.get_by_role("button", name="开始填写").click()
    fill(page, named(kind.form, invented_answers(kind.form)))
    for slot in page.locator("[data-slot]:has([aria-required]) input[type=file]").all():
        slot.set_input_files({"name": "材料.png", "mimeType": "image/png", "buffer": PNG})
    expect(page.locator("[data-slot]:has([aria-required]) .yf-delete")).to_have_count(
        page.locator("[data-slot]:has([aria-required])").count()
    )
    fits(page)
    page.get_by_role("button", name="提交").first.click()
    page.get_by_text("已提交").first.wait_for()
    page.wait_for_load_state()
    fits(page)
    return Case.objects.get(kind=way.item)


def recorded(case: Case, step: Step) -> dict[str, Any]:
    """What the office fills in: of a checklist all met, of what the step records what it wants."""
    form = handling.form_of(case, step)
    if form is None:
        return {}
    wanted = RECORDS.get(step.kind, {})
    told = answers_to(form, Random(case.kind)) | wanted
    today = timezone.localdate().isoformat()
    for field in form.fields:
        if field.name.startswith("check_"):
            told[field.name] = "" if field.name.endswith("_said") else "right"
        elif field.type is FieldType.DATE:
            told[field.name] = today
        elif field.name not in wanted and field.required is not True:
            del told[field.name]
    return named(form, told)


def ended(case: Case, desks: Mapping[int, Page]) -> None:
    """The open step is ended by whoever may do it after those who acted before."""
    step = case.steps.get(acted_at=None)
    judging = JUDGING | {"accept"}
    acted = set(case.steps.filter(kind__in=judging).values_list("acted_by", flat=True))
    page = next(desk for pk, desk in desks.items() if step.kind not in judging or pk not in acted)
    if procedure_of(case).step(step.key).form is None:
        page.goto(f"/bureau/case/{case.pk}/")
        page.locator("#decide button[name=outcome]").first.click()
    else:
        page.goto(f"/bureau/case/{case.pk}/record/")
        fill(page, recorded(case, step))
        if (case.kind, step.kind) == (HERE["工伤保险"].item, "accept"):
            keep(page, "bureau-item-record")
        page.locator("button[name=outcome].btn-primary").click()
    page.get_by_text("已办理").or_(page.get_by_text("环节已完成")).first.wait_for()


def opened(page: Page, case: Case, portal: str) -> None:
    """The applicant opens what was issued."""
    page.goto(f"/{portal}/case/{case.pk}/")
    issued = page.locator(".card", has=page.get_by_role("heading", name="通知书和"))
    address = issued.locator("a:not([href*=download])").last.get_attribute("href")
    assert address
    assert page.context.request.get(address).body().startswith(b"%PDF")
    fits(page)


def test_each_goes_from_the_guide_to_its_paper(
    applying: dict[str, Page], desks: dict[int, Page]
) -> None:
    for category, way in HERE.items():
        case = applied(applying[way.who], way)
        while case.state == State.PENDING:
            ended(case, desks)
            case.refresh_from_db()
        assert case.state == State.APPROVED, category
        portal = UNIT if way.who == UNIT else PERSON
        opened(applying[portal], case, portal)
        if category == "失业保险":
            keep(applying[PERSON], "person-finished")
            office = next(iter(desks.values()))
            office.goto(f"/bureau/case/{case.pk}/")
            keep(office, "bureau-item-case")
    applying[PERSON].goto("/person/records/")
    expect(applying[PERSON].get_by_role("cell", name="失业登记")).to_be_visible()
    fits(applying[PERSON])
    keep(applying[PERSON], "person-records")
    office = next(iter(desks.values()))
    office.goto("/bureau/records/?name=试一")
    office.get_by_label("查看目的").select_option(index=1)
    office.get_by_role("button", name="查看登记").click()
    office.get_by_text("有效", exact=True).first.wait_for()
    keep(office, "bureau-records")
