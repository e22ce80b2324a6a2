"""What refuses a split."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from yonggong.cases.attempts import Attempt
from yonggong.contracts import carrying
from yonggong.employers import successors
from yonggong.employers.checking import filed
from yonggong.forms import Problem
from yonggong.registry.actions import document_digest
from yonggong.registry.models import Worker


def refused(attempt: Attempt) -> Iterable[Problem]:
    """A filed employer is split among filed ones; whoever goes over has a contract here."""
    values = attempt.values
    yield from filed(attempt)
    yield from successors.day_refused(attempt, "split_on", "分立日期")
    named = values["successors"] or ()
    if values["split_kind"] == "new" and len(named) < 2:
        yield Problem(
            field="successors",
            code="too_few",
            message="新设分立应当有两个以上承继单位",
            remedy="请补充承继单位，或者选择派生分立",
        )
    if values["split_kind"] == "derived" and not (values["moved"] or values["rest_code"]):
        yield Problem(
            field="moved",
            code="nobody",
            message="没有填写转入承继单位的劳动者",
            remedy="请逐人列明，或者填写其余劳动者转入的单位",
        )
    yield from _goes_to_a_successor(attempt)
    if attempt.among.typing:
        return
    for place, row in enumerate(named, start=1):
        if successors.filed_as(row) is None:
            yield successors.not_found(f"successors__{place}__credit_code", row["name"])
    known = here(attempt.applicant.pk, values)
    for place, row in enumerate(values["moved"] or (), start=1):
        if digest_of(row) not in known:
            yield Problem(
                field=f"moved__{place}__document_number",
                code="not_here",
                message=f"{row['name']}没有在本单位履行中的劳动合同",
                remedy="请核对证件号码，或者删除该行",
            )


def _goes_to_a_successor(attempt: Attempt) -> Iterable[Problem]:
    """Whoever goes over goes to one of the new employers; some may stay where this one does."""
    values = attempt.values
    allowed = {row["credit_code"] for row in values["successors"] or ()}
    said = [("rest_code", values["rest_code"], allowed)]
    if values["split_kind"] == "derived":
        allowed = allowed | {attempt.applicant.employer.credit_code}
    for place, row in enumerate(values["moved"] or (), start=1):
        said.append((f"moved__{place}__successor_code", row["successor_code"], allowed))
    for field, code, codes in said:
        if code and code not in codes:
            yield Problem(
                field=field,
                code="no_successor",
                message="不是上面所列承继单位的统一社会信用代码",
                remedy="请先在“承继单位”中列出该单位",
                value=code,
            )


def digest_of(row: Mapping[str, Any]) -> bytes:
    """By which the person of a line is found."""
    return document_digest(row["document_type"], row["document_number"])


def here(employer: int, values: Mapping[str, Any]) -> dict[bytes, int]:
    """Those who are named to go over and have a contract with the employer: their keys, by digest. Who
    is known by a further document is the person it was joined to."""
    digests = [digest_of(row) for row in values["moved"] or ()]
    rows = Worker.objects.filter(document_digest__in=digests)
    named = {
        bytes(digest): joined or key
        for digest, key, joined in rows.values_list("document_digest", "pk", "joined_into")
    }
    engaged = set(
        carrying.going_on(employer)
        .filter(worker__in=list(named.values()))
        .values_list("worker", flat=True)
    )
    return {digest: key for digest, key in named.items() if key in engaged}


def participants(attempt: Attempt) -> list[tuple[int, str]]:
    """The employers that go on with the contracts."""
    found = [successors.filed_as(row) for row in attempt.values["successors"] or ()]
    return list(successors.taking_part(one for one in found if one is not None))
