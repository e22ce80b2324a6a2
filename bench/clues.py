"""The night's run that finds clues: what is gathered once, and each question of the database."""

from __future__ import annotations

import time
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from bench.results import Result
from yonggong import policy
from yonggong.cases.models import Event
from yonggong.supervision import finding
from yonggong.supervision.finders import FINDERS, Place
from yonggong.supervision.gathering import gather_some


def run() -> list[Result]:
    """Events gathered a second (floor: reading them), and the longest question of any kind of clue in
    any prefecture, with the whole run."""
    now = timezone.now() + timedelta(hours=1)
    began = time.perf_counter()
    events = sum(1 for _ in Event.objects.order_by("pk").iterator(chunk_size=10_000))
    read = events / (time.perf_counter() - began)
    began = time.perf_counter()
    while gather_some(now=now):
        pass
    gathered = events / (time.perf_counter() - began)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE supervision_trait")
    today = timezone.localdate(now)
    longest, which, began = 0.0, "", time.perf_counter()
    for stem in finding._stems():
        place = Place(stem, today, policy.of(f"{stem}00", today))
        for finder in FINDERS:
            asked = time.perf_counter()
            found = sum(1 for _ in finder.find(place))
            took = time.perf_counter() - asked
            if took > longest:
                longest, which = took, f"{finder.kind.label}, {found} clues"
    whole = time.perf_counter() - began
    return [
        Result("clues: events gathered", "/s", gathered, read, "once each"),
        Result(f"clues: longest question ({which})", "s", longest, 0.0, "< 3 s"),
        Result("clues: all questions of a night", "s", whole, 0.0, "behind others"),
    ]
