"""The contracts of all provinces exported whole, as .csv and .xlsx, against a bare COPY.

Each export runs in a process of its own (`python -m bench.export csv`), so that the peak of memory
is its own and no other benchmark's.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from bench.results import Result

_FORMATS = ("csv", "xlsx")
_MOST_MEGABYTES = 128
_USERNAME, _PASSWORD = "bench_export", "Bench-2026-export"
_FLOOR = """
COPY (
  SELECT f.name, w.document_sealed, e.name, f.employment_form, f.term_type, f.start_on, f.end_on,
    f.kind, f.state, f.in_post, f.filed_on
  FROM contracts_filing f JOIN registry_worker w ON w.id = f.worker_id
    JOIN registry_employer e ON e.id = f.employer_id
  WHERE f.region_code ~ '^(22|15|14)' ORDER BY f.case_id DESC
) TO STDOUT (FORMAT csv)
"""


def run() -> list[Result]:
    """Seconds to the last byte and to the first, and the peak of memory, for each kind of file."""
    _supervisor()
    rows, floor = _floor()
    results = []
    for form in _FORMATS:
        measured = _exported(form)
        results += [
            Result(f"export: {rows:,} contracts as {form}", "s", measured["last"], floor),
            Result(f"export: first bytes of {form}", "s", measured["first"], floor, "< 1 s"),
            Result(
                f"export: peak memory, {form}", "MB", measured["peak"], _MOST_MEGABYTES, "ratio ≤ 1"
            ),
        ]
    return results


def _supervisor() -> None:
    """Somebody who sees the contracts of three provinces."""
    from yonggong.accounts.models import Grant, User

    user = User(username=_USERNAME, name=_USERNAME)
    user.set_password(_PASSWORD)
    user.save()
    for code in ("220000", "150000", "140000"):
        Grant.objects.create(user=user, role="bureau_supervisor", region_code=code)


def _floor() -> tuple[int, float]:
    """How many rows there are, and the seconds PostgreSQL needs to send their cells in order."""
    from django.db import connection

    rows = 0
    began = time.perf_counter()
    with connection.cursor() as cursor, cursor.copy(_FLOOR) as copy:
        for _ in copy:
            rows += 1
    return rows, time.perf_counter() - began


def _exported(form: str) -> dict[str, float]:
    """What the process that made one export measured."""
    ended = subprocess.run(
        [sys.executable, "-m", "bench.export", form], check=True, stdout=subprocess.PIPE
    )
    measured: dict[str, float] = json.loads(ended.stdout)
    return measured


def _export(form: str) -> dict[str, float]:
    """Ask for the file as a browser does, and let it go by: seconds to the first and to the last
    byte, peak memory of this process in MB."""
    from django.test import Client
    from django.test.utils import override_settings
    from django.urls import reverse

    with override_settings(ALLOWED_HOSTS=["testserver"]):
        client = Client()
        client.post("/sign-in/", {"username": _USERNAME, "password": _PASSWORD})
        # Signing in hashes a password, which takes more memory than anything after it.
        Path("/proc/self/clear_refs").write_text("5")
        began = time.perf_counter()
        answer = client.get(reverse("bureau:contracts"), {"export": form})
        first = 0.0
        for chunk in answer:
            first = first or (time.perf_counter() - began if chunk else 0.0)
        last = time.perf_counter() - began
    return {"first": first, "last": last, "peak": _peak()}


def _peak() -> float:
    """The most memory this process held since it was last asked to forget, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    (line,) = (line for line in lines if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    import django

    assert "DATABASE_URL" in os.environ, "started by `run`"
    django.setup()
    print(json.dumps(_export(sys.argv[1])))
