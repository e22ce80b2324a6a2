"""The developers' page of shared components shows all of them (`make components`)."""

from __future__ import annotations

import re

import pytest
from django.test import Client, override_settings

from tests.portals.gallery import FOLDER, SAMPLES

pytestmark = pytest.mark.django_db

NAMES = sorted(path.stem for path in FOLDER.glob("*.html"))


def test_every_component_has_a_sample() -> None:
    assert sorted(SAMPLES) == NAMES


@override_settings(ROOT_URLCONF="tests.portals.gallery")
def test_the_page_draws_every_component() -> None:
    page = Client().get("/components/").content.decode()
    drawn = re.split(r'<section data-component="(.+?)"><h2>.+?</h2>', page)[1:]
    shown = dict(zip(drawn[::2], drawn[1::2], strict=True))
    assert sorted(shown) == NAMES
    assert all("<" in part.split("</section>")[0] for part in shown.values())


def test_the_platform_does_not_serve_it() -> None:
    assert Client().get("/components/").status_code == 404
