"""A number that somebody seeks, as it may stand in an address, a history, another server's log: sealed for
whoever seeks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yonggong.vault.sealing import SealBroken, is_sealed, open_sealed, seal

if TYPE_CHECKING:
    from yonggong.accounts.models import User


def hidden(number: str, user: User) -> str:
    """The number sealed; "" stays."""
    return seal(number, _owner(user))


def opened(sent: str, user: User) -> str:
    """The number that an address holds, sealed or as it was typed. Raises ValueError, with a message for
    people, for what was sealed for somebody else."""
    try:
        return open_sealed(sent, _owner(user)) if is_sealed(sent) else sent
    except SealBroken:
        raise ValueError("该地址中的号码只供查询人本人使用，请重新输入。") from None


def _owner(user: User) -> str:
    return f"listings_sought/{user.pk}/number"
