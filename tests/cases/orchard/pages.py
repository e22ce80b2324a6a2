"""What the pages say of an orchard while it is filled in."""

from __future__ import annotations

from collections.abc import Iterable

from yonggong.cases.attempts import Attempt
from yonggong.cases.models import Case
from yonggong.cases.pages import Pages, Site
from yonggong.forms.advice import Advice


def _advice(case: Case, attempt: Attempt, site: Site) -> Iterable[Advice]:
    if attempt.values.get("signboard"):
        yield Advice(field="signboard", text="标牌作为单独的事项审核，登记和标牌都办结后本件办结。")


PAGES = Pages(advice=_advice)
