"""Dispatch licences: what approved applications make of them, what the office ends, who has a valid one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases.errors import Forbidden, refused
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.catalogue.book import book
from yonggong.employers.operators import tell_operators
from yonggong.forms.reading import read_remark
from yonggong.registry.models import Agency, Employer
from yonggong.registry.queries import within
from yonggong.relations.licence_models import (
    DispatchLicence,
    DispatchReport,
    EnteredLicence,
    LicenceAct,
    LicenceEnding,
    Particulars,
)
from yonggong.relations.licence_terms import Term, issued_on
from yonggong.services import records

# The item by which a licence is asked for, extended, changed and given back.
ITEM = book().writing("dispatch_licence").key
Act = LicenceAct.Act
_PARTICULARS = tuple(field.name for field in Particulars._meta.get_fields())
_STATED: Mapping[str, str] = {
    "name": "unit_name",
    "address": "business_address",
    "capital_10k": "registered_capital_10k",
    "premises_area": "premises_area",
}

# --- what applications make -------------------------------------------------------------------


def apply(case: Case, *, on: date) -> DispatchLicence:
    """What an application that is granted on a day makes. Call inside the deciding transaction. Raises
    `Refused` where the licence that it is about holds no more."""
    act = Act(case.values["application_kind"])
    asked = case.came_in_on if act is Act.EXTEND else on
    assert asked is not None
    licence = _begun(case, on) if act is Act.ISSUE else _held(case, asked)
    now = {name: getattr(licence, name) for name in _PARTICULARS}
    if act is not Act.CANCEL:
        now |= {name: case.values[field] for name, field in _STATED.items()}
    if act is Act.EXTEND:
        now["valid_until"] = Term(licence.valid_from, licence.valid_until).extended.ends
    LicenceAct.objects.create(case=case, licence=licence, act=act, on=on, **now)
    return rebuild(licence)


def _begun(case: Case, on: date) -> DispatchLicence:
    term, values = issued_on(on), case.values
    assert case.acting_agency is not None
    licence = DispatchLicence(
        employer_id=case.applicant_id,
        # The key of the case is nobody else's: the number is unique without asking for the last one.
        number=f"{case.acting_agency.region_code}{on.year}{case.pk:06d}",
        agency=case.acting_agency,
        region_code=case.acting_agency.region_code,
        valid_from=term.begins,
        valid_until=term.ends,
        **{name: values[field] for name, field in _STATED.items()},
    )
    licence.save(force_insert=True)
    return licence


def _held(case: Case, on: date) -> DispatchLicence:
    """The licence that it is about, as it holds on a day: an extension has it hold on the day it was
    asked for, since an office that decides late makes nobody late (行政许可法第五十条)."""
    licence = (
        DispatchLicence.objects.select_for_update()
        .filter(employer=case.applicant_id, number=case.values["licence_number"])
        .first()
    )
    if licence is None or licence.ended_on is not None or not licence.holds_on(on):
        raise refused("", "no_licence", "原许可证已经不再有效", "请退回或者不予批准")
    return licence


def rebuild(licence: DispatchLicence) -> DispatchLicence:
    """Make the licence what its last act made of it; with no act left, what it was entered with."""
    last = _last_act(licence)
    said = last or EnteredLicence.objects.get(licence=licence)
    for name in _PARTICULARS:
        setattr(licence, name, getattr(said, name))
    cancelled = last is not None and last.act == Act.CANCEL
    licence.ended_on = last.on if last and cancelled else None
    licence.ended_how = DispatchLicence.Ended.CANCELLED if cancelled else ""
    licence.save()
    return licence


def enter(
    *, employer: Employer, agency: Agency, number: str, said: Mapping[str, Any]
) -> DispatchLicence:
    """Enter a licence that was granted before the platform was there; `said` is what it says, by the
    names of `Particulars`."""
    licence = DispatchLicence.objects.create(
        employer=employer, agency=agency, region_code=agency.region_code, number=number, **said
    )
    EnteredLicence.objects.create(licence=licence, **said)
    return licence


def _last_act(licence: DispatchLicence) -> LicenceAct | None:
    return licence.acts.select_related("case").order_by("on", "case").last()


def take_back(case: Case) -> None:
    """Take back what an application made. Raises `Refused` naming what was granted on it since."""
    act = LicenceAct.objects.select_related("licence").get(case=case)
    licence = DispatchLicence.objects.select_for_update().get(pk=act.licence_id)
    if LicenceEnding.objects.filter(licence=licence).exists():
        raise refused("", "ended", f"许可证 {licence.number} 已被撤销或者吊销，不能再撤销审核")
    later = licence.acts.filter(Q(on__gt=act.on) | Q(on=act.on, case__gt=case.pk))
    if after := later.select_related("case").order_by("on", "case").first():
        raise refused("", "built_on", f"此后已办理{after.case.reference}，请先撤销后者")
    act.delete()
    if act.act == Act.ISSUE:
        licence.delete()
    else:
        rebuild(licence)


# --- what the office ends ---------------------------------------------------------------------

_ENDED_BY_OFFICE = (DispatchLicence.Ended.WITHDRAWN, DispatchLicence.Ended.REVOKED)


@transaction.atomic
def end(
    *, licence: int, how: str, ground: str, by: User, now: datetime, address: str | None
) -> DispatchLicence:
    """Withdraw (撤销) or revoke (吊销) a licence, with the facts and the law; who acts for the holder is
    told. Raises `Forbidden`, `Refused`."""
    held = DispatchLicence.objects.select_for_update().get(pk=licence)
    if held.agency_id not in by.scope.agencies(Power.REVIEW):
        raise Forbidden("只有许可机关可以撤销或者吊销该许可证。")
    if how not in _ENDED_BY_OFFICE:
        raise refused("how", "unknown", "请选择撤销或者吊销")
    if not (said := read_remark(ground)):
        raise refused("ground", "required", "请填写事实和依据", "写明查明的事实和所依据的条款")
    today = timezone.localdate(now)
    if held.ended_on is not None:
        raise refused("", "ended", f"该许可证{held.state_on(today)}")
    LicenceEnding.objects.create(
        licence=held, how=how, on=today, ground=said, by=by, at=now, address=address
    )
    held.ended_on, held.ended_how = today, how
    held.save(update_fields=["ended_on", "ended_how"])
    if last := _last_act(held):
        records.end(last.case, since=today, by=by, now=now)
    tell_operators(
        held.employer,
        f"licence-ended-{held.pk}",
        f"劳务派遣经营许可证 {held.number} {held.state_on(today)}",
        f"{held.name}：{said}。自 {today} 起不得经营劳务派遣业务；内容和救济途径以决定书为准。",
        now,
    )
    return held


# --- read -------------------------------------------------------------------------------------


def _deemed(day: date) -> Q:
    """Whether it has ended by a day while its extension lies with the office undecided: that is deemed
    granted then (行政许可法第五十条). It was asked for in time, since no other is taken."""
    asked = Case.objects.annotate(of=KeyTextTransform("licence_number", "current__data")).filter(
        kind=ITEM,
        state=State.PENDING,
        applicant=OuterRef("employer"),
        current__data__application_kind=Act.EXTEND.value,
        of=OuterRef("number"),
    )
    return Q(Exists(asked), valid_until__lt=day)


def standing_on(day: date) -> QuerySet[DispatchLicence]:
    """All licences, as it is known on a day whether they are deemed extended."""
    deemed = ExpressionWrapper(_deemed(day), output_field=BooleanField())
    return DispatchLicence.objects.annotate(deemed_extended=deemed)  # type: ignore[no-redef]


def of_employer(employer: int, today: date) -> list[DispatchLicence]:
    """The licences of an employer (its key), the last one first."""
    return list(standing_on(today).filter(employer=employer).order_by("-valid_until", "-pk"))


def visible_to(user: User) -> QuerySet[DispatchLicence]:
    """Those of the employers and regions of `user`."""
    scope = user.scope
    own = Q(employer__in=scope.employers())
    here = within(scope.regions(Power.SEE_REGION))
    of_agency = Q(agency__in=scope.agencies(Power.REVIEW))
    held = standing_on(timezone.localdate()).filter(own | here | of_agency)
    return held.select_related("employer", "agency")


def ending_of(licence: DispatchLicence) -> LicenceEnding | None:
    """How the office ended it, if it did."""
    return LicenceEnding.objects.select_related("by").filter(licence=licence).first()


def public(today: date) -> QuerySet[DispatchLicence]:
    """All of them, for anybody: who is licensed is published (行政许可法, 40)."""
    return standing_on(today).select_related("employer", "agency")


def in_state(state: str, day: date) -> Q:
    """The licences that stand so on a day: "valid", "expired", "ended"."""
    ended = Q(ended_on__lte=day)
    if state == "ended":
        return ended
    if state == "expired":
        return ~ended & Q(valid_until__lt=day) & ~_deemed(day)
    return ~ended & _in_term(day)


def _in_term(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_until__gte=day) | _deemed(day))


def reported(year: int) -> Exists:
    """Whether the holder has reported of a year."""
    return Exists(DispatchReport.objects.filter(employer=OuterRef("employer"), year=year))


def owing(year: int) -> Q:
    """The licences valid at the end of a year whose holder has not reported of it."""
    end = date(year, 12, 31)
    return _in_term(end) & (Q(ended_on=None) | Q(ended_on__gt=end)) & ~Q(reported(year))
