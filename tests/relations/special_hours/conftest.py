"""A hall where special hours are permitted; scans are not the matter here."""

from __future__ import annotations

from tests.entitlements.conftest import hall as hall
