"""The lists on the batch pages: the batches so far, and the rows that one of them filed."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import QuerySet
from django.urls import reverse

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.batch import listings as batches
from yonggong.batch import queries
from yonggong.batch.models import Batch
from yonggong.cases import listings as case_lists
from yonggong.cases import queries as case_queries
from yonggong.cases.models import Case
from yonggong.contracts import listings as contracts
from yonggong.contracts.models import Filing
from yonggong.listings import Column, Listing
from yonggong.portals.employer.contracts import own, row_link
from yonggong.portals.navigation import BATCH_PAGES, taken_on


def title_of(page: str) -> str:
    """The heading of a page on which workbooks are taken."""
    return BATCH_PAGES[page].title.replace("(", "（").replace(")", "）")


def _batches(page: str) -> Listing:
    """The batches sent on a page, as the employer's people see them."""

    def kinds() -> list[str]:
        return [kind.name for kind in taken_on(page)]

    def rows(user: User) -> QuerySet[Batch]:
        mine = queries.visible_to(user).filter(employer__in=user.scope.employers(Power.FILE))
        return mine.filter(kind__in=kinds())

    return Listing(
        name=f"employer-batch-{page}",
        title=f"{title_of(page)}批次",
        columns=batches.columns(
            "number", "kind", "file", "filed_by", "created", "state", "total", "filed", "bad"
        ),
        rows=rows,
        conditions=(
            *([batches.kind_condition(kinds)] if len(kinds()) > 1 else []),
            *batches.conditions("state", "created", "file"),
        ),
        row_link=lambda row: reverse("employer:batch", args=[row.pk]),
        empty="没有符合条件的批次。",
    )


def _filed(user: User) -> QuerySet[Filing]:
    """The filings of the employer, each with its row in the workbook."""
    return own(user).select_related("case")


def _filed_cases(user: User) -> QuerySet[Case]:
    """The employer's cases that came by a workbook."""
    mine = case_queries.visible_to(user).filter(
        applicant__in=user.scope.employers(Power.FILE), batch__isnull=False
    )
    return case_lists.counted(mine)


BATCHES: dict[str, Listing] = {page: _batches(page) for page in BATCH_PAGES}
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


FILED_CASES = Listing(
    name="employer-batch-cases",
    title="批次成功的行",
    columns=(
        Column(name="row", label="行号", value=lambda row: row.batch_row, numeric=True, width=8),
        *case_lists.columns("number", "subject", "state", "filed_at", "due_on"),
    ),
    conditions=case_lists.conditions("subject", "state"),
    rows=_filed_cases,
    default_order=("batch_row", "pk"),
    row_link=row_link,
    empty="没有符合条件的行。",
)


def filed(batch: Batch) -> Listing:
    """The rows that a batch filed: as filings on contracts, where its kind has a list of those."""
    title = f"批次{batch.number}成功的行"
    if batch.definition.pages.list is None:
        return replace(
            FILED_CASES, title=title, rows=lambda user: _filed_cases(user).filter(batch=batch.pk)
        )
    return replace(FILED, title=title, rows=lambda user: _filed(user).filter(case__batch=batch.pk))
