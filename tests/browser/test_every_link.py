"""Every link that somebody can reach leads to a page that is whole: it answers, its scripts and
styles load under the content security policy, it fits the screen, and what is in it has names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import APIResponse, Error, Page, Response

from tests.browser.conftest import SIZE
from tests.browser.steps import sign_in
from tests.contracts.making import Hall
from yonggong.accounts.models import Grant
from yonggong.catalogue import book

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# The same page under other conditions (sorted, filtered, another row, another item) is the same page.
# Every item's own pages are opened in `tests/portals/test_services.py`.
_VARIANTS = 2
_ITEMS = "|".join(re.escape(item.key) for item in book())
_KEYS = re.compile(rf"/(?:[0-9]+|{_ITEMS})(?=/|\.|$)|(?<=^/calculators/services)/[a-z0-9-]+(?=/$)")
_LEFT_OUT = ("/sign-out/",)
# What is open to anybody is walked by who is nobody.
_SIGNED_IN = (
    "/employer/", "/bureau/", "/admin/", "/person/", "/account/", "/messages/", "/password/",
)  # fmt: skip

_FAULTS = """() => {
  const faults = [];
  const wide = document.documentElement.scrollWidth - window.innerWidth;
  if (wide > 1) faults.push(`wider than the screen by ${wide} px`);
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  const twice = ids.filter((id, place) => ids.indexOf(id) !== place);
  if (twice.length) faults.push(`ids twice: ${[...new Set(twice)].join(" ")}`);
  const named = (element) =>
    element.labels?.length || element.getAttribute("aria-label") || element.getAttribute("title") ||
    element.getAttribute("aria-labelledby") || element.textContent.trim();
  for (const element of document.querySelectorAll(
    "input:not([type=hidden]), select, textarea, button, a[href]")) {
    if (element.checkVisibility() && !named(element)) faults.push(`no name: ${element.outerHTML.slice(0, 120)}`);
  }
  for (const picture of document.querySelectorAll("img:not([alt])")) {
    faults.push(`picture without words: ${picture.outerHTML.slice(0, 120)}`);
  }
  if (document.querySelectorAll("h1").length !== 1) faults.push("not one h1");
  if (!document.title.trim()) faults.push("no title");
  return faults;
}"""

_PHONE = {"width": 390, "height": 844}
# What is wider than a phone stands in a box that scrolls by itself; the page does not.
_SIDEWAYS = """() => {
  const clipped = [...document.querySelectorAll(".btn")]
    .filter((button) => button.checkVisibility() && button.scrollWidth > button.clientWidth + 1)
    .map((button) => `words do not fit their button: ${button.textContent.trim()}`);
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide <= 0) return clipped;
  const boxed = (element) => {
    for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
      if (getComputedStyle(box).overflowX !== "visible") return true;
    }
    return false;
  };
  const causes = [...document.querySelectorAll("body *")].filter((element) => {
    const place = element.getBoundingClientRect();
    return place.right > window.innerWidth + 1 && place.width > 0 && !boxed(element);
  });
  const named = causes.slice(0, 3).map((element) => element.outerHTML.slice(0, 80));
  return [...clipped, `scrolls sideways by ${wide} px at 390: ${named.join(" | ")}`];
}"""

_LINKS = """() => [...document.querySelectorAll("a[href]")].map((link) => link.href)"""


@pytest.fixture
def busy(hall: Hall) -> Hall:
    """A hall in which everything has happened once."""
    late = (hall.today - timedelta(days=60)).isoformat()
    hall.filed(signed_on=late, work_start_on=late, start_on=late)
    hall.return_(hall.filed())
    hall.roster(hall.approved())
    hall.ended()
    return hall


@pytest.mark.parametrize(
    ("role", "portal", "least"),
    [
        ("employer_operator", "employer", 15),
        ("reviewer", "bureau", 8),
        ("bureau_supervisor", "bureau", 9),
        ("counter_clerk", "bureau", 6),
        ("system_administrator", "admin", 5),
        ("business_administrator", "admin", 5),
        ("auditor", "admin", 5),
        (None, "", 6),
    ],
)
def test_every_link_leads_to_a_whole_page(
    page: Page, busy: Hall, make_user: Callable[..., Any], role: str | None, portal: str, least: int
) -> None:
    start, within = "/", ("/",)
    if role is not None:
        office = Grant.objects.get(user=busy.reviewer)
        where: dict[str, Any] = {"region_code": office.region_code or "220100"}
        if role == "employer_operator":
            where = {"employer": busy.employer}
        elif role in ("reviewer", "counter_clerk"):
            where["agency"] = office.agency
        sign_in(page, make_user(role, **where).username, portal=portal)
        start, within = urlsplit(page.url).path, _SIGNED_IN
    faults: dict[str, list[str]] = defaultdict(list)
    page.on("console", lambda said: said.type == "error" and faults[page.url].append(said.text))
    seen = 0
    for address in _walk(page, start, within):
        seen += 1
        faults[address] += page.evaluate(_FAULTS)
        page.set_viewport_size(_PHONE)
        faults[address] += page.evaluate(_SIDEWAYS)
        if role is None:  # whom a phone alone may serve
            faults[address] += page.evaluate(_FAULTS)
        page.set_viewport_size(SIZE)
    assert {address: found for address, found in faults.items() if found} == {}
    assert seen >= least, f"only {seen} pages were found"


def _walk(page: Page, start: str, within: tuple[str, ...]) -> Iterator[str]:
    """Opens every page that can be reached from `start` by links, a few of each kind; what is no
    page (a file) only has to be there. No link leads out of what begins with one of `within`."""
    waiting, known = [start], {start}
    opened: dict[str, int] = defaultdict(int)
    while waiting:
        address = waiting.pop(0)
        kind = _KEYS.sub("/0", urlsplit(address).path)
        if opened[kind] >= _VARIANTS:
            continue
        opened[kind] += 1
        answer = _open(page, address)
        assert answer.ok, f"{address}: {answer.status}"
        if "text/html" not in answer.headers["content-type"]:
            continue
        yield address
        host = urlsplit(page.url)[:2]
        for link in page.evaluate(_LINKS):
            parts = urlsplit(link)
            found = parts.path + (f"?{parts.query}" if parts.query else "")
            if parts[:2] != host or not found.startswith(within) or parts.path in _LEFT_OUT:
                continue
            if found not in known:
                known.add(found)
                waiting.append(found)


def _open(page: Page, address: str) -> Response | APIResponse:
    try:
        answer = page.goto(address)
    except Error as error:  # a file is no page that a window could show
        if "Download is starting" not in error.message:
            raise
        return page.request.get(address)
    assert answer is not None
    return answer
