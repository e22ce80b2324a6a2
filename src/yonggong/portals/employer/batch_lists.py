"""The lists on the batch pages: the batches so far, and the rows that one of them filed."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.batch import listings as batches
from yonggong.batch import queries
from yonggong.batch.models import Batch
from yonggong.contracts import listings as contracts
from yonggong.contracts.models import Filing
from yonggong.listings import Column, Listing
from yonggong.portals.employer.contracts import own, row_link

# The manual's two pages, and the kinds each is for.
GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "new": ("合同新订（续订）备案批量", ("contract.new", "contract.renewal", "contract.change")),
    "ending": ("合同解除/终止备案批量", ("contract.ending",)),
}


def _batches(group: str) -> Listing:
    """The batches of a group, as the employer's people see them."""
    title, kinds = GROUPS[group]

    def rows(user: User) -> QuerySet[Batch]:
        mine = queries.visible_to(user).filter(employer__in=user.scope.employers(Power.FILE))
        return mine.filter(kind__in=kinds)

    return Listing(
        name=f"employer-batch-{group}",
        title=f"{title}批次",
        columns=batches.columns(
            "number", "kind", "file", "filed_by", "created", "state", "total", "filed", "bad"
        ),
        rows=rows,
        conditions=(
            *([batches.kind_condition(lambda: kinds)] if len(kinds) > 1 else []),
            *batches.conditions("state", "created", "file"),
        ),
        row_link=lambda row: reverse("employer:batch", args=[row.pk]),
        empty="没有符合条件的批次。",
    )


def _filed(user: User) -> QuerySet[Filing]:
    """The filings of the employer, each with its row in the workbook."""
    return own(user).select_related("case")


BATCHES: dict[str, Listing] = {group: _batches(group) for group in GROUPS}
FILED = Listing(
    name="employer-batch-rows",
    title="批次成功的行",
    columns=(
        Column(
            name="row", label="行号", value=lambda row: row.case.batch_row, numeric=True, width=8
        ),
        *contracts.columns(
            "name", "document", "sex", "employment_form", "term_type", "job", "signed_on", "start_on",
            "end_on", "ended_on", "end_reason", "state", "late", "filed_on",
            sex={"shown": True},
            ended_on={"shown": False},
        ),
    ),
    conditions=contracts.conditions("name", "document", "state", "late"),
    rows=_filed,
    default_order=("case__batch_row", "pk"),
    row_link=row_link,
    empty="没有符合条件的行。",
)  # fmt: skip
