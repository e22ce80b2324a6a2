"""Lists of dispatches as each side filed them, with how they stand to the other side, for every portal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from yonggong.accounts.models import User
from yonggong.cases.life import STATE_TITLES
from yonggong.codes.names import employer_name, person_name
from yonggong.contracts import matching
from yonggong.listings import Badge, ChoiceCondition, Column, Condition, Listing, TextCondition

_TITLES = dict(matching.STANDINGS)
_BADGES = {
    matching.AGREES: Badge("good", "circle-check"),
    matching.DIFFERS: Badge("bad", "alert-triangle"),
    matching.ALONE: Badge("wait", "hourglass"),
}
_STANDING = Column(
    name="standing",
    label="双方核对",
    value=lambda row: _TITLES[row.standing],
    badge=lambda row: _BADGES[row.standing],
    width=12,
)
_WHICH = ChoiceCondition(
    name="standing", label="双方核对", field="standing", choices=matching.STANDINGS
)

Rows = Callable[[User], QuerySet[Any]]


def of_user_units(
    name: str,
    *,
    rows: Rows,
    link: Callable[[Any], str | None],
    own: bool,
    more: tuple[Condition, ...] = (),
) -> Listing:
    """What user units filed; `own`: of one's own unit, which needs no column."""
    unit = Column(name="unit", label="用工单位", value=lambda row: row.user_unit.name, width=32)
    return Listing(
        name=name,
        title="用工单位的派遣用工备案",
        columns=(
            Column(name="name", label="姓名", value=lambda row: row.name, width=12),
            *(() if own else (unit,)),
            Column(
                name="dispatcher", label="劳务派遣单位", value=lambda row: row.dispatcher, width=32
            ),
            Column(name="job", label="岗位工作", value=lambda row: row.job, width=20),
            Column(name="start_on", label="派遣起始日期", value=lambda row: row.start_on, width=14),
            Column(name="end_on", label="派遣结束日期", value=lambda row: row.end_on, width=14),
            _STANDING,
            Column(
                name="state", label="审核状态", value=lambda row: STATE_TITLES[row.state], width=12
            ),
            Column(name="filed_on", label="备案日期", value=lambda row: row.filed_on, width=12),
        ),
        rows=lambda user: matching.with_contract(rows(user).select_related("user_unit")),
        conditions=(
            TextCondition(name="name", label="姓名", field="name", normalise=(person_name,)),
            TextCondition(
                name="dispatcher",
                label="劳务派遣单位",
                field="dispatcher",
                normalise=(employer_name,),
            ),
            *more,
            _WHICH,
        ),
        row_link=link,
        empty="没有派遣用工备案。",
    )


def of_dispatchers(
    name: str,
    *,
    rows: Rows,
    link: Callable[[Any], str | None],
    own: bool,
    more: tuple[Condition, ...] = (),
) -> Listing:
    """The contracts of workers whom dispatchers send to other units; `own`: one's own."""
    employer = Column(
        name="dispatcher", label="劳务派遣单位", value=lambda row: row.employer.name, width=32
    )
    return Listing(
        name=name,
        title="派遣单位派出的劳动者",
        columns=(
            Column(name="name", label="姓名", value=lambda row: row.worker.name, width=12),
            *(() if own else (employer,)),
            Column(
                name="unit",
                label="用工单位",
                value=lambda row: row.current.version.data.get("user_unit", ""),
                width=32,
            ),
            Column(
                name="job",
                label="岗位工作",
                value=lambda row: row.current.version.data.get("job", ""),
                width=20,
            ),
            Column(
                name="start_on", label="派遣起始日期", value=lambda row: row.posted_on, width=14
            ),
            Column(
                name="end_on", label="派遣结束日期", value=lambda row: row.posted_until, width=14
            ),
            _STANDING,
        ),
        rows=lambda user: matching.with_posting(
            rows(user).select_related("worker", "employer", "current__current")
        ),
        conditions=(
            TextCondition(
                name="unit",
                label="用工单位代码",
                field="user_unit_code",
                match="exact",
            ),
            *more,
            _WHICH,
        ),
        row_link=link,
        empty="没有派到其他单位的劳动者。",
    )
