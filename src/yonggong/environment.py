"""What an installation sets by environment variables, read so that a slip is a sentence."""

from __future__ import annotations

import os
from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network


class SettingProblem(Exception):
    """An environment variable says what it cannot mean; the message tells what it may."""


def whole_number(name: str, default: int) -> int:
    """A variable's whole number, not below 0. Raises `SettingProblem`."""
    said = os.environ.get(name, "").strip()
    if not said:
        return default
    if not (said.isascii() and said.isdigit()):
        raise SettingProblem(f"{name} 为“{said}”，应为不小于 0 的整数，或不设置（即 {default}）。")
    return int(said)


def one_of(name: str, meanings: Mapping[str, str]) -> str:
    """A variable that is one of these, "" where it is not set. Raises `SettingProblem`."""
    said = os.environ.get(name, "")
    if said and said not in meanings:
        words = "、".join(f"{value}（{meaning}）" for value, meaning in meanings.items())
        raise SettingProblem(f"{name} 为“{said}”，应为 {words}，或不设置。")
    return said


def networks(name: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """A variable's addresses and networks, parted by commas. Raises `SettingProblem`."""
    said = os.environ.get(name, "")
    try:
        return tuple(ip_network(one.strip()) for one in said.split(",") if one.strip())
    except ValueError:
        raise SettingProblem(
            f"{name} 为“{said}”，应为用逗号分隔的地址或者网段，如 127.0.0.1。"
        ) from None
