"""Versions of invented items, proposed by one administrator and approved by another."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from yonggong.cases import item_actions, items
from yonggong.cases.item_models import ItemProposal, ItemVersion

_KITE = json.loads(Path(__file__).with_name("kite.json").read_text("utf-8"))
PROVINCE, CITY, COUNTY = "220000", "220100", "220104"


def content(**changed: Any) -> dict[str, Any]:
    """An invented item that no code knows: lending kites out."""
    said = copy.deepcopy(_KITE) | {
        "id": "kite-lending",
        "name": "风筝借用",
        "departments": ["人社"],
        "materials": [],
        "acceptance_checks": [],
        "handling_checks": [],
    }
    return said | copy.deepcopy(changed)


def packaged(key: str) -> dict[str, Any]:
    """What an item of the package says, to be changed by a test."""
    return copy.deepcopy(ItemVersion.objects.filter(key=key).latest("number").content)


@dataclass
class Pair:
    """Two administrators of items of one region."""

    proposer: Any
    approver: Any
    now: datetime

    def propose(
        self,
        said: dict[str, Any],
        region: str = PROVINCE,
        since: date | None = None,
        by: Any = None,
    ) -> ItemProposal:
        return item_actions.propose(
            content=said,
            region=region,
            holds_from=since or self.now.date(),
            reason="依据吉人社办字〔2026〕1号",
            by=by or self.proposer,
            now=self.now,
            address=None,
        )

    def approve(self, proposal: ItemProposal, by: Any = None) -> ItemVersion:
        version = item_actions.approve(
            proposal=proposal, by=by or self.approver, now=self.now, address=None
        )
        items.refresh()  # no test commits, and so tells nobody
        return version

    def add(self, said: dict[str, Any], region: str = PROVINCE, since: date | None = None) -> Any:
        return self.approve(self.propose(said, region, since))
