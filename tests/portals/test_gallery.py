"""The developers' page of shared components shows all of them (`make components`)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client, override_settings

import yonggong
from tests.portals.gallery import FOLDER, GUESTS, SAMPLES

SOURCE = Path(yonggong.__file__).parent
pytestmark = pytest.mark.django_db

NAMES = sorted(path.stem for path in FOLDER.glob("*.html"))
FORMS = ("forms/page.html", "forms/view.html", "forms/diff.html")
# Lists are shown whole, by every portal's list pages.
_SEEN_ELSEWHERE = "listings/"
_INCLUDED = re.compile(r'{% include "([^"]+)"')


def test_every_component_has_a_sample() -> None:
    assert sorted(SAMPLES) == NAMES


@override_settings(ROOT_URLCONF="tests.portals.gallery")
def test_the_page_draws_every_component() -> None:
    page = Client().get("/components/").content.decode()
    drawn = re.split(r'<section data-component="(.+?)"><h2>.+?</h2>', page)[1:]
    shown = dict(zip(drawn[::2], drawn[1::2], strict=True))
    assert sorted(shown) == sorted([*NAMES, *FORMS, *GUESTS])
    assert all("<" in part.split("</section>")[0] for part in shown.values())


def shared() -> set[str]:
    """What templates include from another folder than their own: nobody's alone."""
    found = set()
    for path in SOURCE.rglob("templates/**/*.html"):
        folder = path.parent.as_posix().split("/templates/", 1)[1]
        named = _INCLUDED.findall(path.read_text("utf-8"))
        found |= {name for name in named if name.rpartition("/")[0] != folder}
    return {name for name in found if not name.startswith(_SEEN_ELSEWHERE)}


@override_settings(ROOT_URLCONF="tests.portals.gallery")
def test_every_shared_include_is_drawn() -> None:
    drawn = {template.name for template in Client().get("/components/").templates}
    assert shared() and shared() - drawn == set()


def test_the_platform_does_not_serve_it() -> None:
    assert Client().get("/components/").status_code == 404
