"""What binds an account to a proof from elsewhere, and challenges that wait to be signed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yonggong.accounts.models import User
from yonggong.vault.digests import DIGEST_BYTES


class Binding(models.Model):
    """A certificate, or somebody's identity with a provider, bound to an account by a recorded act;
    ended by another. Found by a digest: what it is made from is kept nowhere."""

    class Way(models.TextChoices):
        CERTIFICATE = "certificate", "数字证书"
        PROVIDER = "provider", "电子社保卡等统一身份认证"

    user = models.ForeignKey(User, models.PROTECT, related_name="bindings", verbose_name="账号")
    way = models.CharField("方式", max_length=12, choices=Way.choices)
    digest = models.BinaryField("标识（摘要）", max_length=DIGEST_BYTES)
    # What tells it apart for its owner: a certificate's serial number, a provider's name.
    shown = models.CharField("标识", max_length=120)
    until = models.DateTimeField("有效期至", null=True)
    bound_at = models.DateTimeField("绑定时间")
    # None where the person themselves were known by what the provider verified.
    bound_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="绑定人"
    )
    reason = models.CharField("依据", max_length=200)
    ended_at = models.DateTimeField("解除时间", null=True)
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="解除人"
    )

    class Meta:
        verbose_name = "身份绑定"
        constraints = [
            models.UniqueConstraint(
                fields=["way", "digest"], condition=Q(ended_at=None), name="binding_open_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="binding_ended_whole",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="binding_says_why"),
            models.CheckConstraint(
                condition=Q(way__in=["certificate", "provider"]), name="binding_way_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.way} {self.user_id}"


class Challenge(models.Model):
    """A text shown to one session to be signed: taken away when it is answered, whatever the answer."""

    digest = models.BinaryField("口令（摘要）", max_length=DIGEST_BYTES, unique=True)
    session = models.BinaryField("会话（摘要）", max_length=DIGEST_BYTES)
    made_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "签名口令"
        indexes = [models.Index(fields=["made_at"], name="challenge_oldest")]

    def __str__(self) -> str:
        return str(self.made_at)
