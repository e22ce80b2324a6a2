"""Whose accounts are whose: one person, known by the number of their document, over all of them."""

from __future__ import annotations

from django.db import models

from yonggong.accounts.roles import branch_choices
from yonggong.vault.digests import DIGEST_BYTES


class Holder(models.Model):
    """A person to whom accounts were issued. Nothing but the digest of their document is kept: it tells
    that two accounts are one person's, and nobody whose."""

    digest = models.BinaryField("证件号码摘要", max_length=DIGEST_BYTES)
    # What all their accounts are for; None while none has a role.
    branch = models.CharField(
        "账号类别", max_length=8, choices=branch_choices(), null=True, blank=True
    )

    class Meta:
        verbose_name = "账号使用人"
        constraints = [
            models.UniqueConstraint(fields=["digest"], name="holder_once"),
            models.UniqueConstraint(fields=["id", "branch"], name="holder_of_branch"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
