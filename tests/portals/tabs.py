"""A tab of a browser, as far as drafts go: what its page carries, what was typed, what it sends."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from django.test import Client

from yonggong.portals.pages.keeping import REVISION_HEADER


def hidden(page: str, name: str) -> str:
    """What a page's first hidden input of that name carries; "" where there is none."""
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', page)
    return found[1] if found else ""


class Tab:
    """One page of a form. `typed` is what stands in its fields."""

    def __init__(self, browser: Client, address: str) -> None:
        self.browser, self.address = browser, address
        self.typed: dict[str, Any] = {}
        self.open()

    def open(self) -> Any:
        """Load the page."""
        answer = self.browser.get(self.address, follow=True)
        self.drawn(answer)
        return answer

    def drawn(self, answer: Any) -> None:
        """The page, or the part of it that an answer draws anew."""
        self.shown = answer.content.decode()
        for name in ("revision", "tab", "opened_by", "opened_for"):
            if found := hidden(self.shown, name):
                setattr(self, name, found)
        self.over, self.other = hidden(self.shown, "over"), hidden(self.shown, "other")

    @property
    def carried(self) -> dict[str, Any]:
        names = ("revision", "tab", "opened_by", "opened_for")
        return {name: getattr(self, name, "") for name in names}

    def save(self, **typed: Any) -> Any:
        """What the page does by itself soon after somebody typed."""
        self.typed |= typed
        answer = self.browser.post(f"{self.address}draft/", self.typed | self.carried)
        self.revision = answer.headers.get(REVISION_HEADER, self.revision)
        if answer.status_code in (200, 409):
            text = answer.content.decode()
            self.over, self.other = hidden(text, "over"), hidden(text, "other")
        return answer

    def press(self, ask: str, **typed: Any) -> Any:
        """Press one of the form's buttons."""
        self.typed |= typed
        sent = {"ask": ask, "idempotency_key": str(uuid4()), "over": self.over, "other": self.other}
        answer = self.browser.post(self.address, self.typed | self.carried | sent)
        if answer.status_code in (409, 422):
            self.drawn(answer)
        return answer
