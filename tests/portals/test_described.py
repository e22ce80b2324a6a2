"""What the page of an item's case says of the item to whom."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from yonggong.catalogue import book
from yonggong.catalogue.doubts import is_doubtful, is_for_applicants
from yonggong.portals.pages.described import described
from yonggong.portals.pages.site import BUREAU, EMPLOYER, PERSON

# A rule that guards against what the standard says twice, and one with nothing to hide.
DOUBTFUL, PLAIN = "enterprise-pension-benefit-claim", "unemployment-benefit-claim"


@pytest.mark.parametrize("site", [EMPLOYER, PERSON, BUREAU])
@pytest.mark.parametrize("key", [DOUBTFUL, PLAIN])
def test_nobody_but_administrators_reads_where_the_standard_contradicts_itself(
    key: str, site: Any
) -> None:
    item = book().get(key)
    told = described_of(item, site)
    assert not any(map(is_doubtful, told.rules))
    if site is not BUREAU:
        assert all(map(is_for_applicants, told.rules))
    assert (len(told.rules) < len(item.rules)) == (key == DOUBTFUL)
    assert replace(told, rules=item.rules) == item


def described_of(item: Any, site: Any) -> Any:
    kind = SimpleNamespace(item=item, coded=False, is_service=True)
    found = described(SimpleNamespace(definition=kind, state="draft"), None, site)  # type: ignore[arg-type]
    assert found is not None
    return found.item
