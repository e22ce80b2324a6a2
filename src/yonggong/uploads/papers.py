"""PDFs: opened as a viewer would, and looked through for what goes beyond showing pages."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

from yonggong.uploads.errors import UploadRefused

_BROKEN = "文件不完整，可能传输中断。请重新生成文件后再上传。"
_LOCKED = "PDF 文件需要密码才能打开。请取消密码，或打印为普通 PDF 后再上传。"
_PLAIN = "请用“打印为 PDF”另存为普通 PDF，或改传照片。"
_ACTS = f"PDF 文件中含有脚本或打开时自动执行的动作，不能上传。{_PLAIN}"
_FILES = f"PDF 文件中夹带了其他文件，不能上传。{_PLAIN}"
_XFA = f"PDF 是动态表单（XFA），多数软件无法显示，不能上传。{_PLAIN}"

# ISO 32000-2, 12.6.4: actions that run a script, start a program, send a form away, open another
# file, or play what is embedded. Going to a page and following a link are none.
_ACTIONS = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Rendition",
    "/RichMediaExecute", "/Movie", "/Sound", "/Trans", "/SetOCGState",
}  # fmt: skip
_EMBEDDED_ANNOTATIONS = {"/FileAttachment", "/RichMedia", "/Screen", "/3D", "/Movie", "/Sound"}
# Padding after the end, and lines before the beginning, are the maker's untidiness.
_END = b"%%EOF"


def check(content: bytes) -> None:
    """Raises `UploadRefused` where the file cannot be opened, or would do more than show pages."""
    if _END not in content:
        raise UploadRefused(_BROKEN)
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            _check_root(pdf.Root)
            for holder in _dictionaries(pdf):
                _check_dictionary(holder)
            if not len(pdf.pages):
                raise UploadRefused("PDF 文件没有页面。请重新生成文件后再上传。")
    except pikepdf.PasswordError:
        raise UploadRefused(_LOCKED) from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RuntimeError):
        raise UploadRefused(_BROKEN) from None


def _check_root(root: pikepdf.Object) -> None:
    opening = root.get("/OpenAction")
    # An array is a page to begin at; of actions only going to a page is one.
    if isinstance(opening, pikepdf.Dictionary) and opening.get("/S") != "/GoTo":
        raise UploadRefused(_ACTS)
    names = root.get("/Names")
    if isinstance(names, pikepdf.Dictionary):
        if "/JavaScript" in names:
            raise UploadRefused(_ACTS)
        if "/EmbeddedFiles" in names:
            raise UploadRefused(_FILES)
    form = root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and "/XFA" in form:
        raise UploadRefused(_XFA)
    if "/Collection" in root:
        raise UploadRefused(_FILES)


def _check_dictionary(found: pikepdf.Object) -> None:
    if _word(found, "/S") in _ACTIONS or "/JS" in found or "/AA" in found:
        raise UploadRefused(_ACTS)
    if "/EF" in found or _word(found, "/Subtype") in _EMBEDDED_ANNOTATIONS:
        raise UploadRefused(_FILES)
    if _word(found, "/Type") == "/EmbeddedFile":
        raise UploadRefused(_FILES)


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary of the file, those that stand within others too."""
    waiting: list[Any] = list(pdf.objects)
    while waiting:
        found = waiting.pop()
        if isinstance(found, pikepdf.Stream):
            yield found.stream_dict
            waiting.extend(_within(found.stream_dict))
        elif isinstance(found, pikepdf.Dictionary):
            yield found
            waiting.extend(_within(found))
        elif isinstance(found, pikepdf.Array):
            waiting.extend(part for part in found if _stands_here(part))


def _within(found: Any) -> Iterator[Any]:
    return (value for _, value in found.items() if _stands_here(value))


def _stands_here(value: Any) -> bool:
    """Written in its place: what is only referred to is an object of its own."""
    return (
        isinstance(value, pikepdf.Dictionary | pikepdf.Array | pikepdf.Stream)
        and not value.is_indirect
    )


def _word(found: Any, name: str) -> str:
    value = found.get(name)
    return str(value) if isinstance(value, pikepdf.Name) else ""
