"""Pictures for the guides: YONGGONG_GUIDE_PICTURES names the folder where they are made anew."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Page

KEPT = os.environ.get("YONGGONG_GUIDE_PICTURES")


def keep(shown: Page, name: str, *, whole: bool = False) -> None:
    """A picture of a window, or of the whole page in it, where the guides are made anew."""
    if KEPT is None:
        return
    shown.wait_for_load_state("networkidle")
    shown.wait_for_timeout(700)  # what answers typing, and scrolling, come to rest
    Path(KEPT).mkdir(parents=True, exist_ok=True)
    shown.screenshot(path=Path(KEPT) / f"{name}.png", full_page=whole)
