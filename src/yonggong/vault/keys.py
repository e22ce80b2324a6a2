"""The installation's secrets: where each is found, and the keys derived from it.

sealing.keys   what seals values: one key a line, the first is the current one, the others are those
               that older values are still sealed with
digest.key     what look-up digests are keyed with: never changed while there is data
service.key    what sessions are signed with, and what the database role's password follows from

Each is 32 random bytes in base64. An environment variable of its name comes first
(YONGGONG_SEALING_KEYS with keys apart by commas, YONGGONG_DIGEST_KEY, YONGGONG_SERVICE_KEY), then the
folder YONGGONG_KEY_DIR, then systemd's $CREDENTIALS_DIRECTORY; only where neither folder is named, it is
made in the data folder.
"""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
SEALING, DIGEST, SERVICE = "sealing.keys", "digest.key", "service.key"
NAMES = (SEALING, DIGEST, SERVICE)
_ID_BYTES = 3


class KeyProblem(Exception):
    """A secret is missing or malformed; the message says which, and what to do."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a secret was found: in a file, or (None) in the environment variable `variable`."""

    name: str
    variable: str
    path: Path | None
    text: str

    @property
    def where(self) -> str:
        return str(self.path) if self.path else self.variable


def sealing_keys(data_dir: Path) -> tuple[bytes, ...]:
    """The keys that seal, the current one first. Raises `KeyProblem`."""
    found = find(SEALING, data_dir)
    keys = tuple(_decode(line, found.where) for line in found.text.replace(",", " ").split())
    if not keys:
        raise KeyProblem(f"{found.where} 是空的：每行应有一把密钥，第一行是现用的。")
    if len({key_id(key) for key in keys}) < len(keys):
        raise KeyProblem(f"{found.where} 中有两把密钥的编号相同，请删去重复的，或另换一把。")
    return keys


def digest_key(data_dir: Path) -> bytes:
    """The secret that look-up digests are keyed with. Raises `KeyProblem`."""
    return _only(find(DIGEST, data_dir))


def service_key(data_dir: Path) -> bytes:
    """The secret of sessions and of the database role. Raises `KeyProblem`."""
    return _only(find(SERVICE, data_dir))


def find(name: str, data_dir: Path) -> Found:
    """Where a secret lies, and its text; made in `data_dir` where the installation names no place.

    Raises `KeyProblem` where the named place does not have it: a key made silently instead would
    leave everything sealed until then unreadable.
    """
    variable = f"YONGGONG_{name.replace('.', '_').upper()}"
    if configured := os.environ.get(variable):
        return Found(name, variable, None, configured)
    named = list(_named_folders())
    for folder in named:
        if _is_there(path := folder / name):
            return Found(name, variable, path, _read(path))
    if named:
        raise KeyProblem(
            f"{'、'.join(map(str, named))} 中没有密钥文件 {name}。请放入该文件（32 个随机字节的 base64，"
            "可用 openssl rand -base64 32 生成），由 systemd 交给进程的在服务文件中加上 "
            f"LoadCredential={name}；或取消环境变量 YONGGONG_KEY_DIR。"
        )
    path = data_dir / name
    try:
        if not path.exists():
            data_dir.mkdir(parents=True, exist_ok=True)
            _create_once(path, base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
    except OSError as error:
        raise KeyProblem(
            f"不能建立密钥文件 {path}：{error.strerror}。请确认数据目录由当前用户所有、可以写入，"
            "或用环境变量 YONGGONG_DATA_DIR 另指一个目录。"
        ) from error
    return Found(name, variable, path, _read(path))


def subkey(key: bytes, purpose: str) -> bytes:
    """A 32-byte key for one purpose, so that no two uses share key material (HKDF-SHA-256)."""
    kdf = HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode())
    return kdf.derive(key)


def key_id(key: bytes) -> str:
    """By what a key is named in what was made with it: six hexadecimal digits that follow from the
    key and tell nothing of it, so that no two installations give one name to different keys."""
    return subkey(key, "id")[:_ID_BYTES].hex()


def _named_folders() -> Iterator[Path]:
    """Where the secrets are said to lie. What systemd hands a process may be for something else: its
    folder counts once it holds one of them."""
    if folder := os.environ.get("YONGGONG_KEY_DIR"):
        yield Path(folder).resolve()
    if folder := os.environ.get("CREDENTIALS_DIRECTORY"):
        handed = Path(folder).resolve()
        if any(_is_there(handed / name) for name in NAMES):
            yield handed


def _is_there(path: Path) -> bool:
    """Whether there is such a file, or one cannot even look, of which reading it tells."""
    try:
        return path.exists()
    except OSError:
        return True


def _only(found: Found) -> bytes:
    return _decode(found.text.strip(), found.where)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace").strip()
    except OSError as error:
        raise KeyProblem(
            f"不能读取密钥文件 {path}：{error.strerror}。请确认运行平台的用户可以读取该文件。"
        ) from error


def _create_once(path: Path, content: bytes) -> None:
    """Write `path` whole or not at all; where two processes race, the first one's key stays."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        temporary.unlink()


def _decode(text: str, where: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise KeyProblem(f"{where} 不是有效的 base64：应为 32 个随机字节的 base64。") from error
    if len(key) != KEY_BYTES:
        raise KeyProblem(f"{where} 有 {len(key)} 个字节，应为 {KEY_BYTES} 个。")
    return key
