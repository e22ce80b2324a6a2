"""Uploads are checked by content, sealed, kept once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from PIL import Image

from tests.files import JPG, PDF, PNG, picture
from yonggong.cases import drafting, materials
from yonggong.cases.actions import Forbidden
from yonggong.cases.life import NotAllowed
from yonggong.cases.models import Blob, Case
from yonggong.employers.initial.kind import KIND as INITIAL
from yonggong.registry.models import Employer
from yonggong.uploads import UploadRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(make_employer: Any, make_user: Any, now: datetime) -> Case:
    employer = make_employer(state=Employer.State.UNFILED, filed_on=None, agency=None)
    by = make_user("employer_operator", employer=employer)
    return drafting.save_draft(
        kind=INITIAL, applicant=employer.party, raw={}, case=None, by=by, now=now
    )


def _upload(case: Case, content: bytes, *, name: str = "licence", file_name: str = "a.png") -> Any:
    return materials.upload(
        case=case,
        name=name,
        file_name=file_name,
        content=content,
        by=case.filed_by,
        now=case.updated_at,
        address=None,
    )


@pytest.mark.parametrize(
    ("content", "kind"), [(PNG, "image/png"), (PDF, "application/pdf"), (JPG, "image/jpeg")]
)
def test_a_file_is_what_its_content_says(case: Case, content: bytes, kind: str) -> None:
    material = _upload(case, content, file_name="营业执照.exe")
    assert material.content_type == kind
    assert not material.file_name.endswith(".exe")


def test_a_photo_is_kept_as_it_was_made_anew(case: Case) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Beispiel"
    material = _upload(case, picture("JPEG", exif=exif), file_name="IMG_0001.HEIC")
    assert material.file_name == "IMG_0001.jpg"
    assert b"Beispiel" not in materials.content_of(material)


def test_what_cannot_be_opened_is_refused_and_nothing_kept(case: Case) -> None:
    with pytest.raises(UploadRefused, match="不要只改文件扩展名"):
        _upload(case, b"MZ" + b"0" * 100)
    assert not case.materials.exists()
    assert not Blob.objects.exists()


def test_materials_are_the_filers_own_business(case: Case, reviewer: Any) -> None:
    material = _upload(case, PDF)
    with pytest.raises(Forbidden):
        materials.upload(
            case=case,
            name="licence",
            file_name="a.pdf",
            content=PDF,
            by=reviewer,
            now=case.updated_at,
            address=None,
        )
    with pytest.raises(Forbidden):
        materials.remove(material=material, by=reviewer, now=case.updated_at, address=None)


def test_a_file_over_the_limit_is_refused(case: Case) -> None:
    with pytest.raises(UploadRefused, match="超过"):
        _upload(case, b"%PDF-" + b"0" * (11 * 1024 * 1024) + b"%%EOF")


def test_a_material_nobody_asked_for_is_unknown(case: Case) -> None:
    with pytest.raises(KeyError):
        _upload(case, PDF, name="passport-of-the-cat")


def test_a_new_file_replaces_the_old(case: Case) -> None:
    _upload(case, PDF)
    _upload(case, PNG)
    assert case.materials.get().content_type == "image/png"


def test_the_same_content_is_kept_once_and_sealed(case: Case) -> None:
    _upload(case, PDF)
    _upload(case, PDF, name="operator_id_front")
    blob = Blob.objects.get()
    assert PDF not in bytes(blob.content)


def test_nothing_is_taken_away_once_submitted(case: Case) -> None:
    material = _upload(case, PDF)
    _close(case)
    with pytest.raises(NotAllowed):
        materials.remove(material=material, by=case.filed_by, now=case.updated_at, address=None)


def _close(case: Case) -> None:
    from yonggong.registry.models import Agency

    agency = Agency.objects.create(name="科", level="county", region_code="220104")
    Case.objects.filter(pk=case.pk).update(
        state="voided", agency=agency, acting_agency=agency, filed_at=case.updated_at
    )


def test_a_kind_asks_for_its_own_materials_where_the_province_says_nothing() -> None:
    from tests.cases.club import MEMBERSHIP
    from yonggong import policy
    from yonggong.policy import Material as Wanted

    rules = policy.of("220104", date(2026, 11, 20))
    photo = Wanted(name="photo", label="照片")
    asking = replace(MEMBERSHIP, materials=(photo,))
    assert asking.wants(rules) == (photo,)
    initial = replace(asking, name="employer.initial")
    assert initial.wants(rules) == rules.materials("employer.initial") != (photo,)
