"""Reads about cases, each beginning from what the asker may see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from yonggong import policy
from yonggong.accounts.models import Grant, User
from yonggong.accounts.roles import ROLES, Power
from yonggong.accounts.scope import Scope
from yonggong.cases.form_versions import is_kept_as
from yonggong.cases.items import kind_called, of_kinds_in_use
from yonggong.cases.kinds import CaseKind
from yonggong.cases.life import Action, State, may
from yonggong.cases.models import (
    Case,
    ConflictingDraft,
    Draft,
    Event,
    FormVersion,
    Participant,
    Step,
    Submission,
    Version,
)
from yonggong.cases.procedure import DECIDED, WAITING, StepPlan
from yonggong.catalogue.items import OFFICE
from yonggong.forms import Form
from yonggong.forms.diff import Change, diff
from yonggong.policy import Material as PolicyMaterial
from yonggong.registry.handling import agencies_for
from yonggong.registry.models import Agency
from yonggong.registry.queries import within


def visible_to(user: User) -> QuerySet[Case]:
    """The cases that exist for `user`: of the parties they act for, themselves among them; in which
    these take part; sent to their agencies; of their regions, as far as they are their
    departments'. Drafts exist for the applicant's own people, and for the clerk who typed them."""
    # Keys, not a subquery: joined by "or", that would have every case looked at.
    taking_part = Participant.objects.filter(_of_parties(user, "party", "case__"))
    joined = Q(pk__in=list(taking_part.values_list("case", flat=True)))
    return Case.objects.filter(_own(user) | joined & ~Q(state=State.DRAFT))


def _own(user: User) -> Q:
    """`visible_to`, but for what is only taken part in."""
    scope = user.scope
    seen = _of_parties(user, "applicant")
    agencies = scope.agencies(Power.REVIEW, Power.FILE_FOR_OTHERS)
    if agencies or scope.departments(Power.SEE_REGION):
        elsewhere = Q(acting_agency__in=agencies) & ~Q(acting_agency=F("agency"))
        region = in_regions(user, Power.SEE_REGION)
        seen |= (Q(agency__in=agencies) | elsewhere | region) & ~Q(state=State.DRAFT)
    if user.may(Power.FILE_FOR_OTHERS):
        seen |= Q(filed_by=user)
    return seen


def _of_parties(user: User, field: str, path: str = "") -> Q:
    """Where `field` is a party that `user` acts for, in matters in which they do; `path` leads to
    the case. Of a person served at a counter they reach what they typed, and nothing by this."""
    scope, found = user.scope, Q(pk__in=[])
    for department, parties in scope.parties_by_department(Power.FILE).items():
        among = _of_department(department, path) if department else Q()
        if reached := parties - {scope.person_served}:
            found |= Q(**{f"{field}__in": reached}) & among
    return found


def in_regions(user: User, *powers: Power, path: str = "") -> Q:
    """The cases of the regions that grants with any of `powers` reach, of each grant's department;
    `path` leads to the case ("case__")."""
    scope, found = user.scope, Q(pk__in=[])
    for department in scope.departments(*powers):
        reached = scope.regions(*powers, department=department)
        found |= within(reached, field=f"{path}region_code") & _of_department(department, path)
    return found


def _by_department(kinds: Sequence[CaseKind]) -> dict[str, list[CaseKind]]:
    found: dict[str, list[CaseKind]] = {}
    for kind in kinds:
        found.setdefault(kind.matter.department, []).append(kind)
    return found


_kinds_by_department = of_kinds_in_use(_by_department)


def _of_department(department: str, path: str = "") -> Q:
    """Cases of a department, which their kinds tell: no column, and no condition while all kinds
    are of one. The department of frequent kinds is told by what is not its own, any other is found
    among the few."""
    kinds = _kinds_by_department()
    own = kinds.get(department, [])
    if any(kind.frequent for kind in own):
        names = [kind.name for other, some in kinds.items() if other != department for kind in some]
        return ~Q(**{f"{path}kind__in": sorted(names)}) if names else Q()
    return Q(**{f"{path}kind__in": [kind.name for kind in own], f"{path}frequent": False})


def own_draft(user: User, pk: int) -> Case:
    """A draft that an agency's own person began for it: nobody else's, and in no list of cases.
    Raises `Case.DoesNotExist`."""
    agencies = user.scope.agencies(Power.APPLY_FOR_ACCOUNTS)
    return _with_around(Case.objects.all()).get(
        pk=pk, applicant__in=agencies, filed_by=user, state=State.DRAFT
    )


def filed_visible_to(user: User) -> QuerySet[Case]:
    """The cases that exist for `user`, without drafts: what a bureau's own pages show, even of what
    its clerk is still typing."""
    return visible_to(user).exclude(state=State.DRAFT)


def of_kinds(*names: str) -> Q:
    """The cases of some kinds; where all of them are infrequent, found among the few."""
    few = not any(kind_called(name).frequent for name in names)
    return Q(kind__in=names, frequent=False) if few else Q(kind__in=names)


# What every case has is joined. What few have is asked for by whoever shows it: each join more doubles
# what the database thinks before it looks.
_AROUND = ("current", "applicant__employer", "agency", "filed_by")


def get_case(user: User, pk: int, *, around: bool = True) -> Case:
    """One case, with the people and agencies around it where a page is to show them.

    Raises `Case.DoesNotExist` where it is out of the asker's sight.
    """
    own = Case.objects.filter(_own(user), pk=pk)
    found = (_with_around(own) if around else own).first()
    if found is not None:
        return found
    visible = visible_to(user)
    return (_with_around(visible) if around else visible).get(pk=pk)


def _with_around(cases: QuerySet[Case]) -> QuerySet[Case]:
    return cases.select_related(*_AROUND)


def versions_of(case: Case) -> QuerySet[Version]:
    """The versions of the case, the first one first: which, when and by whom. `version_of` has the rest."""
    listed = case.versions.select_related("by").only("case", "number", "at", "by__name")
    return listed.order_by("number")


def version_of(case: Case, number: int) -> Version:
    """One version of the case with what was filed. Raises `Version.DoesNotExist`."""
    return case.versions.select_related("by", "counter").get(number=number)


def form_of(version: Version, case: Case) -> Form:
    """The form that a version was filled in on: the present one where it still says the same."""
    present = case.definition.form
    if is_kept_as(present, version.form_id):
        return present
    return _kept_form(version.form_id)


@lru_cache(maxsize=256)
def _kept_form(key: int) -> Form:
    return Form.from_data(FormVersion.objects.get(pk=key).description)


def draft_of(case: Case) -> Draft | None:
    """What was typed and not sent yet, of a new filing or to mend a returned one; asked of the
    database once."""
    if case.state not in (State.DRAFT, State.RETURNED):
        return None
    return getattr(case, "draft", None)


def mending_of(case: Case) -> Draft | None:
    """`draft_of` a returned case: what stands beside what was filed."""
    return draft_of(case) if case.state == State.RETURNED else None


def revision_of(case: Case) -> str:
    """What a page says it was drawn from, so that none overwrites what it did not show."""
    return revision(case, draft_of(case))


def revision(case: Case, draft: Draft | None) -> str:
    """The same, where the draft is known: its revision, before there is one the version filed."""
    if draft is not None:
        return str(draft.revision)
    return f"v{case.current.number if case.current else 0}"


def left_blank(drafts: QuerySet[Case], *, before: datetime) -> QuerySet[Case]:
    """Those of the drafts that were begun before a moment and that nobody ever wrote into."""
    return drafts.filter(
        draft__data={}, draft__saved_at__lt=before, materials=None, conflicting_drafts=None
    )


def conflicting_drafts(case: Case) -> QuerySet[ConflictingDraft]:
    """What other tabs typed beside the draft, the newest first."""
    return case.conflicting_drafts.select_related("by").order_by("-saved_at", "-pk")


def typed_in(case: Case) -> dict[str, Any]:
    """What the form of the case starts with, personal answers opened: what was typed, else what was
    filed. Raises `SealBroken`."""
    form = case.definition.form
    if draft := draft_of(case):
        return draft.opened(form)
    return case.current.opened(form) if case.current else {}


def filed_with(user: User, key: UUID | None) -> Case | None:
    """The case that the person filed with an idempotency key; None for a key not used yet."""
    if key is None:
        return None
    earlier = Submission.objects.filter(user=user, key=key).exclude(outcome="").first()
    if earlier is None or not earlier.outcome.isdigit():
        return None
    return visible_to(user).filter(pk=int(earlier.outcome)).first()


def returned_to(user: User) -> QuerySet[Case]:
    """Cases that wait to be mended by the applicants `user` files for."""
    waiting = _of_parties(user, "applicant")
    if (served := user.scope.person_served) is not None:
        waiting |= Q(applicant=served, filed_by=user)
    return Case.objects.filter(waiting, state=State.RETURNED).order_by("pk")


def history(case: Case) -> QuerySet[Event]:
    """Every step of the case, the first one first."""
    return case.events.select_related("by").order_by("id")


def steps_of(case: Case) -> QuerySet[Step]:
    """The steps of a case's procedure, in the order in which they were opened."""
    around = case.steps.select_related("agency", "acted_by").prefetch_related("pauses")
    return around.order_by("round", "position")


def open_step(case: Case) -> Step | None:
    """The step that a case waits in; None for one that is ended, or of a kind of one step."""
    return steps_of(case).filter(acted_at__isnull=True).first()


def may_act(user: User, case: Case, step: Step) -> bool:
    """Whether `user` may do the open step: at its agency, with the power it asks for, and neither
    filed the case nor judged it in a step before. Nobody does the one that waits for items."""
    procedure = case.definition.procedure
    if procedure is None or step.kind == WAITING:
        return False
    judged = procedure.judged_before(step.key)
    return (
        may(Action.STEP, case.state)
        and works_at_step(user, case, procedure.step(step.key))
        and not has_filed(user, case)
        and not concerns(user, case)
        and not (judged and case.steps.filter(key__in=judged, acted_by=user).exists())
    )


def works_at_step(user: User, case: Case, plan: StepPlan) -> bool:
    """Whether `user` has the power that a step asks for at the agency that acts. A supervisor's holds
    in a region: it is that of exactly this one."""
    if case.acting_agency_id in user.scope.agencies(plan.power):
        return True
    acting = case.acting_agency
    return (
        plan.power is Power.SUPERVISE
        and acting is not None
        and acting.region_code in user.scope.regions(plan.power, department=acting.department)
    )


def may_withdraw(user: User, case: Case) -> bool:
    """Whether `user` may take an application of several steps back: before it is decided."""
    return (
        case.definition.procedure is not None
        and may(Action.WITHDRAW, case.state)
        and may_file(user, case)
        and not case.steps.filter(acted_at__isnull=True, kind__in=DECIDED).exists()
    )


def items_of(case: Case) -> QuerySet[Case]:
    """The items of a joint case, in the order in which they were opened."""
    return case.children.select_related("agency").order_by("pk")


def may_decide(user: User, case: Case) -> bool:
    """Whether `user` may approve or return the case: a reviewer of its agency who filed no
    version of it and whose own business it is not."""
    return (
        case.definition.procedure is None
        and may(Action.APPROVE, case.state)
        and case.acting_agency_id in user.scope.agencies(Power.REVIEW)
        and not has_filed(user, case)
        and not concerns(user, case)
    )


def concerns(user: User, case: Case) -> bool:
    """Whether the case is `user`'s own business: they, or a unit they act for, apply or take part, or
    its kind says so."""
    parties = user.scope.parties()
    takes_part = bool(parties) and (
        case.applicant_id in parties or case.participants.filter(party__in=parties).exists()
    )
    return takes_part or case.definition.concerns(user, case)


def has_filed(user: User, case: Case) -> bool:
    """Whether `user` submitted any version of the case."""
    return case.filed_by_id == user.pk or user.pk in case.filers


def acts_for(user: User, applicant: int, kind: CaseKind, power: Power = Power.FILE) -> bool:
    """Whether `user` may do for the applicant (key of a party) what `power` says in cases of a
    kind: at a counter only in those of the counter's department."""
    scope = user.scope
    if power in _OF_AN_OFFICE and applicant in scope.agencies(Power.APPLY_FOR_ACCOUNTS):
        return True
    return applicant in scope.parties(power) and scope.serves(applicant, kind.matter.department)


# What an agency's people do for it where it applies itself.
_OF_AN_OFFICE = (Power.FILE, Power.SEE_PERSONAL)


def may_file(user: User, case: Case) -> bool:
    """Whether `user` may mend, submit or void the case."""
    typed = user.may(Power.FILE_FOR_OTHERS) and case.filed_by_id == user.pk
    served = case.applicant_id == user.scope.person_served
    return typed or (not served and acts_for(user, case.applicant_id, case.definition))


def may_transfer(user: User, case: Case) -> bool:
    """Whether `user` may send the waiting case to another agency: a reviewer of its agency, or a
    supervisor of its region. What an office applies for is opined on where its kind says."""
    if not may(Action.TRANSFER, case.state) or case.definition.audience == (OFFICE,):
        return False
    scope = user.scope
    return case.acting_agency_id in scope.agencies(Power.REVIEW) or _covers(
        scope, case, Power.SUPERVISE
    )


def _covers(scope: Scope, case: Case, power: Power) -> bool:
    department = case.definition.matter.department
    return scope.covers(case.region_code, power, department=department)


def other_agencies(case: Case) -> QuerySet[Agency]:
    """The agencies that could review the case instead of the one that has it: those that have
    somebody to do it."""
    able = agencies_for(case.region_code, case.definition.matter)
    reviewers = [role.key for role in ROLES.values() if Power.REVIEW in role.powers]
    staffed = Grant.objects.filter(
        agency=OuterRef("pk"), role__in=reviewers, user__state=User.State.ACTIVE
    )
    return able.filter(Exists(staffed)).exclude(pk=case.agency_id or 0)


def may_see_personal(user: User, case: Case) -> bool:
    """Whether `user` may see the personal data of the case whole: by a grant with that power that
    reaches the case, or because they typed it themselves."""
    scope = user.scope
    return (
        acts_for(user, case.applicant_id, case.definition, Power.SEE_PERSONAL)
        or case.agency_id in scope.agencies(Power.SEE_PERSONAL)
        or _covers(scope, case, Power.SEE_PERSONAL)
        or (user.may(Power.FILE_FOR_OTHERS) and case.filed_by_id == user.pk)
    )


def events_visible_to(user: User) -> QuerySet[Event]:
    """The operation log: every step of every case of the regions whose logs `user` may read."""
    region = in_regions(user, Power.SEE_LOGS, path="case__")
    return Event.objects.filter(region).select_related("by", "case__applicant")


def changes_against_present(case: Case, *, unmasked: bool = False) -> list[Change]:
    """What the case would change in what now holds; empty for a first filing. `unmasked` only for
    those who may see personal data."""
    present = case.definition.present(case)
    if present is None:
        return []
    return diff(case.definition.form, present, case.values, unmasked=unmasked)


def required_materials(case: Case) -> tuple[PolicyMaterial, ...]:
    """The materials the case's province asks for, as the law stood when it was filed."""
    on = case.filed_at.astimezone().date() if case.filed_at else timezone.localdate()
    return case.definition.wants(policy.of(case.region_code, on), case)


# As far back as the figures on who files look.
FIGURES_OF = 100


def applied_before(user: User, case: Case) -> list[Case]:
    """The last cases of the same applicant that exist for `user`, the newest first, but this one;
    `was_returned` says of each whether it was ever sent back. At most `FIGURES_OF`."""
    return list(
        filed_visible_to(user)
        .filter(applicant=case.applicant_id)
        .exclude(pk=case.pk)
        .annotate(was_returned=Q(state=State.RETURNED) | Q(current__number__gt=1))
        .order_by("-pk")[:FIGURES_OF]
    )
