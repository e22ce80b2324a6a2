"""What filing an annual filing writes: of which year it is, and the rows of its tables for good."""

from __future__ import annotations

from yonggong.annual import rows
from yonggong.annual.models import Return
from yonggong.annual.standing import Standing, tables_of
from yonggong.cases.attempts import Attempt
from yonggong.cases.models import Case, Draft


def opened(case: Case, attempt: Attempt) -> Return:
    """The first submission: its rows as they were checked."""
    _file_rows(case, attempt, 1)
    return returned_of(case, attempt)


def returned_of(case: Case, attempt: Attempt) -> Return:
    """The row by which it is found."""
    return Return(
        case=case,
        employer_id=attempt.applicant.pk,
        kind=case.kind,
        year=attempt.values["year"],
    )


def amended(case: Case, attempt: Attempt) -> None:
    """Submitted again: its rows with the new version."""
    assert case.current is not None
    _file_rows(case, attempt, case.current.number)
    year_mended(case, attempt)


def year_mended(case: Case, attempt: Attempt) -> None:
    """The year may have been mended as well."""
    Return.objects.filter(case=case).update(year=attempt.values["year"])


def _file_rows(case: Case, attempt: Attempt, number: int) -> None:
    standing = attempt.among.kept.of(Standing)
    rows.file(case, number, [(table, standing.of(case, table)) for table in tables_of(case)])


def begun_again(source: Case, target: Case) -> None:
    """The rows of what was taken back go with its content."""
    rows.take_along(Draft.objects.get(case=target), source, tables_of(target))
