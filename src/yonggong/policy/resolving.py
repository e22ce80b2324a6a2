"""The policy of a region on a day: the most specific value that holds, behind named questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from yonggong.catalogue import standards
from yonggong.codes.calendar import add_months
from yonggong.law.findings import Finding, Severity
from yonggong.policy.register import registered_rules
from yonggong.policy.schema import schema
from yonggong.policy.sheets import Dated, Sheet, lying_over
from yonggong.policy.values import (
    AnnualDuty,
    Level,
    Material,
    MinimumWage,
    Period,
    Reminders,
    RoutingDecision,
    RoutingRule,
    Secrecy,
    Supervision,
    TimeLimit,
)

Event = Literal[
    "initial",
    "contract_signed",
    "contract_changed",
    "contract_renewed",
    "contract_ended",
    "employer_changed",
    "employer_closed",
]
_FIGURES_STAND_MONTHS = 24
_DIGITS_OF: dict[Level, int] = {"province": 2, "prefecture": 4, "county": 6}


@dataclass(frozen=True, slots=True)
class Layers:
    """The files over one another for a region, most specific first; ``of`` asks any region."""

    of: Callable[[str, date], Policy]
    sheets: tuple[Sheet, ...]

    def changes(self) -> list[date]:
        """Give every day on which one of the values changes, in order."""
        return sorted(
            {
                entry.since
                for sheet in self.sheets
                for entries in sheet.values.values()
                for entry in entries
            }
        )

    def resolve(self, since: date, until: date | None) -> Policy:
        """Give the policy that holds from one change up to the day before the next."""
        values: dict[str, Dated] = {}
        for sheet in reversed(self.sheets):
            for path, entries in sheet.values.items():
                entry = entry_on(sheet, entries, since)
                if entry is not None:
                    values[path] = entry
        return Policy(self, values, since, until)


def entry_on(sheet: Sheet, entries: tuple[Dated, ...], day: date) -> Dated | None:
    """Give the entry of one file that holds on a day; None before its first, or once withdrawn.

    The national base answers for every day: before its first entry, that one holds.
    """
    held = [entry for entry in entries if entry.since <= day]
    if held:
        return held[-1] if held[-1].value is not None else None
    return entries[0] if sheet.is_national else None


def is_outdated(since: date, on: date) -> bool:
    """Say whether a figure has stood for more than two years, so that it may have been raised.

    Minimum wages are to be adjusted at least once in two years (最低工资规定, article 10: 待核).
    """
    return on > add_months(since, _FIGURES_STAND_MONTHS)


def _weaker(one: date | None, other: date | None) -> date | None:
    """Give when two values were both checked: the earlier day, None where either was not."""
    return None if one is None or other is None else min(one, other)


class Policy:
    """What holds in a region between two changes: from ``since`` up to, not including, ``until``.

    ``region`` and ``title`` are those of the most specific file (a province, or a city).
    """

    def __init__(
        self, layers: Layers, values: Mapping[str, Dated], since: date, until: date | None
    ) -> None:
        self.region = layers.sheets[0].region
        self.title = layers.sheets[0].title
        self.since = since
        self.until = until
        self.values = values
        self._layers = layers
        self._severities: dict[tuple[str, str], Severity] = {}
        self._wages: dict[str, MinimumWage | None] = {}

    def __repr__(self) -> str:
        return f"<Policy {self.region} {self.title} since {self.since}>"

    def _value(self, path: str) -> Any:
        return self.values[path].value

    # Deadlines, reviews, materials

    def deadline(self, event: Event) -> Period:
        """Give within how long an employer must file after an event; KeyError for no event."""
        found: Period = self._value(f"deadlines.{event}")
        return found

    def review_limit(self, case_kind: str) -> Period:
        """Give within how long a bureau must decide a kind of case."""
        held = self.values.get(f"review_limits.{case_kind}") or self.values["review_limits.default"]
        found: Period = held.value
        return found

    def time_limit(self, item: str) -> TimeLimit | None:
        """Give the three limits of a service item, or None where no file speaks of it."""
        held = self.values.get(f"time_limits.{item}")
        return held.value if held else None

    def materials(self, case_kind: str) -> tuple[Material, ...]:
        """Give the uploads that a kind of case asks for, in order; none where no file names it."""
        held = self.values.get(f"materials.{case_kind}")
        return held.value if held else ()

    def accepts(self, case_kind: str) -> bool:
        """Say whether a kind of case is taken here; kinds that no policy could name always are."""
        return (
            case_kind in self.case_kinds
            or case_kind not in schema().takeable
            or any(case_kind in standards()[name].keys for name in self.standards)
        )

    @property
    def standards(self) -> tuple[str, ...]:
        """Give the service standards whose items are all taken here; none where no file names one."""
        held = self.values.get("accepted.standards")
        return held.value if held else ()

    @property
    def case_kinds(self) -> tuple[str, ...]:
        """Give the kinds of case that are taken here."""
        found: tuple[str, ...] = self._value("accepted.case_kinds")
        return found

    # Routing

    def routing(
        self,
        nature: str,
        affiliation: str,
        economic_type: str,
        region: str,
        *,
        dispatcher: bool = False,
    ) -> RoutingDecision:
        """Say which bureau reviews an employer's filings.

        Takes the employer's codes (nature, affiliation GB/T 12404, economic type GB/T 12402),
        the region where it is registered, and whether it is a labour dispatcher.
        """
        held = self.routing_rules
        rules: tuple[RoutingRule, ...] = held.value
        rule = next(
            one
            for one in rules
            if one.matches(nature, affiliation, economic_type, dispatcher=dispatcher)
        )
        return RoutingDecision(
            level=rule.level,
            region=region[: _DIGITS_OF[rule.level]].ljust(6, "0"),
            agency_chosen_by_employer=self.agency_is_chosen,
            reason=rule.reason,
            source=held.source,
            rule=rules.index(rule),
        )

    @property
    def routing_rules(self) -> Dated:
        """Give the rules by which `routing` decides, in order, with their source."""
        return self.values["routing.rules"]

    @property
    def agency_is_chosen(self) -> bool:
        """Say whether employers choose the reviewing agency; elsewhere the rules decide."""
        return bool(self._value("routing.agency_chosen_by_employer"))

    @property
    def may_file_at_workplace(self) -> bool:
        """Say whether an employer across districts may file where the work is done."""
        return bool(self._value("routing.may_file_at_workplace"))

    @property
    def needs_second_factor(self) -> bool:
        """Say whether accounts of bureaus and administrators need more than a password."""
        return bool(self._value("signing_in.second_factor"))

    # Accounts of employers and persons

    @property
    def registration_ways(self) -> tuple[str, ...]:
        """Give the ways that prove who acts for an employer."""
        return tuple(self._value("registration.ways"))

    @property
    def hands_drafts_over(self) -> bool:
        """Say whether what replaced operators typed and did not submit stays with the employer."""
        return bool(self._value("registration.drafts_handed_over"))

    @property
    def persons_by_recorded_mobile(self) -> bool:
        """Say whether a code to the mobile that contracts of two employers have proves who a person is."""
        return bool(self._value("registration.persons_by_recorded_mobile"))

    @property
    def newcomers_by_provider(self) -> bool:
        """Say whether a provider's word makes an account for a person of whom nothing is known."""
        return bool(self._value("registration.newcomers_by_provider"))

    # Rosters

    @property
    def renewal_needs_roster(self) -> bool:
        """Say whether only contracts on a generated roster can be renewed."""
        return bool(self._value("rosters.renewal_needs_roster"))

    @property
    def ending_needs_roster(self) -> bool:
        """Say whether only contracts on a generated roster can be ended."""
        return bool(self._value("rosters.ending_needs_roster"))

    # The law's findings

    def severity(self, rule_name: str, case_kind: str = "") -> Severity:
        """Say whether a finding blocks, warns (an explanation is needed) or informs.

        A file may set it for one kind of case; otherwise its general word, otherwise the
        default that the rule itself was registered with. KeyError for an unknown rule.
        """
        key = (rule_name, case_kind)
        found = self._severities.get(key)
        if found is None:
            found = self._severities[key] = self._weigh(rule_name, case_kind)
        return found

    @property
    def one_full_time_contract(self) -> bool:
        """Say whether a second full-time contract is refused here, as the province weighs the
        law's finding on it; elsewhere whoever files it is told what follows."""
        held = self.values.get("severities.other-full-time")
        weighed = held.value.values() if held else ()
        return Severity.BLOCK in (self.severity("other-full-time"), *weighed)

    def weigh(self, finding: Finding, *, on: date, case_kind: str = "") -> Finding:
        """Give the finding with what the province makes of it on a day.

        What rests on articles, or on figures, that nobody compared with a source (待核) is told
        and says so: it neither blocks nor asks for an explanation. A figure that has stood for
        long is named as possibly changed since.
        """
        severity, said = self.severity(finding.rule, case_kind), []
        if finding.is_open:
            severity, said = Severity.INFORM, ["所依据的条文待核，仅作提示"]
        if finding.rule in schema().wage_rules and (wages := self._wages_held()):
            if any(held.checked is None for held in wages):
                severity = Severity.INFORM
                said.append(f"{wages[0].source}待核，仅作提示")
            if is_outdated(wages[0].since, on):
                said.append(f"该标准自 {wages[0].since} 起执行，可能已经调整")
        return finding.weighed(severity, *said)

    def _wages_held(self) -> list[Dated]:
        """Give the rates and the classes of areas that hold, the rates first."""
        named = (self.values.get(f"minimum_wage.{name}") for name in ("rates", "areas"))
        return [held for held in named if held is not None]

    def _weigh(self, rule_name: str, case_kind: str) -> Severity:
        held = self.values.get(f"severities.{rule_name}")
        kinds: Mapping[str, Severity] = held.value if held else {}
        return (
            kinds.get(case_kind)
            or kinds.get("default")
            or registered_rules()[rule_name].default_severity
        )

    # Minimum wage

    def minimum_wage(self, region_code: str, on: date) -> MinimumWage | None:
        """Give the minimum wage of a place on a day; None where no file sets one.

        The place may lie in another province, and the day in another time, than this policy.
        """
        return self._layers.of(region_code, on).wage_of(region_code)

    def wage_of(self, region_code: str) -> MinimumWage | None:
        """Give the minimum wage of a place under this policy; the most specific area wins."""
        code = region_code[:6]
        if code not in self._wages:
            self._wages[code] = self._find_wage(code)
        return self._wages[code]

    def _find_wage(self, code: str) -> MinimumWage | None:
        rates, areas = (self.values.get(f"minimum_wage.{name}") for name in ("rates", "areas"))
        if rates is None or areas is None:
            return None
        by_region = {one: area for area, codes in areas.value.items() for one in codes}
        area = next((by_region[one] for one in lying_over(code) if one in by_region), None)
        if area is None or area not in rates.value:
            return None
        return MinimumWage(
            monthly=rates.value[area].monthly,
            hourly=rates.value[area].hourly,
            area=area,
            since=max(rates.since, areas.since),
            source=rates.source,
            checked=_weaker(rates.checked, areas.checked),
        )

    # The rest

    @property
    def annual_duties(self) -> tuple[AnnualDuty, ...]:
        """Give what employers owe once a year here."""
        return tuple(
            held.value for path, held in self.values.items() if path.startswith("annual_duties.")
        )

    def choices(self, table_name: str) -> tuple[str, ...] | None:
        """Give the codes of a table that are offered here, in order; None for all of them."""
        held = self.values.get(f"choices.{table_name}")
        return held.value if held else None

    def text(self, name: str) -> str:
        """Give a text (``portal_title``, ``bureau_name``, …; see the schema); KeyError for none."""
        return str(self._value(f"texts.{name}"))

    @property
    def secrecy(self) -> Secrecy:
        """Give what looks at personal data are measured by, and what is kept how long."""
        return Secrecy(**{name: self._value(f"secrecy.{name}") for name in Secrecy.__slots__})

    @property
    def reminders(self) -> Reminders:
        """Give when to remind, in days."""
        return Reminders(**{name: self._value(f"reminders.{name}") for name in Reminders.__slots__})

    @property
    def supervision(self) -> Supervision:
        """Give what supervision goes by."""
        names = Supervision.__slots__
        return Supervision(**{name: self._value(f"supervision.{name}") for name in names})

    def is_checked(self, path: str) -> bool:
        """Whether somebody compared the value at ``path`` (``supervision.late_filings``) with its
        source; KeyError for none."""
        return self.values[path].checked is not None
