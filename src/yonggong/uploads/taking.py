"""A file opened: its size and type first, then its inside in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from threading import BoundedSemaphore

from yonggong.uploads import scanning
from yonggong.uploads.errors import UploadRefused
from yonggong.uploads.types import TYPES, FileType, recognised

_MEGABYTE = 1024 * 1024
# As many files are opened side by side in one web process; the others wait their turn.
_TURNS = BoundedSemaphore(2)
_MOST_SECONDS_WAITING = 60
_MOST_SECONDS = 60

_DIFFERENT = "文件内容无法读取，可能已损坏。请重新扫描、拍照或另存后再上传。"
_TOO_MUCH = "文件内容过于复杂，无法在限定的时间和内存内打开。请重新扫描或拍照后再上传。"
_BUSY = "上传的人较多，请稍后再试。"


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that may be kept: its content as it is kept, and what it is."""

    content: bytes
    file_type: FileType


def opened(content: bytes, *, allowed: tuple[str, ...], megabytes: int) -> Opened:
    """A whole file of at most so many megabytes, of one of the `allowed` types (pdf, jpg, png).

    Pictures are made anew, upright and without what the camera wrote beside them (place, time,
    device); a HEIC photo becomes JPG. A PDF is kept as it came. Raises `UploadRefused`.
    """
    if not content:
        raise UploadRefused("文件是空的，请重新选择文件。")
    if len(content) > megabytes * _MEGABYTE:
        raise UploadRefused(
            f"文件有 {len(content) / _MEGABYTE:.1f} MB，超过 {megabytes} MB。请压缩后再上传。"
        )
    file_type = recognised(content)
    if file_type is None or file_type.name not in allowed:
        titles = "、".join(TYPES[name].title for name in TYPES if name in allowed)
        raise UploadRefused(
            f"文件内容不是 {titles}。请用原始扫描件或照片上传，不要只改文件扩展名。"
        )
    # Not at once, since the process in which a file is opened imports this room.
    from django.conf import settings

    scanning.scan(content, at=settings.CLAMAV)
    return Opened(_opened_apart(content), file_type)


def _opened_apart(content: bytes) -> bytes:
    """What the process that opens it says of it."""
    if not _TURNS.acquire(timeout=_MOST_SECONDS_WAITING):
        raise UploadRefused(_BUSY)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "yonggong.uploads.opening"],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UploadRefused(_TOO_MUCH) from None
    finally:
        _TURNS.release()
    head, found, kept = done.stdout.partition(b"\n")
    if done.returncode or not found:
        raise UploadRefused(_TOO_MUCH if done.returncode < 0 else _DIFFERENT)
    refused = json.loads(head)["refused"]
    if refused:
        raise UploadRefused(refused)
    return kept
