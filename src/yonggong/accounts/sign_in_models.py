"""What signing in rests on beside the password."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from django.db import models

from yonggong.vault import open_sealed, seal
from yonggong.vault.digests import DIGEST_BYTES


class OneTimeCode(models.Model):
    """A code sent to a mobile number; see `one_time_codes`. Kept for a day, to tell how often.

    One that is asked for in vain (there is no such account, the number is another) has a row too, so
    that limits and answers are the same; nothing of it goes out.
    """

    key = models.UUIDField("编号", default=uuid.uuid4, unique=True)
    purpose = models.CharField("用途", max_length=20)
    mobile = models.BinaryField("手机号（摘要）", max_length=DIGEST_BYTES)
    about = models.BinaryField("所涉对象（摘要）", max_length=DIGEST_BYTES)
    code = models.BinaryField("验证码（摘要）", max_length=DIGEST_BYTES)
    goes_out = models.BooleanField("发送")
    # Number and text, until they have gone out.
    outgoing_sealed = models.CharField("待发短信（加密）", max_length=800, blank=True, default="")
    at = models.DateTimeField("申请时间")
    tries = models.IntegerField("已试次数", default=0)
    used_at = models.DateTimeField("使用时间", null=True)

    class Meta:
        verbose_name = "短信验证码"
        indexes = [
            models.Index(fields=["mobile", "at"], name="one_time_code_of_mobile"),
            models.Index(fields=["about", "at"], name="one_time_code_about"),
            models.Index(fields=["at"], name="one_time_code_oldest"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.at}"

    def keep_outgoing(self, mobile: str, text: str) -> None:
        """Seal what is to go out. Unsaved."""
        self.outgoing_sealed = seal(f"{mobile} {text}", self._owner)

    @property
    def outgoing(self) -> tuple[str, str]:
        """Number and text that are to go out; two empty texts once they have."""
        mobile, _, text = open_sealed(self.outgoing_sealed, self._owner).partition(" ")
        return mobile, text

    def sealed_values(self) -> Iterator[tuple[Any, str]]:
        """What of the row is sealed, and to whom each belongs."""
        yield self.outgoing_sealed, self._owner

    @property
    def _owner(self) -> str:
        return f"accounts_onetimecode/{self.key}/outgoing"


class Authenticator(models.Model):
    """An app that shows a new code every half minute (动态口令, RFC 6238), as it is known here."""

    user = models.OneToOneField("accounts.User", models.CASCADE, verbose_name="账号")
    secret_sealed = models.CharField("密钥（加密）", max_length=200)
    # The latest half minute whose code was taken: none is taken twice.
    last_step = models.BigIntegerField("最近使用的时间步", default=0)
    added_at = models.DateTimeField("设置时间")

    class Meta:
        verbose_name = "动态口令"

    def __str__(self) -> str:
        return f"{self.user_id} {self.added_at}"

    def keep_secret(self, secret: str) -> None:
        """Seal the secret for this account. Unsaved."""
        self.secret_sealed = seal(secret, self._owner)

    @property
    def secret(self) -> str:
        """The secret, opened, in base32."""
        return open_sealed(self.secret_sealed, self._owner)

    def sealed_values(self) -> Iterator[tuple[Any, str]]:
        """What of the row is sealed, and to whom each belongs."""
        yield self.secret_sealed, self._owner

    @property
    def _owner(self) -> str:
        """The account by its name, so that a secret given to another row does not open."""
        return f"accounts_authenticator/{self.user.username}/secret"


class RecoveryCode(models.Model):
    """A code on paper for whoever lost the app: each opens the second step once."""

    user = models.ForeignKey(
        "accounts.User", models.CASCADE, related_name="recovery_codes", verbose_name="账号"
    )
    code = models.BinaryField("恢复码（摘要）", max_length=DIGEST_BYTES)
    used_at = models.DateTimeField("使用时间", null=True)

    class Meta:
        verbose_name = "恢复码"
        constraints = [models.UniqueConstraint(fields=["user", "code"], name="recovery_code_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.used_at}"


class Passkey(models.Model):
    """A key pair whose private half never leaves a device of the person (通行密钥, WebAuthn)."""

    user = models.ForeignKey(
        "accounts.User", models.CASCADE, related_name="passkeys", verbose_name="账号"
    )
    name = models.CharField("名称", max_length=30)
    credential = models.BinaryField("凭据编号", max_length=1023, unique=True)
    public_key = models.BinaryField("公钥", max_length=1024)
    # What the device counts; one that falls back was copied.
    sign_count = models.BigIntegerField("使用计数", default=0)
    added_at = models.DateTimeField("添加时间")
    used_at = models.DateTimeField("最近使用", null=True)

    class Meta:
        verbose_name = "通行密钥"
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="passkey_name_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.name}"


class OpenSession(models.Model):
    """A session as its owner sees it: on what device, from where, since when."""

    user = models.ForeignKey(
        "accounts.User", models.CASCADE, related_name="open_sessions", verbose_name="账号"
    )
    session_key = models.CharField("会话", max_length=40, unique=True)
    # What the session is compared with: with another password, it is over.
    mark = models.CharField("会话标记", max_length=64)
    device = models.CharField("设备", max_length=60)
    way = models.CharField("登录方式", max_length=40)
    address = models.GenericIPAddressField("最近地址", null=True)
    started_at = models.DateTimeField("登录时间")
    seen_at = models.DateTimeField("最近使用")

    class Meta:
        verbose_name = "登录设备"

    def __str__(self) -> str:
        return f"{self.user_id} {self.device}"
