"""The daily run: traits gathered, then each kind of clue looked for in each prefecture. What was
done of a day is noted with it, so that a run that was killed goes on behind it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from yonggong import policy
from yonggong.supervision.finders import FINDERS, Finder, Found, Place
from yonggong.supervision.gathering import gather_some
from yonggong.supervision.models import Clue, Looked

_REMEMBERED = timedelta(days=30)


def run(*, now: datetime) -> None:
    """Find what there is to find today; the same day again does what is left of it."""
    while gather_some(now=now):
        pass
    today = timezone.localdate(now)
    for stem in _stems():
        place = Place(stem, today, policy.of(f"{stem}00", today))
        for finder in FINDERS:
            look(finder, place)
    Looked.objects.filter(on__lt=today - _REMEMBERED).delete()


@transaction.atomic
def look(finder: Finder, place: Place) -> None:
    """Look for one kind of clue in one place, once a day."""
    _, first = Looked.objects.get_or_create(on=place.today, kind=finder.kind, stem=place.stem)
    if first:
        _keep(finder, place, list(finder.find(place)))


def _keep(finder: Finder, place: Place, found: list[tuple[Found, str, str]]) -> None:
    """Keep what was found: what is known already is the same clue; while nobody has looked into it,
    it says what holds today."""
    by_subject = {one.subject: (one, said, aside) for one, said, aside in found}
    known = Clue.objects.filter(kind=finder.kind, subject__in=by_subject)
    held = {clue.subject: clue for clue in known.select_for_update()}
    for subject, clue in held.items():
        one, said, aside = by_subject[subject]
        clue.seen_on = place.today
        if clue.state == Clue.State.NEW:
            clue.reason, clue.figure, clue.rows = said[:500], one.figure, list(one.rows)
            clue.aside = aside
            clue.name, clue.region_code = one.name, one.region_code
            clue.employer_id = one.employer
    Clue.objects.bulk_update(
        held.values(),
        ["seen_on", "reason", "aside", "figure", "rows", "name", "region_code", "employer"],
        batch_size=1000,
    )
    Clue.objects.bulk_create(
        [
            Clue(
                kind=finder.kind,
                subject=one.subject,
                employer_id=one.employer,
                credit_code=one.credit_code,
                name=one.name,
                region_code=one.region_code,
                reason=said[:500],
                aside=aside,
                figure=one.figure,
                rows=list(one.rows),
                found_on=place.today,
                seen_on=place.today,
            )
            for subject, (one, said, aside) in by_subject.items()
            if subject not in held
        ],
        batch_size=1000,
    )


def _stems() -> list[str]:
    """The prefectures of whom there may be a clue, by the first four digits of their regions."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT left(region_code, 4) AS stem FROM registry_employer"
            " UNION SELECT left(region_code, 4) FROM registry_registration"
            " UNION SELECT left(region_code, 4) FROM supervision_insuredfigure ORDER BY stem"
        )
        return [stem for (stem,) in cursor.fetchall()]
