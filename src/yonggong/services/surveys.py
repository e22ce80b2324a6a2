"""现场核查: photos of a check on site, kept with its step; what has to be so before it ends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from yonggong.accounts.models import User
from yonggong.cases import joint
from yonggong.cases import queries as case_queries
from yonggong.cases.errors import refused
from yonggong.cases.models import Case, Step
from yonggong.cases.procedure import Outcome
from yonggong.cases.step_forms import UNMET
from yonggong.cases.steps import procedure_of
from yonggong.forms.reading import read_remark
from yonggong.registry.models import Evidence
from yonggong.services.errors import Unfit
from yonggong.services.handling_models import Photo

MOST_PHOTOS = 30
# The standard's words for a check that somebody goes to.
_ON_SITE = ("现场", "实地", "入户")


def is_on_site(case: Case, step: Step) -> bool:
    """Whether the step is a check that somebody goes to, and takes photos at."""
    title = procedure_of(case).step(step.key).title
    return step.kind == "survey" and any(word in title for word in _ON_SITE)


def photos_of(case: Case) -> QuerySet[Photo]:
    """The photos of the case, the first one first."""
    found = Photo.objects.filter(step__case=case).select_related("by", "step", "evidence")
    return found.defer("evidence__content").order_by("pk")


@transaction.atomic
def add(*, case: Case, evidence: Evidence, said: str = "", by: User, now: datetime) -> Photo:
    """Keep a photo with the open check. Raises `Unfit`."""
    step = case_queries.open_step(joint.locked(case))
    if step is None or step.kind != "survey" or not case_queries.may_act(by, case, step):
        raise Unfit("只有正在办理现场核查的人员可以上传现场照片。")
    if Photo.objects.filter(step=step).count() >= MOST_PHOTOS:
        raise Unfit(f"一次核查最多上传 {MOST_PHOTOS} 张照片。")
    return Photo.objects.create(
        step=step, evidence=evidence, said=read_remark(said, most=100), by=by, at=now
    )


def check(
    case: Case, step: Step, outcome: Outcome, values: Mapping[str, Any], now: datetime
) -> None:
    """A check on site is not ended without a photo; one that found otherwise than was applied for does not go
    on where the item can refuse there. Raises `Refused`."""
    if outcome not in (Outcome.NEXT, Outcome.END) or not case.definition.is_service:
        return
    refuses = Outcome.REFUSE in procedure_of(case).step(step.key).outcomes
    if refuses and values.get("survey_result") == UNMET:
        said = "核查结论为与申请情况不符，不能进入下一环节"
        raise refused("survey_result", "unmet", said, "请作出不予办理的决定")
    if is_on_site(case, step) and not Photo.objects.filter(step=step).exists():
        raise refused("", "no_photo", "现场核查没有照片", "请先在办件页面上传现场照片")
