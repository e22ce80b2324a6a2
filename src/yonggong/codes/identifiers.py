"""All identifiers in one place: what other rooms import."""

from yonggong.codes.contacts import (
    parse_account_number,
    parse_bank_card,
    parse_email,
    parse_landline,
    parse_mobile,
    parse_postcode,
)
from yonggong.codes.errors import CodeError
from yonggong.codes.identity import (
    FEMALE,
    MALE,
    Document,
    ForeignResident,
    IdNumber,
    check_document,
    lifelong,
    parse_foreign_resident,
    parse_hk_macao_pass,
    parse_id_number,
    parse_other_document,
    parse_passport,
    parse_residence_permit,
    parse_taiwan_pass,
    shared_traits,
    type_of_number,
    upgrade_id_number,
)
from yonggong.codes.normalise import plain
from yonggong.codes.organisations import (
    CreditCode,
    employer_nature,
    parse_credit_code,
    parse_organisation_code,
)

__all__ = [
    "FEMALE",
    "MALE",
    "CodeError",
    "CreditCode",
    "Document",
    "ForeignResident",
    "IdNumber",
    "check_document",
    "employer_nature",
    "lifelong",
    "parse_account_number",
    "parse_bank_card",
    "parse_credit_code",
    "parse_email",
    "parse_foreign_resident",
    "parse_hk_macao_pass",
    "parse_id_number",
    "parse_landline",
    "parse_mobile",
    "parse_organisation_code",
    "parse_other_document",
    "parse_passport",
    "parse_postcode",
    "parse_residence_permit",
    "parse_taiwan_pass",
    "plain",
    "shared_traits",
    "type_of_number",
    "upgrade_id_number",
]
