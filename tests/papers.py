"""Cases whose materials are not the matter of a test."""

from __future__ import annotations

import pytest

from yonggong.cases.kinds import CaseKind


def ask_for_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on no kind asks for any."""
    monkeypatch.setattr(CaseKind, "wants", lambda self, rules, of=None: ())
