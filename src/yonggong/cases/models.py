"""Cases, their history, materials and the keys that make a repeated submission harmless."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
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
from yonggong.cases.item_models import ItemProposal as ItemProposal
from yonggong.cases.item_models import ItemVersion
from yonggong.cases.kinds import CaseKind
from yonggong.cases.life import ACTION_TITLES, PHASE_TITLES, STATE_TITLES, State, title_of
from yonggong.catalogue.versions import LONGEST_KEY
from yonggong.forms import Form
from yonggong.registry.models import Agency
from yonggong.registry.parties import Party
from yonggong.vault.digests import file_digest
from yonggong.vault.sealing import open_bytes, open_value, seal_bytes, seal_value

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
    def number(self) -> str:
        """The number users quote: the day it was first filed and the running number."""
        if self.filed_at is None:
            return f"草稿{self.pk:08d}"
        day = self.first_filed_on or timezone.localdate(self.filed_at)
        return f"{day:%Y%m%d}{self.pk:08d}"

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


def sealed(stored: Mapping[str, Any], personal: Collection[str], owner: str) -> dict[str, Any]:
    """`stored` with its personal fields sealed, whatever type they have, each for its place in the
    row that `owner` tells."""
    return {
        name: seal_value(value, f"{owner}/{name}") if name in personal else value
        for name, value in stored.items()
    }


def unsealed(stored: Mapping[str, Any], personal: Collection[str], owner: str) -> dict[str, Any]:
    """The reverse of `sealed`. Raises `SealBroken`."""
    return {
        name: open_value(value, f"{owner}/{name}") if name in personal else value
        for name, value in stored.items()
    }


def personal_values(stored: Mapping[str, Any], form: Form, owner: str) -> Iterator[tuple[Any, str]]:
    """The sealed values among those stored by a form's fields, and to whom each belongs."""
    for name in form.personal_fields:
        if name in stored:
            yield stored[name], f"{owner}/{name}"


class FormVersion(models.Model):
    """A form as it was on some day, so that what was filed with it can be shown as it was filed.
    Only ever added. Its key is made from its content, so the same form is the same row."""

    id = models.BigIntegerField(primary_key=True)
    name = models.CharField("表单", max_length=80)
    sha256 = models.CharField("摘要", max_length=64, unique=True)
    description = models.JSONField("表单内容")
    at = models.DateTimeField("启用时间", auto_now_add=True)

    class Meta:
        verbose_name = "表单版本"

    def __str__(self) -> str:
        return f"{self.name} {self.sha256[:12]}"


class Version(models.Model):
    """What was submitted, once and for good. Only ever added: amending a case adds another.

    form        the form as it was when it was filled in
    data        the form's values, as `Form.dump` gives them, personal fields sealed one by one
    findings    what the law said of them, with the explanations given
    judged_on   the day whose policy and law judged it
    by, counter who submitted it, and at which counter
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="versions", db_index=False)
    # Guarded by who adds it (`form_versions`): checking it again would cost each row of a workbook.
    form = models.ForeignKey(
        "FormVersion", models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    number = models.SmallIntegerField("版本号")
    data = models.JSONField("填报内容")
    findings = models.JSONField("合规提示", default=list)
    judged_on = models.DateField("判定日期")
    # No constraint of its own, which a workbook pays for by the row: the event that is written with
    # a version names the same account, and holds it.
    by = models.ForeignKey(
        User,
        models.PROTECT,
        related_name="+",
        verbose_name="经办人",
        db_index=False,
        db_constraint=False,
    )
    at = models.DateTimeField("提交时间")
    # The version of the joint case that it was taken from; None where it was filled in itself.
    taken_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
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

    class Meta:
        verbose_name = "填报版本"
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="version_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_numbered_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} 第 {self.number} 版"

    @staticmethod
    def owner_of(case: int, number: int) -> str:
        """To whom the sealed values of a case's version belong: known before it is written."""
        return f"cases_version/{case}/{number}"

    def opened(self, form: Form) -> dict[str, Any]:
        """What was filed as it is stored, personal fields of `form` opened."""
        return unsealed(self.data, form.personal_fields, self.owner_of(self.case_id, self.number))

    def values_on(self, form: Form) -> dict[str, Any]:
        """What was filed, typed, personal fields opened, by the fields of `form`."""
        return form.load(self.opened(form))

    def sealed_values(self) -> Iterator[tuple[Any, str]]:
        """What of the row is sealed, and to whom each belongs."""
        owner = self.owner_of(self.case_id, self.number)
        return personal_values(self.data, self.case.definition.form, owner)


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


class Draft(models.Model):
    """What has been typed and not sent yet: a new filing, or the mending of a returned one beside
    what was filed. Kept as typed, personal fields sealed; explanations stand among it.

    revision   counted up by every save; a page names the one it was drawn from
    tab        the page that saved it last, by the name it was drawn with; "" where it was no page
    """

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="draft")
    data = models.JSONField("草稿内容", default=dict)
    revision = models.IntegerField("修订号", default=1, db_default=1)
    tab = models.CharField("窗口", max_length=40, default="", db_default="", blank=True)
    saved_at = models.DateTimeField("保存时间", auto_now=True)

    class Meta:
        verbose_name = "草稿"

    def __str__(self) -> str:
        return f"{self.case_id}"

    @property
    def owner(self) -> str:
        """To whom its sealed values belong."""
        return f"cases_draft/{self.case_id}"

    def opened(self, form: Form) -> dict[str, Any]:
        """What was typed, personal fields of `form` opened."""
        return unsealed(self.data, form.personal_fields, self.owner)

    def sealed_values(self) -> Iterator[tuple[Any, str]]:
        """What of the row is sealed, and to whom each belongs."""
        return personal_values(self.data, self.case.definition.form, self.owner)


class ConflictingDraft(models.Model):
    """What was typed on a page that had been overtaken by another, kept beside the draft until
    somebody chooses; sealed as that is."""

    case = models.ForeignKey(
        Case, models.CASCADE, related_name="conflicting_drafts", db_index=False
    )
    tab = models.CharField("窗口", max_length=40)
    data = models.JSONField("草稿内容", default=dict)
    by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name="填写人", db_index=False
    )
    saved_at = models.DateTimeField("保存时间")

    class Meta:
        verbose_name = "未采用的草稿"
        constraints = [
            models.UniqueConstraint(fields=["case", "tab"], name="conflicting_once_a_tab")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.tab}"

    @property
    def owner(self) -> str:
        """To whom its sealed values belong."""
        return f"cases_conflictingdraft/{self.case_id}/{self.tab}"

    def opened(self, form: Form) -> dict[str, Any]:
        """What was typed, personal fields of `form` opened."""
        return unsealed(self.data, form.personal_fields, self.owner)

    def keep(self, typed: Mapping[str, Any], form: Form) -> None:
        """Take in what was typed, sealed for this case and tab. Unsaved."""
        self.data = sealed(typed, form.personal_fields, self.owner)

    def sealed_values(self) -> Iterator[tuple[Any, str]]:
        """What of the row is sealed, and to whom each belongs."""
        return personal_values(self.data, self.case.definition.form, self.owner)


class Event(models.Model):
    """One thing done to a case. Only ever added; a case's state is what its events make it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    action = models.CharField("操作", max_length=10)
    by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name="操作人", db_index=False
    )
    at = models.DateTimeField("时间")
    opinion = models.CharField("意见", max_length=500, blank=True, default="")
    # [field, label, old text, new text] each, personal data masked.
    changes = models.JSONField("变更内容", default=list)
    # Of a return: [field, label, what is wrong with it or ""] each, as the reviewer ticked them.
    marked = models.JSONField("标记的项目", default=list, db_default=[])
    address = models.GenericIPAddressField("来源地址", null=True)

    class Meta:
        verbose_name = "办理记录"
        # Events are added in the order of time, so a block's range is enough to find a day's; with
        # the key's it tells how far back the newest of them lies (`listings.finding`).
        indexes = [
            BrinIndex(fields=["id", "at"], name="event_at", pages_per_range=32, autosummarize=True)
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.action}"

    @property
    def action_title(self) -> str:
        return ACTION_TITLES[self.action]


class Consequence(models.Model):
    """What the approval of one case did to another of its applicant's: voided it, or brought it about.
    Only ever added. Taking the approval back begins here.

    was   the state in which the other was; "" where it came into being
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="consequence_of")
    cause = models.ForeignKey(Case, models.PROTECT, related_name="consequences")
    was = models.CharField("原状态", max_length=10, blank=True, default="")

    class Meta:
        verbose_name = "随办结果"

    def __str__(self) -> str:
        return f"{self.cause_id} {self.case_id} {self.was}"


class Step(models.Model):
    """One step of a case's procedure, as it was done. A kind of one step has none.

    A return opens the step that returned again, as another round. What the office fills in is the
    step's data, never a version's.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps")
    round = models.SmallIntegerField("轮次")
    position = models.SmallIntegerField("次序")
    key = models.CharField("环节", max_length=24)
    kind = models.CharField("环节类型", max_length=16)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="办理机构")
    opened_at = models.DateTimeField("开始时间")
    due_on = models.DateField("承诺期限", null=True, blank=True)
    due_by_law_on = models.DateField("法定期限", null=True, blank=True)
    # A copy of the case's, so that the database itself refuses who decides what they filed.
    filed_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    acted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="办理人"
    )
    acted_at = models.DateTimeField("办理时间", null=True, blank=True)
    outcome = models.CharField("结果", max_length=8, blank=True, default="")
    opinion = models.CharField("意见", max_length=500, blank=True, default="")
    data = models.JSONField("办理内容", default=dict)

    class Meta:
        verbose_name = "办理环节"
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(acted_at__isnull=True), name="step_one_open"
            ),
            models.UniqueConstraint(fields=["case", "round", "position"], name="step_once_a_round"),
            models.CheckConstraint(
                condition=Q(acted_at__isnull=True, acted_by__isnull=True, outcome="")
                | (Q(acted_at__isnull=False, acted_by__isnull=False) & ~Q(outcome="")),
                name="step_done_has_who_when_how",
            ),
            models.CheckConstraint(
                condition=Q(acted_by__isnull=True) | ~Q(acted_by=models.F("filed_by")),
                name="step_done_by_another",
            ),
            # 审核、复核、决定: different people, whatever the code above says.
            models.UniqueConstraint(
                fields=["case", "round", "acted_by"],
                condition=Q(kind__in=["review", "second_review", "approve", "decide"]),
                name="step_judged_by_different_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.key} {self.round}"

    @property
    def owner(self) -> str:
        """To whom its sealed values belong."""
        return f"cases_step/{self.pk}"

    def values_on(self, form: Form) -> dict[str, Any]:
        """What the office filled in, typed, personal fields opened."""
        return form.load(unsealed(self.data, form.personal_fields, self.owner))

    def sealed_values(self) -> Iterator[tuple[Any, str]]:
        """What of the row is sealed, and to whom each belongs."""
        return self.personal_in(self.data, self.owner)

    def personal_in(self, stored: Mapping[str, Any], owner: str) -> Iterator[tuple[Any, str]]:
        """The sealed values among what the office filled in for this step, wherever that stands."""
        procedure = self.case.definition.procedure
        form = procedure.step(self.key).form if procedure else None
        return personal_values(stored, form, owner) if form else iter(())


class Pause(models.Model):
    """A time in which a step's clock stood still, with its reason.

    `left` holds what was left of each limit when it began, in the limit's own days; the limits are
    set again from it when it ends.
    """

    step = models.ForeignKey(Step, models.PROTECT, related_name="pauses")
    reason = models.CharField("原因", max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    began_on = models.DateField("开始日期")
    ended_on = models.DateField("结束日期", null=True, blank=True)
    left = models.JSONField("剩余期限", default=dict)

    class Meta:
        verbose_name = "暂停计时"
        constraints = [
            models.UniqueConstraint(
                fields=["step"], condition=Q(ended_on__isnull=True), name="pause_one_open"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("began_on")),
                name="pause_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step_id} {self.reason}"


class Blob(models.Model):
    """An uploaded file's content, sealed, kept once however often it is used; found again by its
    keyed digest."""

    digest = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()
    size = models.PositiveIntegerField()

    class Meta:
        verbose_name = "文件内容"

    def __str__(self) -> str:
        return self.digest[:12]

    @classmethod
    def keep(cls, content: bytes) -> Blob:
        """The blob with this content, written where nobody brought it before."""
        digest = file_digest(content)
        blob = cls.objects.filter(digest=digest).only("id").first()
        if blob is None:
            sealed = seal_bytes(content, cls.owner_of(digest))
            blob, _ = cls.objects.get_or_create(
                digest=digest, defaults={"content": sealed, "size": len(content)}
            )
        return blob

    @staticmethod
    def owner_of(digest: str) -> str:
        """To whom the content with a digest belongs."""
        return f"cases_blob/{digest}/content"

    @property
    def opened(self) -> bytes:
        """The file as it was kept. Raises `SealBroken`."""
        return open_bytes(bytes(self.content), self.owner_of(self.digest))

    def sealed_values(self) -> Iterator[tuple[Any, str]]:
        """What of the row is sealed, and to whom each belongs."""
        yield self.content, self.owner_of(self.digest)


class Material(models.Model):
    """One uploaded material of a case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="materials")
    name = models.CharField("材料", max_length=40)
    file_name = models.CharField("文件名", max_length=120)
    content_type = models.CharField("类型", max_length=40)
    blob = models.ForeignKey(Blob, models.PROTECT)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "材料"
        constraints = [
            models.UniqueConstraint(fields=["case", "name"], name="material_once_per_case")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.file_name}"


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
