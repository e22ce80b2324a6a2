"""Drawing a sample of counter work, and writing down what was found of its cases."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from random import Random

from django.db import transaction

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.counters.models import CounterSample, SampledCase
from yonggong.counters.queries import filed_between, sampled_visible_to, work_visible_to
from yonggong.registry.models import Agency

MOST_DRAWN = 200


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
    found = {case.pk: case for case in cases}
    if not found:
        raise Refused("这些日期内没有窗口代录的办件。")
    seed = secrets.token_hex(8)
    region = min(by.scope.regions(Power.SUPERVISE))
    keys = drawn(list(found), seed=seed, size=size)
    sample = CounterSample.objects.create(
        region_code=region,
        agency=agency,
        since=since,
        until=until,
        size=len(keys),
        among=len(found),
        seed=seed,
        by=by,
        at=now,
    )
    SampledCase.objects.bulk_create(
        SampledCase(sample=sample, case=case, agency=case.counter, clerk=case.filed_by)
        for case in map(found.__getitem__, keys)
        if case.counter is not None
    )
    return sample


@transaction.atomic
def check(*, sampled: int, finding: str, remark: str, by: User, now: datetime) -> SampledCase:
    """Write down what was found of a case of a sample; may be corrected. Raises `Refused`,
    `SampledCase.DoesNotExist`."""
    row = sampled_visible_to(by).select_for_update(of=("self",)).get(pk=sampled)
    remark = remark.strip()
    if finding not in SampledCase.Finding.values:
        raise Refused("请选择检查结果。")
    if row.clerk_id == by.pk:
        raise Refused("本人录入的办件由他人检查。")
    if finding == SampledCase.Finding.WRONG and not remark:
        raise Refused("录入有误的，请写明哪一项与材料不符。")
    if len(remark) > 200:
        raise Refused("检查说明不超过 200 个字。")
    row.finding, row.remark, row.by, row.at = finding, remark, by, now
    row.save(update_fields=["finding", "remark", "by", "at"])
    return row
