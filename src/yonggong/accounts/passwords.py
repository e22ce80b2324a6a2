"""What a password must hold and must not."""

from __future__ import annotations

import re
from itertools import islice, product
from typing import Any

from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from yonggong.codes.pinyin import syllables

LEAST = 10
_KINDS = (r"[a-z]", r"[A-Z]", r"\d", r"[^A-Za-z0-9]")
_REMEMBERED = 5
_SHORTEST_NAME = 3
_SPELLINGS = 8  # of characters that have several readings
# Written for letters, as people do to satisfy a rule.
_DISGUISES = str.maketrans("@4301!57$", "aaeoiists")


class LongEnoughValidator:
    """At least ten characters."""

    def validate(self, password: str, user: object = None) -> None:
        if len(password) < LEAST:
            said = f"密码不能少于 {LEAST} 个字符，现为 {len(password)} 个。"
            raise ValidationError(said, code="password_too_short")

    def get_help_text(self) -> str:
        return f"密码不能少于 {LEAST} 个字符。"


class MixedCharactersValidator:
    """At least three of: lower case, upper case, digits, other characters."""

    def validate(self, password: str, user: object = None) -> None:
        if sum(bool(re.search(kind, password)) for kind in _KINDS) < 3:
            raise ValidationError(self.get_help_text(), code="password_not_mixed")

    def get_help_text(self) -> str:
        return "密码须包含大写字母、小写字母、数字、符号中的至少三类。"


class NameNotInItValidator:
    """Neither the account nor the person's name, written or spelt in letters, in any case."""

    def validate(self, password: str, user: Any = None) -> None:
        written = password.casefold()
        if any(name in written for name in _names(user)):
            raise ValidationError(self.get_help_text(), code="password_has_name")

    def get_help_text(self) -> str:
        return "密码不能包含账号、姓名或姓名的拼音。"


def _names(user: Any) -> list[str]:
    username, name = getattr(user, "username", ""), getattr(user, "name", "")
    spelled = islice(product(*syllables(name)), _SPELLINGS) if name else ()
    names = [username.casefold(), *map("".join, spelled)]
    # A person's name in characters is one from two characters on.
    return [text for text in names if len(text) >= _SHORTEST_NAME] + [name] * (len(name) > 1)


class CommonCoreValidator(CommonPasswordValidator):
    """Not a common password, as it stands, with digits or marks hung on, or written in disguise."""

    def validate(self, password: str, user: object = None) -> None:
        lowered = password.casefold()
        core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", lowered)
        undisguised = re.sub(r"[\W\d_]+$", "", lowered).translate(_DISGUISES)
        if {lowered.strip(), core, undisguised} & self.passwords:
            raise ValidationError("密码过于常见，只加数字或符号仍易被猜到。", code="common_core")

    def get_help_text(self) -> str:
        return "密码不能是常见密码，也不能只在其前后加数字或符号。"


class NotUsedBeforeValidator:
    """None of the account's last five, the present one included."""

    def validate(self, password: str, user: Any = None) -> None:
        if user is None or user.pk is None:
            return
        used = [user.password, *user.passwords.order_by("-pk").values_list("hashed", flat=True)]
        kept = list(dict.fromkeys(filter(None, used)))[:_REMEMBERED]
        if any(check_password(password, hashed) for hashed in kept):
            raise ValidationError(self.get_help_text(), code="password_used_before")

    def password_changed(self, password: str, user: Any = None) -> None:
        """Called by Django after a password was saved: it is remembered, older ones are not."""
        if user is None or user.pk is None:
            return
        user.passwords.create(hashed=user.password)
        kept = user.passwords.order_by("-pk").values_list("pk", flat=True)[:_REMEMBERED]
        user.passwords.exclude(pk__in=list(kept)).delete()

    def get_help_text(self) -> str:
        return f"密码不能与最近 {_REMEMBERED} 次用过的相同。"
