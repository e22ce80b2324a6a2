"""Drawing a sample of counter work, and writing down what was found of its cases."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import date, datetime
from random import Random

from django.db import transaction

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.accounts.telling import Told, tell
from yonggong.cases.notes import WHOLE_NUMBER, add_note, may_note
from yonggong.codes import regions
from yonggong.counters.models import CounterSample, SampledCase
from yonggong.counters.queries import filed_between, sampled_visible_to, work_visible_to
from yonggong.forms.reading import read_remark
from yonggong.registry.models import Agency

MOST_DRAWN = 200
_MOST_SAID = 200


class Refused(Exception):
    """What was asked is refused; the message is for who asked."""


def drawn(keys: Sequence[int], *, seed: str, size: int) -> list[int]:
    """So many of the keys, by chance alone: whoever has the seed draws the same ones again."""
    return Random(seed).sample(sorted(keys), min(size, len(keys)))


@transaction.atomic
def draw(
    *, agency: Agency | None, since: date, until: date, size: int, by: User, now: datetime
) -> CounterSample:
    """Draw `size` of what counters (of one agency, where it is named) submitted on these days. The
    seed is chance's, not the supervisor's, and kept. Raises `Refused`."""
    if not 1 <= size <= MOST_DRAWN:
        raise Refused(f"抽取件数为 1 至 {MOST_DRAWN}。")
    if since > until:
        raise Refused("起始日期不能晚于截止日期。")
    cases = filed_between(work_visible_to(by), since, until).exclude(filed_by=by)
    if agency is not None:
        cases = cases.filter(counter=agency)
    among = dict(cases.order_by().values_list("pk", "region_code"))
    if not among:
        raise Refused("这些日期内没有窗口代录的办件。")
    seed = secrets.token_hex(8)
    keys = drawn(list(among), seed=seed, size=size)
    sample = CounterSample.objects.create(
        region_code=_region_of(set(among.values()), by),
        agency=agency,
        since=since,
        until=until,
        size=len(keys),
        among=len(among),
        seed=seed,
        by=by,
        at=now,
    )
    SampledCase.objects.bulk_create(
        SampledCase(sample=sample, case=case, agency=case.counter, clerk=case.filed_by)
        for case in map(cases.in_bulk(keys).__getitem__, keys)
        if case.counter is not None
    )
    return sample


def _region_of(places: Collection[str], by: User) -> str:
    """The region that a sample from these places is of: the one of the supervisor's in which they lie;
    where it takes several of these, the lowest that covers them, "" where none does."""
    own = by.scope.regions(Power.SUPERVISE, department=None)
    reached = sorted(one for one in own if any(regions.covers(one, place) for place in places))
    return next(
        (
            over
            for over in (*reached, *regions.upwards(reached[0]))
            if all(regions.covers(over, place) for place in places)
        ),
        "",
    )


@transaction.atomic
def check(*, sampled: int, finding: str, remark: str, by: User, now: datetime) -> SampledCase:
    """Write down what was found of a case of a sample; may be corrected. What it was stays: each finding
    is a note of the case for who reviews it, and its clerk is told what is wrong, or no longer.

    Raises `Refused`, `SampledCase.DoesNotExist`.
    """
    row = sampled_visible_to(by).select_for_update(of=("self",)).get(pk=sampled)
    was, said = SampledCase.Finding(row.finding) if row.finding else None, read_remark(remark)
    if finding not in SampledCase.Finding.values:
        raise Refused("请选择检查结果。")
    if row.clerk_id == by.pk:
        raise Refused("本人录入的办件由他人检查。")
    if not may_note(by, row.case):
        raise Refused("该办件与您有关，由他人检查。")
    if finding == SampledCase.Finding.WRONG and not said:
        raise Refused("录入有误的，请写明哪一项与材料不符。")
    if len(said) > _MOST_SAID:
        raise Refused(f"检查说明不超过 {_MOST_SAID} 个字。")
    if WHOLE_NUMBER.search(said):
        raise Refused("检查说明中有完整的证件号码或者手机号码，请只写末四位。")
    if (finding, said) == (row.finding, row.remark):
        return row
    row.finding, row.remark, row.by, row.at = finding, said, by, now
    row.save(update_fields=["finding", "remark", "by", "at"])
    words = "：".join(filter(None, (row.get_finding_display(), said)))
    add_note(case=row.case, text=f"窗口抽查，{words}", by=by, now=now)
    _tell(row, was, now)
    return row


def _tell(row: SampledCase, was: SampledCase.Finding | None, now: datetime) -> None:
    """Tell the clerk what is wrong, and that it is not where that had been found."""
    wrong = SampledCase.Finding.WRONG
    if row.finding == wrong:
        title = f"抽查发现您录入的 {row.case.number} 有误"
        body = (
            f"{row.remark.rstrip('。')}。请核对材料，需要改正的：没有审核的，告知审核员退回后修改重报；"
            "已经审核通过的，由单位变更备案，或者申请撤销审核。"
        )
    elif was == wrong:
        title = f"抽查结果更正：您录入的 {row.case.number} 正确"
        body = "检查人已将“录入有误”更正为“录入正确”，不需要改正。"
    else:
        return
    tell(Told(user=row.clerk_id, about=f"sampled-{row.pk}", title=title, body=body, at=now))
