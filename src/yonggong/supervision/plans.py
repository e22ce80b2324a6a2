"""Inspection plans: who may be drawn, drawn by a seed that is kept, and what each inspection found."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from yonggong.accounts.models import Grant, User
from yonggong.accounts.roles import ROLES, Power
from yonggong.accounts.telling import Told, tell
from yonggong.catalogue.items import HUMAN_RESOURCES
from yonggong.codes import regions, tables
from yonggong.contracts.models import Contract
from yonggong.employers.operators import tell_operators
from yonggong.registry.models import Employer
from yonggong.registry.queries import within
from yonggong.supervision.acting import (
    Hand,
    Thing,
    Unfit,
    concerned_in,
    note,
    refuse_concerned,
    words,
)
from yonggong.supervision.drawing import Basis, CannotDraw, Drawn, draw
from yonggong.supervision.models import Clue, Inspection, Plan

Result = Inspection.Result
_SEED_BYTES = 16
# Fewer than two do not inspect (Regulation on Labour Security Inspection, Art. 16).
LEAST_EACH = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """Which employers of a region may be drawn: of a nature and an industry ("" any), with so many
    workers in post at least, only those with a clue that nobody has looked into."""

    region: str
    nature: str = ""
    industry: str = ""
    least_workers: int = 0
    with_clues: bool = False

    def told(self) -> str:
        """In words."""
        parts = [regions.full_name(self.region), "已备案单位"]
        if self.nature:
            parts.append(f"单位性质：{tables.table('employer_nature').label(self.nature)}")
        if self.industry:
            parts.append(f"行业代码 {self.industry} 开头")
        if self.least_workers:
            parts.append(f"在职备案不少于 {self.least_workers} 人")
        if self.with_clues:
            parts.append("有待核查线索")
        return "，".join(parts)

    def population(self) -> list[int]:
        """Keys of the employers, in order."""
        found = Employer.objects.filter(within([self.region]), state=Employer.State.FILED)
        if self.nature:
            found = found.filter(nature=self.nature)
        if self.industry:
            found = found.filter(industry__startswith=self.industry)
        if self.with_clues:
            waiting = Clue.objects.filter(state=Clue.State.NEW, employer__isnull=False)
            found = found.filter(pk__in=waiting.values("employer"))
        if self.least_workers:
            in_post = Contract.objects.filter(state=Contract.State.ACTIVE).values("employer")
            enough = in_post.annotate(n=Count("pk")).filter(n__gte=self.least_workers)
            found = found.filter(pk__in=enough.values("employer"))
        return list(found.order_by("pk").values_list("pk", flat=True))


def visible_to(user: User) -> QuerySet[Plan]:
    """The plans of the regions in which `user` inspects or supervises, without what they drew from."""
    reached = user.scope.regions(Power.ORDER, Power.SUPERVISE)
    found = Plan.objects.filter(within(reached)).select_related("by")
    return found.defer("population", "excluded").annotate(
        drawn=Count("inspections"),
        done=Count("inspections", filter=~Q(inspections__result=Result.OPEN)),
    )


def inspections_visible_to(user: User) -> QuerySet[Inspection]:
    """The inspections of those regions."""
    reached = user.scope.regions(Power.ORDER, Power.SUPERVISE)
    return Inspection.objects.filter(within(reached)).select_related("plan", "employer")


def done_by(inspector: int) -> Q:
    """The inspections that an inspector (their key) has to do, or did."""
    return Q(acting__contains=[inspector])


def inspectors_of(region: str) -> list[User]:
    """Who may be drawn to inspect in a region: whoever records there, or above it, by a grant."""
    roles = [role.key for role in ROLES.values() if Power.RECORD in role.powers]
    held = Grant.objects.filter(
        role__in=roles, region_code__in=regions.upwards(region), department=HUMAN_RESOURCES
    )
    active = User.objects.filter(pk__in=held.values("user"), state=User.State.ACTIVE)
    return list(active.order_by("pk"))


@transaction.atomic
def plan(
    *,
    title: str,
    conditions: Conditions,
    wanted: int | None,
    share: int | None,
    each: int,
    hand: Hand,
) -> Plan:
    """Draw: `wanted` employers, or a `share` of the population in percent (at least one), with `each`
    inspectors for each. Raises `Unfit`."""
    title = words(title, "计划名称", most=100)
    if not hand.by.scope.covers(conditions.region, Power.ORDER):
        raise Unfit("该行政区划不在您的辖区。")
    population = conditions.population()
    if share is not None and 0 < share <= 100:
        wanted = max(1, round(len(population) * share / 100))
    if wanted is None:
        raise Unfit("请填写抽取户数，或者 1 至 100 的比例。")
    if each < LEAST_EACH:
        raise Unfit(f"每户监察员不得少于 {LEAST_EACH} 人。")
    inspectors = inspectors_of(conditions.region)
    basis = Basis(
        population=population,
        inspectors=[one.pk for one in inspectors],
        excluded=_excluded(population, inspectors),
        wanted=wanted,
        each=each,
    )
    seed = secrets.token_hex(_SEED_BYTES)
    try:
        drawn = draw(basis, seed)
    except CannotDraw as error:
        raise Unfit(str(error)) from None
    made = Plan.objects.create(
        title=title,
        region_code=conditions.region,
        conditions=asdict(conditions),
        told=conditions.told(),
        wanted=wanted,
        each=each,
        population=list(basis.population),
        inspectors=list(basis.inspectors),
        excluded=sorted(map(list, basis.excluded)),
        seed=seed,
        digest=basis.digest,
        by=hand.by,
        at=hand.now,
    )
    _assign(made, drawn, inspectors)
    for user, count in Counter(key for one in drawn for key in one.inspectors).items():
        said = f"计划“{title}”抽取您检查 {count} 户单位"[:100]
        body = "在“双随机检查”中查看单位并登记结果；与您有利害关系的，请先申报回避。"
        tell(Told(user=user, about=f"plan-{made.pk}", title=said, body=body, at=hand.now))
    note(hand, Thing.PLAN, made.pk, "抽取", f"范围 {len(population)} 户，抽取 {wanted} 户")
    return made


def _excluded(population: Sequence[int], inspectors: Sequence[User]) -> set[tuple[int, int]]:
    """Who keeps out of which of the employers."""
    drawn_from = frozenset(population)
    return {
        (employer, inspector.pk)
        for inspector in inspectors
        for employer in concerned_in(inspector) & drawn_from
    }


def _assign(made: Plan, drawn: Sequence[Drawn], inspectors: Sequence[User]) -> None:
    names = {one.pk: one.name for one in inspectors}
    places = dict(
        Employer.objects.filter(pk__in=[one.employer for one in drawn]).values_list(
            "pk", "region_code"
        )
    )
    Inspection.objects.bulk_create(
        Inspection(
            plan=made,
            employer_id=one.employer,
            region_code=places[one.employer],
            position=position,
            inspectors=list(one.inspectors),
            acting=list(one.inspectors),
            names=names_of(one.inspectors, names),
        )
        for position, one in enumerate(drawn, start=1)
    )


def names_of(inspectors: Sequence[int], names: Mapping[int, str]) -> str:
    """Inspectors in words, from their keys."""
    return "、".join(names[key] for key in inspectors)[:200]


def drawn_of(made: Plan) -> list[tuple[Inspection, str]]:
    """What a plan drew, in order: each with the names of the inspectors as they were drawn."""
    rows = list(made.inspections.select_related("employer").order_by("position"))
    keys = {key for row in rows for key in row.inspectors}
    names = dict(User.objects.filter(pk__in=keys).values_list("pk", "name"))
    return [(row, names_of(row.inspectors, names)) for row in rows]


def basis_of(made: Plan) -> Basis:
    """What a plan was drawn from, as kept."""
    return Basis(
        population=made.population,
        inspectors=made.inspectors,
        excluded={(employer, inspector) for employer, inspector in made.excluded},
        wanted=made.wanted,
        each=made.each,
    )


def is_proven(made: Plan) -> bool:
    """Whether the draw, repeated from its seed, gives what was assigned, and went by what its digest
    says."""
    basis = basis_of(made)
    rows = made.inspections.order_by("position").values_list("employer", "inspectors")
    held = [Drawn(employer, tuple(keys)) for employer, keys in rows]
    return basis.digest == made.digest and draw(basis, made.seed) == held


@transaction.atomic
def record_result(
    *, inspection: Inspection, result: str, on: date, found: str, hand: Hand
) -> Inspection:
    """Record what an inspection found, by one of those who inspect. Raises `Unfit`,
    `Inspection.DoesNotExist`."""
    reached = within(hand.by.scope.regions(Power.RECORD))
    held = Inspection.objects.filter(reached).select_related("employer", "plan")
    inspection = held.select_for_update(of=("self",)).get(pk=inspection.pk)
    if hand.by.pk not in inspection.acting:
        raise Unfit(f"该检查由{inspection.names}办理。")
    refuse_concerned(hand, inspection.employer)
    if inspection.result != Result.OPEN:
        raise Unfit("检查结果已登记，不能更改。")
    if result not in Result.values or result == Result.OPEN:
        raise Unfit("请选择检查结果。")
    if not inspection.plan.at.astimezone().date() <= on <= hand.today:
        raise Unfit("检查日期应当在抽取以后、不晚于今日。")
    inspection.result, inspection.inspected_on = Result(result), on
    inspection.found = words(found, "检查情况", most=1000)
    inspection.recorded_by, inspection.recorded_at = hand.by, hand.now
    inspection.save()
    said = f"{inspection.get_result_display()}：{inspection.found}"
    note(hand, Thing.INSPECTION, inspection.pk, "登记检查结果", said[:1000])
    title = f"双随机检查结果：{inspection.get_result_display()}"
    body = f"{on} 检查，{inspection.names}。有异议的请联系当地人社部门。"
    tell_operators(inspection.employer, f"inspection-{inspection.pk}", title, body, hand.now)
    return inspection
