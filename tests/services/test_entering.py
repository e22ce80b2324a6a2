"""A person signs in by name, ID number and a code to their mobile; the phone alone makes nobody that
person."""

from __future__ import annotations

import re
from datetime import datetime
from functools import partial
from typing import Any

import pytest
from django.test import Client

from tests.contracts.making import Hall, ending_answers, last_day
from tests.racing import at_once
from yonggong.accounts.actions import create_user, identify
from yonggong.accounts.models import OneTimeCode, User
from yonggong.accounts.one_time_codes import OF_SUBJECT, PAUSE
from yonggong.policy import Policy
from yonggong.registry.actions import enter_person
from yonggong.registry.models import Worker
from yonggong.services.entering import Claimed, WrongCode, ask, enter
from yonggong.services.registering import register_person

pytestmark = pytest.mark.django_db
MOBILE, OTHER = "13812345678", "13987654321"
STRANGER = "220104199003072134"
ASK, CODE = "/sign-in/person/", "/sign-in/person/code/"


@pytest.fixture(autouse=True)
def demonstration(settings: Any) -> None:
    settings.DEMONSTRATION = True


@pytest.fixture
def takes_the_recorded_mobile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Policy, "persons_by_recorded_mobile", True)


@pytest.fixture
def before(make_employer: Any, make_user: Any, reviewer: Any, now: datetime) -> Hall:
    """Another employer, with nobody in common with the first."""
    unit = make_employer()
    operator = make_user("employer_operator", employer=unit)
    return Hall(employer=unit, operator=operator, reviewer=reviewer, now=now)


def left(before: Hall, mobile: str = MOBILE) -> Worker:
    """Somebody whose contract gave their mobile, and is over."""
    contract = before.in_force(name="试安澜", mobile=mobile)
    before.approve(before.file("ending", ending_answers(on=before.today), contract=contract))
    return contract.worker


def from_today(hall: Hall, worker: Worker, **changed: str) -> dict[str, str]:
    """What the next employer files of them."""
    assert worker.birth_on
    today = hall.today.isoformat()
    began = dict.fromkeys(("work_start_on", "signed_on", "start_on"), today)
    return {
        "name": worker.name,
        "document_number": worker.document_number,
        "sex": worker.sex,
        "birth_on": worker.birth_on.isoformat(),
        "mobile": MOBILE,
        "end_on": last_day(hall.today, 36).isoformat(),
        **began,
        **changed,
    }


@pytest.fixture
def worker(hall: Hall, before: Hall) -> Worker:
    """Somebody with an approved contract in force; it and the one before, with another employer, give
    their mobile."""
    worker = left(before)
    hall.approved(**from_today(hall, worker))
    return worker


def code() -> str:
    found = re.search(r"\d{6}", OneTimeCode.objects.latest("pk").outgoing[1])
    assert found
    return found[0]


def enters(name: str, number: str, mobile: str, now: datetime) -> User | None:
    claimed = Claimed(name, number, mobile)
    key = ask(claimed, address=None, now=now)
    return enter(claimed, key=str(key), code=code(), address=None, now=now)


def test_the_first_time_the_mobile_that_two_employers_filed_proves_them(
    takes_the_recorded_mobile: None, worker: Worker, now: datetime
) -> None:
    account = enters("试安澜", worker.document_number, MOBILE, now)
    assert account is not None and account.person_id == worker.pk
    assert (account.mobile, account.portal) == (MOBILE, "person")


@pytest.mark.django_db(transaction=True)
def test_of_two_right_codes_in_one_instant_both_open_the_one_account(
    takes_the_recorded_mobile: None, worker: Worker, now: datetime
) -> None:
    claimed = Claimed("试安澜", worker.document_number, MOBILE)
    later = now + 2 * PAUSE
    sent = [(str(ask(claimed, address=None, now=at)), code()) for at in (now, later)]
    first, second = at_once(
        *(
            partial(enter, claimed, key=key, code=said, address=None, now=later)
            for key, said in sent
        )
    )
    assert first is not None and first == second == User.objects.get(person__isnull=False)


def test_a_number_that_one_employer_alone_wrote_in_makes_nobody_the_worker(
    takes_the_recorded_mobile: None, hall: Hall, now: datetime
) -> None:
    """Whichever it chose: it would have the account of anybody whose number it knows."""
    hall.approved(name="试安澜", mobile=MOBILE)
    hall.approved(name="试云起", mobile=MOBILE)
    for worker in Worker.objects.all():
        assert enters(worker.name, worker.document_number, MOBILE, now) is None
        now = now.replace(hour=now.hour + 1)
    assert not User.objects.filter(person__isnull=False).exists()


def test_nor_two_that_the_same_people_run(
    takes_the_recorded_mobile: None, worker: Worker, hall: Hall, before: Hall, now: datetime
) -> None:
    for one in (hall, before):
        one.employer.legal_representative = "试法定"
        one.employer.save()
    assert enters("试安澜", worker.document_number, MOBILE, now) is None


def test_nor_the_number_of_the_account_that_filed_it(
    takes_the_recorded_mobile: None, worker: Worker, operator: User, now: datetime
) -> None:
    operator.keep_mobile(MOBILE)
    operator.save(update_fields=["mobile_sealed"])
    assert enters("试安澜", worker.document_number, MOBILE, now) is None


def test_an_account_that_is_there_is_not_opened_by_what_employers_filed(
    takes_the_recorded_mobile: None, worker: Worker, now: datetime
) -> None:
    person = enter_person(worker=worker, region_code="220104")
    made = create_user(username="own", name=worker.name, password="Yonggong-2026", by=None)
    identify(user=made, person=person.pk, by=None)
    assert enters("试安澜", worker.document_number, MOBILE, now) is None
    assert not User.objects.get(pk=made.pk).mobile


@pytest.mark.parametrize(
    ("name", "own_number", "mobile"),
    [
        ("试安澜", True, OTHER),  # somebody else's phone
        ("试别人", True, MOBILE),  # another name
        ("试安澜", False, MOBILE),  # a number nobody knows
    ],
)
def test_nobody_is_let_in_where_one_of_the_three_differs(
    takes_the_recorded_mobile: None,
    worker: Worker,
    now: datetime,
    name: str,
    own_number: bool,
    mobile: str,
) -> None:
    number = worker.document_number if own_number else STRANGER
    assert enters(name, number, mobile, now) is None
    assert not User.objects.filter(person__isnull=False).exists()


def test_a_province_may_not_take_the_word_of_a_contract(worker: Worker, now: datetime) -> None:
    assert enters("试安澜", worker.document_number, MOBILE, now) is None


def test_the_employers_own_number_says_nothing_of_a_worker(
    takes_the_recorded_mobile: None, worker: Worker, employer: Any, now: datetime
) -> None:
    employer.keep_sealed("operator_mobile", MOBILE)
    employer.save()
    assert enters("试安澜", worker.document_number, MOBILE, now) is None


def test_a_contract_that_nobody_approved_proves_nothing(
    takes_the_recorded_mobile: None, hall: Hall, before: Hall, now: datetime
) -> None:
    worker = left(before)
    hall.filed(**from_today(hall, worker))
    assert enters("试安澜", worker.document_number, MOBILE, now) is None


def test_who_has_an_account_needs_its_mobile(
    takes_the_recorded_mobile: None, worker: Worker, now: datetime
) -> None:
    first = enters("试安澜", worker.document_number, MOBILE, now)
    assert first is not None
    first.keep_mobile(OTHER)
    first.save(update_fields=["mobile_sealed"])
    later = now.replace(hour=12)
    assert enters("试安澜", worker.document_number, MOBILE, later) is None
    assert enters("试安澜", worker.document_number, OTHER, later) == first


def test_an_office_is_not_entered_by_a_phone(
    takes_the_recorded_mobile: None, worker: Worker, reviewer: User, now: datetime
) -> None:
    account = enters("试安澜", worker.document_number, MOBILE, now)
    assert account is not None
    account.grants.create(role="reviewer", region_code="220104")
    later = now.replace(hour=12)
    assert enters("试安澜", worker.document_number, MOBILE, later) is None


def test_a_wrong_code_lets_nobody_in(worker: Worker, now: datetime) -> None:
    claimed = Claimed("试安澜", worker.document_number, MOBILE)
    key = ask(claimed, address=None, now=now)
    wrong = f"{(int(code()) + 1) % 1_000_000:06d}"
    with pytest.raises(WrongCode):
        enter(claimed, key=str(key), code=wrong, address=None, now=now)


def test_a_counter_that_saw_the_card_makes_the_account(
    agency: Any, make_user: Any, now: datetime
) -> None:
    clerk = make_user("counter_clerk", agency=agency, region_code="220104")
    given = {"name": "试一", "number": STRANGER, "mobile": MOBILE}
    person, made = register_person(**given, agency=agency, by=clerk, address=None)
    assert made and enters("试一", STRANGER, MOBILE, now).person_id == person.pk  # type: ignore[union-attr]
    again, made = register_person(
        **given | {"mobile": OTHER}, agency=agency, by=clerk, address=None
    )
    assert again == person and not made
    assert User.objects.get(person=person).mobile == MOBILE


def test_a_name_that_somebody_files_meanwhile_shuts_nobody_out(
    hall: Hall, agency: Any, make_user: Any, now: datetime
) -> None:
    clerk = make_user("counter_clerk", agency=agency, region_code="220104")
    given = {"name": "试一", "number": STRANGER, "mobile": MOBILE}
    person, _made = register_person(**given, agency=agency, by=clerk, address=None)
    worker = Worker.objects.get(pk=person.pk)
    hall.filed(**from_today(hall, worker, name="试二", mobile=OTHER))
    assert Worker.objects.get(pk=person.pk).name == "试二"
    assert enters("试一", STRANGER, MOBILE, now) is not None


def test_strangers_who_ask_with_other_numbers_keep_nobody_from_asking(now: datetime) -> None:
    for one in range(OF_SUBJECT):
        ask(Claimed("试一", STRANGER, f"1390000{one:04}"), address=None, now=now)
    ask(Claimed("试一", STRANGER, MOBILE), address=None, now=now)


def answer(client: Client, number: str) -> str:
    """The page after the code, whoever the number belongs to, without tokens."""
    asked = {"name": "试安澜", "number": number, "mobile": OTHER}
    assert client.post(ASK, asked)["Location"] == CODE
    page = client.post(CODE, {"code": code()}, follow=True)
    return re.sub(r"\b\w{64}\b", "", page.content.decode())


def test_the_pages_answer_the_same_of_known_and_unknown(worker: Worker) -> None:
    known = answer(Client(), worker.document_number)
    OneTimeCode.objects.all().delete()
    assert known == answer(Client(), STRANGER)
    assert "尚未核实身份" in known and "不能查看任何人的办件" in known


def test_in_by_the_pages(takes_the_recorded_mobile: None, worker: Worker, client: Client) -> None:
    assert "个人登录" in client.get(ASK).content.decode()
    client.post(ASK, {"name": "试安澜", "number": worker.document_number, "mobile": MOBILE})
    assert client.post(CODE, {"code": "x"}).status_code == 422
    assert client.post(CODE, {"code": code()})["Location"] == "/person/"
    assert client.get("/person/").status_code == 200


def test_asking_is_limited(client: Client) -> None:
    asked = {"name": "试一", "number": STRANGER, "mobile": MOBILE}
    assert client.post(ASK, asked).status_code == 302
    refused = client.post(ASK, asked)
    assert refused.status_code == 422 and "一分钟内" in refused.content.decode()
