"""Which Chromium walks the pages."""

from __future__ import annotations

import shutil

WHOLE = "/usr/bin/chromium"
# The same engine without a window's own parts, at three quarters of the time. It shows no PDF: modules
# that look at one, and the pictures of the guides, have the whole browser (`SHOWS_PAPERS`).
SHELL = shutil.which("chromium-headless-shell") or WHOLE
