"""What an inspector leaves behind: inspections drawn for them and not done go to another inspector with that
reach, before their account or role ends (人员调动). The draw stays as it was and can be repeated."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import BigIntegerField, F, Func, Q, QuerySet
from django.db.models.functions import Cast

from yonggong.accounts.actions import AccountProblem, record_account
from yonggong.accounts.leaving import Work
from yonggong.accounts.models import Grant, User
from yonggong.accounts.roles import ROLES, Power
from yonggong.accounts.telling import Told, tell
from yonggong.codes import regions
from yonggong.forms.reading import as_sentence, read_remark
from yonggong.supervision.acting import Hand, Thing, concerned_in, note
from yonggong.supervision.models import Inspection
from yonggong.supervision.plans import done_by, inspectors_of, names_of

_WHO = "在同一辖区有监察员角色的在用账号"


def open_inspections(account: User) -> QuerySet[Inspection]:
    """Inspections that an account has to do."""
    return Inspection.objects.filter(done_by(account.pk), result=Inspection.Result.OPEN)


def lies_with() -> Q:
    """The accounts that have some to do."""
    one = Cast(Func(F("acting"), function="jsonb_array_elements_text"), BigIntegerField())
    found = Inspection.objects.filter(result=Inspection.Result.OPEN)
    return Q(pk__in=found.annotate(one=one).values("one"))


def waiting(account: User, grant: Grant | None) -> int:
    """How many lie with an account; of a grant that goes, those that it has no other for."""
    found = open_inspections(account)
    if grant is None:
        return found.count()
    if Power.RECORD not in ROLES[grant.role].powers:
        return 0
    kept = _records_in(account, grant.pk)
    places = found.values_list("region_code", flat=True)
    return sum(
        grant.region_code in (up := regions.upwards(place)) and not kept.intersection(up)
        for place in places
    )


def _records_in(account: User, but: int = 0) -> set[str]:
    """The regions in which an account records by a grant, one (its key) left out."""
    grants = account.grants.exclude(pk=but)
    return {one.region_code for one in grants if Power.RECORD in ROLES[one.role].powers}


def successors(account: User) -> QuerySet[User]:
    """Who may take over what lies with an account: whoever inspects wherever that is to be done, or where
    nothing is, wherever the account may."""
    lie = open_inspections(account).values_list("region_code", flat=True)
    places = set(lie) or _records_in(account)
    able = [{one.pk for one in inspectors_of(place)} for place in places]
    keys = set.intersection(*able) if able else set()
    return User.objects.filter(pk__in=keys - {account.pk}).order_by("pk")


@transaction.atomic
def hand_over(
    *,
    account: User,
    to: User | None,
    reason: str,
    by: User,
    now: datetime,
    address: str | None,
) -> int:
    """Give the inspections of an account to another inspector, but for those that they do already or have to
    keep out of; how many it was. Raises `AccountProblem`."""
    reason = read_remark(reason, most=100)
    if not reason:
        raise AccountProblem("请填写移交的原因。", about="reason")
    if to is None or not successors(account).filter(pk=to.pk).exists():
        raise AccountProblem(f"接替人须是{_WHO}。", about="to")
    hand, kept_from = Hand(by=by, now=now, address=address), concerned_in(to)
    found = list(open_inspections(account).select_for_update().order_by("pk"))
    if not found:
        return 0
    passed = [one for one in found if to.pk not in one.acting and one.employer_id not in kept_from]
    if not passed:
        said = f"{to.name}应当回避或者已经参加这些检查，不能接替，请另选接替人。"
        raise AccountProblem(said, about="to")
    for one in passed:
        _pass_on(one, account, to, reason, hand)
    record_account(
        account,
        f"移交 {len(passed)} 户未完成的双随机检查给{to.name}：{reason}",
        by=by,
        address=address,
    )
    tell(
        Told(
            user=to.pk,
            about=f"inspections-{account.pk}",
            title=f"{account.name}未完成的 {len(passed)} 户双随机检查移交给您"[:100],
            body=f"原因：{as_sentence(reason)}在“双随机检查”中查看单位并登记结果。",
            at=now,
        )
    )
    return len(passed)


def _pass_on(one: Inspection, account: User, to: User, reason: str, hand: Hand) -> None:
    one.acting = [to.pk if key == account.pk else key for key in one.acting]
    people = User.objects.filter(pk__in=one.acting).values_list("pk", "name")
    one.names = names_of(one.acting, dict(people))
    one.save(update_fields=["acting", "names"])
    note(hand, Thing.INSPECTION, one.pk, "移交", f"由{account.name}移交{to.name}：{reason}")


WORK = Work(
    name="inspections",
    title="未完成的双随机检查",
    measure="户",
    count=waiting,
    lies_with=lies_with,
    successors=successors,
    who=_WHO,
    hand_over=hand_over,
)
