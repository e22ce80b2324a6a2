"""What a kind looks up for one attempt: once, typed, and for that attempt alone."""

from __future__ import annotations

from dataclasses import dataclass, field

from yonggong.cases.kept import Kept


@dataclass
class Boats:
    names: list[str] = field(default_factory=list)


@dataclass
class Crews:
    names: list[str] = field(default_factory=list)


def test_what_was_kept_is_found_again_by_its_class() -> None:
    kept = Kept()
    kept.of(Boats).names.append("云桥号")
    assert kept.of(Boats).names == ["云桥号"] and kept.of(Crews).names == []


def test_attempts_share_nothing() -> None:
    Kept().of(Boats).names.append("云桥号")
    assert Kept().of(Boats).names == []
