"""The user guide within the platform: each page's help leads to the place that speaks of it."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from typing import Any

import mdurl._encode
import pytest
from django.test import Client
from django.urls import reverse

from yonggong.portals.guide.pages import _SECTIONS, chapter, help_address
from yonggong.portals.navigation import MENUS

pytestmark = pytest.mark.django_db
_ROLES = {
    "employer": "employer_operator",
    "bureau": "bureau_supervisor",
    "admin": "system_administrator",
}


@pytest.mark.parametrize("portal", MENUS)
def test_every_page_of_a_menu_leads_to_a_heading_that_is_there(portal: Any) -> None:
    anchors = {anchor for anchor, _ in chapter(portal).headings}
    for section in MENUS[portal]:
        for item in section.items:
            if item.url_name == "calculators":
                continue
            address, _, anchor = help_address(portal, item.url_name).partition("#")
            assert address == f"/guide/{portal}/" and anchor in anchors, item.url_name


@pytest.mark.parametrize("portal", MENUS)
def test_every_heading_that_pages_lead_to_stands_in_the_chapter(portal: Any) -> None:
    headings = {words for _, words in chapter(portal).headings}
    assert {heading for _, heading in _SECTIONS[portal]} <= headings


@pytest.mark.parametrize("portal", MENUS)
def test_a_chapter_is_whole_with_its_pictures(
    portal: str, at_screen: Callable[..., Client], make_user: Any, make_employer: Any, pupil: Any
) -> None:
    where = {"employer": make_employer()} if portal == "employer" else {"region_code": "220100"}
    client = at_screen(pupil if portal == "person" else make_user(_ROLES[portal], **where))
    assert client.get("/guide/")["Location"] == f"/guide/{portal}/"
    shown = client.get(f"/guide/{portal}/").content.decode()
    for anchor, words in chapter(portal).headings:  # type: ignore[arg-type]
        assert f'id="{anchor}">{words}</h2>' in shown and f'href="#{anchor}"' in shown
    pictures = re.findall(r'src="(/guide/[^"]+)"', shown)
    assert pictures
    for address in set(pictures):
        assert client.get(address)["Content-Type"] == "image/png"


def test_a_page_has_its_help_in_its_head(screen: Client) -> None:
    shown = screen.get(reverse("employer:contracts")).content.decode()
    anchor = dict((words, name) for name, words in chapter("employer").headings)
    wanted = f"/guide/employer/#{anchor['二、劳动合同信息综合查询']}"
    assert f'href="{wanted}"' in shown


@pytest.mark.parametrize(
    "address",
    [
        "/guide/admin/",
        "/guide/nobody/",
        "/guide/employer/none.png",
        "/guide/employer/..%2Fadmin.md",
    ],
)
def test_what_is_not_ones_own_or_no_picture_is_not_there(screen: Client, address: str) -> None:
    assert screen.get(address).status_code == 404


def test_the_guide_is_for_those_signed_in(client: Client) -> None:
    assert client.get("/guide/employer/")["Location"].startswith("/sign-in/")


class _FilledLate(dict[str, list[str]]):
    """The parser's tables, each there for others well before it is filled."""

    def __setitem__(self, name: str, table: list[str]) -> None:
        super().__setitem__(name, table)
        time.sleep(0.3)


def test_chapters_asked_for_at_once_in_a_process_just_started_are_all_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mdurl._encode, "encode_cache", _FilledLate())
    titles: list[str] = []

    def open_chapter() -> None:
        titles.append(chapter.__wrapped__("employer").title)

    people = [threading.Thread(target=open_chapter) for _ in range(2)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert titles == [chapter("employer").title] * 2
