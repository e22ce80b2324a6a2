"""The unit that a certificate's subject names by its credit code."""

from __future__ import annotations

import re

from cryptography import x509
from cryptography.x509.oid import NameOID

from yonggong.codes.errors import CodeError
from yonggong.codes.organisations import parse_credit_code

# Where authorities write it; a free text such as the name is not among them.
_ATTRIBUTES = (
    NameOID.SERIAL_NUMBER,
    NameOID.ORGANIZATION_IDENTIFIER,
    NameOID.USER_ID,
    NameOID.ORGANIZATIONAL_UNIT_NAME,
)
# Alone, or after what says that it is one (`NTRCN-…`).
_CODE = re.compile(r"(?:.*[^0-9A-Za-z])?([0-9A-Za-z]{18})")


def credit_code_of(certificate: x509.Certificate) -> str:
    """The one valid credit code in the subject; "" where there is none, or there are several."""
    found = set()
    for oid in _ATTRIBUTES:
        for attribute in certificate.subject.get_attributes_for_oid(oid):
            if match := _CODE.fullmatch(str(attribute.value).strip()):
                found.add(match[1].upper())
    valid = {code for code in found if _is_valid(code)}
    return valid.pop() if len(valid) == 1 else ""


def _is_valid(code: str) -> bool:
    try:
        return bool(parse_credit_code(code).number)
    except CodeError:
        return False
