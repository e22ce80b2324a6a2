"""Saved papers. A saved paper never changes: the application's role may only add."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import Q

from yonggong.accounts.models import User
from yonggong.cases.kinds import get_paper
from yonggong.cases.models import Case
from yonggong.registry.models import Employer
from yonggong.registry.parties import Party
from yonggong.vault.digests import file_digest
from yonggong.vault.sealing import open_bytes, seal_bytes

LONGEST_HEADING = 100


class Document(models.Model):
    """A paper with a number: a roster, certificates, a receipt. The PDF is sealed.

    `kind` is the name of its `Paper`.
    """

    number = models.CharField("编号", max_length=30, unique=True)
    kind = models.CharField("类别", max_length=20)
    heading = models.CharField(
        "标题", max_length=LONGEST_HEADING, blank=True, default="", db_default=""
    )
    employer = models.ForeignKey(
        Employer, models.PROTECT, null=True, blank=True, verbose_name="用人单位"
    )
    # Whose application it ends, of the result of an item; None for a paper of an employer's filings.
    applicant = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    region_code = models.CharField("行政区划", max_length=6)
    row_count = models.PositiveIntegerField("人数")
    page_count = models.PositiveIntegerField("页数")
    pdf_sealed = models.BinaryField()
    digest = models.CharField("文件摘要", max_length=64)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="生成人")
    made_at = models.DateTimeField("生成时间")

    class Meta:
        verbose_name = "文书"
        indexes = [
            models.Index(fields=["employer", "kind", "-id"], name="document_of_employer"),
            models.Index(fields=["region_code", "-id"], name="document_in_region"),
            models.Index(
                fields=["applicant", "-id"],
                name="document_of_applicant",
                condition=Q(applicant__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(row_count__gt=0), name="document_not_empty"),
            models.CheckConstraint(
                condition=Q(employer__isnull=False) | Q(applicant__isnull=False),
                name="document_is_somebodys",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def keep(self, pdf: bytes) -> None:
        """Take in the paper, sealed; the row has its key. Unsaved."""
        self.digest = file_digest(pdf)
        self.pdf_sealed = seal_bytes(pdf, self._owner)

    @property
    def pdf(self) -> bytes:
        """The paper as it was saved. Raises `SealBroken`."""
        return open_bytes(bytes(self.pdf_sealed), self._owner)

    @property
    def _owner(self) -> str:
        return f"documents_document/{self.pk}/pdf"

    def sealed_values(self) -> Iterator[tuple[Any, str]]:
        """What of the row is sealed, and to whom each belongs."""
        yield self.pdf_sealed, self._owner

    @property
    def title(self) -> str:
        """What users call it: by its own heading, else by its kind."""
        return self.heading or get_paper(self.kind).title

    @property
    def holder_name(self) -> str:
        """Whose paper it is."""
        holder = self.employer or self.applicant
        return holder.name if holder else ""

    @property
    def reference(self) -> str:
        """How logs speak of the paper."""
        return f"{self.title} {self.number}"


class Entry(models.Model):
    """One case on a paper, in its place."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="entries")
    case = models.ForeignKey(Case, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=20)
    position = models.PositiveIntegerField()

    class Meta:
        verbose_name = "文书条目"
        constraints = [
            # A case stands on one roster of a kind, once.
            models.UniqueConstraint(fields=["case", "kind"], name="entry_case_once_per_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.position}"
