"""The systemd units start what the command line knows, one for each network."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

from yonggong.serving import commands
from yonggong.vault import keys

_UNITS = Path(__file__).resolve().parents[2] / "deploy" / "systemd"


def unit(name: str) -> ConfigParser:
    # A setting may stand several times in a unit.
    read = ConfigParser(interpolation=None, strict=False)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(_UNITS / name, "utf-8")
    return read


@pytest.mark.parametrize(
    ("name", "instance"),
    [
        ("yonggong-web@.service", "public"),
        ("yonggong-web@.service", "office"),
        ("yonggong-jobs.service", ""),
        ("yonggong-rotate-keys.service", ""),
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


@pytest.mark.parametrize(
    "name", ["yonggong-web@.service", "yonggong-jobs.service", "yonggong-rotate-keys.service"]
)
def test_a_unit_hands_the_process_every_key_from_elsewhere_than_the_data(name: str) -> None:
    text = (_UNITS / name).read_text("utf-8")
    given = dict(re.findall(r"^LoadCredential=([^:]+):(.+)$", text, re.MULTILINE))
    assert given == {key: f"/etc/yonggong/keys/{key}" for key in keys.NAMES}
    assert not any(
        path.startswith(unit(name)["Service"]["ReadWritePaths"]) for path in given.values()
    )


@pytest.mark.parametrize(
    ("name", "said", "meant"),
    [
        ("YONGGONG_NETWORK", "private", "应为 public（互联网）、office（业务专网）"),
        ("YONGGONG_UNDO_SECONDS", "ten", "应为不小于 0 的整数"),
        ("YONGGONG_UNDO_SECONDS", "-5", "应为不小于 0 的整数"),
        ("YONGGONG_SMTP_PORT", "smtp", "应为不小于 0 的整数"),
    ],
)
def test_a_setting_that_there_is_not_is_a_sentence(name: str, said: str, meant: str) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "yonggong.cli", "check"],
        env={**os.environ, name: said, "DJANGO_SETTINGS_MODULE": "yonggong.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 1 and f"{name} 为“{said}”，{meant}" in told.stdout
    assert "Traceback" not in told.stderr
