"""How long a dispatch licence holds, and until when its extension is applied for. Pure.

《劳务派遣行政许可实施办法》, as the standard's item states it: three years; extension at least sixty
days before the end, later it is a new application.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from yonggong.law.periods import ONE_DAY, last_day

YEARS = 3
_AHEAD = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Term:
    """The first and the last day on which a licence holds."""

    begins: date
    ends: date

    @property
    def extendable_until(self) -> date:
        """The last day on which its extension can be applied for."""
        return self.ends - _AHEAD

    @property
    def extended(self) -> Term:
        """The same licence with three more years behind these."""
        more = issued_on(self.ends + ONE_DAY)
        return Term(self.begins, more.ends)


def issued_on(day: date) -> Term:
    """The term of a licence that is granted on a day, that day counted."""
    return Term(day, last_day(day, YEARS * 12))
