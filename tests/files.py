"""Files as people bring them, whole and small."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from PIL import Image

from yonggong.uploads.pictures import made_anew


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **how: Any) -> bytes:
    """A picture, the left half white and the right half black."""
    made = Image.new("RGB", size, "white")
    made.paste("black", (size[0] // 2, 0, *size))
    out = io.BytesIO()
    made.save(out, kind, **how)
    return out.getvalue()


def pdf(**root: Any) -> bytes:
    """A PDF of one page with further entries in its root."""
    made = pikepdf.new()
    made.add_blank_page(page_size=(595, 842))
    for name, value in root.items():
        made.Root[f"/{name}"] = value
    return saved(made)


def saved(made: pikepdf.Pdf, **how: Any) -> bytes:
    """The bytes of a PDF; the same each time."""
    out = io.BytesIO()
    made.save(out, **{"deterministic_id": "encryption" not in how, **how})
    return out.getvalue()


PDF = pdf()
OTHER = made_anew(picture("PNG", (50, 20)))
PNG, JPG = made_anew(picture("PNG")), picture("JPEG")  # the PNG is kept as it is
