"""Where the secrets are found, and what is said where they are missing or malformed."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from yonggong.vault import keys
from yonggong.vault.keys import KeyProblem, digest_key, sealing_keys, service_key

VARIABLES = {
    "YONGGONG_SEALING_KEYS": sealing_keys,
    "YONGGONG_DIGEST_KEY": digest_key,
    "YONGGONG_SERVICE_KEY": service_key,
}


def made() -> str:
    return base64.b64encode(os.urandom(32)).decode()


@pytest.fixture(autouse=True)
def nothing_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in (*VARIABLES, "YONGGONG_KEY_DIR", "CREDENTIALS_DIRECTORY"):
        monkeypatch.delenv(variable, raising=False)


def folder_of(path: Path) -> dict[str, str]:
    """A folder with all three secrets; their texts."""
    path.mkdir()
    texts = {name: made() for name in keys.NAMES}
    for name, text in texts.items():
        (path / name).write_text(text + "\n")
    return texts


def test_each_is_made_once_in_the_data_folder_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first = [found(tmp_path) for found in VARIABLES.values()]
    assert first == [found(tmp_path) for found in VARIABLES.values()]
    assert len({str(key) for key in first}) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(keys.NAMES)
    assert all(path.stat().st_mode & 0o077 == 0 for path in tmp_path.iterdir())


@pytest.mark.parametrize("variable", ["YONGGONG_KEY_DIR", "CREDENTIALS_DIRECTORY"])
def test_a_named_folder_comes_before_the_data_folder(
    variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = folder_of(tmp_path / "keys")
    monkeypatch.setenv(variable, str(tmp_path / "keys"))
    assert sealing_keys(tmp_path / "var") == (base64.b64decode(texts[keys.SEALING]),)
    assert digest_key(tmp_path / "var") == base64.b64decode(texts[keys.DIGEST])
    assert service_key(tmp_path / "var") == base64.b64decode(texts[keys.SERVICE])
    assert not (tmp_path / "var").exists()


def test_the_environment_comes_before_every_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder_of(tmp_path / "keys")
    monkeypatch.setenv("YONGGONG_KEY_DIR", str(tmp_path / "keys"))
    current, older = made(), made()
    monkeypatch.setenv("YONGGONG_SEALING_KEYS", f"{current}, {older}")
    assert sealing_keys(tmp_path) == (base64.b64decode(current), base64.b64decode(older))


def test_several_keys_stand_one_a_line_the_current_one_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder_of(tmp_path / "keys")
    lines = [made(), made(), made()]
    (tmp_path / "keys" / keys.SEALING).write_text("\n".join(lines) + "\n")
    monkeypatch.setenv("YONGGONG_KEY_DIR", str(tmp_path / "keys"))
    assert sealing_keys(tmp_path) == tuple(map(base64.b64decode, lines))


@pytest.mark.parametrize("variable", ["YONGGONG_KEY_DIR", "CREDENTIALS_DIRECTORY"])
@pytest.mark.parametrize("name", keys.NAMES)
def test_where_the_installation_names_the_place_no_key_is_made_silently(
    name: str, variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that is not mounted would else begin with a new key, and seal with that."""
    folder_of(tmp_path / "keys")
    (tmp_path / "keys" / name).unlink()
    monkeypatch.setenv(variable, str(tmp_path / "keys"))
    with pytest.raises(KeyProblem, match=f"没有密钥文件 {name}"):
        keys.find(name, tmp_path / "var")
    assert not (tmp_path / "var").exists()


def test_a_folder_that_one_may_not_look_into_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here by a name that no file system takes: whoever runs the tests may read everything."""
    monkeypatch.setenv("YONGGONG_KEY_DIR", str(tmp_path / ("k" * 300)))
    with pytest.raises(KeyProblem, match=f"不能读取密钥文件 .*{keys.SERVICE}"):
        keys.find(keys.SERVICE, tmp_path / "var")


def test_what_systemd_hands_over_for_something_else_names_no_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "handed").mkdir()
    (tmp_path / "handed" / "other.password").write_text("x")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path / "handed"))
    assert keys.find(keys.DIGEST, tmp_path / "var").path == tmp_path / "var" / keys.DIGEST


@pytest.mark.parametrize("configured", ["not base64!", "？", base64.b64encode(b"short").decode()])
@pytest.mark.parametrize(("variable", "found"), VARIABLES.items())
def test_a_malformed_secret_is_named(
    configured: str,
    variable: str,
    found: Callable[[Path], object],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(variable, configured)
    with pytest.raises(KeyProblem, match=variable):
        found(tmp_path)


def test_one_key_twice_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = made()
    monkeypatch.setenv("YONGGONG_SEALING_KEYS", f"{key} {key}")
    with pytest.raises(KeyProblem, match="编号相同"):
        sealing_keys(tmp_path)


def test_an_id_follows_from_the_key() -> None:
    one, other = os.urandom(32), os.urandom(32)
    assert keys.key_id(one) == keys.key_id(one) != keys.key_id(other)
    assert len(keys.key_id(one)) == 6
