"""Tabs, sign-outs, refusals and second thoughts in any order: what somebody typed is on the server
or still on their screen, and they were told which. Walked on pages, as browsers ask for them.

`YONGGONG_DRAFT_SEQUENCES` says how many sequences are generated.
"""

from __future__ import annotations

import os
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.contracts.making import Hall, answers
from tests.portals.tabs import Tab
from yonggong.cases import actions as case_actions
from yonggong.cases.kinds import get_kind
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
    """

    hall: Hall
    at_screen: Any

    def __init__(self) -> None:
        super().__init__()
        self.before = transaction.savepoint()
        self.screen = type(self).at_screen(self.hall.operator)
        self.raw = answers(today=self.hall.today)
        self.count = 0
        self.signed_in = True
        self.told: set[int] = set()
        self.unsent: set[int] = set()
        self.left: set[str] = set()
        address = self.screen.post("/employer/new/add/")["Location"]
        self.tabs = [Tab(self.screen, address) for _ in range(_TABS)]
        self.case = Case.objects.get()

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.before)

    # --- what people do ---------------------------------------------------------------------

    @rule(which=_WHICH, pay_day=_PAY_DAYS)
    def type(self, which: int, pay_day: str) -> None:
        """A tab's fields change; nothing is sent yet."""
        self.count += 1
        self.tabs[which].typed = self.raw | {"job": f"岗位{self.count}", "pay_day": pay_day}
        self.told.discard(which)
        self.unsent.add(which)

    @rule(which=_WHICH)
    def save(self, which: int) -> None:
        tab = self.tabs[which]
        if tab.typed:
            self.hear(which, tab.save())

    @rule(which=_WHICH)
    def send(self, which: int) -> None:
        tab = self.tabs[which]
        if tab.typed:
            self.hear(which, tab.press("submit"))

    @rule(which=_WHICH, ask=st.sampled_from(["mine", "theirs"]))
    def choose(self, which: int, ask: str) -> None:
        """Whoever is asked chooses, and so gives up one text, whose words they have before them."""
        tab = self.tabs[which]
        if not (tab.typed and tab.over and tab.other) or not self.open:
            return
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
            self.tabs[which] = Tab(self.screen, self.tabs[which].address)

    @rule()
    def sign_out(self) -> None:
        self.screen.post("/sign-out/")
        self.signed_in = False

    @rule()
    def sign_in(self) -> None:
        """In place: the tabs stay as they are."""
        if not self.signed_in:
            who = {"username": self.hall.operator.username, "password": "Yonggong-2026"}
            Client.post(self.screen, "/sign-in/", who)
            self.signed_in = True

    @rule()
    def give_back(self) -> None:
        """The office returns what was filed."""
        case = self.fresh
        if case.state == "pending":
            case_actions.return_case(
                case=case,
                seen=case.filed_at,
                opinion="请补正。",
                by=self.hall.reviewer,
                now=self.hall.now,
                address=None,
            )

    @rule()
    def take_back(self) -> None:
        """What was filed becomes a draft of its own again; the open tabs stand on the old one."""
        case = self.fresh
        if case.state == "pending" and self.signed_in:
            answer = self.screen.post(f"/employer/case/{case.pk}/withdraw/")
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
        said = answer.status_code in (401, 403, 404) or "/sign-in/" in answer.headers.get(
            "Location", ""
        )
        if lost and said:
            self.told.add(which)

    def text(self, which: int) -> str:
        return str(self.tabs[which].typed.get("job", ""))

    @property
    def fresh(self) -> Case:
        return Case.objects.get(pk=self.case.pk)

    @property
    def open(self) -> bool:
        return self.fresh.state in ("draft", "returned")


def kept_texts() -> set[str]:
    """Every text that the server holds: drafts, what is set aside, what was filed."""
    found = [*Draft.objects.all(), *ConflictingDraft.objects.all(), *Version.objects.all()]
    form = get_kind("contract.new").form
    return {str(kept.opened(form).get("job", "")) for kept in found}


def test_drafts_lost_in_generated_sequences_of_tabs_sign_outs_and_refusals_none(
    at_screen: Any, hall: Hall
) -> None:
    Walk.hall, Walk.at_screen = hall, staticmethod(at_screen)
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
