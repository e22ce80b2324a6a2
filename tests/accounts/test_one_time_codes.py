"""Codes sent to a mobile: five minutes, five tries, once, for one purpose; as often as limits allow."""

from __future__ import annotations

import json
import os
import re
import stat
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from yonggong.accounts import one_time_codes
from yonggong.accounts.limits import TooOften
from yonggong.accounts.models import OneTimeCode
from yonggong.accounts.one_time_codes import OF_MOBILE, OF_SUBJECT, PAUSE, TRIES, VALID, Purpose
from yonggong.serving.soundness import all_checks

pytestmark = pytest.mark.django_db
MOBILE, OTHER = "13812345678", "13987654321"
RECOVERY, OWNERSHIP = Purpose("recovery", "找回密码"), Purpose("ownership", "核实单位账号")
WRONG = "wrong"


@pytest.fixture(autouse=True)
def demonstration(settings: Any) -> None:
    settings.DEMONSTRATION = True


@pytest.fixture
def send(now: datetime) -> Callable[..., Any]:
    def sent(**given: Any) -> Any:
        asked = {"purpose": RECOVERY, "mobile": MOBILE, "address": "10.0.0.1", "now": now}
        return one_time_codes.send(**asked | given)

    return sent


@pytest.fixture
def check(now: datetime) -> Callable[..., bool]:
    def checked(key: Any, code: str, **given: Any) -> bool:
        return one_time_codes.check(
            key=key, code=code, **{"purpose": RECOVERY, "mobile": MOBILE, "now": now} | given
        )

    return checked


def code_of(key: Any) -> str:
    """The code, as it stands in the message."""
    found = re.search(r"验证码 (\d{6})，", OneTimeCode.objects.get(key=key).outgoing[1])
    assert found
    return found[1]


def test_the_right_code_is_taken_once(send: Any, check: Any) -> None:
    key = send()
    code = code_of(key)
    assert check(key, code)
    assert not check(key, code)


def test_it_may_be_typed_with_spaces_and_in_full_width(send: Any, check: Any) -> None:
    key = send()
    code = code_of(key).translate({ord("0") + n: ord("０") + n for n in range(10)})
    assert check(key, f" {code[:3]} {code[3:]} ")


def test_it_holds_for_five_minutes(send: Any, check: Any, now: datetime) -> None:
    key = send()
    assert not check(key, code_of(key), now=now + VALID)
    assert check(key, code_of(key), now=now + VALID - timedelta(seconds=1))


def test_after_five_wrong_ones_the_right_one_no_longer_helps(send: Any, check: Any) -> None:
    key = send()
    code = code_of(key)
    for _ in range(TRIES):
        assert not check(key, WRONG)
    assert not check(key, code)


@pytest.mark.parametrize(
    "other", [{"purpose": OWNERSHIP}, {"mobile": OTHER}, {"about": "91220101MA0000000X"}]
)
def test_it_is_for_one_purpose_number_and_subject(
    send: Any, check: Any, other: dict[str, Any]
) -> None:
    key = send()
    assert not check(key, code_of(key), **other)


def test_it_is_for_who_asked_and_others_take_no_try_of_theirs(
    send: Any, check: Any, now: datetime
) -> None:
    own, strangers = send(), send(now=now + PAUSE, address="10.6.6.6")
    for _ in range(TRIES):
        assert not check(strangers, code_of(own))
    assert check(own, code_of(own))


@pytest.mark.parametrize("key", [None, "", "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_without_its_key_no_code_is_right(send: Any, check: Any, key: Any) -> None:
    assert not check(key, code_of(send()))


def test_only_its_keyed_digest_is_kept(send: Any) -> None:
    key = send()
    row = OneTimeCode.objects.get(key=key)
    kept = " ".join(str(value) for value in vars(row).values())
    assert code_of(key) not in kept and MOBILE not in kept


def test_one_asked_for_in_vain_is_counted_alike_and_never_right(
    send: Any, check: Any, now: datetime
) -> None:
    key = send(in_vain=True)
    assert not check(key, code_of(key))
    assert one_time_codes.shown(now=now) == []
    with pytest.raises(TooOften):
        send(in_vain=True, now=now + PAUSE - timedelta(seconds=1))
    for number in range(1, OF_MOBILE):
        send(in_vain=True, now=now + number * PAUSE)
    with pytest.raises(TooOften):
        send(in_vain=True, now=now + OF_MOBILE * PAUSE)


def test_one_number_is_sent_few(send: Any, now: datetime) -> None:
    """Whoever asks, from wherever, and about whatever."""
    for number in range(OF_MOBILE):
        send(now=now + number * PAUSE, address=f"10.0.0.{number}", about=str(number))
    with pytest.raises(TooOften):
        send(now=now + OF_MOBILE * PAUSE, address="10.0.0.99", about="another")
    send(now=now + timedelta(hours=2))


def test_about_one_subject_few_are_asked_for(send: Any) -> None:
    for number in range(OF_SUBJECT):
        send(mobile=f"1380000{number:04}", address=f"10.0.0.{number}", about="danwei")
    with pytest.raises(TooOften):
        send(mobile="13899999999", address="10.0.0.99", about="danwei")


def test_one_address_asks_for_few(send: Any) -> None:
    for number in range(one_time_codes.ASKING.of_address):
        send(mobile=f"1380000{number:04}")
    with pytest.raises(TooOften):
        send(mobile="13899999999")
    send(mobile="13899999999", address="10.0.0.2")


def test_yesterdays_are_forgotten(send: Any, now: datetime) -> None:
    send()
    send(now=now + timedelta(days=2))
    assert OneTimeCode.objects.count() == 1


def test_where_nothing_is_sent_that_is_said(send: Any, settings: Any) -> None:
    settings.DEMONSTRATION = False
    with pytest.raises(one_time_codes.NotOffered):
        send()


# The way out


@pytest.fixture
def posted() -> Iterator[tuple[str, list[dict[str, str]]]]:
    """A provider on loopback: its address, and what it was sent; it refuses numbers that end in 0."""
    got: list[dict[str, str]] = []

    class Provider(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            got.append(said)
            self.send_response(502 if said["mobile"].endswith("0") else 204)
            self.end_headers()

        def log_message(self, *given: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/texts", got
    server.shutdown()
    server.server_close()


def test_an_address_is_posted_number_and_text(
    send: Any, settings: Any, now: datetime, posted: tuple[str, list[dict[str, str]]]
) -> None:
    settings.SMS_GATEWAY, got = posted
    row = OneTimeCode.objects.get(key=send())
    code = code_of(row.key)
    assert ProcrastinateJob.objects.filter(
        task_name=one_time_codes.SEND, args={"code": row.pk}
    ).exists()
    one_time_codes.deliver(row.pk, now=now)
    one_time_codes.deliver(row.pk, now=now)
    said = f"【劳动用工备案】验证码 {code}，用于找回密码，5 分钟内有效。请勿告知他人。"
    assert got == [{"mobile": MOBILE, "text": said}]
    assert not OneTimeCode.objects.get(pk=row.pk).outgoing_sealed


def test_what_a_provider_refuses_is_tried_again_and_tells_no_number(
    send: Any, settings: Any, now: datetime, posted: tuple[str, list[dict[str, str]]]
) -> None:
    settings.SMS_GATEWAY, _ = posted
    row = OneTimeCode.objects.get(key=send(mobile="13812345670"))
    with pytest.raises(one_time_codes.Undelivered) as refused:
        one_time_codes.deliver(row.pk, now=now)
    assert refused.value.args == ("HTTPError",) and refused.value.__suppress_context__
    assert OneTimeCode.objects.get(pk=row.pk).outgoing_sealed
    one_time_codes.deliver(row.pk, now=now + VALID)
    assert not OneTimeCode.objects.get(pk=row.pk).outgoing_sealed, "too old to be of use"


def test_what_was_asked_for_in_vain_goes_to_nobody(
    send: Any, settings: Any, now: datetime, posted: tuple[str, list[dict[str, str]]]
) -> None:
    settings.SMS_GATEWAY, got = posted
    row = OneTimeCode.objects.get(key=send(in_vain=True))
    one_time_codes.deliver(row.pk, now=now)
    assert got == [] and not OneTimeCode.objects.get(pk=row.pk).outgoing_sealed


def test_a_command_is_told_on_its_input(
    send: Any, settings: Any, now: datetime, tmp_path: Path
) -> None:
    command, told = tmp_path / "send-text", tmp_path / "told"
    command.write_text(f'#!/bin/sh\n[ $# = 0 ] && cat > "{told}"\n')
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    settings.SMS_GATEWAY = os.fspath(command)
    one_time_codes.deliver(OneTimeCode.objects.get(key=send()).pk, now=now)
    assert json.loads(told.read_text())["mobile"] == MOBILE


def _said_of_texting() -> Any:
    return next(one for one in all_checks() if one.title == "短信")


def test_the_check_says_whether_there_is_a_way_out(settings: Any) -> None:
    assert "未配置发送渠道" in _said_of_texting().found
    for wrong in ("yonggong.no_such.Gateway", "/no/such/command"):
        settings.SMS_GATEWAY = wrong
        assert not _said_of_texting().sound
    settings.SMS_GATEWAY = "https://texts.example/send"
    assert _said_of_texting().sound


def test_the_check_says_where_a_second_factor_is_asked_of_nobody(settings: Any) -> None:
    def found() -> Any:
        return next(one for one in all_checks() if one.title == "二次验证")

    assert found().sound, "for this machine alone"
    settings.PUBLIC_HOSTS = ["yonggong.example.gov.cn"]
    assert not found().sound
    settings.SECOND_FACTOR = ""
    assert found().sound and "按各地政策" in found().found


# On a demonstration


def test_a_demonstration_shows_what_it_would_send(send: Any, settings: Any) -> None:
    from django.utils import timezone

    key = send(now=timezone.now())
    code = code_of(key)
    text = Client().get("/demonstration/messages/").content.decode()
    assert code in text and "138****5678" in text and MOBILE not in text
    settings.DEMONSTRATION = False
    assert Client().get("/demonstration/messages/").status_code == 404
