"""One measurement, and how they are shown and kept."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).with_name("results.json")


@dataclass(frozen=True)
class Result:
    """`ours` and `floor` in `unit`; `ratio` ours over floor; `target` in words."""

    name: str
    unit: str
    ours: float
    floor: float
    target: str = ""

    @property
    def ratio(self) -> float:
        return self.ours / self.floor if self.floor else 0.0


def milliseconds(act: Callable[[], object]) -> float:
    """Milliseconds that one call takes."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def interleaved(
    ours: Callable[[], object], floor: Callable[[], object], *, rounds: int, warm_up: int = 5
) -> tuple[float, float]:
    """Medians in milliseconds of both, measured in turns so that a noisy machine hits both."""
    for _ in range(warm_up):
        ours()
        floor()
    pairs = [(milliseconds(ours), milliseconds(floor)) for _ in range(rounds)]
    return statistics.median(pair[0] for pair in pairs), statistics.median(
        pair[1] for pair in pairs
    )


def show(results: Iterable[Result]) -> None:
    """Print the table."""
    print(f"{'benchmark':<44}{'ours':>11}{'floor':>11} {'unit':<6}{'ratio':>7}  target")
    for result in results:
        print(
            f"{result.name:<44}{result.ours:>11.2f}{result.floor:>11.2f} {result.unit:<6}"
            f"{result.ratio:>7.2f}  {result.target}"
        )


def keep(results: Iterable[Result]) -> None:
    """Write results.json; benchmarks that were not run keep their last figures. What stands before
    the colon of a name is the benchmark, and all its figures are replaced together."""
    kept = json.loads(RESULTS.read_text()) if RESULTS.exists() else []
    new = [{**asdict(result), "ratio": round(result.ratio, 3)} for result in results]
    ran = {_benchmark(entry) for entry in new}
    merged = [entry for entry in kept if _benchmark(entry) not in ran] + new
    RESULTS.write_text(json.dumps(merged, indent=2, ensure_ascii=False) + "\n", "utf-8")


def _benchmark(entry: dict[str, Any]) -> str:
    return str(entry["name"]).partition(":")[0]
