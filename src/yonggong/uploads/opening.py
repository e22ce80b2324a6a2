"""The process in which a file is opened: little memory, little time, nothing to write to.

Run as `python -m yonggong.uploads.opening`: the file on standard input, on standard output one line of
JSON (`refused`, empty where it may be kept), then the content to keep. It ends with whoever asked,
since its input does. It imports what this one file needs and no Django, since imports took most of the
time that a file took.
"""

from __future__ import annotations

import json
import resource
import sys

from yonggong.uploads.errors import UploadRefused
from yonggong.uploads.types import PDF, recognised

# A picture of the most pixels that are taken is four bytes a pixel, held at most four times over.
_MEMORY = 2 * 1024**3
_SECONDS = 30

_TOO_LARGE = "图片过大，无法打开。请缩小尺寸后再上传。"


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def opened_here(content: bytes) -> bytes:
    """The content to keep. Raises `UploadRefused`."""
    if recognised(content) is not PDF:
        from yonggong.uploads import pictures

        return pictures.made_anew(content)
    from yonggong.uploads import papers

    papers.check(content)
    return content


def _main() -> None:
    _limit()
    content, refused = sys.stdin.buffer.read(), ""
    try:
        content = opened_here(content)
    except UploadRefused as reason:
        refused, content = str(reason), b""
    except MemoryError:
        refused, content = _TOO_LARGE, b""
    sys.stdout.buffer.write(json.dumps({"refused": refused}).encode() + b"\n" + content)


if __name__ == "__main__":
    _main()
