"""Claims of an employer (认领): made with a licence, decided by a reviewer, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from yonggong.accounts.actions import AccountProblem
from yonggong.accounts.models import Grant, User
from yonggong.accounts.roles import Power
from yonggong.accounts.telling import Told, tell
from yonggong.cases.errors import Forbidden
from yonggong.cases.life import OPEN
from yonggong.cases.life import State as CaseState
from yonggong.cases.materials import clean_name
from yonggong.cases.models import Case
from yonggong.cases.stopping import stop
from yonggong.employers import operators, unsent
from yonggong.employers.models import Claim
from yonggong.employers.queries import of_acts
from yonggong.forms.reading import as_sentence, read_remark
from yonggong.registry.authority import end_given_by
from yonggong.registry.models import Employer
from yonggong.registry.people import keep_evidence
from yonggong.registry.queries import within
from yonggong.uploads import opened

State = Claim.State
LICENCE_TYPES = ("pdf", "jpg", "png")
MOST_MEGABYTES = 10
MOST_REASON = 200
_ANOTHER = "已认定由其他账号经办，核对情况："


class ClaimProblem(Exception):
    """A claim that cannot be made or decided so; the message is for the person who asked."""


def may_claim(user: User) -> bool:
    """Whether it is an account for employers, for oneself, or for nothing yet: not one of whoever
    reviews or administers."""
    return all(grant.role.portal not in ("bureau", "admin") for grant in user.scope.granted)


def in_regions(codes: Iterable[str]) -> Q:
    """The claims of the employers of these regions; as long as nothing of an employer was approved, also
    those that name a place there."""
    unfiled = Q(employer__state=Employer.State.UNFILED) & within(codes)
    return within(codes, field="employer__region_code") | unfiled


def visible_to(user: User) -> QuerySet[Claim]:
    """Those of the regions in which `user` reviews. What waits for its proof waits for nobody."""
    there = in_regions(user.scope.regions(Power.REVIEW))
    ready = ~Q(state=State.WAITING) | Q(licence__isnull=False) | ~Q(way=Claim.Way.LICENCE)
    return (
        Claim.objects.filter(there, ready)
        .exclude(state__in=(State.WITHDRAWN, State.REPLACED))
        .select_related("employer", "claimant", "licence", "decided_by")
        .defer("licence__content")
    )


def waiting_for(user: User) -> QuerySet[Claim]:
    """Those of them that wait, the oldest first."""
    return visible_to(user).filter(state=State.WAITING).order_by("pk")


def own(user: User) -> QuerySet[Claim]:
    """A person's own, the latest first."""
    found = Claim.objects.filter(claimant=user).select_related("licence", "kept")
    return found.defer("licence__content", "kept__content").order_by("-pk")


@transaction.atomic
def claim(
    *,
    employer: Employer,
    claimant: User,
    name: str,
    region_code: str,
    now: datetime,
    address: str | None,
) -> Claim:
    """Say to act for an employer that is registered already. Raises `ClaimProblem`."""
    if operators.operators_of(employer).filter(user=claimant).exists():
        raise ClaimProblem("您已是该单位的经办人，不需要认领。")
    try:
        with transaction.atomic():
            made = Claim.objects.create(
                employer=employer,
                claimant=claimant,
                name=name,
                region_code=region_code,
                claimed_at=now,
                address=address,
            )
    except IntegrityError:
        raise ClaimProblem("您认领该单位的申请正在等待核对，不需要再次提交。") from None
    # As long as nothing of it was approved, whoever acts for it may be nobody of it.
    if employer.state != Employer.State.UNFILED:
        body = "是本单位同事的，主经办人可以在“经办人”中同意；不是的不必处理，由人社部门核对。"
        title = f"有账号申请经办{employer.name}的业务"
        operators.tell_operators(employer, f"claim-{made.pk}", title, body, now)
    return made


def take_licence(*, claim: Claim, file_name: str, content: bytes, by: User) -> Claim:
    """Keep the licence of a claim that waits; another takes the place of the last. Raises
    `UploadRefused`, `ClaimProblem`, `Claim.DoesNotExist`."""
    # Opened before anything is locked: it may take seconds.
    file = opened(content, allowed=LICENCE_TYPES, megabytes=MOST_MEGABYTES)
    with transaction.atomic():
        claim = own_waiting(claim, by)
        claim.licence = keep_evidence(
            file_name=clean_name(file_name, file.file_type),
            content_type=file.file_type.content_type,
            content=file.content,
        )
        claim.save(update_fields=["licence"])
    return claim


@transaction.atomic
def withdraw(*, claim: Claim, by: User) -> Claim:
    """Give a claim up that waits. Raises `ClaimProblem`, `Claim.DoesNotExist`."""
    claim = own_waiting(claim, by)
    claim.state = State.WITHDRAWN
    claim.save(update_fields=["state"])
    return claim


def own_waiting(claim: Claim, by: User) -> Claim:
    """A claim of one's own that waits, held. Raises `ClaimProblem`, `Claim.DoesNotExist`."""
    found = Claim.objects.select_for_update().get(pk=claim.pk, claimant=by)
    if found.state != State.WAITING:
        raise ClaimProblem("该申请已经办理。")
    return found


@transaction.atomic
def refuse(*, claim: Claim, reason: str, by: User, now: datetime) -> Claim:
    """Decide that the claimant does not act for the employer. Raises `ClaimProblem`,
    `Claim.DoesNotExist` out of scope."""
    reason = _reason(reason)
    claim, _ = _locked(claim, by)
    return _refused(claim, reason, by, now)


@transaction.atomic
def choose(
    *, claim: Claim, keep_others: bool, reason: str, by: User, now: datetime, address: str | None
) -> Claim:
    """Decide that the claimant acts for the employer: the other claims are refused with it, and unless
    `keep_others` who acted until now does no longer.

    Of these, what is not submitted is kept for them to read, what is not decided is voided as long as
    nothing of the employer was approved. Raises `ClaimProblem`, `Claim.DoesNotExist` out of scope.
    """
    reason = _reason(reason)
    claim, employer = _locked(claim, by)
    if claim.licence_id is None and claim.way == Claim.Way.LICENCE:
        raise ClaimProblem("申请人还没有上传营业执照，不能认定。")
    if not keep_others:
        _replace(employer, reason, by, now, address)
    for other in Claim.objects.select_for_update().filter(
        ~Q(pk=claim.pk), employer=employer, state=State.WAITING
    ):
        _refused(other, f"{_ANOTHER}{reason}"[:MOST_REASON], by, now)
    if employer.state == Employer.State.UNFILED and not keep_others:
        employer.name, employer.region_code = claim.name, claim.region_code
        employer.save(update_fields=["name", "region_code", "updated_at"])
    decide(claim, State.CHOSEN, reason, by, now)
    try:
        operators.let_act(
            employer=employer,
            account=claim.claimant,
            reason=f"认领核对：{reason}"[: operators.MOST],
            by=by,
            now=now,
            address=address,
        )
    except AccountProblem as refused:
        raise ClaimProblem(str(refused)) from None
    return claim


def _reason(reason: str) -> str:
    said = read_remark(reason)
    if not said or len(said) > MOST_REASON:
        raise ClaimProblem(f"请填写核对的理由，不超过 {MOST_REASON} 个字。")
    return said


def _locked(claim: Claim, by: User) -> tuple[Claim, Employer]:
    """A claim that waits, and its employer, whose claims are decided one after the other."""
    seen = visible_to(by).get(pk=claim.pk)
    employer = Employer.objects.select_for_update(no_key=True).get(pk=seen.employer_id)
    found = Claim.objects.select_for_update().get(pk=claim.pk)
    if found.state != State.WAITING:
        raise ClaimProblem("该申请已经办理，您本次的操作没有生效。")
    concerned = Grant.objects.filter(user=by, party=employer.pk).exists()
    if concerned or Claim.objects.filter(employer=employer, claimant=by).exists():
        raise ClaimProblem("该单位与您本人有关，请由其他审核员核对。")
    if found.seen_by_id == by.pk:
        raise ClaimProblem("申请人的原件由您在窗口核对，请由其他审核员认定。")
    return found, employer


def decide(claim: Claim, state: Claim.State, reason: str, by: User, now: datetime) -> None:
    """Write down what somebody decided on a claim that waits, held."""
    # What proved it already stays beside why it was decided so.
    said = f"{claim.reason}；{reason}"[:MOST_REASON] if claim.reason else reason
    claim.state, claim.reason, claim.decided_by, claim.decided_at = state, said, by, now
    claim.save()


def _refused(claim: Claim, reason: str, by: User, now: datetime) -> Claim:
    decide(claim, State.REFUSED, reason, by, now)
    _tell(
        claim,
        f"未认定您经办{claim.name}",
        f"理由：{as_sentence(reason)}有异议的，请持营业执照和单位证明到当地人社部门办理。",
        now,
    )
    return claim


def _replace(employer: Employer, reason: str, by: User, now: datetime, address: str | None) -> None:
    """Those who acted until now do no longer, nor does whom they gave authority."""
    held = list(operators.operators_of(employer))
    accounts = [grant.user for grant in held]
    kept = _stop_filings(employer, accounts, reason, by, now, address)
    end_given_by(principal=employer.pk, accounts=accounts, by=by, now=now, address=address)
    for grant in held:
        operators.let_act_no_more(
            employer=employer,
            grant=grant,
            reason=f"认领核对：{reason}"[: operators.MOST],
            by=by,
            now=now,
            address=address,
        )
        typed = kept.get(grant.user_id)
        claim = unsent.keep(
            employer=employer,
            account=grant.user,
            typed=typed,
            reason=f"{_ANOTHER}{reason}"[:MOST_REASON],
            by=by,
            now=now,
        )
        _tell(claim, f"您不再是{employer.name}的经办人", _said_to_replaced(reason, typed), now)


def _said_to_replaced(reason: str, typed: str | None) -> str:
    kept = unsent.TOLD if typed else ""
    return (
        f"经核对营业执照，由其他账号经办。理由：{as_sentence(reason)}{kept}"
        "有异议的，请持营业执照和单位证明到当地人社部门办理。"
    )


def _stop_filings(
    employer: Employer, accounts: list[User], reason: str, by: User, now: datetime,
    address: str | None,
) -> dict[int, str]:  # fmt: skip
    """Stop the filings by which these accounts would have filed the employer, where none was approved,
    and what of theirs is not submitted, where the province hands nothing over; what they had typed
    and not submitted, in words, by account."""
    typed: dict[int, str] = {}
    found = Case.objects.filter(
        _stopped(employer, now), applicant=employer.pk, filed_by__in=accounts
    )
    for case in found.select_related("draft", "filed_by").order_by("pk"):
        if words := unsent.in_words(case):
            before = typed.get(case.filed_by_id)
            typed[case.filed_by_id] = f"{before}\n\n{words}" if before else words
        try:
            stop(case=case, reason=reason, by=by, now=now, address=address)
        except Forbidden:
            said = "该单位的初次备案已在其他辖区提交，请由该辖区的审核员核对。"
            raise ClaimProblem(said) from None
    return typed


def _stopped(employer: Employer, now: datetime) -> Q:
    """Which cases of replaced operators end with them: nobody else is to see what they typed."""
    unfiled = employer.state == Employer.State.UNFILED
    ended = of_acts("initial") & Q(state__in=OPEN) if unfiled else Q(pk__in=[])
    if not unsent.is_handed_over(employer, now):
        ended |= Q(state=CaseState.DRAFT)
    return ended


def _tell(claim: Claim, title: str, body: str, now: datetime) -> None:
    tell(
        Told(
            user=claim.claimant_id, about=f"claim-{claim.pk}", title=title[:100], body=body, at=now
        )
    )
