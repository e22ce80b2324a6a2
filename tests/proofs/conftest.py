"""An authority that the installation trusts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.proofs.authority import Authority


@pytest.fixture
def authority(now: datetime, tmp_path: Path, settings: Any) -> Authority:
    """Its certificates and list lie in the folder that the installation names."""
    made = Authority(now)
    made.lay(tmp_path)
    settings.CERTIFICATE_AUTHORITIES, settings.REVOCATION_LISTS = tmp_path, None
    return made


@pytest.fixture
def system_administrator(make_user: Callable[..., Any]) -> Any:
    return make_user("system_administrator", region_code="220000")
