"""Every write of items as data: filled from the package, proposed by one, approved by another.

What is proposed is taken only once its form, procedure and kind can be built. Each act is one
transaction and leaves its line in the access log.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from yonggong.accounts.actions import record
from yonggong.accounts.models import AccessEntry, User
from yonggong.accounts.roles import Power
from yonggong.cases import items
from yonggong.cases.item_building import mistakes_in
from yonggong.cases.item_models import ItemProposal, ItemVersion
from yonggong.cases.kinds import find_kind
from yonggong.catalogue import own_titles
from yonggong.catalogue.mistakes import Mistake
from yonggong.catalogue.places import words
from yonggong.catalogue.versions import Content, Packaged, digest, packaged
from yonggong.forms.reading import read_remark

# What may be changed of an item with code of its own: its words, its limits, its materials.
WITH_CODE = frozenset(
    {
        "name", "word", "words", "conditions", "notes", "fee", "legal_basis", "events", "risks",
        "materials", "statutory_limit", "promised_limit",
    }
)  # fmt: skip


def changeable_of(key: str) -> frozenset[str] | None:
    """The parts of an item that administrators may change; None: all of them."""
    return WITH_CODE if key in own_titles() or find_kind(key) is not None else None


class ProposalRefused(Exception):
    """What was proposed, or is to be decided, cannot be taken; `mistakes` are those of the content."""

    def __init__(self, message: str, mistakes: Sequence[Mistake] = ()) -> None:
        super().__init__(message)
        self.mistakes = tuple(mistakes)


def may_propose(user: User, region: str, department: str) -> bool:
    """Whether `user` may propose and approve a department's items for a region: it lies within
    theirs. What holds everywhere comes with the package."""
    return bool(region) and user.scope.covers(region, Power.MANAGE_ITEMS, department=department)


# --- from the package --------------------------------------------------------------------------


@transaction.atomic
def fill(*, today: date) -> int:
    """Add what came with the package and is not there yet; gives how many versions were added.

    Of an item that changed with the package another version holds from today on; where
    administrators have changed the item since, it waits for one of them instead.
    """
    _one_at_a_time()
    latest = {
        (row.key, row.region_code): row
        for row in ItemVersion.objects.defer("content").order_by("number")
    }
    known = {digest(one.content): one for one in packaged()}
    said = set(
        ItemVersion.objects.filter(approved_by=None).values_list("key", "region_code", "sha256")
    )
    added = 0
    for sha256, one in known.items():
        if (one.key, one.region, sha256) in said:
            continue
        before = latest.get((one.key, one.region))
        if before is not None and before.approved_by_id is not None:
            _wait(one, sha256, today)
            continue
        _add(one, sha256, since=one.since if before is None else today)
        added += 1
    transaction.on_commit(items.refresh)
    return added


def _add(one: Packaged, sha256: str, *, since: date | None) -> None:
    ItemVersion.objects.create(
        key=one.key,
        number=_next_number(one.key),
        region_code=one.region,
        holds_from=since,
        title=one.content["name"],
        content=one.content,
        sha256=sha256,
        at=timezone.now(),
    )


def _wait(one: Packaged, sha256: str, today: date) -> None:
    """Propose what came with the package; once, whatever became of it."""
    alike = ItemProposal.objects.filter(key=one.key, region_code=one.region, sha256=sha256)
    if alike.exists():
        return
    ItemProposal.objects.create(
        key=one.key,
        region_code=one.region,
        holds_from=today,
        title=one.content["name"],
        content=one.content,
        sha256=sha256,
        reason="随平台升级而来的新内容；本事项此前已由管理员修改，请审定是否采用",
        proposed_at=timezone.now(),
    )


def _next_number(key: str) -> int:
    held = ItemVersion.objects.filter(key=key).aggregate(last=Max("number"))["last"]
    return (held or 0) + 1


def _one_at_a_time() -> None:
    """Versions are numbered, and one proposal waits for an item and region: whoever adds one waits for
    the other until its transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('cases_itemversion'))")


# --- by administrators -------------------------------------------------------------------------


@transaction.atomic
def propose(
    *,
    content: Content,
    region: str,
    holds_from: date,
    reason: str,
    by: User,
    now: datetime,
    address: str | None,
) -> ItemProposal:
    """Propose an item, or another version of one, for cases begun in a region from a day on.

    Raises PermissionError where the region is not theirs, `ProposalRefused` with every mistake.
    """
    found = mistakes_in(content)
    if found:
        raise ProposalRefused("事项内容有误，请逐项改正后再提交。", found)
    before = version_before(content["id"], region, holds_from)
    department = (before.content if before else content)["departments"][0]
    if not may_propose(by, region, department):
        raise PermissionError("out of scope")
    if not read_remark(reason):
        raise ProposalRefused("没有填写修改说明，请写明改了什么、依据什么文件。")
    if holds_from < timezone.localdate(now):
        raise ProposalRefused(
            "启用日期在今天以前；已经开始的办件不受新版本影响，请填今天或以后的日期。"
        )
    _refuse_beyond_reach(content, before)
    key, sha256 = content["id"], digest(content)
    _one_at_a_time()
    waiting = ItemProposal.objects.filter(
        key=key, region_code=region, state=ItemProposal.State.WAITING
    )
    if waiting.exists():
        raise ProposalRefused("本事项在该地区已有一项修改待审定，请先审定或者撤回。")
    proposal = ItemProposal.objects.create(
        key=key,
        region_code=region,
        holds_from=holds_from,
        title=content["name"],
        content=content,
        sha256=sha256,
        reason=read_remark(reason),
        proposed_by=by,
        proposed_at=now,
    )
    _note(proposal, "拟定事项版本", by=by, address=address)
    return proposal


def _refuse_beyond_reach(content: Content, before: ItemVersion | None) -> None:
    """An item with code changes in its words, limits and materials alone; an item stays with its
    department; a version says something new."""
    key = content["id"]
    parts = changeable_of(key)
    if before is None:
        if parts is not None:
            raise ProposalRefused(f"编码 {key} 由平台自有业务使用，请换一个编码。")
        return
    if digest(content) == before.sha256:
        raise ProposalRefused("内容与现行版本相同，没有需要修改的地方。")
    if content["departments"] != before.content["departments"]:
        raise ProposalRefused("主管部门不能修改；由其他部门办理的，请另立事项。")
    if parts is not None:
        same = before.content
        changed = [
            part
            for part in {**same, **content}
            if part not in parts and content.get(part) != same.get(part)
        ]
        if changed:
            named = "、".join(words().get(part, part) for part in sorted(changed))
            raise ProposalRefused(
                f"本事项由平台程序办理，只能修改名称等文字、办结时限和申请材料，不能修改：{named}。"
            )


def version_before(key: str, region: str, on: date) -> ItemVersion | None:
    """The version that holds in a region on a day, which a new one would follow."""
    items.refresh()
    head = items.head_of(key, region=region, on=on)
    return None if head is None else ItemVersion.objects.get(pk=head.pk)


@transaction.atomic
def approve(
    *, proposal: ItemProposal, opinion: str = "", by: User, now: datetime, address: str | None
) -> ItemVersion:
    """Approve what another person proposed: from its day on (today where that is past) it holds.

    Raises PermissionError, `ProposalRefused` (decided meanwhile, their own, no longer sound).
    """
    proposal = _undecided(proposal, by)
    if proposal.proposed_by_id == by.pk:
        raise ProposalRefused("不能审定本人拟定的版本，请由另一名管理员审定。")
    if found := mistakes_in(proposal.content):
        raise ProposalRefused("事项内容有误，不能启用。", found)
    _one_at_a_time()
    since = max(proposal.holds_from, timezone.localdate(now))
    version = ItemVersion.objects.create(
        key=proposal.key,
        number=_next_number(proposal.key),
        region_code=proposal.region_code,
        holds_from=since,
        title=proposal.title,
        content=proposal.content,
        sha256=proposal.sha256,
        proposed_by=proposal.proposed_by,
        approved_by=by,
        at=now,
    )
    proposal.version = version
    _decide(proposal, ItemProposal.State.APPROVED, opinion, by=by, now=now)
    _note(proposal, f"审定事项版本，自 {since} 起启用", by=by, address=address)
    transaction.on_commit(items.refresh)
    return version


@transaction.atomic
def decline(
    *, proposal: ItemProposal, opinion: str, by: User, now: datetime, address: str | None
) -> ItemProposal:
    """Decline what was proposed, with the reason; its proposer takes it back so.

    Raises PermissionError, `ProposalRefused`.
    """
    proposal = _undecided(proposal, by)
    own = proposal.proposed_by_id == by.pk
    if not own and not read_remark(opinion):
        raise ProposalRefused("没有填写审定意见，请写明不采纳的理由。")
    state = ItemProposal.State.WITHDRAWN if own else ItemProposal.State.DECLINED
    _decide(proposal, state, opinion, by=by, now=now)
    _note(proposal, "撤回事项版本" if own else "不采纳事项版本", by=by, address=address)
    return proposal


def _undecided(proposal: ItemProposal, by: User) -> ItemProposal:
    proposal = ItemProposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if not may_decide(by, proposal):
        raise PermissionError("out of scope")
    if proposal.state != ItemProposal.State.WAITING:
        raise ProposalRefused("该修改已由他人处理，本次操作没有生效。")
    return proposal


def may_decide(user: User, proposal: ItemProposal) -> bool:
    """Whether the proposal is `user`'s to decide; what came with the package for everywhere, any
    province's."""
    department = proposal.content["departments"][0]
    if proposal.region_code:
        return may_propose(user, proposal.region_code, department)
    regions = user.scope.regions(Power.MANAGE_ITEMS, department=department)
    return any(region.endswith("0000") for region in regions)


def _decide(
    proposal: ItemProposal, state: ItemProposal.State, opinion: str, *, by: User, now: datetime
) -> None:
    proposal.state, proposal.opinion = state, read_remark(opinion)
    proposal.decided_by, proposal.decided_at = by, now
    proposal.save()


def _note(proposal: ItemProposal, said: str, *, by: User, address: str | None) -> None:
    record(
        AccessEntry.Kind.ITEMS,
        f"事项 {proposal.title}（{proposal.key}）"[:100],
        said,
        by=by,
        address=address,
    )
