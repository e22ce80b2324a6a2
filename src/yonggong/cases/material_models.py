"""Files uploaded to cases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models

from yonggong.accounts.models import User
from yonggong.vault.digests import file_digest
from yonggong.vault.sealing import open_bytes, seal_bytes


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

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="materials")
    name = models.CharField("材料", max_length=40)
    file_name = models.CharField("文件名", max_length=120)
    content_type = models.CharField("类型", max_length=40)
    blob = models.ForeignKey(Blob, models.PROTECT)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    # The earlier case whose file it is; None for one uploaded to this case.
    taken_from = models.ForeignKey(
        "cases.Case", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = "材料"
        constraints = [
            models.UniqueConstraint(fields=["case", "name"], name="material_once_per_case")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.file_name}"


class SharedMaterial(models.Model):
    """A material of a case that nobody brings: the office gets it from who shares it."""

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="shared_materials")
    name = models.CharField("材料", max_length=40)
    provider = models.CharField("共享来源", max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "共享取得的材料"
        constraints = [
            models.UniqueConstraint(fields=["case", "name"], name="shared_material_once_per_case")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.provider}"
