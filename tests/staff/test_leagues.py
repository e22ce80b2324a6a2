"""The two tables of Inner Mongolia (NMG-12): a league sends in all its places at once, by page or workbook; each
row becomes an account, granted by the region's information centre, or ends one: 人员如有变化请及时报送."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.annual.test_pages import text_of
from tests.batch.test_case_workbook import read
from tests.supervision.making import planned
from yonggong.accounts import holders
from yonggong.accounts.models import Holder, User
from yonggong.batch.case_template import case_template
from yonggong.cases import actions as case_actions
from yonggong.cases import handling
from yonggong.cases import queries as case_queries
from yonggong.cases.errors import Refused
from yonggong.cases.kinds import get_kind
from yonggong.cases.models import Case
from yonggong.cases.procedure import Outcome
from yonggong.documents.models import Document
from yonggong.documents.queries import pdf_of
from yonggong.documents.rendering.engine import compile_paper
from yonggong.registry.actions import id_card_digest
from yonggong.registry.models import Agency, AgencyItem
from yonggong.staff import leagues, orders
from yonggong.staff.leagues import table_of
from yonggong.staff.models import Order
from yonggong.staff.offices import INFORMATION
from yonggong.staff.queries import waiting_for
from yonggong.supervision import plans

pytestmark = pytest.mark.django_db
LEAGUE, BANNER, OTHER = "150300", "150302", "150202"
BUREAU = {
    "region_code": BANNER, "change": "1", "address": "海勃湾区新华街 1 号", "postcode": "016000", "leader": "试领导",
    "holder": "试账户", "office_phone": "0473-2012345", "mobile": "13947301234",
    "fax": "0473-2012346", "email": "shi@example.cn",
}  # fmt: skip
PLATFORM = BUREAU | {"station": "新华街道劳动保障事务所", "holder": "试协调"}
ROWS = {"account.bureaus": BUREAU, "account.platforms": PLATFORM}
ROLES = {"account.bureaus": "reviewer", "account.platforms": "counter_clerk"}


@pytest.fixture
def league(db: None) -> Agency:
    for name, level, code in (
        ("人社厅劳动关系处", "province", "150000"),
        ("海勃湾区劳动关系股", "county", BANNER),
    ):
        Agency.objects.create(name=name, level=level, region_code=code)
    Agency.objects.create(name="新华街道劳动保障事务所", level="community", region_code=BANNER)
    centre = Agency.objects.create(
        name="自治区劳动信息中心", level="province", region_code="150000", reviews=False
    )
    AgencyItem.objects.create(agency=centre, item=INFORMATION)
    return Agency.objects.create(name="乌海市劳动关系科", level="prefecture", region_code=LEAGUE)


@pytest.fixture
def apply(league: Agency, make_user: Callable[..., Any], now: datetime) -> Callable[..., Case]:
    clerk = make_user("reviewer", agency=league, region_code=LEAGUE)

    def file(name: str, rows: list[dict[str, Any]]) -> Case:
        return case_actions.submit(
            kind=get_kind(name),
            raw={"contact": "试填表", "rows": rows},
            applicant=league.party,
            key=None,
            by=clerk,
            now=now,
            address=None,
        )

    return file


@pytest.fixture
def approve(make_user: Callable[..., Any], now: datetime) -> Callable[[Case], Case]:
    def all_three(case: Case) -> Case:
        places = [
            make_user("bureau_supervisor", region_code=LEAGUE),
            make_user("reviewer", agency=Agency.objects.get(name="人社厅劳动关系处"), region_code="150000"),
            make_user("reviewer", agency=Agency.objects.get(name="自治区劳动信息中心"), region_code="150000"),
        ]  # fmt: skip
        for person in places:
            fresh = Case.objects.get(pk=case.pk)
            assert fresh.filed_at is not None
            handling.complete(
                case=fresh,
                step=fresh.steps.get(acted_at__isnull=True).pk,
                outcome=Outcome.NEXT,
                seen=fresh.filed_at,
                by=person,
                now=now,
                address=None,
            )
        return Case.objects.get(pk=case.pk)

    return all_three


@pytest.mark.parametrize("name", list(ROWS))
def test_each_row_becomes_an_account_granted_by_the_region_s_centre(
    name: str,
    apply: Callable[..., Case],
    approve: Callable[[Case], Case],
    make_user: Callable[..., Any],
    now: datetime,
) -> None:
    row = ROWS[name]
    case = approve(apply(name, [row, row | {"holder": "试二", "region_code": LEAGUE}]))
    assert case.state == "approved"
    first, other = Order.objects.order_by("row")
    assert (first.name, other.name, first.region_code) == (row["holder"], "试二", BANNER)
    assert first.agency.region_code == BANNER
    system = make_user("system_administrator", region_code="150000")
    granter = make_user("business_administrator", region_code="150000")
    assert waiting_for(system).count() == 2
    league = make_user("system_administrator", region_code=OTHER)
    assert not waiting_for(league).exists()
    assert orders.is_of_nobody(first)
    number = "220104199003079176"
    account, _ = orders.create(
        order=first, username="hbw1", by=system, now=now, address=None, id_number=number
    )
    assert account.holder == Holder.objects.get(digest=id_card_digest(number))
    assert User.objects.get(pk=account.pk).mobile == row["mobile"]
    first.refresh_from_db()
    assert orders.role_asked(first) == ROLES[name]
    orders.grant(order=first, role=ROLES[name], by=granter, now=now, address=None)
    held = account.grants.get()
    assert (held.role, held.agency) == (ROLES[name], first.agency)


@pytest.mark.parametrize("name", list(ROWS))
def test_a_whole_league_by_workbook(name: str) -> None:
    form = get_kind(name).form
    rows = [ROWS[name] | {"holder": f"试{place:03d}".replace("0", "零").replace("1", "一")}
            for place in (100, 101, 110)]  # fmt: skip
    draft = form.dump(form.clean({"contact": "试填表", "rows": rows}).values)
    assert len(draft["rows"]) == 3
    assert read(case_template(form, draft), form).answers == draft


@pytest.fixture
def leaver(league: Agency, make_user: Callable[..., Any]) -> User:
    """The clerk of the community platform."""
    platform = Agency.objects.get(name=PLATFORM["station"])
    found: User = make_user("counter_clerk", agency=platform, region_code=BANNER)
    found.name = "试离岗"
    found.save(update_fields=["name"])
    return found


def test_who_comes_in_another_s_place_has_an_account_and_the_other_s_ends(
    apply: Callable[..., Case], approve: Callable[[Case], Case], leaver: User
) -> None:
    row = PLATFORM | {"change": "2", "username": leaver.username, "holder": "试接任"}
    case = apply("account.platforms", [PLATFORM, row])
    leaver.refresh_from_db()
    assert leaver.state == "active", "not before it is approved"
    case = approve(case)
    leaver.refresh_from_db()
    assert leaver.state == "cancelled"
    assert list(Order.objects.order_by("row").values_list("row", "name")) == [
        (0, "试协调"),
        (1, "试接任"),
    ]
    table = table_of(case, case.definition.form, "", "")
    assert f"试接任（更换，注销原账号 {leaver.username}）" in table["rows"][1]


def test_who_leaves_needs_only_a_name_and_the_account(
    apply: Callable[..., Case], approve: Callable[[Case], Case], leaver: User
) -> None:
    row = {"region_code": BANNER, "change": "3", "username": leaver.username,
           "station": PLATFORM["station"], "holder": leaver.name}  # fmt: skip
    case = approve(apply("account.platforms", [row]))
    leaver.refresh_from_db()
    assert leaver.state == "cancelled" and not Order.objects.exists()
    assert pdf_of(Document.objects.get(kind="account.platforms")).startswith(b"%PDF")
    table = table_of(case, case.definition.form, "", "")
    assert f"{leaver.name}（离岗，注销账号 {leaver.username}）" in table["rows"][0]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"username": ""}, "原账号"),
        ({"username": "nobody"}, "没有账号“nobody”"),
        ({"station": "另一事务所"}, "没有账号"),
        ({"region_code": LEAGUE}, "没有账号"),
        ({"holder": "试他人"}, "使用人不是“试他人”"),
    ],
)
def test_only_the_account_of_the_person_and_the_place_named_ends(
    apply: Callable[..., Case], leaver: User, changed: dict[str, str], said: str
) -> None:
    row = PLATFORM | {"change": "3", "username": leaver.username, "holder": leaver.name} | changed
    with pytest.raises(Refused) as refused:
        apply("account.platforms", [row])
    assert said in str([problem.text for problem in refused.value.problems])


def test_nor_one_with_inspections_that_somebody_has_to_take_over(
    apply: Callable[..., Case],
    league: Agency,
    make_user: Callable[..., Any],
    make_employer: Callable[..., Any],
    now: datetime,
) -> None:
    make_employer(region_code=BANNER)
    team = [make_user("inspector", region_code=BANNER) for _ in range(2)]
    planned(team, now, conditions=plans.Conditions(region=BANNER))
    User.objects.filter(pk=team[0].pk).update(name="试离岗")
    row = BUREAU | {"change": "3", "username": team[0].username, "holder": "试离岗"}
    with pytest.raises(Refused, match="1 户未完成的双随机检查，须由"):
        apply("account.bureaus", [row])


def test_nobody_reports_their_own_account(apply: Callable[..., Case], league: Agency) -> None:
    own = User.objects.get(grants__agency=league)
    row = BUREAU | {"change": "3", "region_code": LEAGUE, "username": own.username}
    with pytest.raises(Refused, match="本人"):
        apply("account.bureaus", [row])


def test_nobody_signs_a_table_by_which_they_would_get_an_account(
    apply: Callable[..., Case], make_user: Callable[..., Any], now: datetime
) -> None:
    number = "150302199003072134"
    case = apply("account.bureaus", [BUREAU | {"id_number": number}])
    head = make_user("bureau_supervisor", region_code=LEAGUE)
    assert not case_queries.concerns(head, case)
    holders.issue(account=head, digest=id_card_digest(number), by=None)
    assert case_queries.concerns(User.objects.get(pk=head.pk), case)


def test_another_league_s_place_is_refused(apply: Callable[..., Case]) -> None:
    with pytest.raises(Refused, match="第 2 行"):
        apply("account.bureaus", [BUREAU, BUREAU | {"region_code": OTHER}])


def test_a_community_s_person_works_at_the_community(
    apply: Callable[..., Case], approve: Callable[[Case], Case]
) -> None:
    approve(apply("account.platforms", [PLATFORM]))
    assert Order.objects.get().agency.name == PLATFORM["station"]


@pytest.mark.parametrize("name", list(ROWS))
def test_the_official_table_is_printed(
    name: str, apply: Callable[..., Case], approve: Callable[[Case], Case]
) -> None:
    case = approve(apply(name, [ROWS[name] | {"id_number": "150302199003072134"}]))
    paper = Document.objects.get(kind=name)
    assert paper.heading.endswith("劳动用工备案软件使用授权及密码申请表")
    assert pdf_of(paper).startswith(b"%PDF")
    table = table_of(case, case.definition.form, paper.heading, paper.number)
    said = dict(zip(table["headings"], table["rows"][0], strict=True))
    assert said["地区"] == "内蒙古自治区乌海市海勃湾区" and said["行政区划代码"] == BANNER
    assert said["移动电话"] == "13947301234" and "身份证号" not in said


def test_the_orders_of_one_table_open_it_once(
    apply: Callable[..., Case],
    approve: Callable[[Case], Case],
    make_user: Callable[..., Any],
    at_screen: Callable[[Any], Client],
) -> None:
    approve(apply("account.bureaus", [BUREAU, BUREAU | {"holder": "试二"}]))
    screen = at_screen(make_user("business_administrator", region_code="150000"))
    Order.objects.update(state="grant", account=User.objects.earliest("pk"))
    with CaptureQueriesContext(connection) as queries:
        assert "试二" in screen.get(reverse("admin:orders")).content.decode()
    assert sum('FROM "cases_version"' in query["sql"] for query in queries) == 1


def test_whose_account_it_is_is_asked_where_the_table_does_not_say(
    apply: Callable[..., Case],
    approve: Callable[[Case], Case],
    make_user: Callable[..., Any],
    at_screen: Callable[[Any], Client],
) -> None:
    approve(apply("account.bureaus", [BUREAU]))
    screen = at_screen(make_user("system_administrator", region_code="150000"))
    assert "使用人身份证号" in screen.get(reverse("admin:orders")).content.decode()
    address = reverse("admin:orders-create", args=[Order.objects.get().pk])
    refused = screen.post(address, {"username": "hbw1", "id_number": ""}, follow=True)
    assert "身份证号" in str(next(iter(refused.context["messages"])))
    assert not User.objects.filter(username="hbw1").exists()
    screen.post(address, {"username": "hbw1", "id_number": "220104199003079176"})
    assert User.objects.get(username="hbw1").holder is not None


def test_an_address_breaks_within_its_column() -> None:
    address = "laodongguanxi.beian@haibowanqu.wuhai.example.gov.cn"
    headings = [
        "地区",
        "行政区划代码",
        "详细地址",
        "邮编",
        "分管领导",
        "负责人",
        "电话",
        "手机",
        "传真",
        "E-mail",
    ]
    paper = {
        "title": "申请表", "number": "1", "unit": "乌海市", "filed": "", "head": "", "clerk": "",
        "headings": headings, "rows": [["—"] * 9 + [address]],
    }  # fmt: skip
    text = text_of(
        compile_paper(Path(leagues.__file__).with_name("league.typ"), paper, date(2026, 11, 29))
    )
    assert address not in text and address in "".join(text.split())
