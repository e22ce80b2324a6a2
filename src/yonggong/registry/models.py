"""Agencies, employers and workers. Only guards here; business is in `actions.py`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import Any, Literal

from django.db import models
from django.db.models import Q

from yonggong.catalogue.items import HUMAN_RESOURCES
from yonggong.catalogue.offices import departments, lines
from yonggong.codes.pinyin import spellings
from yonggong.registry.parties import IsParty, Party
from yonggong.registry.registrations import Registration as Registration
from yonggong.registry.registrations import RegistrationChange as RegistrationChange
from yonggong.registry.registrations import RegistrationFeed as RegistrationFeed
from yonggong.vault import mask, open_sealed, seal
from yonggong.vault.digests import DIGEST_BYTES, file_digest
from yonggong.vault.sealing import open_bytes, seal_bytes

Side = Literal["before", "after"]


class Agency(IsParty):
    """A place that receives and reviews cases (送审机构 / 经办机构), one node of a tree."""

    party_kind = Party.Kind.AGENCY

    class Level(models.TextChoices):
        PROVINCE = "province", "省级"
        PREFECTURE = "prefecture", "市级"
        COUNTY = "county", "县级"
        COMMUNITY = "community", "社区（乡镇街道）平台"

    name = models.CharField("机构名称", max_length=80)
    level = models.CharField("层级", max_length=12, choices=Level.choices)
    region_code = models.CharField("行政区划", max_length=6)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    department = models.CharField(
        "部门", max_length=8, choices=departments, default=HUMAN_RESOURCES
    )
    # Of its department the line it handles; "" all of them.
    line = models.CharField("业务线", max_length=12, choices=lines, blank=True, default="")
    reviews = models.BooleanField("受理审核", default=True)
    telephone = models.CharField("联系电话", max_length=20, blank=True, default="")

    class Meta:
        verbose_name = "经办机构"
        constraints = [
            models.UniqueConstraint(fields=["region_code", "name"], name="agency_name_in_region")
        ]

    def __str__(self) -> str:
        return self.name


class AgencyItem(models.Model):
    """An item that an agency handles by exception, whatever its department and line."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="items")
    item = models.CharField("事项", max_length=66)

    class Meta:
        verbose_name = "机构受理事项"
        constraints = [models.UniqueConstraint(fields=["item", "agency"], name="agency_item_once")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.item}"


class Employer(IsParty):
    """An employer (用人单位) with the data last approved."""

    party_kind = Party.Kind.EMPLOYER

    class State(models.TextChoices):
        UNFILED = "unfiled", "未备案"
        FILED = "filed", "已备案"
        CANCELLED = "cancelled", "已注销"

    credit_code = models.CharField("统一社会信用代码", max_length=18, unique=True)
    name = models.CharField("单位名称", max_length=120)
    state = models.CharField(
        "备案状态", max_length=10, choices=State.choices, default=State.UNFILED
    )
    region_code = models.CharField("行政区划", max_length=6)
    organisation_code = models.CharField("组织机构代码", max_length=10, blank=True, default="")
    nature = models.CharField("单位性质", max_length=10, blank=True, default="")
    affiliation = models.CharField("隶属关系", max_length=10, blank=True, default="")
    economic_type = models.CharField("单位经济类型", max_length=10, blank=True, default="")
    industry = models.CharField("所属行业", max_length=10, blank=True, default="")
    legal_representative = models.CharField("法定代表人", max_length=50, blank=True, default="")
    address = models.CharField("通讯地址", max_length=200, blank=True, default="")
    licence_on = models.DateField("领取营业执照日期", null=True, blank=True)
    contact = models.CharField("联系人", max_length=50, blank=True, default="")
    contact_mobile_sealed = models.CharField(max_length=120, blank=True, default="")
    telephone = models.CharField("固定电话", max_length=20, blank=True, default="")
    postcode = models.CharField("邮政编码", max_length=6, blank=True, default="")
    operator = models.CharField("经办人", max_length=50, blank=True, default="")
    operator_mobile_sealed = models.CharField(max_length=120, blank=True, default="")
    operator_document_sealed = models.CharField(max_length=120, blank=True, default="")
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, verbose_name="送审机构"
    )
    filed_on = models.DateField("初次备案日期", null=True, blank=True)
    cancelled_on = models.DateField("注销日期", null=True, blank=True)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    class Meta:
        verbose_name = "用人单位"
        indexes = [
            models.Index(fields=["region_code", "-id"], name="employer_in_region"),
            models.Index(fields=["name"], name="employer_name", opclasses=["text_pattern_ops"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["unfiled", "filed", "cancelled"]),
                name="employer_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="unfiled") | Q(filed_on__isnull=False),
                name="employer_filed_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | Q(cancelled_on__isnull=False),
                name="employer_cancelled_has_date",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    # Of its columns those that are sealed, without the ending of their names.
    SEALED = ("contact_mobile", "operator_mobile", "operator_document")

    def keep_sealed(self, name: str, text: str) -> None:
        """Seal `text` for one of these columns; the employer has its key. Unsaved."""
        setattr(self, f"{name}_sealed", seal(text, self._owner(name)))

    def opened(self, name: str) -> str:
        """What one of these columns holds. Raises `SealBroken`."""
        return open_sealed(getattr(self, f"{name}_sealed"), self._owner(name))

    def _owner(self, name: str) -> str:
        return f"registry_employer/{self.pk}/{name}"

    def sealed_values(self) -> Iterator[tuple[Any, str]]:
        """What of the row is sealed, and to whom each belongs."""
        for name in self.SEALED:
            yield getattr(self, f"{name}_sealed"), self._owner(name)

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Keep the spellings with the name that they spell."""
        super().save(*args, update_fields=update_fields, **kwargs)
        if update_fields is None or "name" in update_fields:
            EmployerSpelling.keep(self)

    @property
    def is_filed(self) -> bool:
        return self.state == self.State.FILED

    @property
    def is_closed(self) -> bool:
        """Whether its filing is cancelled (已注销)."""
        return self.state == self.State.CANCELLED


class EmployerSpelling(models.Model):
    """How an employer's name begins in pinyin or initials: what search boxes find it by."""

    LONGEST = 24

    employer = models.ForeignKey(Employer, models.CASCADE, related_name="spellings")
    letters = models.CharField("拼音", max_length=LONGEST)

    class Meta:
        verbose_name = "单位名称拼音"
        indexes = [
            models.Index(
                fields=["letters"], name="employer_spelling", opclasses=["text_pattern_ops"]
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["employer", "letters"], name="employer_spelling_once")
        ]

    def __str__(self) -> str:
        return self.letters

    @classmethod
    def of(cls, name: str) -> set[str]:
        """The beginnings of the spellings of a name."""
        return {spelling[: cls.LONGEST] for spelling in spellings(name) if spelling}

    @classmethod
    def keep(cls, employer: Employer) -> None:
        """Bring the rows of an employer to its present name."""
        wanted = cls.of(employer.name)
        held = set(employer.spellings.values_list("letters", flat=True))
        if held == wanted:
            return
        employer.spellings.filter(letters__in=held - wanted).delete()
        EmployerSpelling.objects.bulk_create(
            [
                EmployerSpelling(employer=employer, letters=letters)
                for letters in sorted(wanted - held)
            ],
            ignore_conflicts=True,
        )


class DoubtfulCode(models.Model):
    """A unified social credit code whose check character does not hold (GB 32100), which somebody
    found on a certificate nevertheless: registries have issued some. With evidence it is taken
    into filings as 待核实, until a bureau confirms it or finds it wrong.
    """

    class State(models.TextChoices):
        STATED = "stated", "待核实"
        CONFIRMED = "confirmed", "已核实"
        REFUSED = "refused", "核实有误"

    credit_code = models.CharField("统一社会信用代码", max_length=18, unique=True)
    name = models.CharField("单位名称", max_length=120)
    # Where the bureau that looks into it is: the employer's region, or that of whoever states it.
    region_code = models.CharField("行政区划", max_length=6)
    evidence = models.CharField("填报人说明的依据", max_length=200)
    # Nobody is signed in yet where an employer registers itself.
    stated_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", db_index=False
    )
    stated_at = models.DateTimeField("填报时间")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.STATED)
    decided_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField("核实时间", null=True)
    opinion = models.CharField("核实依据", max_length=200, blank=True, default="")
    address = models.GenericIPAddressField("核实人来源地址", null=True)

    class Meta:
        verbose_name = "待核实的信用代码"
        indexes = [models.Index(fields=["region_code", "-id"], name="doubtful_code_in_region")]
        constraints = [
            models.CheckConstraint(condition=~Q(evidence=""), name="doubtful_code_has_evidence"),
            models.CheckConstraint(
                condition=Q(
                    state="stated", decided_by__isnull=True, decided_at__isnull=True, opinion=""
                )
                | (
                    Q(state__in=["confirmed", "refused"])
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(opinion="")
                ),
                name="doubtful_code_decided_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.credit_code


class Worker(models.Model):
    """A worker (劳动者), known by one identity document, or a further document of one
    (`joined_into`), by which that person is found.

    Nothing that was never approved binds: until a filing of theirs is approved (`confirmed`), the
    particulars are those of whoever filed last, and no other filing is measured by them.
    """

    document_type = models.CharField("证件类型", max_length=10)
    document_digest = models.BinaryField("证件号码摘要", max_length=DIGEST_BYTES)
    document_sealed = models.CharField("证件号码（加密）", max_length=120)
    name = models.CharField("姓名", max_length=50)
    sex = models.CharField("性别", max_length=1, blank=True, default="")
    birth_on = models.DateField("出生日期", null=True, blank=True)
    confirmed = models.BooleanField("已经审核", default=False, db_default=False)
    joined_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="joined",
        verbose_name="并入",
        db_index=False,
    )

    class Meta:
        verbose_name = "劳动者"
        constraints = [
            models.UniqueConstraint(fields=["document_digest"], name="worker_document_once"),
            models.CheckConstraint(
                condition=Q(joined_into__isnull=True) | Q(confirmed=True),
                name="worker_joined_is_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(joined_into__isnull=True) | ~Q(joined_into=models.F("id")),
                name="worker_joined_into_another",
            ),
        ]
        indexes = [
            models.Index(
                fields=["joined_into"],
                name="worker_joined",
                condition=Q(joined_into__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def owner_of(digest: bytes) -> str:
        """To whom a sealed number belongs: the row with its digest, known before the row's key."""
        return f"registry_worker/{digest.hex()}/document"

    @property
    def owner(self) -> str:
        return self.owner_of(bytes(self.document_digest))

    @property
    def document_number(self) -> str:
        """The whole number: only where the power to see it is used. Raises `SealBroken`."""
        return open_sealed(self.document_sealed, self.owner)

    @property
    def masked_document(self) -> str:
        return mask(self.document_number, "document")

    def sealed_values(self) -> Iterator[tuple[Any, str]]:
        """What of the row is sealed, and to whom each belongs."""
        yield self.document_sealed, self.owner


class Evidence(models.Model):
    """A file that an act of a bureau rests on; its content is sealed. Only ever added."""

    file_name = models.CharField("文件名", max_length=120)
    content_type = models.CharField("类型", max_length=40)
    digest = models.CharField("校验值", max_length=64)
    content = models.BinaryField("内容（加密）")

    class Meta:
        verbose_name = "证据材料"

    def __str__(self) -> str:
        return self.file_name

    def keep(self, content: bytes) -> None:
        """Take in a file's content, sealed. Unsaved."""
        self.digest = file_digest(content)
        self.content = seal_bytes(content, self._owner)

    @property
    def opened(self) -> bytes:
        """The file as it was uploaded. Raises `SealBroken`."""
        return open_bytes(bytes(self.content), self._owner)

    @property
    def _owner(self) -> str:
        return f"registry_evidence/{self.digest}/content"

    def sealed_values(self) -> Iterator[tuple[Any, str]]:
        """What of the row is sealed, and to whom each belongs."""
        yield self.content, self._owner


class PersonHistory(models.Model):
    """One change of who a person is: what was known before and after. Only ever added."""

    SEALED_IN = ("before", "after")

    class Act(models.TextChoices):
        CORRECT = "correct", "更正"
        JOIN = "join", "并档"
        APPROVE = "approve", "备案审核通过"
        REVOKE = "revoke", "撤销审核"

    worker = models.ForeignKey(Worker, models.PROTECT, related_name="history")
    act = models.CharField("事项", max_length=10, choices=Act.choices)
    # The registration that was joined into this one.
    other = models.ForeignKey(
        Worker, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    # Particulars by column, the document's number sealed.
    before = models.JSONField("原登记")
    after = models.JSONField("现登记")
    reason = models.CharField("原因", max_length=500, blank=True, default="")
    evidence = models.ForeignKey(
        Evidence, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name="办理人", db_index=False
    )
    at = models.DateTimeField("时间")
    address = models.GenericIPAddressField("来源地址", null=True)

    class Meta:
        verbose_name = "人员登记变更"
        constraints = [
            # What no filing says rests on a reason and on evidence.
            models.CheckConstraint(
                condition=Q(act__in=["approve", "revoke"])
                | (Q(evidence__isnull=False) & ~Q(reason="")),
                name="person_history_has_evidence",
            ),
            models.CheckConstraint(
                condition=Q(act="join") ^ Q(other__isnull=True), name="person_history_joins_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.act}"

    def keep(self, side: Side, particulars: dict[str, Any]) -> None:
        """Take in what was registered before or after, the number sealed. The row knows whose it is
        and when. Unsaved."""
        number = seal(particulars["number"], self._owner(side))
        setattr(self, side, {**particulars, "number": number})

    def opened(self, side: Side) -> dict[str, Any]:
        """What was registered before or after, the number opened. Raises `SealBroken`."""
        kept = getattr(self, side)
        return {**kept, "number": open_sealed(kept["number"], self._owner(side))}

    def _owner(self, side: Side) -> str:
        at = self.at.astimezone(UTC).isoformat()
        return f"registry_personhistory/{self.worker_id}/{self.act}/{at}/{side}/number"

    def sealed_values(self) -> Iterator[tuple[Any, str]]:
        """What of the row is sealed, and to whom each belongs."""
        yield self.before["number"], self._owner("before")
        yield self.after["number"], self._owner("after")
