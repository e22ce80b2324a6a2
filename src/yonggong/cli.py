"""The `yonggong` command."""

from __future__ import annotations

import os
import sys


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code is 0 where it succeeded."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yonggong.settings")
    from yonggong.serving.commands import dispatch

    return dispatch(sys.argv[1:] if arguments is None else arguments)


if __name__ == "__main__":
    sys.exit(main())
