"""How a message goes out. In the platform always; by e-mail and SMS where they are configured."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import connection

from yonggong.accounts import texting
from yonggong.accounts.models import User
from yonggong.reminders.models import Delivery, Message

_LOG = logging.getLogger(__name__)
_FOOT = "\n\n请登录劳动用工备案管理平台查看和办理。本邮件由系统自动发送，请勿回复。"


class Channel(Protocol):
    """A way out. `name` stands in the delivery's row, `title` is for people."""

    name: str
    title: str

    def reaches(self, user: User) -> bool:
        """Whether the person can be reached this way."""

    def open(self) -> None:
        """Make ready for the next message; raises OSError while the other side is out of reach."""
        return

    def send(self, message: Message) -> None:
        """Send; any exception means it did not go out."""

    def close(self) -> None:
        """Let go of what `open` took."""
        return


class Email(Channel):
    """SMTP, by Django's EMAIL_* settings, over one connection as long as it holds."""

    name, title = "email", "电子邮件"

    def __init__(self) -> None:
        self._server = get_connection()

    def reaches(self, user: User) -> bool:
        """People with an address."""
        return bool(user.email)

    def open(self) -> None:
        """Connect, where there is no connection."""
        self._server.open()

    def send(self, message: Message) -> None:
        """Send as plain text."""
        mail = EmailMessage(message.title, message.body + _FOOT, None, [message.user.email])
        try:
            self._server.send_messages([mail])
        except Exception:
            # Whatever state the connection was left in, the next message gets a new one.
            self.close()
            raise

    def close(self) -> None:
        """Hang up."""
        self._server.close()


class Sms(Channel):
    """SMS through the gateway that is configured."""

    name, title = "sms", "短信"

    def __init__(self, gateway: texting.Gateway) -> None:
        self._gateway = gateway

    def reaches(self, user: User) -> bool:
        """People with a mobile number."""
        return bool(user.mobile_sealed)

    def send(self, message: Message) -> None:
        """Only the title: texts cross networks that are not ours."""
        self._gateway.send(mobile=message.user.mobile, text=message.title)


def configured() -> list[Channel]:
    """The channels beside the platform itself that this installation has."""
    channels: list[Channel] = []
    if settings.EMAIL_ENABLED:
        channels.append(Email())
    if (gateway := texting.gateway()) is not None:
        channels.append(Sms(gateway))
    return channels


def deliver(messages: Iterable[Message], *, channel: Channel, now: datetime) -> None:
    """Send each message once through the channel, to those it reaches.

    The delivery is claimed before sending: killed in between, a message may stay unsent, but
    never goes out twice. While the other side is out of reach nothing is claimed, and the next
    run sends what this one could not.
    """
    try:
        for message in messages:
            if channel.reaches(message.user):
                channel.open()
                if _claim(message, channel.name, now):
                    _send(message, channel, now)
    except OSError as error:
        _LOG.warning("%s is out of reach: %s", channel.name, error)
    finally:
        channel.close()


def _claim(message: Message, channel: str, now: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO reminders_delivery (message_id, channel, claimed_at, failure)"
            " VALUES (%s, %s, %s, '') ON CONFLICT (message_id, channel) DO NOTHING",
            [message.pk, channel, now],
        )
        return bool(cursor.rowcount)


def _send(message: Message, channel: Channel, now: datetime) -> None:
    delivery = Delivery.objects.get(message=message, channel=channel.name)
    try:
        channel.send(message)
    except Exception as error:  # whatever a provider raises: noted, and the next one goes on
        delivery.failure = f"{type(error).__name__}: {error}"[:200]
    else:
        delivery.sent_at = now
    delivery.save(update_fields=["sent_at", "failure"])
