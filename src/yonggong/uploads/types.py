"""Which kind of file some content is, told by its first bytes, never by its name."""

from __future__ import annotations

from dataclasses import dataclass

# ISO 32000-2, annex: readers look for the head within the first 1,024 bytes. Scanners put printer
# commands or blank lines before it.
_HEAD_WITHIN = 1024
# ISO/IEC 23008-12: a HEIF file is a box `ftyp` with one of these brands.
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")


@dataclass(frozen=True, slots=True)
class FileType:
    """A kind of file as it is kept; `name` is also the ending of its name."""

    name: str
    title: str
    content_type: str


PDF = FileType("pdf", "PDF", "application/pdf")
JPG = FileType("jpg", "JPG", "image/jpeg")
PNG = FileType("png", "PNG", "image/png")
TYPES = {file_type.name: file_type for file_type in (PDF, JPG, PNG)}


def recognised(content: bytes) -> FileType | None:
    """What the content becomes when it is kept (HEIC becomes JPG); None for anything else."""
    if content.startswith(b"\xff\xd8\xff") or is_heif(content):
        return JPG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if b"%PDF-" in content[:_HEAD_WITHIN]:
        return PDF
    return None


def is_heif(content: bytes) -> bool:
    """Whether it is a photo as iPhones and newer Androids make it."""
    return content[4:8] == b"ftyp" and content[8:12] in _HEIF_BRANDS
