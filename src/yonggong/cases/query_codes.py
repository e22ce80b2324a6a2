"""查询码: with the number of a case, what lets anybody who holds its receipt ask how it stands."""

from __future__ import annotations

from django.utils.crypto import constant_time_compare

from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.codes.normalise import plain
from yonggong.vault import digest

# Without what is read as something else: 0 and O, 1 and I.
_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_LENGTH = 8
# A number is the day of filing, eight digits, and the key.
_DAY = 8


def code_of(case: Case) -> str:
    """The code of a case: follows from its key and this installation's secret, and is kept nowhere."""
    made = int.from_bytes(digest(f"query code of case {case.pk}")[-_LENGTH:], "big")
    signs = []
    for _ in range(_LENGTH):
        made, sign = divmod(made, len(_SIGNS))
        signs.append(_SIGNS[sign])
    return "".join(signs)


def find(*, number: str, code: str) -> Case | None:
    """The filed case with this number and this code; None for any other number or code, known or
    not."""
    digits = "".join(number.split())
    if not (digits.isascii() and digits.isdigit() and _DAY < len(digits) <= _DAY + 18):
        return None
    case = Case.objects.exclude(state=State.DRAFT).filter(pk=int(digits[_DAY:])).first()
    if case is None or case.filed_at is None or case.number != digits:
        return None
    return case if constant_time_compare(code_of(case), plain(code)) else None
