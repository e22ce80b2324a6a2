"""The systemd units start what the command line knows, one for each network."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

from yonggong.serving import commands

_UNITS = Path(__file__).resolve().parents[2] / "deploy" / "systemd"


def unit(name: str) -> ConfigParser:
    read = ConfigParser(interpolation=None, strict=True)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(_UNITS / name, "utf-8")
    return read


@pytest.mark.parametrize(
    ("name", "instance"),
    [
        ("yonggong-web@.service", "public"),
        ("yonggong-web@.service", "office"),
        ("yonggong-jobs.service", ""),
    ],
)
def test_a_unit_starts_a_command_that_there_is(name: str, instance: str) -> None:
    service = unit(name)["Service"]
    started = service["ExecStart"].replace("%i", instance).replace("${PORT}", "8000")
    program, *arguments = shlex.split(started)
    assert Path(program).name == "yonggong"
    options = commands._parser().parse_args(arguments)
    assert getattr(options, "network", "") == instance
    assert service["NoNewPrivileges"] == service["ProtectHome"] == "yes"


def test_a_network_that_there_is_not_is_a_sentence() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "yonggong.cli", "check"],
        env={
            **os.environ,
            "YONGGONG_NETWORK": "private",
            "DJANGO_SETTINGS_MODULE": "yonggong.settings",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 1 and "应为 public（互联网）、office（业务专网）" in told.stdout
    assert "Traceback" not in told.stderr
