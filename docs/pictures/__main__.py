"""`python -m docs.pictures`: write the pictures of docs/architecture.md, text and SVG."""

from __future__ import annotations

from pathlib import Path

from docs.pictures.drawings import case, rooms
from docs.pictures.graph import as_dot, as_svg

HERE = Path(__file__).resolve().parent


def written() -> dict[Path, str]:
    """What each file holds."""
    pictures = (rooms(), case())
    return {HERE / f"{one.name}.dot": as_dot(one) for one in pictures} | {
        HERE / f"{one.name}.svg": as_svg(one) for one in pictures
    }


def main() -> None:
    """Write them all."""
    for path, text in written().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
