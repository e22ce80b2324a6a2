"""Where the keys lie, and whether all that is sealed opens where it stands."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from tests.contracts.making import Hall
from tests.portals.test_sealed_values import swap
from yonggong.cases.models import Blob
from yonggong.registry.models import Worker
from yonggong.serving import soundness
from yonggong.serving.verifying import verified
from yonggong.vault import keys
from yonggong.vault.holders import holders

pytestmark = pytest.mark.django_db


@pytest.fixture
def installation(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with its keys in it, and an embedded database; nothing configured."""
    for variable in (
        "DATABASE_URL", "YONGGONG_KEY_DIR", "CREDENTIALS_DIRECTORY", "YONGGONG_SEALING_KEYS",
        "YONGGONG_DIGEST_KEY", "YONGGONG_SERVICE_KEY",
    ):  # fmt: skip
        monkeypatch.delenv(variable, raising=False)
    settings.DATA_DIR, settings.PUBLIC_HOSTS = tmp_path / "var", []
    settings.SEALING_KEYS = keys.sealing_keys(settings.DATA_DIR)
    for name in keys.NAMES:
        keys.find(name, settings.DATA_DIR)
    return tmp_path


def test_keys_that_lie_with_the_data_are_told(installation: Path, settings: Any) -> None:
    """To try it on one machine they may; where it is served to others they may not."""
    found = soundness._keys()
    assert found.sound and "sealing.keys、digest.key、service.key 与数据同在" in found.found
    settings.PUBLIC_HOSTS = ["ldyg.example.cn"]
    found = soundness._keys()
    assert not found.sound and "YONGGONG_KEY_DIR" in found.remedy


def test_keys_elsewhere_and_only_the_platform_s_to_read_are_sound(
    installation: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PUBLIC_HOSTS = ["ldyg.example.cn"]
    elsewhere = installation / "keys"
    (installation / "var").rename(elsewhere)
    monkeypatch.setenv("YONGGONG_KEY_DIR", str(elsewhere))
    found = soundness._keys()
    assert found.sound and str(elsewhere) in found.found
    assert keys.key_id(settings.SEALING_KEYS[0]) in found.found
    (elsewhere / keys.DIGEST).chmod(0o644)
    found = soundness._keys()
    assert not found.sound and "其他用户也能读取" in found.found


def test_two_swapped_numbers_are_found_by_the_check_and_by_verify(hall: Hall) -> None:
    one, other = (hall.approved(name=name).filing.worker for name in ("试甲", "试乙"))
    hall.roster(hall.approved(name="试丙"))
    Blob.keep(b"file")
    opened, broken = verified()
    assert opened > 10 and not broken
    assert soundness._sealed().sound
    swap("registry_worker", "document_sealed", one.pk, other.pk)
    _, broken = verified()
    assert {found.owner for found in broken} == {one.owner, other.owner}
    found = soundness._sealed()
    assert not found.sound and found.found.startswith("2 处不能解开") and one.owner in found.found


def test_a_missing_key_and_another_digest_secret_are_told(hall: Hall, settings: Any) -> None:
    hall.filed()
    older = keys.key_id(settings.SEALING_KEYS[0])
    settings.SEALING_KEYS, settings.DIGEST_KEY = (os.urandom(32),), os.urandom(32)
    found = soundness._sealed()
    assert f"没有编号为 {older} 的密钥" in found.found and "digest.key" in found.found


def test_whatever_holds_sealed_values_is_looked_at() -> None:
    """A column that is named so, or holds a file; what is sealed inside JSON is in no column's name."""
    found = set(holders())
    assert Worker in found and Blob in found
    for model in apps.get_models():
        for field in model._meta.get_fields():
            file = isinstance(field, models.BinaryField) and field.max_length is None
            if model.__module__.startswith("yonggong.") and (
                field.name.endswith("_sealed") or file
            ):
                assert model in found, f"{model.__name__}.{field.name}"
