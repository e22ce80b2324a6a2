"""Evidence of a dispute: what came with the application, and what was brought once it was accepted, with the
answer or by any who takes part."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from yonggong.accounts.models import User
from yonggong.cases import queries as case_queries
from yonggong.cases.errors import Forbidden, refused
from yonggong.cases.life import State
from yonggong.cases.materials import clean_name
from yonggong.cases.models import Material
from yonggong.disputes import telling
from yonggong.disputes.locking import held_for
from yonggong.disputes.models import Dispute, Exhibit
from yonggong.disputes.taking_part import acting
from yonggong.forms.reading import read_remark
from yonggong.registry.people import keep_evidence
from yonggong.uploads import Opened

TYPES, MOST_MEGABYTES = ("pdf", "jpg", "png"), 10
# So many files at once, and of one who takes part in all.
AT_ONCE, IN_ALL = 5, 60
# What evidence is called among the materials of an application; all others say who applies.
_EVIDENCE = "证据"


@dataclass(frozen=True, slots=True)
class Brought:
    """One file, opened: the name under which it was sent; what it is called, and shows."""

    file_name: str
    file: Opened
    name: str = ""
    proves: str = ""


def filed_with(dispute: Dispute) -> list[tuple[Material, str]]:
    """The evidence that came with an application for arbitration, each with its label, for all who take part
    once its copy was served. Who applied shows the office alone who they are."""
    if dispute.sort != Dispute.Sort.ARBITRATION or dispute.served_on is None:
        return []
    asked = case_queries.required_materials(dispute.case)
    labels = {one.name: one.label for one in asked if _EVIDENCE in one.label}
    rows = dispute.case.materials.filter(name__in=labels).order_by("pk")
    return [(one, labels[one.name]) for one in rows]


def is_late(dispute: Dispute, now: datetime) -> bool:
    """Whether a hearing has begun: what comes now has to say why only now."""
    return dispute.hearings.filter(put_off="", at__lte=now).exists()


def may_bring(user: User, dispute: Dispute, among: Collection[int]) -> bool:
    """Whether `user` acts for one of the parties `among` that takes part, while it is open."""
    return dispute.is_open and acting(user, dispute, among) is not None


@transaction.atomic
def bring(
    *,
    dispute: int,
    among: Collection[int],
    files: Sequence[Brought],
    late_reason: str = "",
    by: User,
    now: datetime,
) -> list[Exhibit]:
    """Add evidence of the one of the parties `among` that takes part; all are told. Raises `Forbidden`,
    `Refused`."""
    held = held_for(dispute)
    who = acting(by, held, among) if held.is_open else None
    if who is None or held.case.state != State.PENDING:
        raise Forbidden("只有本案当事人可以在受理以后、结案以前提交证据。")
    if not files:
        raise refused("files", "required", "请选择证据文件")
    if any(not one.name.strip() for one in files):
        raise refused("name", "required", "请填写证据名称")
    said = read_remark(late_reason, most=200)
    late = is_late(held, now)
    if late and not said:
        raise refused("late_reason", "required", "已经开庭，请说明逾期提交证据的理由")
    kept = add(held, files, who, late_reason=said if late else "", by=by, now=now)
    names = "、".join(one.name for one in kept)
    which = str(kept[0].pk)
    telling.both(
        held,
        "提交了证据",
        f"{kept[0].get_role_display()}提交了证据：{names}。",
        which=which,
        now=now,
    )
    return kept


def add(
    dispute: Dispute,
    files: Sequence[Brought],
    who: tuple[int, Exhibit.Role],
    *,
    with_answer: bool = False,
    late_reason: str = "",
    by: User,
    now: datetime,
) -> list[Exhibit]:
    """Keep the files of one who takes part (key, role). Call inside the transaction of what they come with,
    the dispute locked. Raises `Refused` where they are too many."""
    party, role = who
    there = dispute.exhibits.filter(role=role, party=party).count()
    if len(files) > AT_ONCE or there + len(files) > IN_ALL:
        raise refused(
            "files",
            "too_many",
            f"一次最多提交 {AT_ONCE} 个文件，一方一案最多 {IN_ALL} 个",
            "同类证据请合并为一个 PDF",
        )
    return [
        dispute.exhibits.create(
            party_id=party,
            role=role,
            name=_name(one),
            proves=read_remark(one.proves, most=200),
            with_answer=with_answer,
            late_reason=late_reason,
            evidence=keep_evidence(
                file_name=clean_name(one.file_name, one.file.file_type),
                content_type=one.file.file_type.content_type,
                content=one.file.content,
            ),
            by=by,
            at=now,
        )
        for one in files
    ]


def _name(brought: Brought) -> str:
    """What it is called: as its side says, else as its file."""
    stem = clean_name(brought.file_name, brought.file.file_type).rsplit(".", 1)[0]
    return read_remark(brought.name, most=100) or stem
