"""One policy object serves every day between two changes, and every region without a file."""

from datetime import date, timedelta

from yonggong import policy


def test_the_same_policy_serves_every_day_between_two_changes() -> None:
    first = policy.of("220104", date(2026, 1, 1))
    assert policy.of("220104", date(2026, 11, 20)) is first
    assert policy.of("220381", date(2026, 11, 20)) is first
    assert policy.of("220104", first.since - timedelta(days=1)) is not first
    assert first.until is None


def test_regions_without_a_file_of_their_own_share_one_policy() -> None:
    book = policy.read_book()
    codes = [str(number) for number in range(100_000, 1_000_000, 997)]
    served = {id(book.of(code, date(2026, 11, 20))) for code in codes}
    assert len(served) <= len(book.sheets)
