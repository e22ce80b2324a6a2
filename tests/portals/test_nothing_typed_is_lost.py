"""Tabs, sign-outs, refusals and second thoughts in any order: what somebody typed is on the server
or still on their screen, and they were told which. Walked on pages, as browsers ask for them.

`YONGGONG_DRAFT_SEQUENCES` says how many sequences are generated.
"""

from __future__ import annotations

import html
import os
import re
from copy import copy, deepcopy
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.contracts.making import Hall, answers
from tests.portals.tabs import Tab
from yonggong.cases import actions as case_actions
from yonggong.cases.models import Case, ConflictingDraft, Draft, Version

pytestmark = pytest.mark.django_db

_SEQUENCES = int(os.environ.get("YONGGONG_DRAFT_SEQUENCES", "30"))
_STEPS = 14
_TABS = 3
_WHICH = st.integers(0, _TABS - 1)
# Good enough to be filed, or not.
_PAY_DAYS = st.sampled_from(["10", "四号"])


class Walk(RuleBasedStateMachine):
    """One person, a few tabs on one draft; what each tab last typed is a text of its own.

    `unsent`: tabs in which somebody typed since they last sent.
    `told`: tabs whose last answer said that what stands on their screen is not on the server.
    `left`: texts whose owner chose another text over them, or threw them away, with open eyes.
    `drawn`: by tab, the text that its page was opened with; who saves over it has it before them.
    `held`: tabs whose page asks to sign in and holds what was typed, as whoever has no scripts sees.
    """

    hall: Hall
    # Every walk begins alike: signed in, with the tabs open. Done once, and gone back to.
    screen_at_first: Any
    tabs_at_first: list[Tab]

    @classmethod
    def begin(cls, hall: Hall, at_screen: Any) -> None:
        cls.hall, cls.screen_at_first = hall, at_screen(hall.operator)
        address = cls.screen_at_first.post("/employer/new/add/")["Location"]
        cls.tabs_at_first = [Tab(cls.screen_at_first, address) for _ in range(_TABS)]

    def __init__(self) -> None:
        super().__init__()
        self.before = transaction.savepoint()
        self.screen = copy(self.screen_at_first)
        self.screen.cookies = deepcopy(self.screen_at_first.cookies)
        self.tabs = [copy(tab) for tab in self.tabs_at_first]
        for tab in self.tabs:
            tab.browser, tab.typed = self.screen, {}
        self.raw = answers(today=self.hall.today)
        self.count = 0
        self.signed_in = True
        self.told: set[int] = set()
        self.unsent: set[int] = set()
        self.left: set[str] = set()
        self.held: dict[int, Any] = {}
        self.drawn: dict[int, str] = {}
        self.case = Case.objects.get()

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.before)

    # --- what people do ---------------------------------------------------------------------

    @rule(which=_WHICH, pay_day=_PAY_DAYS)
    def type(self, which: int, pay_day: str) -> None:
        """A tab's fields change; nothing is sent yet."""
        self.count += 1
        self.tabs[which].typed = self.raw | {"job": f"岗位{self.count:03}", "pay_day": pay_day}
        self.told.discard(which)
        self.held.pop(which, None)
        self.unsent.add(which)

    @rule(which=_WHICH)
    def save(self, which: int) -> None:
        self.hear(which, self.typed_in(which).save())

    @rule(which=_WHICH)
    def send(self, which: int) -> None:
        answer = self.typed_in(which).press("submit")
        self.hear(which, answer)
        self.stands_in(which, answer)
        self.held.pop(which, None)
        if answer.status_code == 401:
            self.held[which] = answer

    @precondition(lambda self: self.held)
    @rule()
    def carry_on(self) -> None:
        """Sign in on the page that holds what was typed, and send it on from the next."""
        which = min(self.held)
        asked = fields(self.held.pop(which)) | self.who
        answer = Client.post(self.screen, "/sign-in/", asked)
        self.signed_in = True
        if "typed" in asked and answer.status_code == 200:
            address = self.tabs[which].address
            assert f'action="{address}"' in answer.content.decode()
            answer = Client.post(self.screen, address, fields(answer))
            self.hear(which, answer)
        self.stands_in(which, answer)

    @precondition(lambda self: self.asked and self.open)
    @rule(which=_WHICH, ask=st.sampled_from(["mine", "theirs"]))
    def choose(self, which: int, ask: str) -> None:
        """Whoever is asked chooses, and so gives up one text, whose words they have before them."""
        which = self.asked[which % len(self.asked)]
        tab = self.tabs[which]
        before = kept_texts() | {self.text(which)}
        answer = tab.press(ask)
        if answer.status_code == 302:
            self.left |= before - kept_texts()
            self.reopen(which)
        else:
            self.hear(which, answer)

    @rule(which=_WHICH)
    def reopen(self, which: int) -> None:
        """Leave the page, which sends what it still holds, and come back."""
        if which in self.unsent:
            self.save(which)
        text = self.text(which)
        if text and text not in kept_texts():
            assert which in self.told or text in self.left, f"{text} is gone"
            self.left.add(text)
        self.told.discard(which)
        if self.signed_in and self.open:
            self.tabs[which] = Tab(self.screen, f"/employer/new/{self.case.pk}/")
            shown = re.search(r'name="job"[^>]* value="([^"]*)"', self.tabs[which].shown)
            self.drawn[which] = shown[1] if shown else ""

    @precondition(lambda self: self.signed_in)
    @rule()
    def sign_out(self) -> None:
        self.screen.post("/sign-out/")
        self.signed_in = False

    @precondition(lambda self: not self.signed_in)
    @rule()
    def sign_in(self) -> None:
        """In place: the tabs stay as they are."""
        Client.post(self.screen, "/sign-in/", self.who)
        self.signed_in = True

    @precondition(lambda self: self.fresh.state == "pending")
    @rule()
    def give_back(self) -> None:
        """The office returns what was filed."""
        case = self.fresh
        case_actions.return_case(
            case=case,
            seen=case.filed_at,
            opinion="请补正。",
            by=self.hall.reviewer,
            now=self.hall.now,
            address=None,
        )

    @precondition(lambda self: self.signed_in and self.fresh.state == "pending")
    @rule()
    def take_back(self) -> None:
        """What was filed becomes a draft of its own again; the open tabs stand on the old one."""
        answer = self.screen.post(f"/employer/case/{self.case.pk}/withdraw/")
        assert answer.status_code == 302
        self.case = Case.objects.get(state="draft")

    # --- what holds -------------------------------------------------------------------------

    @invariant()
    def nothing_is_lost(self) -> None:
        """What a tab shows is on the server, or typed since it last heard, or it was told."""
        kept = kept_texts()
        for which in range(_TABS):
            text = self.text(which)
            safe = text in kept or text in self.left or which in self.told | self.unsent
            assert not text or safe, f"{text} of tab {which} is gone, and nobody was told"

    def hear(self, which: int, answer: Any) -> None:
        self.unsent.discard(which)
        self.told.discard(which)
        lost = self.text(which) not in kept_texts()
        if not lost:
            self.left.add(self.drawn.pop(which, ""))
        said = answer.status_code in (401, 403, 404) or "/sign-in/" in answer.headers.get(
            "Location", ""
        )
        if lost and said:
            self.told.add(which)

    def typed_in(self, which: int) -> Tab:
        """The tab, with something in its fields."""
        if not self.tabs[which].typed:
            self.type(which, "10")
        return self.tabs[which]

    @property
    def asked(self) -> list[int]:
        """The tabs whose page asks which of two texts shall stand."""
        return [at for at, tab in enumerate(self.tabs) if tab.typed and tab.over and tab.other]

    def stands_in(self, which: int, answer: Any) -> None:
        """What a page sent is on the server, or in the page that answers it."""
        text = self.text(which)
        assert text in kept_texts() | self.left or text in answer.content.decode(), (
            f"{text} is gone"
        )

    def text(self, which: int) -> str:
        return str(self.tabs[which].typed.get("job", ""))

    @property
    def who(self) -> dict[str, str]:
        return {"username": self.hall.operator.username, "password": "Yonggong-2026"}

    @property
    def fresh(self) -> Case:
        return Case.objects.get(pk=self.case.pk)

    @property
    def open(self) -> bool:
        return self.fresh.state in ("draft", "returned")


def kept_texts() -> set[str]:
    """Every text that the server holds: drafts, what is set aside, what was filed."""
    first, *others = (
        model.objects.values_list("data__job", flat=True)
        for model in (Draft, ConflictingDraft, Version)
    )
    return {str(text or "") for text in first.union(*others)}


def fields(page: Any) -> dict[str, str]:
    """The hidden fields of a page, as a browser sends them: of two that are named alike the last."""
    found = re.findall(
        r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.content.decode()
    )
    return {name: html.unescape(value) for name, value in found}


def test_drafts_lost_in_generated_sequences_of_tabs_sign_outs_and_refusals_none(
    at_screen: Any, hall: Hall
) -> None:
    Walk.begin(hall, at_screen)
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=_SEQUENCES,
            stateful_step_count=_STEPS,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
