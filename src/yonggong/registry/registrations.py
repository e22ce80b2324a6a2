"""What the registration authorities say of a unit (NMG-4): market regulation, civil affairs, the
commission for public sector reform. Beside what the unit has filed itself, never instead of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from typing import Any

from django.db import models
from django.db.models import Q

from yonggong.vault import open_sealed, seal
from yonggong.vault.digests import DIGEST_BYTES


class Registration(models.Model):
    """A unit as its registration authority last gave it, by its credit code."""

    class Register(models.TextChoices):
        MARKET = "market", "市场监管"
        CIVIL = "civil", "民政"
        ORGANS = "organs", "编办"

    class State(models.TextChoices):
        ACTIVE = "active", "存续"
        REVOKED = "revoked", "吊销"
        CANCELLED = "cancelled", "注销"

    credit_code = models.CharField("统一社会信用代码", max_length=18, unique=True)
    name = models.CharField("单位名称", max_length=120)
    register = models.CharField("登记部门", max_length=8, choices=Register.choices)
    legal_representative = models.CharField("法定代表人", max_length=50, blank=True, default="")
    # As `registry.actions.document_digest` makes it; empty where the authority gives no number.
    representative_digest = models.BinaryField(
        "法定代表人证件号码摘要", max_length=DIGEST_BYTES, default=b""
    )
    representative_document_sealed = models.CharField(max_length=120, blank=True, default="")
    # Whom the unit named to the authority for its matters (登记联络员, 经办人).
    operator = models.CharField("登记联络员", max_length=50, blank=True, default="")
    operator_digest = models.BinaryField(
        "登记联络员证件号码摘要", max_length=DIGEST_BYTES, default=b""
    )
    operator_document_sealed = models.CharField(max_length=120, blank=True, default="")
    operator_mobile_sealed = models.CharField(max_length=120, blank=True, default="")
    address = models.CharField("住所", max_length=200, blank=True, default="")
    economic_type = models.CharField("经济类型", max_length=10, blank=True, default="")
    region_code = models.CharField("登记地行政区划", max_length=6)
    registered_on = models.DateField("成立日期")
    state = models.CharField("登记状态", max_length=10, choices=State.choices, default=State.ACTIVE)
    # Since when it is no longer active.
    state_on = models.DateField("吊销、注销日期", null=True)
    # Of the last change of what is registered, as the authority says.
    changed_on = models.DateField("变更核准日期", null=True)
    contact_mobile_sealed = models.CharField(max_length=120, blank=True, default="")
    first_seen_at = models.DateTimeField("首次载入时间")
    seen_at = models.DateTimeField("最近载入时间")
    source = models.CharField("来源", max_length=120)

    class Meta:
        verbose_name = "登记信息"
        indexes = [
            models.Index(fields=["region_code", "-id"], name="registration_in_region"),
            models.Index(fields=["name"], name="registration_name", opclasses=["text_pattern_ops"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["active", "revoked", "cancelled"]),
                name="registration_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="active", state_on__isnull=True)
                | (~Q(state="active") & Q(state_on__isnull=False)),
                name="registration_over_has_day",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    # Of its columns those that are sealed, without the ending of their names.
    SEALED = (
        "representative_document",
        "contact_mobile",
        "operator_document",
        "operator_mobile",
    )

    @staticmethod
    def owner_of(credit_code: str, name: str) -> str:
        """To whom a sealed column belongs: the code, known before the row's key."""
        return f"registry_registration/{credit_code}/{name}"

    def opened(self, name: str) -> str:
        """What one of the sealed columns holds. Raises `SealBroken`."""
        return open_sealed(getattr(self, f"{name}_sealed"), self.owner_of(self.credit_code, name))

    def sealed_values(self) -> Iterator[tuple[Any, str]]:
        """What of the row is sealed, and to whom each belongs."""
        for name in self.SEALED:
            yield getattr(self, f"{name}_sealed"), self.owner_of(self.credit_code, name)

    @property
    def is_over(self) -> bool:
        """Whether the registration was revoked or cancelled."""
        return self.state != self.State.ACTIVE


class RegistrationChange(models.Model):
    """What a registration said until another one came in. Only ever added."""

    SEALED_IN = ("before",)

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="changes")
    # Values by column, only those that changed; the sealed ones sealed for this row.
    before = models.JSONField("原登记")
    by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField("时间")
    source = models.CharField("来源", max_length=120)

    class Meta:
        verbose_name = "登记信息变更"
        constraints = [
            models.UniqueConstraint(fields=["registration", "at"], name="registration_change_once")
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.at}"

    def keep(self, before: dict[str, Any]) -> None:
        """Take in what was registered, sealed columns given open. Unsaved; the row knows whose it is
        and when."""
        self.before = {
            name: seal(value, self._owner(name)) if name in Registration.SEALED else value
            for name, value in before.items()
        }

    def opened(self, name: str) -> str:
        """What a sealed column held, "" where it did not change. Raises `SealBroken`."""
        return open_sealed(self.before.get(name, ""), self._owner(name))

    def _owner(self, name: str) -> str:
        at = self.at.astimezone(UTC).isoformat()
        return f"registry_registrationchange/{self.registration_id}/{at}/{name}"

    def sealed_values(self) -> Iterator[tuple[Any, str]]:
        """What of the row is sealed, and to whom each belongs."""
        for name in Registration.SEALED:
            yield self.before.get(name, ""), self._owner(name)


class RegistrationFeed(models.Model):
    """One load of registrations: by whom, from what, and what came of its rows. Only ever added."""

    at = models.DateTimeField("时间", db_index=True)
    by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="载入人"
    )
    address = models.GenericIPAddressField("来源地址", null=True)
    source = models.CharField("来源", max_length=120)
    added = models.IntegerField("新增")
    changed = models.IntegerField("变动")
    same = models.IntegerField("无变动")
    refused = models.IntegerField("未载入")

    class Meta:
        verbose_name = "登记信息载入"

    def __str__(self) -> str:
        return f"{self.at} {self.source}"
