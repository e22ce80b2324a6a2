"""Search boxes find code tables and agencies by pinyin and initials."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from yonggong.registry.models import Agency
from yonggong.registry.queries import employers_spelled

pytestmark = pytest.mark.django_db


def _found(client: Client, source: str, name: str, text: str) -> list[str]:
    answer = client.get(reverse("forms:search", args=[source, name]), {"q": text})
    return [option["label"] for option in answer.json()["options"]]


def test_a_code_table_is_searched_by_letters(client: Client) -> None:
    assert _found(client, "table", "occupation", "kjzy")[0] == "会计专业人员"
    assert "朝阳区" in _found(client, "table", "region", "chaoyang")


def test_agencies_are_searched_by_letters(screen: Client) -> None:
    Agency.objects.create(
        name="长春市绿园区人力资源和社会保障局", level="county", region_code="220106", reviews=True
    )
    for text in ("lvyuan", "ccslyq", "绿园"):
        found = _found(screen, "options", "reviewing-agencies", text)
        assert found == ["长春市绿园区人力资源和社会保障局"], text


def test_choices_on_the_page_carry_their_spellings(screen: Client, hall: Any) -> None:
    form = screen.post(reverse("employer:new-add"))["Location"]
    shown = screen.get(form).content.decode()
    assert re.search(r'data-pinyin="[^"]*\bmanzu\b[^"]*\bmz\b[^"]*">[^<]*满族', shown)


@pytest.mark.parametrize("path", ["/bureau/employers/", "/bureau/contracts/", "/bureau/cases/"])
@pytest.mark.parametrize("typed", ["changchunlvdao", "ccld", "CCLDSM", "ｃｃｌｄ", "长春绿岛"])
def test_employers_are_found_by_letters_in_lists(
    at_screen: Any, make_user: Any, hall: Any, path: str, typed: str
) -> None:
    hall.employer.name = "长春绿岛商贸有限公司"
    hall.employer.save()
    hall.filed()
    param = {"/bureau/employers/": "name", "/bureau/cases/": "applicant"}.get(path, "employer")
    screen = at_screen(make_user("bureau_supervisor", region_code="220100"))
    assert "长春绿岛商贸有限公司" in _rows(screen, path, {param: typed})
    assert "长春绿岛商贸有限公司" not in _rows(screen, path, {param: "ccldx"})


def test_a_new_name_is_found_by_its_own_letters_only(hall: Any, make_user: Any) -> None:
    user = make_user("bureau_supervisor", region_code="220100")
    hall.employer.name = "单县重工有限公司"
    hall.employer.save()
    for letters in ("shanxianzhonggong", "sxzg", "danxian"):
        assert list(employers_spelled(user, letters)) == [hall.employer.pk]
    hall.employer.name = "曾记食品有限公司"
    hall.employer.save()
    assert list(employers_spelled(user, "zengji")) == [hall.employer.pk]
    assert not employers_spelled(user, "sxzg").exists()
    elsewhere = make_user("bureau_supervisor", region_code="150300")
    assert not employers_spelled(elsewhere, "zengji").exists()


def _rows(client: Client, path: str, asked: dict[str, str]) -> str:
    page = client.get(path, asked).content.decode()
    return page[page.index("<tbody>") : page.index("</tbody>")]
