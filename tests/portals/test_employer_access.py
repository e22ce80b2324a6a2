"""Who may open the employer's pages: its own operators, nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.contracts.making import Hall
from yonggong.accounts.roles import ROLES

pytestmark = pytest.mark.django_db

PLAIN = (
    "home",
    "particulars",
    "contracts",
    "new",
    "renewal",
    "change",
    "ending",
    "void",
    "rosters",
    "roster-print",
)
LABOUR = [name for name in PLAIN if name not in ("home", "particulars", "rosters")]


@pytest.mark.parametrize("name", PLAIN)
def test_the_operator_opens_it(screen: Client, name: str) -> None:
    assert screen.get(reverse(f"employer:{name}"), follow=True).status_code == 200


@pytest.mark.parametrize("name", PLAIN)
def test_a_stranger_is_led_to_sign_in(client: Client, name: str, db: None) -> None:
    answer = client.get(reverse(f"employer:{name}"))
    assert answer.status_code == 302 and answer["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("name", PLAIN)
def test_for_a_reviewer_it_does_not_exist(
    at_screen: Callable[[Any], Client], hall: Hall, name: str
) -> None:
    assert at_screen(hall.reviewer).get(reverse(f"employer:{name}")).status_code == 404


def scoped_addresses(hall: Hall) -> list[tuple[str, str]]:
    """(method, address) of everything that belongs to one employer."""
    pending, returned = hall.filed(), hall.return_(hall.filed())
    paper = hall.roster(hall.approved())
    return [
        ("get", reverse("employer:case", args=[pending.pk])),
        ("post", reverse("employer:case-whole", args=[pending.pk])),
        ("get", reverse("employer:case-version", args=[pending.pk, 1])),
        ("get", reverse("employer:case-version-print", args=[pending.pk, 1])),
        ("post", reverse("employer:case-version-print", args=[pending.pk, 1])),
        ("get", reverse("employer:material", args=[pending.pk, "contract_text"])),
        ("post", reverse("employer:material", args=[returned.pk, "contract_text"])),
        ("post", reverse("employer:material-remove", args=[returned.pk, "contract_text"])),
        ("get", reverse("employer:new-form", args=[returned.pk])),
        ("post", reverse("employer:new-form", args=[returned.pk])),
        ("post", reverse("employer:new-draft", args=[returned.pk])),
        ("post", reverse("employer:new-check", args=[returned.pk])),
        ("post", reverse("employer:new-discard", args=[returned.pk])),
        ("get", reverse("employer:new-materials", args=[returned.pk])),
        ("post", reverse("employer:case-withdraw", args=[pending.pk])),
        ("post", reverse("employer:case-again", args=[pending.pk])),
        ("get", reverse("employer:rosters-paper", args=[paper.pk])),
        ("get", reverse("employer:rosters-pdf", args=[paper.pk])),
    ]


@pytest.mark.parametrize("who", ["another employer", "a reviewer"])
def test_what_is_one_employers_does_not_exist_for_others(
    at_screen: Callable[[Any], Client], hall: Hall, others: dict[str, Any], who: str
) -> None:
    browser = at_screen(others[who])
    for method, address in scoped_addresses(hall):
        assert getattr(browser, method)(address).status_code == 404, (method, address)


@pytest.mark.parametrize("name", LABOUR)
def test_until_the_initial_filing_is_approved_every_labour_page_leads_there(
    screen: Client, hall: Hall, name: str
) -> None:
    hall.employer.state, hall.employer.filed_on = "unfiled", None
    hall.employer.save()
    answer = screen.get(reverse(f"employer:{name}"), follow=True)
    assert answer.redirect_chain[0][0] == reverse("employer:particulars")
    assert "尚未完成初次备案" in answer.content.decode()


def test_a_cancelled_employer_reads_but_does_not_file(screen: Client, hall: Hall) -> None:
    hall.approved()
    hall.employer.state, hall.employer.cancelled_on = "cancelled", hall.today
    hall.employer.save()
    assert screen.get(reverse("employer:contracts")).status_code == 200
    for address in ("new-add", "renewal-start", "particulars-begin", "particulars-cancel"):
        answer = screen.post(reverse(f"employer:{address}"), follow=True)
        assert "已注销备案，不能再办理备案" in answer.content.decode(), address


def every_address() -> list[str]:
    """An address of every page and act of the portal, with keys of nothing."""
    given = {"int": 1, "uuid": "00000000-0000-4000-8000-000000000000", "string": "x"}

    def patterns(found: list[Any], inside: bool) -> Iterator[URLPattern]:
        for item in found:
            if isinstance(item, URLResolver):
                yield from patterns(item.url_patterns, inside or item.namespace == "employer")
            elif inside:
                yield item

    def value(converter: Any) -> object:
        return given[type(converter).__name__.removesuffix("Converter").lower()]

    return [
        reverse(
            f"employer:{pattern.name}",
            kwargs={name: value(kind) for name, kind in pattern.pattern.converters.items()},
        )
        for pattern in patterns(get_resolver().url_patterns, inside=False)
    ]


EVERYTHING = every_address()


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"employer_operator"}))
def test_for_every_other_role_nothing_of_the_portal_exists(
    at_screen: Callable[[Any], Client], make_user: Any, agency: Any, role: str
) -> None:
    at_agency = role in ("reviewer", "counter_clerk")
    browser = at_screen(make_user(role, agency=agency if at_agency else None, region_code="220104"))
    assert len(EVERYTHING) > 50
    for address in EVERYTHING:
        assert browser.get(address).status_code == 404, address
        assert browser.post(address).status_code == 404, address


def test_whoever_is_not_signed_in_is_sent_to_sign_in(client: Client, db: None) -> None:
    for address in EVERYTHING:
        for answer in (client.get(address), client.post(address)):
            assert answer.status_code == 302 and answer["Location"].startswith("/sign-in/"), address
