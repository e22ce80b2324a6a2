"""`python -m bench [--only NAME]`: run the benchmarks on a database of their own."""

from __future__ import annotations

import argparse
import importlib
import os
from pathlib import Path

NAMES = ("findings", "filing", "lists", "roster", "batch")


def main() -> None:
    """Run one benchmark, or all."""
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--only", choices=NAMES)
    parser.add_argument("--rows", type=int, default=1_000_000, help="contracts in the database")
    options = parser.parse_args()
    folder = Path(__file__).resolve().parents[1] / "var" / "bench"
    os.environ.setdefault("YONGGONG_DATA_DIR", str(folder))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yonggong.settings")
    import django

    django.setup()
    from bench import database
    from bench.results import keep, show

    database.prepare(rows=options.rows)
    results = []
    for name in [options.only] if options.only else NAMES:
        results += importlib.import_module(f"bench.{name}").run()
    show(results)
    keep(results)


if __name__ == "__main__":
    main()
