"""Lists of batches: columns and conditions for every portal to choose from."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from yonggong.batch.models import Batch
from yonggong.cases.kinds import get_kind
from yonggong.listings import (
    Badge,
    ChoiceCondition,
    Column,
    Condition,
    DateRangeCondition,
    TextCondition,
)

_BADGES: dict[str, Badge] = {
    Batch.State.WAITING: Badge("note", "hourglass"),
    Batch.State.READING: Badge("wait", "loader"),
    Batch.State.ASKING: Badge("warn", "help"),
    Batch.State.FILING: Badge("wait", "loader"),
    Batch.State.DONE: Badge("good", "circle-check"),
    Batch.State.REFUSED: Badge("bad", "file-off"),
    Batch.State.CANCELLED: Badge("muted", "player-stop"),
    Batch.State.UNDONE: Badge("muted", "arrow-back"),
    Batch.State.HALTED: Badge("bad", "alert-triangle"),
}

COLUMNS: dict[str, Column] = {
    column.name: column
    for column in (
        Column(name="number", label="批次号", value=lambda row: row.number, width=22),
        Column(name="kind", label="业务类型", value=lambda row: row.definition.title, width=24),
        Column(name="employer", label="用人单位", value=lambda row: row.employer.name, width=32),
        Column(name="file", label="文件名", value=lambda row: row.file_name, width=32),
        Column(name="filed_by", label="上传人", value=lambda row: row.filed_by.name, width=10),
        Column(
            name="counter",
            label="代录机构",
            value=lambda row: row.counter.name if row.counter else "",
            shown=False,
            width=24,
        ),
        Column(name="created", label="上传时间", value=lambda row: row.created_at, width=18),
        Column(
            name="state",
            label="状态",
            value=lambda row: row.get_state_display(),
            badge=lambda row: _BADGES[row.state],
            width=14,
        ),
        Column(name="total", label="总行数", value=lambda row: row.total_rows, numeric=True),
        Column(name="filed", label="成功", value=lambda row: row.filed_rows, numeric=True),
        Column(name="bad", label="失败", value=lambda row: row.bad_rows, numeric=True),
        Column(
            name="agency",
            label="送审机构",
            value=lambda row: row.agency.name,
            shown=False,
            width=28,
        ),
    )
}

CONDITIONS: dict[str, Condition] = {
    condition.name: condition
    for condition in (
        TextCondition(name="file", label="文件名", hint="文件名开头", field="file_name"),
        ChoiceCondition(
            name="state", label="状态", field="state", choices=tuple(Batch.State.choices)
        ),
        DateRangeCondition(name="created", label="上传日期", field="created_at", moment=True),
    )
}


def kind_condition(kinds: Callable[[], Iterable[str]]) -> ChoiceCondition:
    """The condition 业务类型; `kinds` names the kinds of case to choose from, once all are known."""
    return ChoiceCondition(
        name="kind",
        label="业务类型",
        field="kind",
        options=lambda user: [(name, get_kind(name).title) for name in kinds()],
    )


def columns(*names: str) -> tuple[Column, ...]:
    """The columns called `names`, in that order. KeyError for a name there is none of."""
    return tuple(COLUMNS[name] for name in names)


def conditions(*names: str) -> tuple[Condition, ...]:
    """The conditions called `names`, in that order. KeyError for a name there is none of."""
    return tuple(CONDITIONS[name] for name in names)
