"""Invented identifiers that pass every check, for demonstration data and tests.

All take a `random.Random`, so the same seed gives the same data. Where a standard leaves room,
the result lies in a range that is not issued, so that it belongs to nobody.
"""

from datetime import date
from random import Random

from yonggong.codes.contacts import luhn_digit
from yonggong.codes.identity import FEMALE, MALE, check_digit
from yonggong.codes.organisations import (
    ALPHABET,
    credit_check_character,
    organisation_check_character,
)

# Segments that no operator has been given.
_UNASSIGNED_MOBILE = ("160", "161", "163", "164", "168", "169")
_CARD_PREFIX = "629999"  # the domestic range 62, an issuer number not given out


def invent_id_number(rng: Random, *, region: str, birth_date: date, sex: str) -> str:
    """A resident ID number for a county, a birth date and a sex ("1" male, "2" female).

    Serial numbers run from 900 up, which a county hardly ever reaches. That leaves 50 numbers for
    one county, day and sex: who needs many distinct ones keeps a set.
    """
    if sex not in (MALE, FEMALE):
        raise ValueError(f"sex must be {MALE!r} or {FEMALE!r}, got {sex!r}")
    serial = 900 + 2 * rng.randrange(50) + (sex == MALE)
    body = f"{region}{birth_date:%Y%m%d}{serial}"
    return body + check_digit(body)


def invent_residence_permit(rng: Random, *, origin: str, birth_date: date, sex: str) -> str:
    """A residence permit; `origin` is "81" Hong Kong, "82" Macao or "83" Taiwan."""
    return invent_id_number(rng, region=origin + "0000", birth_date=birth_date, sex=sex)


def invent_credit_code(rng: Random, *, region: str, category: str = "91") -> str:
    """A unified social credit code registered in `region`; `category` is a code of table
    `registration_category` ("91" enterprise, "92" individual business, "12" institution, …)."""
    # Codes given since 2015 begin with MA; YG has never been given.
    organisation = "YG" + "".join(rng.choice(ALPHABET) for _ in range(6))
    organisation += organisation_check_character(organisation)
    body = category + region + organisation
    return body + credit_check_character(body)


def invent_mobile(rng: Random) -> str:
    """A mobile number in a segment that is not in use."""
    return rng.choice(_UNASSIGNED_MOBILE) + f"{rng.randrange(10**8):08d}"


def invent_bank_card(rng: Random) -> str:
    """A bank card number of 19 digits."""
    body = _CARD_PREFIX + f"{rng.randrange(10**12):012d}"
    return body + luhn_digit(body)
