"""``python -m yonggong.policy check``: list every gap in the policy files."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from pathlib import Path

from yonggong.policy.book import EXTRA_FOLDERS, read_book
from yonggong.policy.checking import check_book


def main(arguments: list[str] | None = None) -> int:
    """Print the gaps of the files; give 1 where one of them is an error, otherwise 0."""
    parser = argparse.ArgumentParser(prog="yonggong policy", description="核对各省政策文件")
    parser.add_argument("command", choices=["check"])
    parser.add_argument("folders", nargs="*", type=Path, help="另外读取的文件夹")
    parser.add_argument("--errors-only", action="store_true", help="不列出待核等提示")
    asked = parser.parse_args(arguments)
    named = [Path(one) for one in os.environ.get(EXTRA_FOLDERS, "").split(os.pathsep) if one]
    book = read_book(*named, *asked.folders)
    gaps = check_book(book)
    for gap in gaps:
        if gap.level == "error" or not asked.errors_only:
            print(gap)
    counted = Counter(gap.level for gap in gaps)
    print(f"共 {len(book.sheets)} 个文件，{counted['error']} 处错误，{counted['note']} 处提示。")
    return 1 if counted["error"] else 0


if __name__ == "__main__":
    sys.exit(main())
