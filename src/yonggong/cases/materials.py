"""Materials of a case: opened (`uploads`), sealed, kept once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from yonggong.accounts.models import User
from yonggong.cases import queries
from yonggong.cases.errors import Forbidden
from yonggong.cases.life import Action, State, after
from yonggong.cases.models import Blob, Case, Event, Material, SharedMaterial
from yonggong.policy import Material as Wanted
from yonggong.uploads import FileType, opened


def upload(
    *,
    case: Case,
    name: str,
    file_name: str,
    content: bytes,
    by: User,
    now: datetime,
    address: str | None,
) -> Material:
    """Keep a material of a case that is being filled in or mended; replaces one of that name.

    Raises `UploadRefused`, `NotAllowed`, `Forbidden`, KeyError for a material the kind does not
    ask for.
    """
    _open_to(by, case)
    wanted = wanted_of(case, name)
    # Opened before anything is locked: it may take seconds.
    file = opened(content, allowed=tuple(wanted.types), megabytes=wanted.max_megabytes)
    with transaction.atomic():
        case = locked(case.pk, by)
        material, _ = Material.objects.update_or_create(
            case=case,
            name=name,
            defaults={
                "file_name": clean_name(file_name, file.file_type),
                "content_type": file.file_type.content_type,
                "blob": Blob.keep(file.content),
                "uploaded_by": by,
                "taken_from": None,
            },
        )
        SharedMaterial.objects.filter(case=case, name=name).delete()
        note(case, Action.UPLOAD, wanted.label, by=by, now=now, address=address)
    return material


@transaction.atomic
def remove(*, material: Material, by: User, now: datetime, address: str | None) -> None:
    """Take a material away again. Raises `NotAllowed` once the case is submitted, `Forbidden`."""
    case = locked(material.case_id, by)
    label = next(
        (item.label for item in queries.required_materials(case) if item.name == material.name),
        material.name,
    )
    material.delete()
    note(case, Action.REMOVE, label, by=by, now=now, address=address)


def wanted_of(case: Case, name: str) -> Wanted:
    """What the case asks for under this name. Raises KeyError where it asks for nothing of it."""
    return {item.name: item for item in queries.required_materials(case)}[name]


def locked(pk: int, by: User) -> Case:
    """The case, locked, whose materials `by` may change. Raises `NotAllowed`, `Forbidden`."""
    case = Case.objects.select_for_update().get(pk=pk)
    _open_to(by, case)
    return case


def _open_to(by: User, case: Case) -> None:
    if not queries.may_file(by, case):
        raise Forbidden("该办件不是由您填报的，不能增减材料。")
    after(Action.UPLOAD, State(case.state))


def content_of(material: Material) -> bytes:
    """The file as it was kept."""
    return material.blob.opened


def carry_over(*, source: Case, target: Case) -> None:
    """Let `target` begin with the materials of an earlier case, content shared, not copied, and what
    was left to sharing."""
    SharedMaterial.objects.bulk_create(
        SharedMaterial(
            case=target, name=one.name, provider=one.provider, by_id=one.by_id, at=one.at
        )
        for one in source.shared_materials.all()
    )
    Material.objects.bulk_create(
        _copy(material, target, material.name) for material in source.materials.all()
    )


def hand_down(*, source: Case, target: Case, names: Mapping[str, str]) -> None:
    """Give an item of a joint case its materials: target's name ← source's, content shared."""
    there = {material.name: material for material in source.materials.all()} if names else {}
    Material.objects.bulk_create(
        _copy(there[given], target, name) for name, given in names.items() if given in there
    )


def _copy(material: Material, target: Case, name: str) -> Material:
    return Material(
        case=target,
        name=name,
        file_name=material.file_name,
        content_type=material.content_type,
        blob_id=material.blob_id,
        uploaded_by_id=material.uploaded_by_id,
        taken_from_id=material.taken_from_id,
    )


def given_with(case: Case) -> set[str]:
    """Names of the materials that need not be brought any more: there, or left to sharing."""
    there = case.materials.values_list("name", flat=True)
    return set(there.union(case.shared_materials.values_list("name", flat=True)))


def received(case: Case) -> list[str]:
    """The labels of the materials that came in with a case; of one that is left to sharing, that it
    is."""
    there = set(case.materials.values_list("name", flat=True))
    given = given_with(case)
    return [
        one.label if one.name in there else f"{one.label}（由共享取得）"
        for one in queries.required_materials(case)
        if one.name in given
    ]


def clean_name(file_name: str, file_type: FileType) -> str:
    """The name under which a file is kept: without folders, with the ending of what it is."""
    stem = "".join(c for c in file_name.rsplit("/", 1)[-1].rsplit("\\", 1)[-1] if c.isprintable())
    stem = stem.rsplit(".", 1)[0][:100] or "材料"
    return f"{stem}.{file_type.name}"


def note(
    case: Case, action: Action, label: str, *, by: User, now: datetime, address: str | None
) -> None:
    """A draft is nobody's business yet; once submitted, every change of materials is history."""
    if case.state != State.DRAFT:
        Event.objects.create(
            case=case, action=action, by=by, at=now, opinion=label, address=address
        )
