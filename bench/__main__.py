"""`python -m bench [--only NAME]`: run the benchmarks on a database of their own."""

from __future__ import annotations

import argparse
import importlib
import os

from bench.database import PROJECT, filled_copy
from bench.results import keep, show

NAMES = (
    "cells",
    "findings",
    "searching",
    "filing",
    "lists",
    "services",
    "casepage",
    "home",
    "clues",
    "export",
    "roster",
    "annual",
    "batch",
    "rotation",
)


def main() -> None:
    """Run one benchmark, or all."""
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--only", choices=NAMES)
    parser.add_argument("--rows", type=int, default=1_000_000, help="contracts in the database")
    options = parser.parse_args()
    folder = PROJECT / "var" / "bench"
    os.environ["YONGGONG_DATA_DIR"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "yonggong.settings"
    os.environ["YONGGONG_SECOND_FACTOR"] = "off"
    from yonggong import embedded

    server = embedded.start(folder / "postgres")
    results = []
    with filled_copy(server, rows=options.rows) as url:
        os.environ["DATABASE_URL"] = url
        import django

        django.setup()
        for name in [options.only] if options.only else NAMES:
            results += importlib.import_module(f"bench.{name}").run()
    show(results)
    keep(results)


if __name__ == "__main__":
    main()
