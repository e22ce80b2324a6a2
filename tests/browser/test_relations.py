"""Special hours, a minor, a layoff and a recognition walked on the pages: applied for, wrong and mended while it
is typed, taken by the office through its steps to the paper, and what each says of contracts afterwards."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import Picture, Sit
from tests.browser.steps import another_page, sign_in, stands, until
from tests.contracts.making import Hall
from tests.contracts.making import answers as contract
from tests.files import PNG
from tests.relations.harmony import test_harmony as harmony
from tests.relations.layoffs import test_layoffs as layoffs
from tests.relations.minors import test_minors as minors
from tests.relations.special_hours import asked as hours
from tests.relations.stepping import complete
from tests.supervision.making import served
from yonggong.cases import drafting, handling
from yonggong.cases import materials as case_materials
from yonggong.cases.items import holding
from yonggong.cases.kinds import CaseKind, get_kind
from yonggong.cases.models import Case
from yonggong.codes.invent import invent_id_number
from yonggong.law.periods import add_months
from yonggong.registry.models import Agency
from yonggong.supervision import orders
from yonggong.supervision.acting import Hand

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
_REGION = "150302"
# What an office fills in beside its checklist, where a step asks for it.
_FILLED = {
    "opinion": "同意推荐",
    "insurance_owed": False,
    "wage_complaints": "0",
    "open_arbitration": "0",
    "in_industrial_park": False,
}


@pytest.fixture
def agency() -> Agency:
    return Agency.objects.create(name="海勃湾区劳动关系科", level="county", region_code=_REGION)


@pytest.fixture
def hall(make_employer: Any, make_user: Any, agency: Agency) -> Hall:
    """Haibowan's office with an employer."""
    employer = make_employer(
        name="乌海试验商贸有限公司",
        region_code=_REGION,
        agency=agency,
        legal_representative="试立",
        address="海勃湾区人民路 1 号",
    )
    return Hall(
        employer=employer,
        operator=make_user("employer_operator", employer=employer),
        reviewer=make_user("reviewer", agency=agency, region_code=_REGION),
        now=timezone.localtime(),
    )


@pytest.fixture
def second(make_user: Any, agency: Agency) -> Any:
    return make_user("reviewer", agency=agency, region_code=_REGION)


def begun(hall: Hall, name: str, raw: dict[str, Any], by: Any = None) -> Case:
    """A draft of an item with its scans, or of a contract."""
    by = by or hall.operator
    kind: CaseKind = holding(get_kind(name), region=_REGION, on=hall.today)
    case = drafting.save_draft(
        kind=kind, applicant=hall.employer.party, raw=raw, case=None, by=by, now=hall.now
    )
    for material in kind.asked_besides if kind.is_service else ():
        given = {"file_name": "scan.png", "content": PNG, "now": hall.now, "address": None}
        case_materials.upload(case=case, name=material.name, by=by, **given)
    return case


def opened(page: Page, case: Case, word: str = "item") -> None:
    page.goto(reverse(f"employer:{word}-form", args=[case.pk]))
    stands(page)


def sent(page: Page) -> None:
    page.get_by_role("button", name="保存并提交审核").click()
    page.get_by_text("已提交审核").wait_for()


def go_on(page: Page, case: Case, **said: Any) -> None:
    """End the open step with all that it asks for, all of it right."""
    step = case.steps.get(acted_at=None)
    form = handling.form_of(Case.objects.get(pk=case.pk), step)
    if form is None:
        page.goto(f"/bureau/case/{case.pk}/")
        with another_page(page):  # to the next case, before another is opened
            page.get_by_role("button", name=re.compile("，进入下一环节$|^办结$")).click()
    else:
        page.goto(reverse("bureau:case-record", args=[case.pk]))
        stands(page)
        for check in page.locator("select[name^=check_]").all():
            check.select_option(label="符合")
        filled = _FILLED | {"delivered_how": "electronic"} | said
        today = timezone.localdate().isoformat()
        for field in form.fields:
            value = filled.get(field.name, today if field.name.endswith("_on") else None)
            if value is None:
                continue
            control = page.locator(f"[name='{field.name}']")
            if isinstance(value, bool):
                page.locator(f"[name='{field.name}'][value='{str(value).lower()}']").check()
            elif field.choices:
                control.select_option(value)
            else:
                control.fill(value)
        with another_page(page):
            page.get_by_role("button", name="保存记录并完成环节").click()
    acted = case.steps.filter(pk=step.pk, acted_at__isnull=False)
    until(page, acted.exists, f"{step.key} is not ended")


def test_special_hours_a_minor_and_a_layoff_from_their_forms_to_their_papers(
    page: Page, hall: Hall, second: Any, sit: Sit, picture: Picture
) -> None:
    today = hall.today
    going = hall.in_force()
    born = add_months(today, -198)
    number = invent_id_number(random.Random(7), region=_REGION, birth_date=born, sex="1")
    hired = begun(hall, "contract.new", contract_with_a_minor(today, number, born))
    sign_in(page, hall.operator.username)
    opened(page, hired, "new")
    page.get_by_text("属于未成年工，没有未成年工登记").first.wait_for()
    page.get_by_text("没有在", exact=False).get_by_text("特殊工时批准").first.wait_for()

    cases = [
        asked_for_hours(page, hall, picture),
        asked_for_a_minor(page, hall, number, born),
        reported_a_layoff(page, hall, layoffs.person(going), picture),
    ]
    deciding = sit(second)
    permitted, minor, layoff = cases
    for case in cases:
        complete(case, by=hall.reviewer, now=hall.now)
        go_on(deciding, case)
    for case in (permitted, permitted, layoff):
        complete(case, by=hall.reviewer, now=hall.now)
    for _ in ("file", "deliver"):
        go_on(deciding, minor)

    for case, paper in zip(
        cases, ("特殊工时制度审批决定", "未成年工登记证", "裁员意见反馈"), strict=True
    ):
        page.goto(f"/employer/case/{case.pk}/")
        expect(page.get_by_role("link", name=paper).first).to_be_visible()
    page.goto(f"/employer/case/{minor.pk}/")
    picture("minor-2-registered")
    page.get_by_role("link", name="劳动关系登记", exact=True).click()
    main = page.locator("#main")
    for said in ("试小一", "健康检查（工作满一年）", "裁员 1 人", "有效"):
        expect(main.get_by_text(said).first).to_be_visible()
    picture("relations-register")
    opened(page, hired, "new")
    page.locator("#main").get_by_text("合规检查").first.wait_for()
    expect(page.get_by_text("没有未成年工登记")).to_have_count(0)
    expect(page.get_by_text("特殊工时批准").filter(has_text="登记中没有")).to_have_count(0)


def contract_with_a_minor(today: date, number: str, born: date) -> dict[str, Any]:
    """Averaged hours in a post that is permitted later."""
    day = today.isoformat()
    return contract(
        today=today,
        document_number=number,
        name="试小一",
        sex="1",
        birth_on=born.isoformat(),
        work_start_on=day,
        signed_on=day,
        start_on=day,
        job="餐厅服务员",
        hours_system="2",
    )


def asked_for_hours(page: Page, hall: Hall, picture: Picture) -> Case:
    """Too many hours in a row are told while they are typed."""
    today = hall.today
    post = hours.AVERAGED | {
        "job": "餐厅服务员",
        "from_on": today.isoformat(),
        "until_on": add_months(today, 12).isoformat(),
    }
    raw = hours.answers(
        hall,
        application_kind="实行综合计算工时工作制申报",
        averaged_posts=[post],
        flexible_posts=None,
        special_hours_count="20",
        resolved_on=(today - timedelta(days=10)).isoformat(),
        submitted_on=today.isoformat(),
    )
    case = begun(hall, hours.ITEM.key, raw)
    opened(page, case)
    longest = page.locator("[name='longest_day']")
    longest.fill("12")
    longest.blur()
    page.get_by_text("11 小时").nth(1).wait_for()
    picture("special-hours-1-form")
    longest.fill("10")
    longest.blur()
    sent(page)
    return case


def asked_for_a_minor(page: Page, hall: Hall, number: str, born: date) -> Case:
    """Both forms are filled in on one page; when the next health check is due is told beside."""
    day = (hall.today - timedelta(days=2)).isoformat()
    raw = minors.answers(
        document_number=number,
        begins_on=hall.today.isoformat(),
        birth_month=f"{born:%Y-%m}",
        birth_date=born.isoformat(),
        examined_on=day,
        signed_on=day,
        employer_name=hall.employer.name,
        factory=hall.employer.name,
    )
    case = begun(hall, minors.KEY, raw)
    opened(page, case)
    page.get_by_text("健康检查（工作满一年）").first.wait_for()
    sent(page)
    return case


def reported_a_layoff(page: Page, hall: Hall, person: dict[str, str], picture: Picture) -> Case:
    """Whom the law protects is told, and the report is not taken until they are no more on it."""

    def day(away: int) -> str:
        return (hall.today + timedelta(days=away)).isoformat()

    times = {"explained_on": day(-20), "heard_on": day(-10), "layoff_on": day(12)}
    raw = layoffs.answers(
        [person | {"protected": "1"}],
        unit_name=hall.employer.name,
        credit_code=hall.employer.credit_code,
        submitted_on=day(0),
        **times,
    )
    case = begun(hall, layoffs.KEY, raw)
    opened(page, case)
    page.get_by_text("第四十二条").first.wait_for()
    picture("layoff-1-form")
    page.locator("[name='persons__1__protected']").select_option("")
    sent(page)
    return case


def test_a_recognition_from_the_counter_through_three_levels(
    page: Page, hall: Hall, second: Any, make_user: Any, sit: Sit, picture: Picture
) -> None:
    agency = hall.employer.agency
    above = []
    for level, code in (("prefecture", "150300"), ("province", "150000")):
        office = Agency.objects.create(name=f"{level}劳动关系处", level=level, region_code=code)
        above.append(make_user("reviewer", agency=office, region_code=code))
    clerk = make_user("counter_clerk", agency=agency, region_code=_REGION)
    clerk.__dict__["scope"] = clerk.scope.at_counter(party=hall.employer.pk, agency=agency.pk)
    hand = Hand(by=make_user("inspector", region_code=_REGION), now=hall.now, address=None)
    order = served(hall.employer, hand)
    raw = harmony.answers(hall, filled_on=hall.today.isoformat())
    case = begun(hall, harmony.ITEM.key, raw, by=clerk)

    counter = sit(clerk)
    counter.goto(f"/bureau/employers/{hall.employer.pk}/")
    counter.get_by_role("button", name="为该单位代录").click()
    counter.wait_for_url("**/employer/**")
    opened(counter, case)
    counter.get_by_text(f"暂缓推荐：责令限期改正通知书 {order.number} 尚未结案").first.wait_for()
    orders.withdraw(order=order, reason="试", hand=hand)
    sent(counter)

    sign_in(page, hall.reviewer.username, portal="bureau")
    complete(case, by=hall.reviewer, now=hall.now)
    page.goto(f"/bureau/case/{case.pk}/")
    page.get_by_text("没有查到缺少备案").wait_for()
    picture("harmony-1-inquiry")
    go_on(page, case)
    city, region = above
    complete(case, by=hall.reviewer, now=hall.now, answers={"sealed_by": "市场监督管理局"})
    for who in (second, city):
        complete(case, by=who, now=hall.now, answers=harmony.OPINION)
    go_on(sit(region), case)
    go_on(page, case, valid_until=add_months(hall.today, 36).isoformat())
    go_on(page, case)
    page.goto(f"/bureau/case/{case.pk}/")
    page.get_by_role("tab", name="办理情况").click()
    expect(page.get_by_role("link", name="和谐劳动关系单位认定书").first).to_be_visible()
    picture("harmony-2-recognised")
    page.goto(reverse("bureau:recognitions"))
    expect(page.locator("#main").get_by_text(hall.employer.name)).to_be_visible()
