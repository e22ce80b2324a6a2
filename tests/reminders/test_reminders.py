"""What becomes due is told once, on its day, to those it concerns."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client, override_settings
from procrastinate.contrib.django import app

from tests.contracts.making import Hall
from yonggong import policy
from yonggong.accounts.models import Grant, User
from yonggong.cases import drafting
from yonggong.cases.models import Case
from yonggong.contracts.models import Contract
from yonggong.contracts.new.kind import KIND as NEW
from yonggong.reminders import actions as actions_of_messages
from yonggong.reminders import channels, digests, queries, tasks
from yonggong.reminders.models import Delivery, Message, Progress
from yonggong.reminders.todos import annual_duties, todos_of
from yonggong.serving.soundness import all_checks

pytestmark = pytest.mark.django_db


def _ending(hall: Hall, on: date) -> Contract:
    contract = Contract.objects.get(filings__case=hall.approved())
    contract.end_on, contract.term_type = on, "1"
    contract.start_on = on - timedelta(days=700)
    contract.save()
    return contract


def _draft(hall: Hall, **typed: str) -> Case:
    return drafting.save_draft(
        kind=NEW,
        applicant=hall.employer.party,
        raw=typed,
        case=None,
        by=hall.operator,
        now=hall.now,
    )


def _topics(user: Any) -> list[str]:
    return sorted(Message.objects.filter(user=user).values_list("topic", flat=True))


@pytest.mark.parametrize("days", [60, 30, 7])
@pytest.mark.parametrize("off", [-1, 0, 1])
def test_an_ending_contract_is_told_on_its_day_only(hall: Hall, days: int, off: int) -> None:
    _ending(hall, hall.today + timedelta(days=days + off))
    digests.run(today=hall.today)
    told = [topic for topic in _topics(hall.operator) if topic.startswith("ending-")]
    assert told == ([f"ending-{days}"] if off == 0 else [])


def test_a_second_run_of_the_day_tells_nothing_again(hall: Hall) -> None:
    _ending(hall, hall.today + timedelta(days=30))
    for _ in range(2):
        digests.run(today=hall.today)
    assert Message.objects.filter(topic="ending-30").count() == 1


def test_days_on_which_nothing_ran_are_made_up_for(hall: Hall) -> None:
    Progress.objects.create(pk=1, through=hall.today - timedelta(days=4))
    _ending(hall, hall.today + timedelta(days=28))
    digests.run(today=hall.today)
    assert Message.objects.get(topic="ending-30").on == hall.today - timedelta(days=2)


def test_reviewers_hear_of_cases_past_their_limit(hall: Hall) -> None:
    case = hall.filed()
    Case.objects.filter(pk=case.pk).update(due_on=hall.today - timedelta(days=1))
    digests.run(today=hall.today)
    assert "overdue" in _topics(hall.reviewer)
    assert "overdue" not in _topics(hall.operator)


@pytest.mark.parametrize(("days", "told"), [(1, True), (2, False), (7, True), (8, False)])
def test_a_filing_begun_is_spoken_of_before_it_is_late(hall: Hall, days: int, told: bool) -> None:
    """30 days from signing, Sundays and holidays after (filing measures of Inner Mongolia, Art. 8;
    ALL-5)."""
    due = _draft(hall, signed_on=hall.today.isoformat()).statutory_due_on
    assert due is not None and due >= hall.today + timedelta(days=30)
    today = due - timedelta(days=days)
    digests.run(today=today)
    assert (f"drafts-due-{days}" in _topics(hall.operator)) is told
    waiting = {todo.topic: todo.due_on for todo in todos_of(hall.operator, today=today)}
    assert waiting.get("drafts-due") == (due if days <= 7 else None)


def test_a_filing_begun_too_late_is_the_most_urgent(hall: Hall) -> None:
    _draft(hall, signed_on=(hall.today - timedelta(days=31)).isoformat())
    first = todos_of(hall.operator, today=hall.today)[0]
    assert (first.topic, first.urgency) == ("drafts-late", "overdue")


@pytest.mark.parametrize("signed", ["", "二〇二六年", "2026-02-30"])
def test_half_a_date_keeps_the_draft_and_gives_no_time_limit(hall: Hall, signed: str) -> None:
    assert _draft(hall, signed_on=signed).statutory_due_on is None


@pytest.mark.parametrize("days", [6, 7, 8])
def test_an_approved_filing_without_a_roster_is_told_on_its_day(hall: Hall, days: int) -> None:
    case = hall.approved()
    at = hall.now - timedelta(days=days)
    Case.objects.filter(pk=case.pk).update(decided_at=at)
    digests.run(today=hall.today)
    assert ("roster" in _topics(hall.operator)) is (days == 7)


def test_who_files_for_two_employers_hears_of_both(hall: Hall, make_employer: Any) -> None:
    other = make_employer()
    Grant.objects.create(user=hall.operator, role="employer_operator", party=other.party)
    first = _ending(hall, hall.today + timedelta(days=30))
    Contract.objects.create(
        employer=other,
        worker=first.worker,
        state="active",
        full_time=False,
        term_type="1",
        work_start_on=hall.today,
        start_on=hall.today,
        end_on=hall.today + timedelta(days=30),
    )
    digests.run(today=hall.today)
    bodies = Message.objects.filter(user=hall.operator, topic="ending-30")
    told = {message.party: message.body for message in bodies}
    assert {party.pk for party in told} == {hall.employer.pk, other.pk}
    assert all(body.startswith(party.name) for party, body in told.items())


@pytest.mark.parametrize(("year", "said"), [(2090, True), (2026, False)])
def test_a_limit_in_a_year_not_announced_yet_is_said_to_be_open(
    hall: Hall, year: int, said: bool
) -> None:
    case = hall.filed()
    Case.objects.filter(pk=case.pk).update(due_on=date(year, 1, 10))
    digests.run(today=date(year, 1, 11))
    body = Message.objects.get(user=hall.reviewer, topic="overdue").body
    assert (f"{year} 年放假安排尚未公布" in body) is said


def test_todos_name_what_waits_the_most_urgent_first(hall: Hall) -> None:
    _ending(hall, hall.today - timedelta(days=40))
    found = todos_of(hall.operator, today=hall.today)
    assert [todo.topic for todo in found][:1] == ["expired"]
    assert found[0].urgency == "overdue"
    assert "roster" in [todo.topic for todo in found]


def test_a_longer_span_counts_the_shorter_ones_and_is_left_out_where_it_adds_nothing(
    hall: Hall,
) -> None:
    for days in (3, 40):
        _ending(hall, hall.today + timedelta(days=days))
    found = {todo.topic: todo.count for todo in todos_of(hall.operator, today=hall.today)}
    assert (found["ending-7"], found["ending-60"]) == (1, 2) and "ending-30" not in found


class _Counting(channels.Channel):
    """A channel that keeps what it sent; out of reach, it can't be opened."""

    name, title = "sms", "短信"

    def __init__(self, *, failing: bool = False, out_of_reach: bool = False) -> None:
        self.sent: list[int] = []
        self.failing, self.out_of_reach = failing, out_of_reach

    def reaches(self, user: User) -> bool:
        return True

    def open(self) -> None:
        if self.out_of_reach:
            raise ConnectionRefusedError("nobody there")

    def send(self, message: Message) -> None:
        if self.failing:
            raise ConnectionError("gateway down")
        self.sent.append(message.pk)


_TODAY = date(2026, 11, 20)


def _message(user: Any, *, topic: str = "t", on: date = _TODAY) -> Message:
    return Message.objects.create(user=user, topic=topic, on=on, title="标题", body="内容")


def _send_out(channel: channels.Channel, now: datetime) -> None:
    waiting = queries.unsent(channel=channel.name, today=_TODAY)
    channels.deliver(waiting, channel=channel, now=now)


def test_a_channel_sends_each_message_once(operator: Any, now: datetime) -> None:
    channel, message = _Counting(), _message(operator)
    for _ in range(2):
        channels.deliver([message], channel=channel, now=now)
    assert channel.sent == [message.pk]


def test_a_message_that_fails_is_noted_and_the_next_one_goes_on(
    operator: Any, now: datetime
) -> None:
    class Choosy(_Counting):
        def send(self, message: Message) -> None:
            if message.topic == "bad":
                raise ConnectionError("number refused")
            super().send(message)

    channel = Choosy()
    refused, good = _message(operator, topic="bad"), _message(operator)
    _send_out(channel, now)
    assert channel.sent == [good.pk]
    assert "number refused" in Delivery.objects.get(message=refused).failure


def test_what_found_no_way_out_goes_out_with_the_next_run(operator: Any, now: datetime) -> None:
    message = _message(operator)
    _send_out(_Counting(out_of_reach=True), now)
    assert not Delivery.objects.exists()
    working = _Counting()
    _send_out(working, now)
    assert working.sent == [message.pk]


def test_only_news_goes_out(operator: Any, make_user: Any, now: datetime) -> None:
    """Neither what was read, nor what is older than yesterday, nor to accounts that are frozen."""
    frozen = make_user("counter_clerk")
    User.objects.filter(pk=frozen.pk).update(state=User.State.FROZEN)
    wanted = [
        _message(operator, topic="yesterday", on=_TODAY - timedelta(days=1)),
        _message(operator, topic="today"),
    ]
    _message(operator, topic="old", on=_TODAY - timedelta(days=2))
    _message(frozen)
    read = _message(operator, topic="read")
    actions_of_messages.mark_read(by=operator, now=now, messages=[read.pk])
    channel = _Counting()
    _send_out(channel, now)
    assert channel.sent == [message.pk for message in wanted]


def test_the_first_run_of_a_day_is_at_seven_in_shanghai() -> None:
    shanghai = ZoneInfo("Asia/Shanghai")
    (periodic,) = [
        found
        for found in app.periodic_registry.periodic_tasks.values()
        if found.task.name == tasks.remind.name
    ]
    midnight = datetime(2026, 11, 20, tzinfo=shanghai).timestamp()
    first = periodic.croniter.get_next(ret_type=float, start_time=midnight)
    assert datetime.fromtimestamp(first, shanghai) == datetime(2026, 11, 20, 7, tzinfo=shanghai)


class _MailServer:
    """A small SMTP server on loopback that keeps what it is sent."""

    def __init__(self) -> None:
        self.received: list[str] = []
        self.callers = 0
        self.port = 0

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.callers += 1
        writer.write(b"220 test\r\n")
        while line := (await reader.readline()).decode().strip():
            if line.upper() == "DATA":
                writer.write(b"354 go\r\n")
                body = []
                while (part := (await reader.readline()).decode().rstrip("\r\n")) != ".":
                    body.append(part)
                self.received.append("\n".join(body))
            writer.write(b"221 bye\r\n" if line.upper() == "QUIT" else b"250 ok\r\n")
            if line.upper() == "QUIT":
                break
        writer.close()

    def run(self, ready: threading.Event, stop: threading.Event) -> None:
        async def main() -> None:
            server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
            self.port = server.sockets[0].getsockname()[1]
            ready.set()
            while not stop.is_set():
                await asyncio.sleep(0.05)
            server.close()

        asyncio.run(main())


@pytest.fixture
def mail_server() -> Iterator[_MailServer]:
    server, ready, stop = _MailServer(), threading.Event(), threading.Event()
    thread = threading.Thread(target=server.run, args=(ready, stop))
    thread.start()
    assert ready.wait(60)
    yield server
    stop.set()
    thread.join()


def test_mail_goes_out_by_smtp(operator: Any, now: datetime, mail_server: _MailServer) -> None:
    User.objects.filter(pk=operator.pk).update(email="shiyi@example.com")
    operator.refresh_from_db()
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=mail_server.port,
        EMAIL_ENABLED=True,
    ):
        (email,) = channels.configured()
        operator_hears = [_message(operator), _message(operator, topic="u")]
        channels.deliver(operator_hears, channel=email, now=now)
    assert {delivery.sent_at for delivery in Delivery.objects.all()} == {now}
    assert (len(mail_server.received), mail_server.callers) == (2, 1)
    assert "To: shiyi@example.com" in mail_server.received[0]


@pytest.mark.parametrize("there", [True, False])
def test_the_check_tells_whether_mail_can_go_out(mail_server: _MailServer, there: bool) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = mail_server.port if there else closed.getsockname()[1]
        with override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=port,
            EMAIL_ENABLED=True,
        ):
            *_, mail = all_checks()
    assert (mail.title, mail.sound) == ("提醒渠道（电子邮件）", there)
    assert there or (mail.found.startswith("无法连接") and "YONGGONG_SMTP_" in mail.remedy)


def test_the_inbox_shows_ones_own_and_marks_them_read(operator: Any, reviewer: Any) -> None:
    first, second, others = (
        Message.objects.create(user=user, topic=topic, on=date(2026, 11, 20), title=title, body="")
        for user, topic, title in (
            (operator, "t", "合同到期"),
            (operator, "u", "名册未生成"),
            (reviewer, "t", "办件超期"),
        )
    )
    client = Client()
    client.force_login(operator)
    session = client.session
    session["session_started"] = session["session_touched"] = datetime.now().timestamp()
    session.save()
    page = client.get("/messages/").content.decode()
    assert first.title in page and second.title in page and others.title not in page
    unread = Message.objects.filter(read_at__isnull=True)
    ticked = {"ids": [first.pk, others.pk], "next": "/messages/?read=0"}
    assert client.post("/messages/read/", ticked)["Location"] == "/messages/?read=0"
    assert set(unread) == {second, others}
    assert client.post("/messages/read/")["Location"] == "/messages/"
    assert set(unread.all()) == {second, others}
    client.post("/messages/read/", {"ask": "all"})
    assert set(unread.all()) == {others}


def test_strangers_are_sent_to_sign_in() -> None:
    assert Client().get("/messages/").status_code == 302


def _badge(client: Client) -> str:
    return str(client.get("/messages/count/", headers={"HX-Request": "true"}).content.decode())


def test_the_head_of_the_page_counts_what_waits(hall: Hall, at_screen: Any) -> None:
    screen = at_screen(hall.operator)
    assert _badge(screen).strip() == ""
    hall.return_(hall.filed())
    hall.approved()
    assert "2 项待办，0 条未读提醒" in _badge(screen)
    assert ">2<" in _badge(screen)


def test_reminders_alone_are_counted_too(reviewer: Any, at_screen: Any) -> None:
    _message(reviewer)
    badge = _badge(at_screen(reviewer))
    assert "0 项待办，1 条未读提醒" in badge and ">1<" in badge


def test_whoever_must_change_the_password_first_is_not_counted_for(
    reviewer: Any, at_screen: Any
) -> None:
    """The badge would be answered with the page of the password."""
    User.objects.filter(pk=reviewer.pk).update(must_change_password=True)
    page = at_screen(reviewer).get("/password/").content.decode()
    assert "/messages/" in page and "/messages/count/" not in page


@pytest.mark.parametrize(
    ("day", "told"), [((3, 1), True), ((3, 31), True), ((4, 1), False), ((2, 28), False)]
)
def test_an_annual_duty_stands_on_the_first_page_when_its_day_is_near(
    make_employer: Any, make_user: Any, day: tuple[int, int], told: bool
) -> None:
    """年度薪酬信息, by 31 March (NMG-11): spoken of in its last 30 days."""
    employer = make_employer(region_code="150302", name="乌海试验有限公司")
    today = date(2026, *day)
    rules = policy.of(employer.region_code, today)
    titles = [todo.title for todo in annual_duties(employer, rules, today)]
    assert titles == (["用人单位年度薪酬信息填报（2026-03-31 前）"] if told else [])
