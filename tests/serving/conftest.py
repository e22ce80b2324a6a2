"""What takes long to make, made once: a platform's data with the demonstration loaded."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from tests.ports import free_port
from tests.serving.platform import Running, answers, start, stop

Loaded = Callable[[], AbstractContextManager[Path]]


@pytest.fixture(scope="session")
def first_start() -> Iterator[Running]:
    """A platform that began with nothing and served; stopped since. All tests that ask for it are of
    the group "run", so that it is one process's."""
    # Not below pytest's own folder: that is closed to the user whom the database runs as.
    with tempfile.TemporaryDirectory(prefix="yonggong-") as folder:
        running = start(Path(folder) / "var", port=free_port())
        served = answers(running.address)
        stop(running)
        assert served == 200
        yield running


@pytest.fixture(scope="session")
def loaded(first_start: Running) -> Loaded:
    """Data of one's own in which the demonstration is: a copy, for as long as it is used."""

    @contextmanager
    def copied() -> Iterator[Path]:
        with tempfile.TemporaryDirectory(prefix="yonggong-") as folder:
            # With its owners: the database does not run as root.
            subprocess.run(["cp", "-a", str(first_start.data), folder], check=True)
            yield Path(folder) / first_start.data.name

    return copied
