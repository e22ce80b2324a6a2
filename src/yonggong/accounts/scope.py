"""What a person's grants reach: regions, agencies, and the parties they act for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from yonggong.accounts.roles import (
    AGENTS,
    AT_COUNTER,
    AT_COUNTER_FOR_PERSON,
    AT_COUNTERS,
    ROLES,
    Power,
    Role,
)
from yonggong.catalogue.items import HUMAN_RESOURCES
from yonggong.codes.regions import span


@dataclass(frozen=True, slots=True)
class Reach:
    """One grant, resolved: a role together with where it holds.

    `region` is a six-digit code (it covers what lies below it), "" where the grant has none; in it
    the grant reaches what is of its `department`. `party` is the one acted for, if any.
    """

    role: Role
    region: str
    agency: int | None
    party: int | None
    department: str = HUMAN_RESOURCES


@dataclass(frozen=True, slots=True)
class Scope:
    """All of a person's grants, what authorities let them do, and the party that they are
    themselves where that is known. An empty scope reaches nothing."""

    user: int | None
    grants: tuple[Reach, ...]
    person: int | None = None

    def has(self, power: Power) -> bool:
        """Whether any grant carries `power`, wherever it holds."""
        return any(power in grant.role.powers for grant in self.grants)

    @property
    def granted(self) -> tuple[Reach, ...]:
        """The grants alone, without what an authority or a counter's page adds."""
        return tuple(grant for grant in self.grants if grant.role.key in ROLES)

    @property
    def own_employers(self) -> frozenset[int]:
        """Employers whose own people they are, by a grant: neither by authority nor at a counter."""
        return frozenset(
            grant.party
            for grant in self.granted
            if grant.party is not None and Power.FILE in grant.role.powers
        )

    @property
    def own(self) -> frozenset[int]:
        """The parties that speak for themselves through them: `own_employers`, and oneself."""
        return self.own_employers | ({self.person} if self.person is not None else set())

    def employers(self, *powers: Power, department: str | None = HUMAN_RESOURCES) -> frozenset[int]:
        """Employers acted for by grants that carry any of `powers` (any grant where none named), in
        matters of a department (None: of any): at a counter only that department's. Contracts,
        batches and papers are 人社's."""
        return frozenset(
            grant.party
            for grant in self._with(powers)
            if grant.party is not None
            and grant.role.portal == "employer"
            and (department is None or self.serves(grant.party, department))
        )

    def persons(self, *powers: Power) -> frozenset[int]:
        """The persons acted for: oneself, and those who gave authority."""
        own = () if self.person is None else (self.person,)
        principals = (
            grant.party
            for grant in self._with(powers)
            if grant.party is not None and grant.role.portal == "person"
        )
        return frozenset((*own, *principals))

    def parties(self, *powers: Power) -> frozenset[int]:
        """The parties this person acts for, in whatever matter (`serves`)."""
        return self.employers(*powers, department=None) | self.persons(*powers)

    def parties_by_department(self, *powers: Power) -> dict[str, frozenset[int]]:
        """`parties(*powers)` by the department in whose matters they are acted for: "" for any."""
        counter, acted_for = self._counter(), self.parties(*powers)
        if counter is None or counter.party not in acted_for:
            return {"": acted_for} if acted_for else {}
        others = acted_for - {counter.party}
        served = {counter.department: frozenset({counter.party})}
        return {"": others, **served} if others else served

    def serves(self, party: int, department: str) -> bool:
        """Whether they act for one of `parties` in matters of a department: at a counter only in
        those of the counter's."""
        counter = self._counter()
        return counter is None or counter.party != party or counter.department == department

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

    def as_agent(self, principals: Iterable[tuple[int, str]]) -> Scope:
        """This scope, and what those (keys of parties, with their kinds) reach who gave authority
        to one of `parties`."""
        reached = {grant.party for grant in self.grants} | {self.person}
        acting = (
            Reach(AGENTS[kind], "", None, party)
            for party, kind in principals
            if kind in AGENTS and party not in reached
        )
        return replace(self, grants=(*self.grants, *acting))

    def at_counter(self, *, party: int, agency: int, department: str = HUMAN_RESOURCES) -> Scope:
        """The scope of a clerk of `agency` who files for the employer `party` what is the agency's
        department's: this one, and that party instead of any other."""
        return self._serving(Reach(AT_COUNTER, "", agency, party, department), self.person)

    def at_counter_for_person(self, *, person: int, agency: int, department: str) -> Scope:
        """The same for a person, beside whom the clerk is nobody themselves."""
        return self._serving(Reach(AT_COUNTER_FOR_PERSON, "", agency, person, department), None)

    def _serving(self, serving: Reach, person: int | None) -> Scope:
        others = tuple(grant for grant in self.grants if grant.party is None)
        return Scope(self.user, (*others, serving), person)

    @property
    def person_served(self) -> int | None:
        """The person filed for at a counter: of theirs, only what the clerk typed is reached."""
        counter = self._counter()
        return counter.party if counter and counter.role is AT_COUNTER_FOR_PERSON else None

    def working_for(self, party: int) -> Scope:
        """The scope of somebody who now works for one of the parties they act for: this one, what
        reaches other parties left out."""
        kept = tuple(grant for grant in self.grants if grant.party in (None, party))
        return Scope(self.user, kept, self.person)

    def counter_for(self, party: int) -> int | None:
        """The agency at whose counter this person now files for `party`; None elsewhere."""
        counter = self._counter()
        return counter.agency if counter is not None and counter.party == party else None

    def _counter(self) -> Reach | None:
        return next((grant for grant in self.grants if grant.role in AT_COUNTERS), None)

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
    party: int | None,
    department: str = HUMAN_RESOURCES,
) -> Reach:
    """A `Reach` from the columns of a grant."""
    return Reach(ROLES[role], region, agency, party, department)
