"""Which of an item's effects a case has: alternatives never both, what belongs together both."""

from __future__ import annotations

import pytest

from yonggong import catalogue
from yonggong.services.record_book import NONE, book
from yonggong.services.record_choosing import after, chosen

ITEMS = {item.key: item for item in catalogue.book()}


@pytest.mark.parametrize(
    ("item", "by_unit", "answered", "state", "made"),
    [
        # begun where nothing is in force, else changed
        ("employment-registration", True, (), "", ["employment_registration/begin"]),
        ("employment-registration", True, (), "in_force", ["employment_registration/change"]),
        # two records of one act: both
        (
            "enterprise-employee-insurance-registration",
            True,
            (),
            "",
            ["insurance_person/begin", "contribution/begin"],
        ),
        # lost and found again
        ("social-security-card-loss-report-and-release", False, (), "in_force", ["card/suspend"]),
        ("social-security-card-loss-report-and-release", False, (), "suspended", ["card/resume"]),
        ("social-security-card-loss-report-and-release", False, (), "", ["card/suspend"]),
        # a new card for an old one
        ("social-security-card-replacement", False, (), "suspended", ["card/issue"]),
        # by who applied
        ("work-injury-registration-change", True, (), "in_force", ["insurance_unit/change"]),
        ("work-injury-registration-change", False, (), "in_force", ["insurance_person/change"]),
        ("skills-assessment-subsidy", False, (), "", ["subsidy/pay"]),
        # never begun and paid at once; paid once it has begun
        ("public-welfare-post-subsidy", True, (), "", ["subsidy/begin"]),
        ("public-welfare-post-subsidy", True, (), "in_force", ["subsidy/pay"]),
        # what ends is paid out once
        (
            "enterprise-pension-funeral-and-survivor-benefit",
            False,
            (),
            "in_force",
            ["insurance_person/end", "pension_benefit/end", "pension_benefit/pay"],
        ),
        # by the form that was filled in
        (
            "personnel-file-consultation-and-loan",
            True,
            ("借档时间",),
            "in_force",
            ["archive/suspend"],
        ),
        (
            "personnel-file-consultation-and-loan",
            True,
            ("阅档日期",),
            "in_force",
            ["archive/answer"],
        ),
        # no record is named
        ("work-injury-service-provider-agreement", True, (), "", []),
    ],
)
def test_a_case_has_of_alternatives_one(
    item: str, by_unit: bool, answered: tuple[str, ...], state: str, made: list[str]
) -> None:
    found = chosen(
        item,
        ITEMS[item].effects,
        by_unit=by_unit,
        answered=answered,
        state=lambda effect: state,
        book=book(),
    )
    assert [f"{one.record}/{one.act}" for one in found] == made


def test_no_item_does_one_act_twice_or_for_two_sorts_of_units() -> None:
    for item in ITEMS.values():
        for by_unit in (True, False):
            for state in ("", "in_force", "suspended"):
                found = chosen(
                    item.key,
                    item.effects,
                    by_unit=by_unit,
                    answered=(),
                    state=lambda effect, state=state: state,
                    book=book(),
                )
                said = [(one.record, one.act) for one in found]
                assert len(said) == len(set(said)), item.key
                assert not {"unit", "institution"} <= {one.subject for one in found}, item.key


def test_every_record_of_the_standard_has_a_title() -> None:
    named = {one.record for item in ITEMS.values() for one in item.effects} - {NONE}
    assert named == book().kinds.keys()


def test_what_is_told_of_items_is_told_of_items_that_there_are() -> None:
    assert book().told.keys() <= ITEMS.keys()
    for beginning in book().things:
        assert any(key.startswith(beginning) for key in ITEMS)


@pytest.mark.parametrize(
    ("acts", "found"),
    [
        ([], ("", None)),
        (["begin"], ("in_force", 0)),
        (["begin", "change", "pay", "answer"], ("in_force", 0)),
        (["begin", "suspend"], ("suspended", 0)),
        (["begin", "suspend", "resume"], ("in_force", 0)),
        (["begin", "suspend", "begin"], ("in_force", 2)),
        (["begin", "end"], ("", None)),
        (["begin", "end", "issue"], ("in_force", 2)),
        (["change"], ("", None)),
        (["suspend"], ("suspended", 0)),
    ],
)
def test_what_is_in_force_follows_from_the_acts(
    acts: list[str], found: tuple[str, int | None]
) -> None:
    assert after(acts, stands=True) == found
    assert after(acts, stands=False) == ("", None)
