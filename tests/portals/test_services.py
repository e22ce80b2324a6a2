"""The guide of every item, open to anybody: found, read, printed; begun by whoever is signed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.contracts.making import Hall
from tests.documents.papers import page_texts
from yonggong.accounts.models import Grant
from yonggong.cases import items
from yonggong.cases.item_forms import printed_forms
from yonggong.cases.models import Case
from yonggong.catalogue import book
from yonggong.registry.models import Agency
from yonggong.registry.parties import Party
from yonggong.services import guides

pytestmark = pytest.mark.django_db
ITEMS = [item for item in book() if item.page is not None]
HOHHOT = "150100"


@pytest.fixture
def agencies(db: None) -> list[Agency]:
    """A province, a prefecture and a county of Inner Mongolia."""
    return [
        Agency.objects.create(name=name, level=level, region_code=code, telephone=telephone)
        for name, level, code, telephone in (
            ("自治区人社厅", "province", "150000", ""),
            ("呼和浩特市人社局", "prefecture", HOHHOT, "0471-1234567"),
            ("新城区人社局", "county", "150102", ""),
        )
    ]


def page(client: Client, key: str, **asked: str) -> str:
    answer = client.get(reverse("services-one", args=[key]), asked)
    assert answer.status_code == 200, key
    return answer.content.decode()


def text(answer: Any) -> str:
    assert answer.status_code == 200
    return "".join(page_texts(b"".join(answer) if answer.streaming else answer.content))


def test_every_item_has_its_page_with_all_that_the_standard_says(
    client: Client, agencies: list[Agency]
) -> None:
    for item in ITEMS:
        shown = page(client, item.key, region=HOHHOT).replace("&quot;", '"').replace("&#x27;", "'")
        for said in (
            item.title,
            *item.conditions,
            *(material.name for material in item.materials),
            *(stage.name for stage in item.procedure),
            *item.results,
            *(basis.title for basis in item.legal_basis),
        ):
            assert said.replace("<", "&lt;").replace(">", "&gt;") in shown, (item.key, said)
        assert "存疑" not in shown and "印作" not in shown, item.key
        if item.statutory_limit is None or item.promised_limit is None or item.kind is None:
            assert "标准未写明" in shown


def test_what_is_the_offices_alone_is_no_rule_for_applicants(
    client: Client, agencies: list[Agency]
) -> None:
    key = "hr-social-security-12333-hotline"
    assert "监听评分" not in page(client, key, region=HOHHOT)
    guide = client.get(reverse("services-guide", args=[key]), {"region": HOHHOT})
    assert "监听评分" not in text(guide)


def test_the_items_of_a_place_are_read_together(
    client: Client, agencies: list[Agency], django_assert_max_num_queries: Any
) -> None:
    items.forget()
    with django_assert_max_num_queries(20):
        client.get(reverse("services"), {"region": HOHHOT})


def test_the_doubtful_items_are_read_together(
    make_user: Any, at_screen: Callable[[Any], Client], django_assert_max_num_queries: Any
) -> None:
    keeper = at_screen(make_user("business_administrator", region_code="150000"))
    items.forget()
    with django_assert_max_num_queries(20):
        shown = keeper.get(reverse("admin:items-doubts")).content.decode()
    assert "劳务派遣经营许可" in shown


def test_a_search_is_answered_with_the_list_alone_where_a_script_asks(
    client: Client, agencies: list[Agency]
) -> None:
    address = reverse("services")
    whole = client.get(address, {"q": "丢了社保卡"}).content.decode()
    part = client.get(
        address, {"q": "丢了社保卡"}, headers={"HX-Target": "ys-found"}
    ).content.decode()
    assert "<html" in whole and "<html" not in part and part in whole
    assert part.index("挂失与解挂") < part.index("补领、换领、换发")
    assert "没有找到" in client.get(address, {"q": "量子纠缠"}).content.decode()


def test_items_are_narrowed_by_what_is_chosen(client: Client, agencies: list[Agency]) -> None:
    asked = {"event": "退休养老", "audience": "个人", "way": "网上办理"}
    shown = client.get(reverse("services"), asked).content.decode()
    for item in ITEMS:
        there = "退休养老" in item.events and "个人" in item.audience and bool(item.online)
        assert (reverse("services-one", args=[item.key]) + "?" in shown) is there, item.key


def test_a_place_has_its_agencies_by_the_levels_that_handle_the_item(
    client: Client, agencies: list[Agency]
) -> None:
    shown = page(client, "labour-dispatch-licence", region=HOHHOT)
    levels = book().get("labour-dispatch-licence").levels
    assert "盟市级" in levels and "呼和浩特市人社局" in shown and "0471-1234567" in shown
    assert ("新城区人社局" in shown) is ("旗县级" in levels)
    assert "呼和浩特市人社局" not in page(client, "labour-dispatch-licence", region="220100")


def test_an_unknown_item_and_a_place_without_any_are_no_pages(
    client: Client, agencies: list[Agency]
) -> None:
    assert client.get(reverse("services-one", args=["nothing"])).status_code == 404
    assert client.get(reverse("services-one", args=["account.request"])).status_code == 404


@pytest.mark.parametrize("key", ["work-injury-recognition", "job-matching"])
def test_guide_forms_and_workbook_are_there(
    client: Client, agencies: list[Agency], key: str
) -> None:
    item = book().get(key)
    guide = text(client.get(reverse("services-guide", args=[key]), {"region": HOHHOT}))
    for said in (f"{item.title}办事指南", item.conditions[0], item.procedure[-1].name):
        assert said.replace(" ", "") in guide.replace(" ", "").replace("\n", "")
    assert "空白样表" in text(client.get(reverse("services-blank", args=[key])))
    assert "填写示例" in text(client.get(reverse("services-sample", args=[key])))
    book_of = client.get(reverse("services-workbook", args=[key]))
    assert book_of.status_code == 200 and book_of.content[:2] == b"PK"


def test_each_printed_form_of_several_is_there_by_itself(
    client: Client, agencies: list[Agency]
) -> None:
    item = next(item for item in ITEMS if len(printed_forms(item)) > 1)
    shown = page(client, item.key, region=HOHHOT)
    for key, form in printed_forms(item).items():
        asked = {"region": HOHHOT, "form": key}
        assert f"form={key}" in shown and form.title in shown
        for name, word in (("services-blank", "空白样表"), ("services-sample", "填写示例")):
            said = text(client.get(reverse(name, args=[item.key]), asked))
            assert f"{form.title}（{word}）".replace(" ", "") in said.replace(" ", "")
    unknown = {"form": "f99"}
    assert client.get(reverse("services-blank", args=[item.key]), unknown).status_code == 404


def test_applying_leads_through_signing_in_to_the_beginning_or_to_the_counter(
    client: Client, screen: Client, agencies: list[Agency]
) -> None:
    address = reverse("services-apply", args=["contract.new"])
    assert client.get(address)["Location"].startswith("/sign-in/?next=")
    closed = screen.get(
        reverse("services-apply", args=["social-security-card-deregistration"]), {"region": HOHHOT}
    )
    assert "本事项不在网上受理" in closed.content.decode()
    assert reverse("employer:new") in screen.get(address).content.decode()


def test_whoever_acts_for_a_person_and_an_employer_is_asked_for_whom(
    pupil: Any, hall: Hall, at_screen: Callable[[Any], Client], agencies: list[Agency]
) -> None:
    Grant.objects.create(user=pupil, role="employer_operator", party=hall.employer.party)
    parties = Party.objects.filter(pk__in=(pupil.person_id, hall.employer.pk))
    parties.update(region_code="150102")
    client, key = at_screen(pupil), "enterprise-employee-normal-retirement"
    shown = client.get(reverse("services-apply", args=[key]), {"region": HOHHOT}).content.decode()
    begins = reverse("person:begin", args=[pupil.person_id, key])
    assert begins in shown and reverse("employer:item-begin", args=[key]) in shown
    assert client.post(begins).status_code == 302
    assert Case.objects.get().kind == key


def test_only_who_keeps_the_items_sees_what_is_doubtful_and_other_days(
    client: Client,
    screen: Client,
    make_user: Any,
    at_screen: Callable[[Any], Client],
    agencies: list[Agency],
) -> None:
    keeper = at_screen(make_user("business_administrator", region_code="150000"))
    key = "work-injury-medical-expense-claim"
    assert "存疑之处" in page(keeper, key) and "两处不一" in page(keeper, key)
    for other in (client, screen):
        assert "存疑之处" not in page(other, key, region="150000")
    asked = {"region": "150000", "on": "2024-08-31"}
    assert client.get(reverse("services-one", args=[key]), asked).status_code == 200
    assert keeper.get(reverse("services-one", args=[key]), asked).status_code == 404


def test_a_guide_is_typeset_once_and_anew_when_a_telephone_changed(
    client: Client, agencies: list[Agency], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []

    def render(guide: object) -> bytes:
        made.append(guide)
        return b"%PDF-"

    monkeypatch.setattr(guides, "render_guide", render)
    guides._printed.cache_clear()
    address = reverse("services-guide", args=[ITEMS[0].key])
    for telephone in ("0471-1234567", "0471-7654321"):
        Agency.objects.filter(region_code=HOHHOT).update(telephone=telephone)
        for _ in range(2):
            assert client.get(address, {"region": HOHHOT}).status_code == 200
    guides._printed.cache_clear()
    assert len(made) == 2
