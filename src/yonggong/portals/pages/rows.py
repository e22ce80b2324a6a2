"""A workbook whose rows a page takes at once: read within the request, what of it is not read told
first."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass

from django.http import HttpRequest

from yonggong.batch.reading import (
    MOST_MEGABYTES,
    FileRefused,
    Part,
    ReadingEnded,
    Unwanted,
    opened,
)
from yonggong.forms import Form

# So long a page waits for a file to be read.
_MOST_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file holds: its rows; or what to say of the whole of it; or, before any row is taken,
    what of it is not read (`notices`), to be sent again with the mark `seen`."""

    said: str = ""
    notices: tuple[str, ...] = ()
    seen: str = ""
    name: str = ""
    part: Part | None = None


def brought(request: HttpRequest, form: Form, *, most_rows: int, nothing: str) -> Brought:
    """The rows of the file `file` that was sent, for a form. `nothing`: what has not been done, for
    where the file is refused."""
    file = request.FILES.get("file")
    if file is None:
        return Brought("没有选择文件，请选择填写好的表格后再上传。")
    if (file.size or 0) > MOST_MEGABYTES * 1024 * 1024:
        return Brought(f"文件超过 {MOST_MEGABYTES} MB，请分成几个文件上传。")
    content = file.read()
    seen = hashlib.sha256(content).hexdigest()
    until = time.monotonic() + _MOST_SECONDS
    try:
        with opened(
            content, form, size=most_rows + 1, wanted=lambda: time.monotonic() < until
        ) as sheet:
            if sheet.notices and request.POST.get("seen") != seen:
                return Brought(notices=sheet.notices, seen=seen)
            part = next(sheet.parts)
    except FileRefused as refused:
        return Brought(str(refused))
    except (ReadingEnded, Unwanted):
        return Brought(f"读取中断，{nothing}。请在表格软件中重新保存后上传。")
    if len(part.numbers) > most_rows:
        return Brought(f"表格超过 {most_rows} 行，{nothing}。请分成几个文件上传。")
    return Brought(part=part, name=file.name or "")
