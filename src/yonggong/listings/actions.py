"""Writes about lists: what a person chose to see."""

from __future__ import annotations

from collections.abc import Iterable

from yonggong.accounts.models import User
from yonggong.listings.listing import Listing
from yonggong.listings.models import Preference


def choose(*, listing: Listing, columns: Iterable[str], page_size: int | None, by: User) -> None:
    """Keep the columns and page size somebody chose for a list. Names the list does not have are
    left out; no column at all means the list as it is described."""
    wanted = set(columns)
    Preference.objects.update_or_create(
        user=by,
        listing=listing.name,
        defaults={
            "columns": [column.name for column in listing.columns if column.name in wanted],
            "page_size": page_size if page_size in listing.page_sizes else None,
        },
    )


def forget_choice(*, listing: Listing, by: User) -> None:
    """Show the list as it is described again."""
    Preference.objects.filter(user=by, listing=listing.name).delete()
