"""`python -m bench.job BATCH …`: work on batches one after the other, as the job process does.

Prints a line of JSON for each: the seconds it took, and the most memory in MB that this process and
its reading processes have had so far.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time


def main() -> None:
    """Work on the batches named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yonggong.settings")
    import django

    django.setup()
    from django.utils import timezone

    from yonggong.batch import actions

    for batch in map(int, sys.argv[1:]):
        began = time.perf_counter()
        actions.work(batch, now=timezone.now())
        said = {
            "seconds": time.perf_counter() - began,
            "own": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "reading": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        }
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main()
