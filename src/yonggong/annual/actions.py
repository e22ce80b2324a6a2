"""Begin an annual filing, and fill in its tables: from the contracts filed, from a workbook, row by row."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.annual import holding, queries, rows, standing
from yonggong.annual.arithmetic import figures_of
from yonggong.annual.filing.ownership import ownership_of
from yonggong.annual.pay.reckoning import expected
from yonggong.annual.rows import Columns
from yonggong.annual.standing import ALONE, PAY, SURVEY, WHOLE
from yonggong.annual.survey.form import MOST_POSTS
from yonggong.cases import drafting, joint
from yonggong.cases import queries as case_queries
from yonggong.cases.errors import Forbidden, refused
from yonggong.cases.kinds import get_kind
from yonggong.cases.life import OPEN, Action, NotAllowed, State
from yonggong.cases.models import Case, Draft
from yonggong.registry.models import Employer
from yonggong.vault.digests import digest

_MAY_CHANGE = (State.DRAFT, State.RETURNED)


@transaction.atomic
def begin(*, kind: str, employer: Employer, year: int, by: User, now: datetime) -> Case:
    """The draft of an annual filing of a year, filled in from the contracts filed; the one that is open
    already, where there is one. Raises `Forbidden`."""
    wanted = get_kind(kind)
    is_open = case_queries.visible_to(by).filter(
        applicant=employer.pk, kind=kind, state__in=OPEN, frequent=False
    )
    if there := is_open.first():
        return there
    try:
        with transaction.atomic():
            case = drafting.save_draft(
                kind=wanted,
                applicant=employer.party,
                raw={"year": year},
                case=None,
                by=by,
                now=now,
            )
    except IntegrityError:
        raise Forbidden(f"{wanted.title}已有一件正在办理，请在该件上继续。") from None
    return fill(case=case, by=by, now=now)


@transaction.atomic
def fill(*, case: Case, by: User, now: datetime) -> Case:
    """Fill in all tables of a draft, or of a returned filing, from the contracts filed as of its year;
    what they held before goes. Raises `NotAllowed`, `Forbidden`."""
    draft = _draft_of(case, by, now)
    typed, employer = case_queries.typed_in(case), case.applicant.employer
    year, on = queries.told_of(case, timezone.localdate(now))
    figures: dict[str, Any] = {}
    if case.kind == SURVEY:
        posts = holding.posts(employer, on)
        staffed = sum(post["persons"] for post in posts)
        figures = {
            "posts": posts[:MOST_POSTS],
            "staff": staffed,
            "months": typed.get("months") or 12,
        }
    elif case.kind == PAY:
        staff = holding.staff(employer, on)
        figures = expected(staff, on, holding.declared(employer, staff, on))
    elif case.kind == ALONE:
        rows.keep(draft, "endings", standing.newly_left(employer, year, on))
    else:
        staff = holding.staff(employer, on)
        figures = figures_of(staff)
        rows.keep(draft, "persons", staff)
        if "endings" in standing.tables_of(case):
            rows.keep(draft, "endings", holding.left(employer, date(year, 1, 1), on))
    begun = {} if typed.get("ownership") else _begins(case, employer)
    return _typed(case, {**typed, **begun, "year": year, **figures}, by, now)


def _begins(case: Case, employer: Employer) -> dict[str, Any]:
    if case.kind != WHOLE:
        return {}
    ownership = ownership_of(employer.economic_type)
    return {"filed_as": "legal", **({"ownership": ownership} if ownership else {})}


@transaction.atomic
def tally(*, case: Case, by: User, now: datetime) -> Case:
    """Fill in the figures of Table 1 as Table 2 comes to them. Raises as `fill`."""
    _draft_of(case, by, now)
    figures = figures_of(rows.sheet_of(case, "persons").columns())
    return _typed(case, {**case_queries.typed_in(case), **figures}, by, now)


@transaction.atomic
def replace_rows(*, case: Case, sheets: Mapping[str, Columns], by: User, now: datetime) -> None:
    """Put the rows of a workbook in place of those there were. Raises as `fill`."""
    draft = _draft_of(case, by, now)
    for table, columns in sheets.items():
        rows.keep(draft, table, columns)


@transaction.atomic
def keep_row(
    *,
    case: Case,
    table: str,
    place: int | None,
    seen: str,
    row: Mapping[str, Any] | None,
    by: User,
    now: datetime,
) -> None:
    """Write one row, as it is stored, in the place of another (counted from 0; None: a new one at the
    end); `row` None takes it out. `seen` is the
    `fingerprint` of what stood there when it was shown.

    Raises `Refused` where somebody changed the row meanwhile, and as `fill`.
    """
    draft = _draft_of(case, by, now)
    sheet = rows.sheet_of(case, table)
    columns = sheet.columns()
    if place is not None:
        there = place < sheet.size
        stands = {name: column[place] for name, column in columns.items()} if there else None
        if fingerprint(stands) != seen:
            raise refused("", "row_changed", "这一行已被修改或者删除", "请返回明细表重新打开")
    for name, column in columns.items():
        if place is None:
            column.append((row or {}).get(name))
        elif row is None:
            del column[place]
        else:
            column[place] = row.get(name)
    rows.keep(draft, table, columns)


def fingerprint(row: Mapping[str, Any] | None) -> str:
    """By which a row is known to be what was shown; tells nothing of it."""
    said = json.dumps(row, ensure_ascii=False, sort_keys=True) if row is not None else ""
    return digest(said).hex() if said else ""


def _draft_of(case: Case, by: User, now: datetime) -> Draft:
    """The draft that its rows belong to, made where a returned case has none yet; its tables begin with
    those filed. Raises `NotAllowed`, `Forbidden`."""
    held = joint.locked(case)
    if not case_queries.may_file(by, held):
        raise Forbidden("该件不是由您填报的，不能修改。")
    if held.state not in _MAY_CHANGE:
        raise NotAllowed(Action.SAVE, State(held.state))
    draft = Draft.objects.filter(case=case).first()
    if draft is None:
        _typed(case, case_queries.typed_in(case), by, now)
        draft = Draft.objects.get(case=case)
    if case.current_id and not draft.annual_rows.exists():
        rows.take_along(draft, case, standing.tables_of(case))
    return draft


def _typed(case: Case, raw: Mapping[str, Any], by: User, now: datetime) -> Case:
    return drafting.save_draft(
        kind=case.definition, applicant=case.applicant, raw=raw, case=case, by=by, now=now
    )
