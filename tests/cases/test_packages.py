"""A kind is a package of its room: walking the room's packages makes it known."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from yonggong.cases import kinds
from yonggong.cases.workbook import Workbook
from yonggong.catalogue import own_titles

KIND = """
from yonggong.cases.kinds import CaseKind
from yonggong.forms import Form

KIND = CaseKind(name="{name}", title="放飞", form=Form(name="{name}", title="", sections=()),
                subject_name=lambda attempt: "")
"""


@pytest.fixture
def room(tmp_path: Path, monkeypatch: Any) -> Iterator[ModuleType]:
    """A room with two kinds, a package that is none, and a file."""
    monkeypatch.setattr(kinds, "_KINDS", {})
    monkeypatch.syspath_prepend(str(tmp_path))
    place = tmp_path / "aviary"
    for package in ("", "pigeon", "lark", "migrations"):
        (place / package).mkdir()
        (place / package / "__init__.py").write_text("")
    (place / "pigeon" / "kind.py").write_text(KIND.format(name="aviary.pigeon"))
    (place / "lark" / "kind.py").write_text(KIND.format(name="aviary.lark"))
    (place / "queries.py").write_text("")
    found = import_module("aviary")
    yield found
    for name in [name for name in sys.modules if name.split(".")[0] == "aviary"]:
        del sys.modules[name]


def test_every_package_with_a_kind_is_registered(room: ModuleType) -> None:
    kinds.register_packages(room)
    assert {kind.name for kind in kinds.all_kinds()} == {"aviary.pigeon", "aviary.lark"}


def test_none_is_registered_twice(room: ModuleType) -> None:
    kinds.register_packages(room)
    with pytest.raises(ValueError, match="aviary"):
        kinds.register_packages(room)


def test_kinds_stand_in_the_order_of_the_catalogue() -> None:
    order = list(own_titles())
    for room in ("contract.", "employer."):
        own = [kind.name for kind in kinds.all_kinds() if kind.name.startswith(room)]
        assert own == sorted(own, key=order.index)


def test_many_at_once_are_filed_of_kinds_of_one_step_only() -> None:
    orchard = kinds.get_kind("orchard.register")
    with pytest.raises(ValueError, match="one step"):
        replace(orchard, workbook=Workbook(form=orchard.form, key="orchard"))
