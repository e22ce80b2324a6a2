"""What an operator typed for an employer and did not submit, once they act for it no more: it stays with
the employer's others or, where the province hands nothing over, is kept for nobody but themselves."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from yonggong import policy
from yonggong.accounts.models import User
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.employers.models import Claim
from yonggong.forms import view
from yonggong.registry.models import Employer
from yonggong.registry.people import keep_evidence

TOLD = "您填写而没有提交的内容保存在“单位认领”中，可以查看；上传的材料不再保留。"


def is_handed_over(employer: Employer, now: datetime) -> bool:
    """Whether it stays with the employer."""
    return policy.of(employer.region_code, timezone.localdate(now)).hands_drafts_over


def leaves_with(*, employer: Employer, account: User, reason: str, by: User, now: datetime) -> str:
    """Where nothing is handed over, take the drafts of an operator who acts no more away and keep for
    them what these said; what they are told of it, "" where all stays as it is. Call in the
    transaction that takes the operator away."""
    if is_handed_over(employer, now):
        return ""
    drafts = Case.objects.filter(applicant=employer.pk, filed_by=account, state=State.DRAFT)
    found = list(drafts.select_related("draft").select_for_update(of=("self",)).order_by("pk"))
    typed = "\n\n".join(filter(None, map(in_words, found)))
    for case in found:
        case.materials.all().delete()
        case.delete()
    if not typed:
        return ""
    keep(employer=employer, account=account, typed=typed, reason=reason, by=by, now=now)
    return TOLD


def keep(
    *, employer: Employer, account: User, typed: str | None, reason: str, by: User, now: datetime
) -> Claim:
    """Note that an account acts for the employer no more, with what it had typed, for itself to read."""
    return Claim.objects.create(
        employer=employer,
        claimant=account,
        name=employer.name,
        region_code=employer.region_code,
        state=Claim.State.REPLACED,
        claimed_at=now,
        # Whoever left by their own will was decided on by nobody.
        decided_by=by if by != account else None,
        decided_at=now,
        reason=reason,
        kept=keep_evidence(
            file_name="填写内容.txt", content_type="text/plain", content=typed.encode()
        )
        if typed
        else None,
    )


def in_words(case: Case) -> str:
    """What was typed into its draft and not submitted, line by line, for whoever typed it."""
    draft = getattr(case, "draft", None)
    if draft is None or not draft.data:
        return ""
    form = case.definition.form
    typed = draft.opened(form)
    values = form.clean(typed).values
    lines = []
    for section in form.sections:
        said = [
            f"{field.label}：{view.line(field, values.get(field.name), unmasked=True).text or raw}"
            for field in section.fields
            if (raw := typed.get(field.name))
        ]
        lines += [section.title, *said, ""] if said else []
    return "\n".join(lines)
