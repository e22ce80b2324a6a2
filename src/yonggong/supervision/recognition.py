"""Whether an employer may be recognised as one of harmonious labour relations (和谐劳动关系单位): the
filing is a condition of it, and who refused to correct may not (measures of Inner Mongolia, Art. 15)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from yonggong import policy
from yonggong.registry.models import Employer
from yonggong.relations.blockers import Blocker
from yonggong.supervision.defaulters import now_listed
from yonggong.supervision.models import Defaulter, Order


@dataclass(frozen=True, slots=True)
class Recognition:
    """Whether it may be, what stands against it, and what is worth knowing beside that."""

    reasons: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def allowed(self) -> bool:
        return not self.reasons


def blockers(employer: Employer, on: date) -> Iterator[Blocker]:
    """The same for an application for recognition (`relations.harmony`), where orders that are open
    defer it too; one that was not served yet is not told to the employer."""
    for reason in may_be_recognised(employer, on=on).reasons:
        yield Blocker(reason)
    running = Order.objects.filter(employer=employer, ended_at__isnull=True).order_by("pk")
    for number, served_on in running.values_list("number", "served_on"):
        yield Blocker(f"责令限期改正通知书 {number} 尚未结案。", told=served_on is not None)


def may_be_recognised(employer: Employer, *, on: date) -> Recognition:
    """As the filing says; what else recognition asks for is not looked at here."""
    if not policy.of(employer.region_code, on).supervision.recognition_needs_filing:
        return Recognition((), ("本地政策没有规定以用工备案为认定条件。",))
    reasons = []
    if employer.state == Employer.State.UNFILED:
        reasons.append("尚未进行劳动用工备案，没有资格参加认定。")
    if employer.is_closed:
        reasons.append("已注销备案。")
    if entry := now_listed(employer):
        reasons.append(
            f"经责令改正（{entry.order.number}）拒不改正，{entry.entered_at.astimezone():%Y-%m-%d}"
            "列入拒不改正名单，不得认定。"
        )
    served = Order.objects.filter(employer=employer, served_on__isnull=False)
    # Who refused and was never listed; who was listed and left the list has corrected it.
    refused = served.filter(state=Order.State.REFUSED).exclude(
        pk__in=Defaulter.objects.filter(employer=employer).values("order")
    )
    reasons += [
        f"经责令改正（{number}）拒不改正，不得认定。"
        for number in refused.order_by("pk").values_list("number", flat=True)
    ]
    running = served.filter(ended_at__isnull=True).count()
    notes = (f"有 {running} 份责令限期改正通知书尚未结案。",) if running else ()
    return Recognition(tuple(reasons), notes)
