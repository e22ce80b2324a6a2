"""`python -m bench.job BATCH …`: work on batches one after the other, as the job process does.

Prints a line of JSON for each: the seconds it took, and the most memory in MB that this process and
its reading processes have had so far.
"""

from __future__ import annotations

import json
import os
import re
import resource
import sys
import time
from pathlib import Path


def main() -> None:
    """Work on the batches named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yonggong.settings")
    os.environ["PGAPPNAME"] = "yonggong-jobs"
    import django

    django.setup()
    from yonggong.batch.tasks import file_batch

    for batch in map(int, sys.argv[1:]):
        began = time.perf_counter()
        file_batch(batch=batch)
        said = {
            "seconds": time.perf_counter() - began,
            "own": _most_memory(),
            "reading": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        }
        print(json.dumps(said), flush=True)


def _most_memory() -> float:
    """In MB. Not by getrusage: that counts the process which started this one, up to that."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found is not None
    return int(found.group(1)) / 1024


if __name__ == "__main__":
    main()
