"""What a person's grants reach: regions, agencies, employers."""

from __future__ import annotations

from dataclasses import dataclass

from yonggong.accounts.roles import AT_COUNTER, ROLES, Power, Role
from yonggong.catalogue.items import HUMAN_RESOURCES
from yonggong.codes.regions import span


@dataclass(frozen=True, slots=True)
class Reach:
    """One grant, resolved: a role together with where it holds.

    `region` is a six-digit code (it covers what lies below it), "" where the grant has none; in it
    the grant reaches what is of its `department`.
    """

    role: Role
    region: str
    agency: int | None
    employer: int | None
    department: str = HUMAN_RESOURCES


@dataclass(frozen=True, slots=True)
class Scope:
    """All of a person's grants, and the party that they are themselves where that is known. An
    empty scope reaches nothing."""

    user: int | None
    grants: tuple[Reach, ...]
    person: int | None = None

    def has(self, power: Power) -> bool:
        """Whether any grant carries `power`, wherever it holds."""
        return any(power in grant.role.powers for grant in self.grants)

    def employers(self, *powers: Power) -> frozenset[int]:
        """Employers reached by grants that carry any of `powers` (any grant where none named)."""
        return frozenset(
            grant.employer for grant in self._with(powers) if grant.employer is not None
        )

    def parties(self, *powers: Power) -> frozenset[int]:
        """The parties this person acts for: themselves, and `employers(*powers)`."""
        own = () if self.person is None else (self.person,)
        return self.employers(*powers) | frozenset(own)

    def agencies(self, *powers: Power) -> frozenset[int]:
        """Agencies reached by grants that carry any of `powers`."""
        return frozenset(grant.agency for grant in self._with(powers) if grant.agency is not None)

    def regions(self, *powers: Power, department: str | None = HUMAN_RESOURCES) -> tuple[str, ...]:
        """Region codes reached by grants of a department (None: of any) that carry any of
        `powers`; each covers what is below. Employers, contracts and people are 人社's."""
        reached = {
            grant.region
            for grant in self._with(powers)
            if grant.region and department in (None, grant.department)
        }
        return tuple(sorted(reached))

    def departments(self, *powers: Power) -> tuple[str, ...]:
        """Departments whose matters are reached in some region by grants that carry any of
        `powers`."""
        return tuple(sorted({grant.department for grant in self._with(powers) if grant.region}))

    def covers(self, region: str, *powers: Power, department: str | None = HUMAN_RESOURCES) -> bool:
        """Whether `region` (six digits) lies in one of `regions(*powers, department=…)`."""
        reached = self.regions(*powers, department=department)
        return any(low <= region < high for low, high in map(span, reached))

    def at_counter(self, *, employer: int, agency: int) -> Scope:
        """The scope of a clerk of `agency` who files for `employer`: this one, and that employer
        instead of any other."""
        others = tuple(grant for grant in self.grants if grant.employer is None)
        return Scope(self.user, (*others, Reach(AT_COUNTER, "", agency, employer)), self.person)

    def working_for(self, employer: int) -> Scope:
        """The scope of somebody who now works for one of their employers: this one, the grants
        for other employers left out."""
        kept = tuple(grant for grant in self.grants if grant.employer in (None, employer))
        return Scope(self.user, kept, self.person)

    def counter_for(self, employer: int) -> int | None:
        """The agency at whose counter this person now files for `employer`; None elsewhere."""
        return next(
            (
                grant.agency
                for grant in self.grants
                if grant.role is AT_COUNTER and grant.employer == employer
            ),
            None,
        )

    def _with(self, powers: tuple[Power, ...]) -> tuple[Reach, ...]:
        if not powers:
            return self.grants
        wanted = set(powers)
        return tuple(grant for grant in self.grants if wanted & grant.role.powers)


NOBODY = Scope(user=None, grants=())


def reach(
    role: str,
    *,
    region: str,
    agency: int | None,
    employer: int | None,
    department: str = HUMAN_RESOURCES,
) -> Reach:
    """A `Reach` from the columns of a grant."""
    return Reach(ROLES[role], region, agency, employer, department)
