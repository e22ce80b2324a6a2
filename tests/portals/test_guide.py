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

from yonggong.portals.guide.pages import _SECTIONS, CHAPTERS, chapter, help_address
from yonggong.portals.navigation import MENUS

pytestmark = pytest.mark.django_db
_ROLES = {
    "employer": "employer_operator",
    "bureau": "bureau_supervisor",
    "counter": "counter_clerk",
    "inspector": "inspector",
    "admin": "system_administrator",
}
_NAMES = [name for names in CHAPTERS.values() for name in names]


def _headings(portal: Any) -> dict[str, dict[str, str]]:
    """The headings by their anchors, of each chapter of a portal."""
    return {name: dict(chapter(name).headings) for name in CHAPTERS[portal]}


@pytest.mark.parametrize("portal", MENUS)
def test_every_page_of_a_menu_leads_to_a_heading_that_is_there(portal: Any) -> None:
    there = _headings(portal)
    for section in MENUS[portal]:
        for item in section.items:
            if item.url_name == "calculators":
                continue
            address, _, anchor = help_address(portal, item.url_name).partition("#")
            assert anchor in there[address.split("/")[2]], item.url_name


@pytest.mark.parametrize("portal", MENUS)
def test_every_heading_that_pages_lead_to_stands_in_a_chapter(portal: Any) -> None:
    headings = {words for found in _headings(portal).values() for words in found.values()}
    assert {heading for _, heading in _SECTIONS[portal]} <= headings


@pytest.mark.parametrize("name", _NAMES)
def test_a_chapter_is_whole_with_its_pictures_and_its_role_s_first(
    name: str,
    at_screen: Callable[..., Client],
    make_user: Any,
    make_employer: Any,
    agency: Any,
    pupil: Any,
) -> None:
    where = {"employer": make_employer()} if name == "employer" else {"region_code": "220100"}
    if name == "counter":
        where["agency"] = agency
    client = at_screen(pupil if name == "person" else make_user(_ROLES[name], **where))
    assert client.get("/guide/")["Location"] == f"/guide/{name}/"
    shown = client.get(f"/guide/{name}/").content.decode()
    for anchor, words in chapter(name).headings:
        assert f'id="{anchor}">{words}</h2>' in shown and f'href="#{anchor}"' in shown
    pictures = re.findall(r'src="(/guide/[^"]+)"', shown)
    assert pictures
    for address in set(pictures):
        assert client.get(address)["Content-Type"] == "image/png"


def test_the_chapters_of_a_portal_lead_to_each_other_and_help_to_one_s_own(
    at_screen: Callable[..., Client], make_user: Any
) -> None:
    screen = at_screen(make_user("inspector", region_code="220104"))
    shown = screen.get("/guide/inspector/").content.decode()
    for name in ("bureau", "counter", "employer"):
        assert (
            f'href="/guide/{name}/"' in shown and screen.get(f"/guide/{name}/").status_code == 200
        )
    home = screen.get(reverse("bureau:home")).content.decode()
    anchor = {words: anchor for anchor, words in chapter("inspector").headings}["工作台"]
    assert f'href="/guide/inspector/#{anchor}"' in home


def test_who_has_two_roles_in_a_portal_begins_with_its_general_chapter(
    at_screen: Callable[..., Client], make_user: Any, agency: Any
) -> None:
    both = make_user("counter_clerk", agency=agency, region_code="220104")
    both.grants.create(role="reviewer", agency=agency, region_code="220104")
    assert at_screen(both).get("/guide/")["Location"] == "/guide/bureau/"


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
