"""The master key and the keys derived from it."""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32


class KeyProblem(Exception):
    """The master key is missing or malformed; the message says what to do."""


def master_key(data_dir: Path) -> bytes:
    """The 32-byte master key: YONGGONG_KEY (base64), or `data_dir`/master.key, made if absent.

    Raises `KeyProblem` when the configured key is not 32 bytes of base64, or the file cannot be
    made or read.
    """
    configured = os.environ.get("YONGGONG_KEY")
    if configured:
        return _decode(configured, "YONGGONG_KEY")
    path = data_dir / "master.key"
    try:
        if not path.exists():
            data_dir.mkdir(parents=True, exist_ok=True)
            _create_once(path, base64.b64encode(secrets.token_bytes(KEY_BYTES)))
        text = path.read_text(encoding="ascii", errors="replace").strip()
    except OSError as error:
        raise KeyProblem(
            f"不能读取或建立主密钥 {path}：{error.strerror}。请确认数据目录由当前用户所有、可以写入，"
            "或用环境变量 YONGGONG_DATA_DIR 另指一个目录。"
        ) from error
    return _decode(text, str(path))


def subkey(key: bytes, purpose: str) -> bytes:
    """A 32-byte key for one purpose, so that no two uses share key material (HKDF-SHA-256)."""
    kdf = HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode())
    return kdf.derive(key)


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
    except binascii.Error as error:
        raise KeyProblem(f"{where} 不是有效的 base64：应为 32 个随机字节的 base64。") from error
    if len(key) != KEY_BYTES:
        raise KeyProblem(f"{where} 有 {len(key)} 个字节，应为 {KEY_BYTES} 个。")
    return key
