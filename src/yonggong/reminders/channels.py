"""How a message goes out. In the platform always; by e-mail and SMS where they are configured."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.core.mail import send_mail
from django.db import connection
from django.utils.module_loading import import_string

from yonggong.reminders.models import Delivery, Message
from yonggong.vault import open_sealed


class Channel(Protocol):
    """A way out. `name` stands in the delivery's row."""

    name: str

    def reaches(self, message: Message) -> bool:
        """Whether the person can be reached this way."""

    def send(self, message: Message) -> None:
        """Send; any exception means it did not go out."""


class Email:
    """SMTP, by Django's EMAIL_* settings."""

    name = "email"

    def reaches(self, message: Message) -> bool:
        """People with an address."""
        return bool(message.user.email)

    def send(self, message: Message) -> None:
        """Send as plain text."""
        send_mail(message.title, message.body, None, [message.user.email])


class Gateway(Protocol):
    """An SMS provider: a class named in YONGGONG_SMS_GATEWAY implements this."""

    def send(self, *, mobile: str, text: str) -> None:
        """Send one text message; raises where the provider refuses."""


class Sms:
    """SMS through the gateway that is configured."""

    name = "sms"

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    def reaches(self, message: Message) -> bool:
        """People with a mobile number."""
        return bool(message.user.mobile_sealed)

    def send(self, message: Message) -> None:
        """Only the title: texts cross networks that are not ours."""
        self._gateway.send(mobile=open_sealed(message.user.mobile_sealed), text=message.title)


def configured() -> list[Channel]:
    """The channels beside the platform itself that this installation has."""
    channels: list[Channel] = []
    if settings.EMAIL_ENABLED:
        channels.append(Email())
    if settings.SMS_GATEWAY:
        channels.append(Sms(import_string(settings.SMS_GATEWAY)()))
    return channels


def deliver(messages: Iterable[Message], *, channels: Iterable[Channel], now: datetime) -> None:
    """Send each message once through each channel that reaches its person.

    The delivery is claimed before sending: killed in between, a message may stay unsent, but
    never goes out twice.
    """
    ways = list(channels)
    for message in messages:
        for channel in ways:
            if channel.reaches(message) and _claim(message, channel.name, now):
                _send(message, channel, now)


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
