"""Parties: whoever can apply for something or take part in it, under one sequence of keys; and who
acts for whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models, transaction
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor

from yonggong.vault import mask

if TYPE_CHECKING:
    from yonggong.registry.models import Employer


class _EmployerOfIt(ForwardManyToOneDescriptor):
    """Asks nothing for a party that is no employer."""

    def get_object(self, instance: Any) -> Any:
        return super().get_object(instance) if instance.kind == Party.Kind.EMPLOYER else None


class ItsEmployer(models.ForeignObject):
    """From a party to the employer of the same key."""

    forward_related_accessor_class = _EmployerOfIt


class Party(models.Model):
    """An employer or other unit with a credit code, a person, or an agency.

    Employers, workers and agencies draw their keys from this table's sequence, so that a party has
    the key of what it is. Employers and agencies always stand here; a person does from the first
    case on in which they take part themselves (`registry.actions.enter_person`). Name and region
    are copies, kept by whatever changes them.
    """

    class Kind(models.TextChoices):
        EMPLOYER = "employer", "单位"
        PERSON = "person", "个人"
        AGENCY = "agency", "机构"

    kind = models.CharField("类别", max_length=8, choices=Kind.choices)
    name = models.CharField("名称", max_length=120)
    region_code = models.CharField("行政区划", max_length=6, blank=True, default="")
    # The employer that it is, by the same key: no column. None for any other party, which whoever
    # files as an employer never is.
    employer: Employer = ItsEmployer(  # type: ignore[assignment]
        "registry.Employer", models.DO_NOTHING, ["id"], ["id"], related_name="+", null=True
    )

    class Meta:
        verbose_name = "当事人"
        indexes = [models.Index(fields=["name"], name="party_name", opclasses=["text_pattern_ops"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["employer", "person", "agency"]),
                name="party_kind_known",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def public_name(self) -> str:
        """The name as anybody may read it: a person's masked."""
        return mask(self.name, "name") if self.kind == self.Kind.PERSON else self.name

    @classmethod
    def of(cls, row: IsParty) -> Party:
        """The party that a row is, by its present name and region; not saved."""
        return cls(
            pk=row.pk,
            kind=row.party_kind,
            name=row.name,  # type: ignore[attr-defined]
            region_code=row.region_code,  # type: ignore[attr-defined]
        )


class _Parties(models.QuerySet[Any]):
    """Rows that are parties, so that many added at once are too."""

    @transaction.atomic
    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        rows = list(objs)
        for row, party in zip(rows, Party.objects.bulk_create(map(Party.of, rows)), strict=True):
            row.pk = party.pk
        return super().bulk_create(rows, *args, **kwargs)


class _PartyOfIt(ForwardManyToOneDescriptor):
    """The party that a row is, by its present name and region: nothing is asked of the database."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        party = Party.of(instance)
        party._state.adding = False
        if party.kind == Party.Kind.EMPLOYER:
            party.employer = instance
        return party


class ItsParty(models.ForeignObject):
    """From a row to the party of the same key."""

    forward_related_accessor_class = _PartyOfIt


class IsParty(models.Model):
    """A row that is a party; has `name` and `region_code`."""

    party_kind: ClassVar[Party.Kind]
    party = ItsParty(Party, models.DO_NOTHING, ["id"], ["id"], related_name="+")

    objects = _Parties.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Keep the party with the row that it is, and write it first."""
        kept = {"name", "region_code"}
        with transaction.atomic():
            if self._state.adding:
                party = Party.of(self)
                party.save(force_insert=True)
                self.pk = party.pk
                kwargs["force_insert"] = True
            elif update_fields is None or kept & set(update_fields):
                Party.of(self).save(update_fields=["name", "region_code"])
            super().save(*args, update_fields=update_fields, **kwargs)


class Authority(models.Model):
    """A principal lets an agent act for it. One of the two at a time; ended, never deleted."""

    class State(models.TextChoices):
        HOLDS = "holds", "有效"
        RUN_OUT = "run_out", "已到期"
        ENDED = "ended", "已终止"

    agent = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name="代理人")
    principal = models.ForeignKey(
        Party, models.PROTECT, related_name="+", verbose_name="委托人", db_index=False
    )
    until = models.DateField("有效期至", null=True, blank=True)
    evidence = models.ForeignKey(
        "registry.Evidence", models.PROTECT, related_name="+", db_index=False
    )
    given_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    given_at = models.DateTimeField("委托时间")
    ended_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    ended_at = models.DateTimeField("终止时间", null=True, blank=True)

    class Meta:
        verbose_name = "委托代理"
        constraints = [
            models.UniqueConstraint(
                fields=["principal", "agent"],
                condition=models.Q(ended_at__isnull=True),
                name="authority_one_open",
            ),
            models.CheckConstraint(
                condition=~models.Q(agent=models.F("principal")), name="authority_of_another"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
                name="authority_ended_has_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent_id} {self.principal_id}"

    def state_on(self, day: date) -> State:
        """How it stands on a day."""
        if self.ended_at is not None:
            return self.State.ENDED
        over = self.until is not None and self.until < day
        return self.State.RUN_OUT if over else self.State.HOLDS

    @classmethod
    def in_state(cls, state: str, day: date) -> models.Q:
        """Those that stand so on a day."""
        ended, over = models.Q(ended_at__isnull=False), models.Q(until__lt=day)
        return {
            cls.State.ENDED: ended,
            cls.State.RUN_OUT: over & ~ended,
            cls.State.HOLDS: ~ended & (models.Q(until__isnull=True) | models.Q(until__gte=day)),
        }[cls.State(state)]
