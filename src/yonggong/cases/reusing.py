"""Materials that nobody uploads anew: taken from an earlier case of the same applicant, or left to the
office, which gets them by sharing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yonggong.accounts.models import User
from yonggong.cases import materials, queries
from yonggong.cases.errors import Forbidden
from yonggong.cases.life import Action, State
from yonggong.cases.models import Case, Material, SharedMaterial
from yonggong.policy import Material as Wanted
from yonggong.uploads.types import TYPES
from yonggong.vault.sealing import SealBroken

_MEGABYTE = 1024 * 1024
_LOOKED_BACK = 200


def earlier(case: Case, wanted: Wanted, by: User) -> list[Material]:
    """What earlier cases of the applicant have of the same material (by its name in the catalogue),
    as far as `by` may look at it whole and the case takes such a file: the latest first, each
    file once."""
    cases = queries.visible_to(by).filter(applicant=case.applicant_id).exclude(pk=case.pk)
    if by.scope.person_served is not None:
        cases = cases.filter(filed_by=by)
    filed = cases.exclude(state=State.DRAFT)
    types = [TYPES[one].content_type for one in wanted.types]
    found = (
        Material.objects.filter(
            case__in=filed, content_type__in=types, blob__size__lte=wanted.max_megabytes * _MEGABYTE
        )
        .select_related("case__applicant", "blob", "taken_from")
        .defer("blob__content")
        .order_by("-pk")[:_LOOKED_BACK]
    )
    once: dict[int, Material] = {}
    for material in found:
        if _label(material) == wanted.label and queries.may_see_personal(by, material.case):
            once.setdefault(material.blob_id, material)
    return list(once.values())


def take(
    *, case: Case, name: str, source: int, by: User, now: datetime, address: str | None
) -> Material:
    """Keep a material of an earlier case (its key) for this one: the same file, with where it is from.
    Raises `NotAllowed`, `Forbidden`, also for one that is not among `earlier`, or does not open."""
    wanted = materials.wanted_of(case, name)
    found = next((one for one in earlier(case, wanted, by) if one.pk == source), None)
    if found is None:
        raise Forbidden("没有选择材料，或者该材料不能用于本次申请。")
    try:
        _ = found.blob.opened
    except SealBroken:
        raise Forbidden("该文件已不能读取，请重新上传。") from None
    with transaction.atomic():
        case = materials.locked(case.pk, by)
        kept, _made = Material.objects.update_or_create(
            case=case,
            name=name,
            defaults={
                "file_name": found.file_name,
                "content_type": found.content_type,
                "blob": found.blob,
                "uploaded_by": by,
                "taken_from": found.taken_from or found.case,
            },
        )
        SharedMaterial.objects.filter(case=case, name=name).delete()
        said = f"{wanted.label}（取自办件 {found.case.number}）"
        materials.note(case, Action.UPLOAD, said, by=by, now=now, address=address)
    return kept


@transaction.atomic
def leave_to_sharing(
    *, case: Case, name: str, by: User, now: datetime, address: str | None
) -> SharedMaterial:
    """Bring no file: the office gets it from who shares it. Raises `NotAllowed`, `Forbidden`, also
    for a material that nobody shares."""
    wanted = materials.wanted_of(case, name)
    if not wanted.shared_by:
        raise Forbidden("该材料不能通过共享取得，请上传。")
    case = materials.locked(case.pk, by)
    Material.objects.filter(case=case, name=name).delete()
    kept, made = SharedMaterial.objects.get_or_create(
        case=case, name=name, defaults={"provider": wanted.shared_by, "by": by, "at": now}
    )
    if made:
        said = f"{wanted.label}（由共享取得：{wanted.shared_by}）"
        materials.note(case, Action.UPLOAD, said, by=by, now=now, address=address)
    return kept


@transaction.atomic
def bring_after_all(*, case: Case, name: str, by: User, now: datetime, address: str | None) -> None:
    """The applicant brings it themselves. Raises `NotAllowed`, `Forbidden`."""
    wanted = materials.wanted_of(case, name)
    case = materials.locked(case.pk, by)
    if SharedMaterial.objects.filter(case=case, name=name).delete()[0]:
        said = f"{wanted.label}（不再由共享取得）"
        materials.note(case, Action.REMOVE, said, by=by, now=now, address=address)


def _label(material: Material) -> str:
    asked = queries.required_materials(material.case)
    return next((one.label for one in asked if one.name == material.name), "")
