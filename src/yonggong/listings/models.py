"""What a person chose for a list."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class Preference(models.Model):
    """The columns and page size a person chose for one list; no row: as the list is described."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="账号"
    )
    listing = models.CharField("列表", max_length=60)
    # Column names in the order of the description; empty: as the list is described.
    columns = models.JSONField("显示的列", default=list)
    page_size = models.PositiveSmallIntegerField("每页条数", null=True, blank=True)

    class Meta:
        verbose_name = "列表偏好"
        constraints = [
            models.UniqueConstraint(fields=["user", "listing"], name="listing_preference_once"),
            models.CheckConstraint(
                condition=Q(page_size__isnull=True) | Q(page_size__gte=1, page_size__lte=200),
                name="listing_page_size_sane",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.listing}"
