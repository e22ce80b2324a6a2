"""Cases, who takes part in them, and the keys that make a repeated submission harmless. The other
tables of the room stand in the files of their subject, and are found here by their names."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.cases import items
from yonggong.cases.decision_models import HeldDecision as HeldDecision
from yonggong.cases.decision_models import Note as Note
from yonggong.cases.decision_models import OpinionTemplate as OpinionTemplate
from yonggong.cases.decision_models import Revocation as Revocation
from yonggong.cases.filled_models import ConflictingDraft as ConflictingDraft
from yonggong.cases.filled_models import Draft as Draft
from yonggong.cases.filled_models import FormVersion as FormVersion
from yonggong.cases.filled_models import Version as Version
from yonggong.cases.history_models import Consequence as Consequence
from yonggong.cases.history_models import Event as Event
from yonggong.cases.item_models import ItemProposal as ItemProposal
from yonggong.cases.item_models import ItemVersion
from yonggong.cases.kinds import CaseKind
from yonggong.cases.life import PHASE_TITLES, STATE_TITLES, State, title_of
from yonggong.cases.material_models import Blob as Blob
from yonggong.cases.material_models import Material as Material
from yonggong.cases.material_models import SharedMaterial as SharedMaterial
from yonggong.cases.moving_models import Move as Move
from yonggong.cases.moving_models import MovedCase as MovedCase
from yonggong.cases.sharing_models import SharedCase as SharedCase
from yonggong.cases.sharing_models import Sharing as Sharing
from yonggong.cases.sharing_models import SharingRule as SharingRule
from yonggong.cases.sharing_models import StandIn as StandIn
from yonggong.cases.step_models import Pause as Pause
from yonggong.cases.step_models import Step as Step
from yonggong.catalogue.versions import LONGEST_KEY
from yonggong.registry.models import Agency
from yonggong.registry.parties import Party

_TURNED = Q(state__in=[State.RETURNED.value, State.VOIDED.value])


class Case(models.Model):
    """Anything filed: a filing, an application, a return. `kind` says what it is."""

    kind = models.CharField("业务类型", max_length=LONGEST_KEY)
    # The version of its item that the case began with, and keeps. Guarded by who writes it.
    item_version = models.ForeignKey(
        ItemVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="事项版本",
        db_index=False,
        db_constraint=False,
    )
    state = models.CharField(
        "审核状态", max_length=10, choices=list(STATE_TITLES.items()), default=State.DRAFT
    )
    # Where in its procedure a case of several steps stands; empty for a kind of one step.
    phase = models.CharField(
        "环节",
        max_length=12,
        choices=list(PHASE_TITLES.items()),
        blank=True,
        default="",
        db_default="",
    )
    applicant = models.ForeignKey(Party, models.PROTECT, verbose_name="申请人", db_index=False)
    # From an employer to its cases by the key they share: no column, and no join with the parties
    # where employers are listed by what they filed.
    unit = models.ForeignObject(
        "registry.Employer",
        models.DO_NOTHING,
        ["applicant"],
        ["id"],
        related_name="cases",
        null=True,
    )
    # Set by the kind. Most cases are of few kinds; among them those of any other are hard to find.
    frequent = models.BooleanField("常办业务", default=False, db_default=False)
    exclusive = models.BooleanField("同类只办一件", default=False, db_default=False)
    subject_name = models.CharField("办理对象", max_length=130)
    region_code = models.CharField("行政区划", max_length=6)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, verbose_name="送审机构"
    )
    # Who has to act now; mostly the agency it was sent to, which the figures count it under.
    acting_agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="办理机构",
        db_index=False,
        db_constraint=False,
    )
    # What was filed last; None until something was. Its key is reserved before either is written,
    # so that a case and its first version are written once each.
    current = models.ForeignKey(
        "Version",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="现行版本",
        db_index=False,
        db_constraint=False,
    )
    finding_count = models.SmallIntegerField("合规提示数", default=0, db_default=0)
    # The joint case that it is an item of; one level deep, set when it is made.
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="联办件",
        db_index=False,
    )
    subject = models.BigIntegerField("业务对象", null=True, blank=True)
    filed_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name="经办人", db_index=False
    )
    counter = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="代录机构",
        db_index=False,
    )
    filed_at = models.DateTimeField("提交时间", null=True, blank=True)
    # Set once the case has been mended and filed again: `filed_at` is then the later time.
    first_filed_on = models.DateField("首次提交日期", null=True, blank=True)
    # By when it is to be decided: as promised, and by law. Neither runs while it is paused.
    due_on = models.DateField("办理期限", null=True, blank=True)
    due_by_law_on = models.DateField("法定办理期限", null=True, blank=True)
    statutory_due_on = models.DateField("法定备案期限", null=True, blank=True)
    late_days = models.PositiveIntegerField("逾期备案天数", default=0)
    assigned_to = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="受理人",
        db_index=False,
    )
    decided_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="审核人",
        db_index=False,
    )
    # A copy of who the decider is themselves, so that the database itself refuses who decides what
    # they applied for.
    decided_as = models.BigIntegerField(null=True, blank=True)
    decided_at = models.DateTimeField("审核时间", null=True, blank=True)
    opinion = models.CharField("审核意见", max_length=500, blank=True, default="")
    batch = models.BigIntegerField("批次", null=True, blank=True)
    batch_row = models.PositiveIntegerField("批次行号", null=True, blank=True)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    class Meta:
        verbose_name = "办件"
        indexes = [
            models.Index(
                fields=["acting_agency", "due_on", "id"],
                name="case_queue",
                condition=Q(state="pending"),
            ),
            # Not touched by filing: what lies with another agency than it was sent to.
            models.Index(
                fields=["acting_agency"],
                name="case_elsewhere",
                condition=~Q(acting_agency=models.F("agency")),
            ),
            models.Index(fields=["applicant", "-id"], name="case_of_applicant"),
            # Few, and not touched by filing online: what a counter typed in.
            models.Index(
                fields=["-id"], name="case_at_counter", condition=Q(counter__isnull=False)
            ),
            # What lies with the applicant: drafts and what was returned, the last touched first.
            models.Index(
                fields=["applicant", "state", "-updated_at"],
                name="case_with_applicant",
                condition=Q(state__in=["draft", "returned"]),
            ),
            models.Index(
                fields=["kind", "applicant", "-id"], name="case_of_few", condition=Q(frequent=False)
            ),
            models.Index(fields=["region_code"], name="case_in_region"),
            models.Index(fields=["filed_at", "id"], name="case_filed"),
            models.Index(
                fields=["subject_name"], name="case_subject", opclasses=["text_pattern_ops"]
            ),
            # Limits follow the order of filing, so a block's range is enough to find a day's.
            BrinIndex(
                fields=["due_on", "statutory_due_on"],
                name="case_days",
                pages_per_range=32,
                autosummarize=True,
            ),
            # Who is late, and by how much, is read from the index alone.
            models.Index(
                fields=["applicant"],
                name="case_late_applicant",
                condition=Q(late_days__gt=0),
                include=["late_days", "filed_at", "state", "region_code"],
            ),
            # Not touched by filing in time. By region and by agency: a reviewer sees either.
            models.Index(
                fields=["region_code"], name="case_late_region", condition=Q(late_days__gt=0)
            ),
            models.Index(fields=["agency"], name="case_late_agency", condition=Q(late_days__gt=0)),
            # Not touched by filing, only by deciding.
            models.Index(
                fields=["decided_at"],
                name="case_decided",
                condition=Q(decided_at__isnull=False),
            ),
            models.Index(
                fields=["decided_by", "decided_at"],
                name="case_decider",
                condition=Q(decided_by__isnull=False),
            ),
            models.Index(fields=["region_code"], name="case_turned_region", condition=_TURNED),
            models.Index(fields=["agency"], name="case_turned_agency", condition=_TURNED),
            models.Index(fields=["applicant"], name="case_turned_applicant", condition=_TURNED),
            models.Index(
                fields=["parent"], name="case_of_joint", condition=Q(parent__isnull=False)
            ),
            models.Index(fields=["batch"], name="case_of_batch", condition=Q(batch__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]), name="case_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(filed_at__isnull=False, agency__isnull=False, acting_agency__isnull=False),
                name="case_filed_has_time_and_agency",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "returned", "refused", "revoked"])
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="case_decided_has_who_and_when",
            ),
            # Nobody reviews what they filed.
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("filed_by")),
                name="case_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(decided_as__isnull=True) | ~Q(decided_as=models.F("applicant")),
                name="case_decided_by_no_party",
            ),
            # Where the kind says so: one of an applicant at a time (an initial filing, a change).
            models.UniqueConstraint(
                fields=["applicant", "kind"],
                condition=Q(exclusive=True, state__in=["draft", "pending", "returned"]),
                name="case_one_open_where_exclusive",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"

    @property
    def reference(self) -> str:
        """How logs speak of the case."""
        return f"{self.kind_title} {self.number}"

    @property
    def at_counter(self) -> bool:
        """Whether a counter's clerk typed it for the applicant."""
        return self.counter_id is not None

    @property
    def came_in_on(self) -> date | None:
        """The day it was first filed, however often it was mended since; None of a draft."""
        if self.filed_at is None:
            return None
        return self.first_filed_on or timezone.localdate(self.filed_at)

    @property
    def number(self) -> str:
        """The number users quote: the day it was first filed and the running number."""
        day = self.came_in_on
        return f"{day:%Y%m%d}{self.pk:08d}" if day else f"草稿{self.pk:08d}"

    @staticmethod
    def key_in(number: str) -> str:
        """The key in a case's number, as somebody typed it: "" for nothing typed, a key that no case
        has for what is no number."""
        digits = "".join(number.split())
        if not digits:
            return ""
        right = digits.isascii() and digits.isdigit() and 16 <= len(digits) <= 26
        return digits[8:] if right else "0"

    @property
    def subject_key(self) -> int:
        """The key of what the case is about (a contract). Raises ValueError where it has none."""
        if self.subject is None:
            raise ValueError(f"case {self.pk} is about nothing")
        return self.subject

    @property
    def definition(self) -> CaseKind:
        return items.definition_of(self.kind, self.item_version_id)

    @property
    def kind_title(self) -> str:
        return self.definition.title

    @property
    def state_title(self) -> str:
        return title_of(self.state, self.phase)

    @property
    def version(self) -> Version:
        """What was filed last. Raises ValueError where nothing was filed yet."""
        if self.current is None:
            raise ValueError(f"case {self.pk} was never filed")
        return self.current

    @cached_property
    def filers(self) -> frozenset[int]:
        """The keys of those who submitted a version, of those that there were when it was asked."""
        return frozenset(self.versions.values_list("by", flat=True))

    @cached_property
    def values(self) -> dict[str, Any]:
        """The values last filed, typed, personal fields opened."""
        return self.version.values_on(self.definition.form)


class Participant(models.Model):
    """A party that takes part in a case beside its applicant, in a named role. It sees the case."""

    class Role(models.TextChoices):
        USER_UNIT = "user_unit", "用工单位"
        AGENT = "agent", "代理人"
        OTHER_SIDE = "other_side", "对方当事人"
        THIRD = "third", "第三人"

    case = models.ForeignKey(Case, models.PROTECT, related_name="participants", db_index=False)
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name="当事人")
    role = models.CharField("身份", max_length=12, choices=Role.choices)

    class Meta:
        verbose_name = "参与人"
        constraints = [
            models.UniqueConstraint(fields=["case", "party", "role"], name="participant_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.role} {self.party_id}"


class Submission(models.Model):
    """A submitting act already done: the same key again brings the same outcome, not a second."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    key = models.UUIDField()
    outcome = models.CharField(max_length=60, blank=True, default="")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "提交凭据"
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="submission_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.key}"
