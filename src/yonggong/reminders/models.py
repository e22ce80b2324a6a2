"""Messages, their deliveries, and up to which day each topic has been gone through."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yonggong.accounts.models import User
from yonggong.registry.parties import Party


class Message(models.Model):
    """One message to one person about one topic of one party, on one day; the database
    keeps it single."""

    user = models.ForeignKey(User, models.CASCADE, related_name="messages")
    topic = models.CharField("主题", max_length=40)
    on = models.DateField("日期")
    # Whom it is about: one may file for several employers and persons, or review at several
    # agencies.
    party = models.ForeignKey(
        Party, models.CASCADE, null=True, blank=True, related_name="+", db_index=False
    )
    title = models.CharField("标题", max_length=100)
    body = models.TextField("内容")
    created_at = models.DateTimeField("生成时间", auto_now_add=True)
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)

    class Meta:
        verbose_name = "提醒"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "topic", "on", "party"],
                nulls_distinct=False,
                name="message_once",
            )
        ]
        indexes = [
            models.Index(fields=["on"], name="message_of_day"),
            models.Index(
                fields=["user", "-id"], name="message_unread", condition=Q(read_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Delivery(models.Model):
    """A message on its way through one channel; sent at most once."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="deliveries")
    channel = models.CharField("渠道", max_length=10)
    claimed_at = models.DateTimeField("开始发送时间")
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)
    failure = models.CharField("失败原因", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "发送记录"
        constraints = [models.UniqueConstraint(fields=["message", "channel"], name="delivery_once")]

    def __str__(self) -> str:
        return f"{self.message_id} {self.channel}"


class Progress(models.Model):
    """The last day up to which the daily run has gone."""

    through = models.DateField()

    class Meta:
        verbose_name = "提醒进度"

    def __str__(self) -> str:
        return str(self.through)
