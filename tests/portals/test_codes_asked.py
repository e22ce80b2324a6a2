"""Which credit codes are registered is told nobody who need not know; asking is limited and recorded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.contracts.making import Hall, answers
from yonggong.accounts.limits import ASKING_CODES, CLAIMING, REGISTERING, Limit, TooOften, count_act
from yonggong.accounts.models import AccessEntry, LimitedAct, User
from yonggong.cases.models import Case
from yonggong.codes.invent import invent_credit_code, invent_mobile
from yonggong.registry import doubtful
from yonggong.registry.models import DoubtfulCode, Employer

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(make_user: Callable[..., Any], agency: Any) -> User:
    user: User = make_user("counter_clerk", agency=agency, region_code="220104")
    return user


@pytest.fixture
def far(make_employer: Callable[..., Any]) -> Employer:
    """Registered where the clerk is not."""
    found: Employer = make_employer(
        credit_code=invent_credit_code(Random(7), region="150302"),
        name="乌海试用化工有限公司",
        region_code="150302",
    )
    return found


def _recorded() -> list[tuple[str, str]]:
    entries = AccessEntry.objects.filter(kind="codes").order_by("pk")
    return [(entry.key, entry.detail) for entry in entries]


class TestLimits:
    def _counts(self, limit: Limit, times: int, **asked: Any) -> int:
        """How many of so many tries in one second go through."""
        done = 0
        for _ in range(times):
            try:
                count_act(limit, **asked)
            except TooOften:
                continue
            done += 1
        return done

    @pytest.mark.parametrize("limit", [REGISTERING, CLAIMING, ASKING_CODES])
    def test_an_account_and_an_address_each_have_so_many(self, limit: Limit, clerk: User) -> None:
        now = timezone.now()
        asked = {"user": clerk, "address": "10.0.0.1", "now": now}
        assert self._counts(limit, 40, **asked) == limit.of_account
        assert self._counts(limit, 1, user=clerk, address="10.0.0.2", now=now) == 0
        elsewhere = {"user": None, "address": "10.0.0.9", "now": now}
        assert self._counts(limit, 250, **elsewhere) == limit.of_address

    def test_after_a_while_one_may_again(self, clerk: User) -> None:
        now = timezone.now()
        self._counts(ASKING_CODES, 40, user=clerk, address=None, now=now)
        later = now + ASKING_CODES.within + timedelta(seconds=1)
        assert self._counts(ASKING_CODES, 1, user=clerk, address=None, now=later) == 1

    def test_nothing_older_than_a_day_is_kept(self, clerk: User) -> None:
        now = timezone.now()
        count_act(ASKING_CODES, user=clerk, address=None, now=now - timedelta(days=2))
        count_act(ASKING_CODES, user=clerk, address=None, now=now)
        assert LimitedAct.objects.count() == 1


class TestRegistration:
    def _sent(self, chance: Random, number: int) -> dict[str, str]:
        return {
            "credit_code": invent_credit_code(chance, region="220104"),
            "name": f"长春试验{number}号经贸有限公司",
            "region_code": "220104",
            "operator": "试安澜",
            "mobile": invent_mobile(chance),
            "username": f"yunqiao{number}",
            "password": "Yonggong-2026",
            "again": "Yonggong-2026",
        }

    def test_twenty_five_codes_in_a_row_are_not_registered_from_one_address(
        self, chance: Random
    ) -> None:
        answers = [Client().post("/register/", self._sent(chance, n)) for n in range(25)]
        assert Employer.objects.count() == REGISTERING.of_address
        assert "操作过于频繁" in answers[-1].content.decode()
        assert len(_recorded()) == REGISTERING.of_address

    def test_a_registered_code_tells_no_name(self, chance: Random, make_employer: Any) -> None:
        known = make_employer(name="长春北辰机械制造有限公司")
        sent = self._sent(chance, 1) | {"credit_code": known.credit_code}
        answer = Client().post("/register/", sent, follow=True)
        assert answer.redirect_chain[-1][0] == reverse("claims")
        assert known.name not in answer.content.decode()

    def test_what_is_refused_for_another_mistake_is_not_counted(self, chance: Random) -> None:
        for number in range(12):
            Client().post("/register/", self._sent(chance, number) | {"again": "-"})
        assert not LimitedAct.objects.exists()

    def test_each_is_recorded_with_code_and_address(self, chance: Random) -> None:
        sent = self._sent(chance, 1)
        Client().post("/register/", sent, REMOTE_ADDR="10.3.3.3")
        entry = AccessEntry.objects.get(kind="codes")
        assert (entry.key, entry.address) == (sent["credit_code"], "10.3.3.3")


class TestCounter:
    def test_a_code_of_elsewhere_answers_like_an_unknown_one(
        self, at_screen: Any, clerk: User, far: Employer, chance: Random
    ) -> None:
        desk = at_screen(clerk)

        def said(code: str) -> list[str]:
            answer = desk.post(reverse("bureau:counter"), {"credit_code": code})
            assert far.name not in answer.content.decode()
            return [str(message) for message in answer.context["messages"]]

        unknown = invent_credit_code(chance, region="220104")
        first = said(far.credit_code)
        assert first == said(unknown) and "请到其登记地的窗口办理" in first[0]
        assert [key for key, _ in _recorded()] == [far.credit_code, unknown]

    def test_asking_ends_after_so_many(
        self, at_screen: Any, clerk: User, far: Employer, chance: Random
    ) -> None:
        desk = at_screen(clerk)
        for _ in range(ASKING_CODES.of_account):
            desk.post(reverse("bureau:counter"), {"credit_code": "91150302000000000X"})
        answer = desk.post(reverse("bureau:counter"), {"credit_code": far.credit_code})
        assert "操作过于频繁" in answer.content.decode()
        sent = {
            "credit_code": invent_credit_code(chance, region="220104"),
            "name": "长春试验新单位",
            "region_code": "220104",
        }
        refused = desk.post(reverse("bureau:counter-register"), sent)
        assert refused.status_code == 422 and "操作过于频繁" in refused.content.decode()
        assert not Employer.objects.filter(credit_code=sent["credit_code"]).exists()

    def test_entering_one_of_elsewhere_names_it_not(
        self, at_screen: Any, clerk: User, far: Employer
    ) -> None:
        sent = {"credit_code": far.credit_code, "name": "长春试验", "region_code": "220104"}
        answer = at_screen(clerk).post(reverse("bureau:counter-register"), sent)
        assert answer.status_code == 422
        assert far.name not in answer.content.decode() and "乌海" not in answer.content.decode()
        assert _recorded() == [(far.credit_code, "窗口登记单位")]


def test_a_code_of_ones_own_region_is_not_counted(
    at_screen: Any, clerk: User, employer: Employer
) -> None:
    at_screen(clerk).post(reverse("bureau:counter"), {"credit_code": employer.credit_code})
    assert not LimitedAct.objects.exists() and not _recorded()


def test_a_filing_says_the_same_of_a_known_and_an_unknown_user_unit(
    hall: Hall, screen: Client, make_employer: Any, chance: Random
) -> None:
    """While it is typed and when it is sent, under a right or a wrong name."""
    unit = make_employer(name="长春北辰机械制造有限公司")
    screen.post(reverse("employer:new-add"))
    address = reverse("employer:new-check", args=[Case.objects.get().pk])
    said = []
    for code, name in (
        (unit.credit_code, unit.name),
        (unit.credit_code, "别的公司"),
        (invent_credit_code(chance, region="220104"), unit.name),
    ):
        raw = answers(
            today=hall.today, name="试派遣", employment_form="3", contract_text="2",
            dispatch_post="1", user_unit=name, user_unit_code=code,
            document_number="22010419900307213X", sex="1", birth_on="1990-03-07",
            mobile="16012345678", dispatch_start_on=hall.today.isoformat(),
            dispatch_end_on=(hall.today + timedelta(days=100)).isoformat(),
        )  # fmt: skip
        said.append(screen.post(address, raw).content)
    assert said[0] == said[1] == said[2] and said[0]
    assert not _recorded()


class TestDoubtfulCodes:
    @pytest.fixture
    def refused(self, failing: str, reviewer: User) -> DoubtfulCode:
        """Found wrong, with words that tell more than the code."""
        code = doubtful.state_code(
            credit_code=failing,
            name="长春试用有限公司",
            region_code="220104",
            evidence="营业执照",
            by=None,
            at=timezone.now(),
        )
        return doubtful.decide_code(
            pk=code.pk,
            confirmed=False,
            opinion="该代码属于吉林省另一家企业",
            by=reviewer,
            at=timezone.now(),
            address=None,
        )

    @pytest.mark.parametrize(("name", "told"), [("长春试用有限公司", True), ("别的公司", False)])
    def test_what_the_bureau_found_is_told_on_a_full_match_only(
        self, at_screen: Any, operator: User, refused: DoubtfulCode, name: str, told: bool
    ) -> None:
        sent = {"credit_code": refused.credit_code, "name": name, "evidence": "营业执照"}
        answer = at_screen(operator).post(reverse("employer:codes"), sent)
        text = answer.content.decode()
        assert answer.status_code == 422 and "核实有误" in text
        assert (refused.opinion in text) is told
        assert _recorded() == [(refused.credit_code, "说明信用代码")]

    def test_stating_codes_ends_after_so_many(
        self, at_screen: Any, operator: User, refused: DoubtfulCode
    ) -> None:
        for _ in range(ASKING_CODES.of_account):
            count_act(ASKING_CODES, user=operator, address=None, now=timezone.now())
        sent = {"credit_code": refused.credit_code, "name": "x公司", "evidence": "营业执照"}
        answer = at_screen(operator).post(reverse("employer:codes"), sent)
        assert "操作过于频繁" in answer.content.decode()
