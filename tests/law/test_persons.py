"""Who may be taken on: identity number against birth and sex, least age."""

from datetime import date

import pytest

from yonggong.law import ContractFacts, check_contract

ON = date(2026, 11, 2)
# Generated: area 000000 belongs to nobody; 1990-03-07; sequence 012 (even: a woman).
WOMAN = "00000019900307012X"
OLD_MAN = "000000900307011"


def rules_of(**facts: object) -> set[str]:
    return {finding.rule for finding in check_contract(ContractFacts(**facts), ON)}


@pytest.mark.parametrize(
    ("id_number", "birth_on", "speaks"),
    [
        pytest.param(WOMAN, date(1990, 3, 7), False, id="18 digits, same"),
        pytest.param(WOMAN, date(1990, 3, 8), True, id="18 digits, a day off"),
        pytest.param(OLD_MAN, date(1990, 3, 7), False, id="15 digits, same"),
        pytest.param(OLD_MAN, date(1991, 3, 7), True, id="15 digits, a year off"),
        pytest.param("H1234567", date(1990, 3, 7), False, id="not an identity number"),
        pytest.param(None, date(1990, 3, 7), False, id="number not known"),
    ],
)
def test_the_birth_date_agrees_with_the_number(id_number, birth_on, speaks):
    assert ("id-birth" in rules_of(id_number=id_number, birth_on=birth_on)) is speaks


@pytest.mark.parametrize(
    ("id_number", "sex", "speaks"),
    [
        pytest.param(WOMAN, "female", False, id="even, woman"),
        pytest.param(WOMAN, "male", True, id="even, man"),
        pytest.param(OLD_MAN, "male", False, id="odd, man"),
        pytest.param(OLD_MAN, "female", True, id="odd, woman"),
        pytest.param(OLD_MAN, None, False, id="sex not known"),
    ],
)
def test_the_sex_agrees_with_the_number(id_number, sex, speaks):
    assert ("id-sex" in rules_of(id_number=id_number, sex=sex)) is speaks


@pytest.mark.parametrize(
    ("birth_on", "work_start_on", "start_on", "speaks"),
    [
        pytest.param(date(2010, 5, 1), date(2026, 5, 1), None, False, id="LL15 on the birthday"),
        pytest.param(date(2010, 5, 1), date(2026, 4, 30), None, True, id="LL15 a day before"),
        pytest.param(
            date(2010, 5, 1), date(2026, 5, 1), date(2026, 4, 1), True, id="LL15 earlier start"
        ),
        pytest.param(date(2010, 5, 1), None, date(2026, 5, 1), False, id="LL15 by the start"),
        pytest.param(date(2008, 2, 29), date(2024, 2, 29), None, False, id="LL15 leap day"),
        pytest.param(None, date(2026, 5, 1), None, False, id="birth not known"),
        pytest.param(date(2010, 5, 1), None, None, False, id="start not known"),
    ],
)
def test_nobody_under_sixteen_is_taken_on(birth_on, work_start_on, start_on, speaks):
    found = rules_of(birth_on=birth_on, work_start_on=work_start_on, start_on=start_on)
    assert ("minimum-age" in found) is speaks


def test_arts_and_sports_units_may_take_on_younger_people_lawfully():
    facts = {"birth_on": date(2012, 5, 1), "start_on": date(2026, 5, 1)}
    assert "minimum-age" in rules_of(**facts)
    assert "minimum-age" not in rules_of(**facts, minor_arts_sports=True)
