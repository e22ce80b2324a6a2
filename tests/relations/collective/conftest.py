"""A hall where collective contracts are reviewed; scans are not the matter here."""

from __future__ import annotations

from tests.entitlements.conftest import hall as hall
