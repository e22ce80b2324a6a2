"""Make a paper: number it, render it, keep it. What is kept never changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from yonggong.accounts.models import User
from yonggong.cases.bulk import reserve
from yonggong.cases.models import Case
from yonggong.cases.papers import Paper
from yonggong.documents.models import LONGEST_HEADING, Document, Entry
from yonggong.documents.rendering import page_count
from yonggong.registry.models import Employer
from yonggong.registry.parties import Party


class AlreadyOnPaper(Exception):
    """A case stands on a paper of this kind already; the message is for users."""


@transaction.atomic
def save_document(
    *,
    paper: Paper,
    heading: str = "",
    employer: Employer | None,
    applicant: Party | None = None,
    region: str = "",
    case_ids: Sequence[int],
    render: Callable[[str], bytes],
    pages: Callable[[bytes], int],
    nth: int = 1,
    by: User,
    now: datetime,
) -> Document:
    """Number a paper, render it with that number and keep it with the cases it lists.

    `heading` is the paper's own title, where its kind's says too little; `applicant` and `region`
    are whose application it ends, and where, for one who is no employer; `render` takes the number
    and gives the PDF; `nth` which one it is, of a paper that a case may have several of. Raises
    `AlreadyOnPaper`.
    """
    # The number is printed on the paper, so it must be known before the row is written.
    (pk,) = reserve("documents_document", 1)
    region = region or (employer.region_code if employer else "")
    kind = paper.name if nth == 1 else f"{paper.name}.{nth}"
    number = f"{paper.prefix}{region}{now.astimezone():%Y%m%d}{pk:06d}"
    pdf = render(number)
    document = Document(
        pk=pk,
        number=number,
        kind=paper.name,
        heading=heading[:LONGEST_HEADING],
        employer=employer,
        applicant=applicant,
        region_code=region,
        row_count=len(case_ids),
        page_count=pages(pdf),
        made_by=by,
        made_at=now,
    )
    document.keep(pdf)
    document.save(force_insert=True)
    try:
        Entry.objects.bulk_create(
            [
                Entry(document=document, case_id=case_id, kind=kind, position=position)
                for position, case_id in enumerate(case_ids, start=1)
            ],
            batch_size=2000,
        )
    except IntegrityError as error:
        raise AlreadyOnPaper(
            f"所选备案中有已生成{paper.title}的，请刷新列表后重新选择。"
        ) from error
    return document


def save_for_applicant(
    *,
    paper: Paper,
    heading: str = "",
    case: Case,
    render: Callable[[str], bytes],
    by: User,
    now: datetime,
) -> Document:
    """The same of one case: a paper that its applicant, an employer or a person, is given of it."""
    return save_document(
        paper=paper,
        heading=heading,
        employer=case.applicant.employer,
        applicant=case.applicant,
        region=case.region_code,
        case_ids=[case.pk],
        render=render,
        pages=page_count,
        by=by,
        now=now,
    )
