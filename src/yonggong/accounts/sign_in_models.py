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
