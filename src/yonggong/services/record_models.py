"""What finishing an item made of somebody: events, only ever added, and what is in force by them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.cases.models import Case
from yonggong.registry.parties import Party
from yonggong.services.record_book import book
from yonggong.vault.sealing import is_sealed, open_value, seal_value


class Record(models.Model):
    """One act on a record of somebody, by a case that ended approved. Only ever added: what takes an
    approval back adds the undoing of it.

    subject  whose record it is: a person or an employer; of a project or institution the employer
    sort     which of these it is to the item
    thing    which of several alike it is: the project's name, the kind of subsidy; "" where one can be
    unit     the employer through whom a person has it
    details  a few answers of the form by their labels, personal ones sealed
    undoes   the record that this one takes back
    """

    class Act(models.TextChoices):
        BEGIN = "begin", "登记"
        CHANGE = "change", "变更"
        END = "end", "终止"
        SUSPEND = "suspend", "暂停"
        RESUME = "resume", "恢复"
        ISSUE = "issue", "发放"
        PAY = "pay", "支付"
        ANSWER = "answer", "答复"

    class Sort(models.TextChoices):
        PERSON = "person", "个人"
        UNIT = "unit", "单位"
        PROJECT = "project", "项目"
        INSTITUTION = "institution", "机构"

    SEALED_IN = ("details",)

    subject = models.ForeignKey(
        Party, models.PROTECT, related_name="+", verbose_name="登记对象", db_index=False
    )
    sort = models.CharField("对象类别", max_length=12, choices=Sort.choices)
    key = models.CharField("登记事项", max_length=28)
    act = models.CharField("行为", max_length=8, choices=Act.choices)
    thing = models.CharField("名称", max_length=120, blank=True, default="")
    unit = models.ForeignKey(
        Party, models.PROTECT, null=True, related_name="+", verbose_name="单位", db_index=False
    )
    since = models.DateField("自")
    until = models.DateField("至", null=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="records", verbose_name="办件")
    details = models.JSONField("内容", default=dict)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "登记记录"
        indexes = [
            models.Index(fields=["subject", "key", "thing", "id"], name="record_of_subject"),
            models.Index(fields=["unit", "-id"], name="record_of_unit", condition=Q(unit__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.key} {self.act}"

    @property
    def title(self) -> str:
        return book().title(self.key)

    @property
    def owner(self) -> str:
        """To whom its sealed details belong: known before it is written."""
        return f"services_record/{self.case_id}/{self.subject_id}/{self.key}/{self.act}"

    def keep(self, label: str, text: str, *, personal: bool) -> None:
        """Put a detail in, sealed where it is personal. Unsaved."""
        kept = seal_value(text, f"{self.owner}/{label}") if personal else text
        self.details[label] = kept

    def opened(self) -> dict[str, tuple[str, bool]]:
        """The details in words by their labels, and whether each is personal. Raises `SealBroken`."""
        return {
            label: (str(open_value(kept, f"{self.owner}/{label}")), True)
            if is_sealed(kept)
            else (str(kept), False)
            for label, kept in self.details.items()
        }

    def sealed_values(self) -> Iterator[tuple[Any, str]]:
        """What of the row is sealed, and to whom each belongs."""
        for label, kept in self.details.items():
            if is_sealed(kept):
                yield kept, f"{self.owner}/{label}"


class Standing(models.Model):
    """What is in force of a record, as its events give it: one a subject, record and thing."""

    class State(models.TextChoices):
        IN_FORCE = "in_force", "有效"
        SUSPENDED = "suspended", "暂停"

    subject = models.ForeignKey(
        Party, models.CASCADE, related_name="standings", verbose_name="登记对象", db_index=False
    )
    key = models.CharField("登记事项", max_length=28)
    thing = models.CharField("名称", max_length=120, blank=True, default="")
    unit = models.ForeignKey(Party, models.CASCADE, null=True, related_name="+", db_index=False)
    state = models.CharField("状态", max_length=10, choices=State.choices)
    since = models.DateField("自")
    until = models.DateField("至", null=True)
    record = models.OneToOneField(Record, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "现行登记"
        indexes = [models.Index(fields=["unit", "key"], name="standing_of_unit")]
        constraints = [
            models.UniqueConstraint(fields=["subject", "key", "thing"], name="standing_once"),
            models.CheckConstraint(
                condition=Q(state__in=["in_force", "suspended"]), name="standing_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.key} {self.state}"

    @property
    def has_run_out(self) -> bool:
        """Whether its last day is over, though nothing ended it."""
        return self.until is not None and self.until < timezone.localdate()

    @property
    def title(self) -> str:
        return book().title(self.key)
