"""What rules look at: plain values, nothing fetched. None always means "not known".

Callers translate code tables into the words below; a rule that lacks what it needs says nothing.
Money is Decimal yuan, days are dates, lengths are whole months unless the name says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

Sex = Literal["male", "female"]
EmploymentForm = Literal["full_time", "part_time"]
TermType = Literal["fixed", "open", "task"]
HoursSystem = Literal["standard", "averaged", "flexible"]
DispatchPost = Literal["temporary", "auxiliary", "substitute", "other"]
# Women retire by the kind of post held: 管理技术岗 (55 → 58) or 工人岗 (50 → 55).
PostCategory = Literal["management_technical", "worker"]
# How a contract went on past its end: by law (article 45), as it was agreed in it, or by agreement.
Extension = Literal["law", "automatic", "agreed"]
# Why no written contract was made in time (Judicial Interpretation II, article 7).
LateWriting = Literal["force_majeure", "worker_fault", "other_law"]


@dataclass(frozen=True, slots=True)
class PriorTerm:
    """One earlier contract of the same worker with the same employer.

    ``extended_months`` are months by which the parties prolonged this contract without a new one;
    ``automatic`` says that it was prolonged as agreed in it beforehand; ``continued`` that nobody
    ended the relation at its end, so that work went on whatever the gap to the next contract.
    """

    start_on: date
    end_on: date | None
    term_type: TermType
    extended_months: int = 0
    automatic: bool = False
    continued: bool = False


@dataclass(frozen=True, slots=True)
class DispatchSide:
    """What one side (dispatcher or user unit) filed about one dispatched worker.

    ``dispatcher_code`` and ``user_unit_code`` are unified social credit codes.
    """

    dispatcher_code: str | None = None
    user_unit_code: str | None = None
    start_on: date | None = None
    end_on: date | None = None
    post: str | None = None


@dataclass(frozen=True, kw_only=True)
class ContractFacts:
    """A labour contract as filed: new, renewed or changed.

    A renewal gives ``prior_terms``; without them, and without ``earlier_contract``, the contract is
    taken for the first with this employer, and ``work_start_on`` for the day from which a written
    contract was owed.
    """

    @classmethod
    def of(cls, known: Mapping[str, Any]) -> ContractFacts:
        """The same as ``ContractFacts(**known)``, in a fraction of its time: a workbook makes a
        hundred thousand, of which each knows a third of the facts. Names are not checked."""
        made = object.__new__(cls)
        made.__dict__.update(_UNKNOWN)
        made.__dict__.update(known)
        return made

    # The worker
    id_number: str | None = None  # resident identity card only, 18 or 15 characters
    birth_on: date | None = None
    sex: Sex | None = None
    post_category: PostCategory | None = None
    special_work: bool | None = None  # 特殊工种: mines, heights, heat, very heavy labour
    flexible_delay_until: date | None = None  # agreed last day of flexible delayed retirement
    draws_pension: bool | None = None  # already receives the basic pension
    minor_arts_sports: bool | None = None  # under 16, taken on by an arts or sports unit lawfully
    juvenile_registered: bool | None = None  # 16–18: registered with the bureau
    health_check_on: date | None = None  # 16–18: last health check
    entertainment_venue: bool | None = None  # dance halls, bars, internet cafés and the like
    pregnant_months: int | None = None  # months of pregnancy, full
    nursing: bool | None = None  # nurses a child under one year
    is_foreigner: bool | None = None
    work_permit_until: date | None = None  # foreigners: last day of the work permit
    permanent_resident: bool | None = None  # foreigners: permanent residence, no permit needed
    hazards: frozenset[str] | None = (
        None  # codes of tables/hazard_provisions.csv that the post involves
    )
    other_full_time_employer: str | None = None  # name, where a full-time contract is in force
    other_full_time_ran_out_on: date | None = None  # last day of its term, where that is over

    # The contract
    employment_form: EmploymentForm | None = None
    term_type: TermType | None = None
    is_written: bool | None = None
    signed_on: date | None = None
    work_start_on: date | None = None  # 用工之日 with this employer (this spell of service)
    start_on: date | None = None
    end_on: date | None = None
    clauses: frozenset[str] | None = None  # codes of tables/clauses.csv that the text has
    text: str | None = None  # what the parties wrote in freely
    prior_terms: tuple[PriorTerm, ...] | None = None  # oldest first, without this contract
    earlier_contract: bool | None = None  # a written contract with this employer before this one
    first_signed_on: date | None = None  # of the first of those
    earlier_end_on: date | None = None  # of the last of those
    earlier_fixed_terms: int | None = None  # fixed terms since 2008 that nobody filed here
    late_writing: LateWriting | None = None
    extension: Extension | None = None  # of the contract before this one
    extended_until: date | None = None  # last day of that extension
    service_start_on: date | None = None  # first day of unbroken service, taken-over years too
    merged_since: date | None = None  # first day of service taken over from another employer
    worker_asked_fixed_term: bool | None = None
    public_welfare_post: bool | None = None  # 公益性岗位 with subsidies (Regulations 12)

    # Probation
    probation_months: int | None = None
    probation_end_on: date | None = None
    probation_pay: Decimal | None = None  # monthly
    had_probation: bool | None = None  # an earlier probation with this employer
    lowest_post_pay: Decimal | None = None  # lowest pay of the same post at this employer

    # Pay
    base_pay: Decimal | None = None  # monthly
    performance_pay: Decimal | None = None  # monthly, for normal hours
    allowances: Decimal | None = None  # monthly, of any kind
    hourly_pay: Decimal | None = None
    pay_period_days: int | None = None
    minimum_monthly_wage: Decimal | None = None  # of the place and date, given by the caller
    minimum_hourly_wage: Decimal | None = None

    # Hours
    hours_system: HoursSystem | None = None
    daily_hours: Decimal | None = None
    weekly_hours: Decimal | None = None
    work_days_per_week: int | None = None
    overtime_daily_hours: Decimal | None = None
    overtime_month_hours: Decimal | None = None
    night_shift: bool | None = None
    special_hours_until: date | None = None  # last day of the approval of averaged/flexible hours
    special_hours_approved: bool | None = None
    special_hours_on_record: bool | None = None  # a permit covers the post then

    # Of what the registers say: a change's day, else the first of the term
    on_record_on: date | None = None

    # Dispatch
    is_dispatch: bool | None = None
    dispatch_post: DispatchPost | None = None
    dispatch_months: int | None = None  # length of the posting at the user unit
    user_unit: str | None = None  # name; "" when the form was left empty
    dispatcher_licensed: bool | None = None
    licence_on_record: bool | None = None  # a licence valid then stands in the register
    user_unit_is_own: bool | None = None  # the user unit set up, or belongs to, the dispatcher
    own_side: DispatchSide | None = None
    other_side: DispatchSide | None = None
    other_side_filed: bool | None = None

    # Promises
    non_compete_months: int | None = None
    non_compete_pay: Decimal | None = None  # monthly compensation; 0 when none was agreed
    has_secrets: bool | None = None  # senior manager, senior technician or bound to secrecy
    service_period_months: int | None = None
    training_cost: Decimal | None = None
    liquidated_damages: Decimal | None = None  # what the worker would pay the employer
    deposit: Decimal | None = None  # money or things taken from the worker as a guarantee


# Every fact of a contract, not known.
_UNKNOWN: Mapping[str, None] = dict.fromkeys(ContractFacts.__dataclass_fields__)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingFacts:
    """A contract ended or to be ended.

    ``ground`` is a code of the national table ``end_reason``; ``contract`` is the contract in
    force until then.
    """

    ground: str | None = None
    ended_on: date | None = None  # last day of the labour relation
    notice_on: date | None = None  # day the written notice reached the other side
    notice_pay: Decimal | None = None  # 代通知金
    contract: ContractFacts | None = None
    service_start_on: date | None = None  # 用工之日, taken-over years included
    severance_start_on: date | None = None  # where taken-over years were paid for: without them
    average_pay: Decimal | None = None  # average monthly pay of the last twelve months
    local_average_pay: Decimal | None = None  # of the city, last year, monthly, as published
    minimum_monthly_wage: Decimal | None = None
    last_month_pay: Decimal | None = None
    severance_paid: Decimal | None = None
    damages_paid: Decimal | None = None
    unlawful: bool | None = None  # found unlawful by arbitration, a court or the bureau

    # Protected circumstances
    pregnant_or_nursing: bool | None = None  # pregnancy, maternity leave, nursing
    in_medical_period: bool | None = None
    occupational_injury: bool | None = None  # injury or disease with loss of working capacity
    disability_grade: int | None = None  # 1–10
    worker_agrees: bool | None = None  # grades 5–6: the worker proposed the ending
    occupational_check_missing: bool | None = None  # exposed work, no check before leaving
    suspected_occupational_disease: bool | None = None
    union_officer: bool | None = None  # in office
    bargaining_representative: bool | None = None  # of the workers, at that work
    sick_leave_on: date | None = None  # first day of sick leave for this illness or injury
    total_work_months: int | None = None  # 实际工作年限 at all employers, on that day

    # Preconditions
    no_union: bool | None = None  # no trade union has been set up in the unit
    union_notified: bool | None = None
    trained_or_transferred: bool | None = None  # 40 (2)
    other_work_offered: bool | None = None  # 40 (1)
    change_negotiated: bool | None = None  # 40 (3)
    layoff_explained_on: date | None = None  # 41: told to the union or all staff
    layoff_reported: bool | None = None  # 41: reported to the bureau
    renewal_offered: bool | None = None  # same or better terms were offered
    worker_wants_renewal: bool | None = None
    service_period_until: date | None = None  # agreed under article 22
    extension: Extension | None = None  # by which the contract went on past its end
    extended_until: date | None = None  # last day of that extension
    flexible_retirement_requested_on: date | None = None
    contribution_months: int | None = None  # months of pension contributions
    certificate_on: date | None = None

    @property
    def paid_since(self) -> date | None:
        """The first day of the service that severance is paid for (Regulations 10): years taken
        over count, unless the employer before has paid for them."""
        return self.severance_start_on or self.service_start_on


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualFacts:
    """What an employer reports of a year, beside the contracts that it filed. Whole persons.

    ``unlike`` are the figures of Table 1 that Table 2 tells otherwise: their name, what Table 1
    says, what Table 2 comes to.
    """

    unlike: tuple[tuple[str, int, int], ...] = ()
    without_contract: int | None = None  # who should have a written contract and has none
    unfiled: int | None = None  # persons of Table 2 of whom no contract is filed
    left_out: int | None = None  # persons with a filed contract who are not in Table 2
    differing: int | None = None  # persons in both, of whom something is said otherwise
    endings_unfiled: int | None = None  # endings of Table 3 that are not filed
    endings_left_out: int | None = None  # filed endings that are not in Table 3


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkforceFacts:
    """An employer's workforce on one day. Head counts are whole persons."""

    contract_count: int | None = None  # persons with a labour contract with this employer
    dispatched_count: int | None = None  # dispatched persons used
    dispatch_share_exempt: bool | None = None  # representative offices, shipowners for seafarers
    without_contract_count: int | None = None  # a month and more at work, no written contract
    staff_before: int | None = None  # all staff before the endings counted below
    window_days: int | None = None  # length of the window of the counts below
    layoffs: int | None = None  # endings under 41 in the window
    layoff_like: int | None = None  # endings under 36 (employer's proposal) and 40 (3)
    layoff_reported: bool | None = None
    last_layoff_on: date | None = None
    hired_since_layoff: int | None = None
    laid_off_invited: bool | None = None
    layoff_preferred: int | None = None  # persons to be laid off whom 41 (2) prefers to keep
