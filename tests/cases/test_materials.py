"""Uploads are checked by content, sealed, kept once."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from yonggong.cases import actions as case_actions
from yonggong.cases import materials
from yonggong.cases.actions import Forbidden
from yonggong.cases.life import NotAllowed
from yonggong.cases.materials import MaterialRefused
from yonggong.cases.models import Blob, Case
from yonggong.employers.filings import INITIAL
from yonggong.registry.models import Employer

pytestmark = pytest.mark.django_db


def png() -> bytes:
    """A whole PNG of one pixel."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        checked = kind + body
        return struct.pack(">I", len(body)) + checked + struct.pack(">I", zlib.crc32(checked))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\x00\xff\xff\xff"))
        + chunk(b"IEND", b"")
    )


PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
JPG = b"\xff\xd8\xff\xe0" + b"\x00" * 64 + b"\xff\xd9"


def packed(objects: bytes, *, whole: bool = True) -> bytes:
    """A PDF's objects as they lie compressed in a stream of their own."""
    body = zlib.compress(objects) if whole else b"\x00"
    return b"<</Type/ObjStm/Filter/FlateDecode>>stream\n" + body + b"\nendstream endobj"


@pytest.fixture
def case(make_employer: Any, make_user: Any, now: datetime) -> Case:
    employer = make_employer(state=Employer.State.UNFILED, filed_on=None, agency=None)
    by = make_user("employer_operator", employer=employer)
    return case_actions.save_draft(
        kind=INITIAL, employer=employer, raw={}, case=None, by=by, now=now
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
    ("content", "kind"), [(png(), "image/png"), (PDF, "application/pdf"), (JPG, "image/jpeg")]
)
def test_a_file_is_what_its_content_says(case: Case, content: bytes, kind: str) -> None:
    material = _upload(case, content, file_name="营业执照.exe")
    assert material.content_type == kind
    assert not material.file_name.endswith(".exe")
    assert materials.content_of(material) == content


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"MZ\x90\x00" + b"\x00" * 100, "不要只改文件扩展名"),
        (b"<html><script>alert(1)</script></html>", "文件内容不是"),
        (JPG[:-2], "文件不完整"),
        (png()[:-8], "文件不完整"),
        (PDF.replace(b"<<>>endobj", b"<</JavaScript 1>>endobj"), "含有脚本"),
        (PDF.replace(b"<<>>endobj", b"<</S/J#61vaScript>>endobj"), "含有脚本"),
        (PDF.replace(b"<<>>endobj", packed(b"<</S/JavaScript/JS(0)>>")), "含有脚本"),
        (PDF.replace(b"<<>>endobj", packed(b"", whole=False)), "含有脚本"),
        (b"", "文件是空的"),
    ],
)
def test_what_is_no_material_is_refused_with_a_reason(
    case: Case, content: bytes, said: str
) -> None:
    with pytest.raises(MaterialRefused, match=said):
        _upload(case, content)
    assert not case.materials.exists()


def test_a_paper_whose_objects_are_compressed_is_taken(case: Case) -> None:
    content = PDF.replace(b"<<>>endobj", packed(b"<</Type/Page/S/URI>>"))
    assert _upload(case, content).content_type == "application/pdf"


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
    with pytest.raises(MaterialRefused, match="超过"):
        _upload(case, b"%PDF-" + b"0" * (11 * 1024 * 1024) + b"%%EOF")


def test_a_material_nobody_asked_for_is_unknown(case: Case) -> None:
    with pytest.raises(KeyError):
        _upload(case, PDF, name="passport-of-the-cat")


def test_a_new_file_replaces_the_old(case: Case) -> None:
    _upload(case, PDF)
    _upload(case, png())
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
