"""A command that cannot do what it is asked says so in words, and ends with an error."""

from __future__ import annotations

import argparse

import pytest
from django.core.management.base import CommandError

from yonggong.serving import commands


def test_what_cannot_be_done_is_said_without_a_trace(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(options: argparse.Namespace) -> int:
        raise CommandError("已有数据不能沿用，请换用空数据库。")

    monkeypatch.setattr(commands, "_demo", refuse)
    assert commands.dispatch(["demo"]) == 1
    assert capsys.readouterr().out == "已有数据不能沿用，请换用空数据库。\n"
