"""备案管理权限: where an employer's filings go and why, the same for the employer and the bureau."""

from __future__ import annotations

from datetime import date
from typing import Any

from yonggong import policy
from yonggong.cases import routing
from yonggong.cases.items import kinds_for
from yonggong.codes import regions
from yonggong.employers.queries import approved_filing
from yonggong.policy.showing import show_condition
from yonggong.policy.values import LEVEL_LABELS
from yonggong.registry.models import Employer


def explained(employer: Employer, on: date) -> dict[str, Any]:
    """The rules of the province with the one that decides, what they hang on, the agencies."""
    rules = policy.of(employer.region_code, on)
    approved = approved_filing(employer)
    particulars = routing.registered(employer)
    if approved is not None:
        particulars["is_dispatcher"] = approved.values.get("is_dispatcher")
    decision = routing.decision_of(particulars, region_code=employer.region_code, policy=rules)
    held = rules.routing_rules
    kinds = [kind for kind in kinds_for(employer.region_code, on) if kind.serves(employer.party)]
    return {
        "employer": employer,
        "rules": [
            {
                "about": show_condition(rule),
                "level": LEVEL_LABELS[rule.level],
                "reason": rule.reason,
                "decides": place == decision.rule,
            }
            for place, rule in enumerate(held.value)
        ],
        "held": held,
        "region": regions.full_name(employer.region_code),
        "level": LEVEL_LABELS[decision.level],
        "reached": regions.full_name(decision.region),
        "reason": decision.reason,
        "chosen": decision.agency_chosen_by_employer,
        # Approved under other rules, or chosen, or handed to another: the filings go there all the same.
        "elsewhere": employer.agency is not None and employer.agency.level != decision.level,
        "at_workplace": rules.may_file_at_workplace,
        "destinations": routing.destinations(employer.party, kinds, policy=rules),
    }
