"""Versions of items: filled from the package, proposed by one person and approved by another, kept
by the cases that began with them, and read without a restart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, ProgrammingError, connection, transaction

from tests import racing
from tests.cases.item_versions import CITY, COUNTY, PROVINCE, Pair, content, packaged
from tests.cases.kite import ANSWERS
from yonggong.accounts.models import AccessEntry
from yonggong.cases import actions as case_actions
from yonggong.cases import drafting, item_actions, items
from yonggong.cases import queries as case_queries
from yonggong.cases.actions import Refused
from yonggong.cases.item_actions import ProposalRefused
from yonggong.cases.item_models import ItemProposal, ItemVersion
from yonggong.cases.kinds import get_kind
from yonggong.cases.models import Case
from yonggong.catalogue import book, standard_keys
from yonggong.catalogue.versions import digest
from yonggong.catalogue.versions import packaged as all_packaged

pytestmark = pytest.mark.django_db
KEY = "kite-lending"


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    """What a test adds ends with it, in this process too."""
    items.forget()
    yield
    items.forget()


@pytest.fixture
def pair(make_user: Any, now: datetime) -> Pair:
    one, other = (make_user("business_administrator", region_code=PROVINCE) for _ in range(2))
    return Pair(one, other, now)


@pytest.fixture
def begin(operator: Any, employer: Any, now: datetime) -> Any:
    def draft(kind: Any = None, day: int = 0) -> Case:
        return drafting.save_draft(
            kind=kind or items.kind_called(KEY),
            applicant=employer.party,
            raw=ANSWERS,
            case=None,
            by=operator,
            now=now + timedelta(days=day),
        )

    return draft


def submit(case: Case, now: datetime) -> Case:
    return case_actions.submit(
        kind=case.definition,
        raw=ANSWERS,
        applicant=case.applicant,
        case=case,
        key=None,
        by=case.filed_by,
        now=now,
        address=None,
    )


def limited(days: int) -> dict[str, Any]:
    return content(promised_limit={"value": days, "unit": "工作日"})


# --- from the package --------------------------------------------------------------------------


def test_every_item_of_the_package_is_a_version() -> None:
    there = set(ItemVersion.objects.filter(approved_by=None).values_list("key", flat=True))
    assert there == {item.key for item in book()}
    row = ItemVersion.objects.get(key="labour-dispatch-licence")
    assert (row.number, row.region_code, row.holds_from) == (1, "150000", date(2024, 9, 1))


def test_only_what_changed_adds_a_version(monkeypatch: pytest.MonkeyPatch) -> None:
    assert item_actions.fill(today=date(2026, 12, 1)) == 0
    changed = [
        one
        if one.key != "labour-dispatch-licence"
        else type(one)(one.key, one.region, one.since, {**one.content, "fee": "收费"})
        for one in all_packaged()
    ]
    monkeypatch.setattr(item_actions, "packaged", lambda: iter(changed))
    assert item_actions.fill(today=date(2026, 12, 1)) == 1
    row = ItemVersion.objects.filter(key="labour-dispatch-licence").latest("number")
    assert (row.number, row.holds_from) == (2, date(2026, 12, 1))
    assert item_actions.fill(today=date(2026, 12, 2)) == 0


def test_what_administrators_changed_is_not_changed_back_by_the_package(
    pair: Pair, monkeypatch: pytest.MonkeyPatch, make_user: Any
) -> None:
    pair.proposer = make_user("business_administrator", region_code="150000")
    pair.approver = make_user("business_administrator", region_code="150000")
    said = packaged("labour-dispatch-licence") | {"fee": "免费"}
    pair.add(said, "150000")
    newer = [one for one in all_packaged() if one.key == "labour-dispatch-licence"]
    newer = [
        type(one)(one.key, one.region, one.since, {**one.content, "fee": "收费"}) for one in newer
    ]
    monkeypatch.setattr(item_actions, "packaged", lambda: iter(newer))
    assert item_actions.fill(today=pair.now.date()) == 0
    proposal = ItemProposal.objects.get(state="waiting")
    assert proposal.proposed_by is None and proposal.content["fee"] == "收费"
    assert item_actions.fill(today=pair.now.date()) == 0
    assert ItemProposal.objects.filter(state="waiting").count() == 1
    assert pair.approve(proposal).number == 3


@pytest.mark.parametrize(
    ("region", "on", "taken"),
    [
        ("150102", date(2026, 11, 20), True),
        ("150102", date(2024, 8, 31), False),  # before the standard
        ("220104", date(2026, 11, 20), False),
        ("140105", date(2026, 11, 20), False),
    ],
)
def test_a_province_takes_a_standard_whole_or_not_at_all(
    region: str, on: date, taken: bool
) -> None:
    names = {kind.name for kind in items.kinds_for(region, on)}
    assert "contract.new" in names
    assert names & standard_keys() == (standard_keys() if taken else set())


def test_a_whole_standard_is_read_by_one_query(django_assert_max_num_queries: Any) -> None:
    items.kinds_for("150102", date(2024, 8, 31))
    with django_assert_max_num_queries(1):
        assert {kind.name for kind in items.kinds_in_use()} >= standard_keys()


def test_the_31_items_that_are_not_online_are_for_counters() -> None:
    kinds = items.kinds_for("150102", date(2026, 11, 20))
    for_counters = {kind.name for kind in kinds if kind.counter_only}
    offline = {item.key for item in book() if item.page and item.online is not True}
    assert len(offline) == 31
    # The standard leaves these open; their code takes them online.
    assert offline - for_counters == {
        "labour-dispute-arbitration-application",
        "labour-dispute-mediation-application",
    }
    assert for_counters < offline


# --- proposed and approved ---------------------------------------------------------------------


def test_one_proposes_and_another_approves(pair: Pair) -> None:
    proposal = pair.propose(content())
    assert items.head_of(KEY, region=COUNTY, on=pair.now.date()) is None
    with pytest.raises(ProposalRefused, match="不能审定本人拟定的版本"):
        pair.approve(proposal, by=pair.proposer)
    version = pair.approve(proposal)
    assert (version.number, version.proposed_by, version.approved_by) == (
        1,
        pair.proposer,
        pair.approver,
    )
    said = AccessEntry.objects.filter(kind=AccessEntry.Kind.ITEMS).order_by("pk")
    assert [entry.detail for entry in said] == [
        "拟定事项版本",
        "审定事项版本，自 2026-11-20 起启用",
    ]


def test_the_database_refuses_one_who_approves_what_they_proposed(pair: Pair) -> None:
    version = pair.add(content())
    with pytest.raises(IntegrityError, match="item_version_approved_by_another"):
        ItemVersion.objects.create(
            key=KEY,
            number=2,
            content={},
            sha256="",
            proposed_by=pair.proposer,
            approved_by=pair.proposer,
            at=version.at,
        )


@pytest.mark.parametrize(
    "act", ["UPDATE cases_itemversion SET title = ''", "DELETE FROM cases_itemversion"]
)
def test_the_application_may_not_change_or_delete_a_version(act: str) -> None:
    role = connection.ops.quote_name(settings.APPLICATION_ROLE)
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")
        cursor.execute(act)


def test_the_application_may_add_one(pair: Pair) -> None:
    proposal = pair.propose(content())
    role = connection.ops.quote_name(settings.APPLICATION_ROLE)
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")
        assert pair.approve(proposal).number == 1
        cursor.execute("RESET ROLE")


@pytest.mark.parametrize(
    ("role", "region"),
    [
        ("business_administrator", "150000"),
        ("business_administrator", "220200"),
        ("system_administrator", PROVINCE),
        ("auditor", PROVINCE),
        ("reviewer", PROVINCE),
        ("bureau_supervisor", PROVINCE),
        ("counter_clerk", PROVINCE),
    ],
)
def test_nobody_else_proposes_or_approves(
    pair: Pair, make_user: Any, role: str, region: str
) -> None:
    stranger = make_user(role, region_code=region)
    with pytest.raises(PermissionError):
        pair.propose(content(), by=stranger)
    proposal = pair.propose(content())
    with pytest.raises(PermissionError):
        pair.approve(proposal, by=stranger)


def test_nobody_changes_another_departments_item(pair: Pair) -> None:
    with pytest.raises(PermissionError):
        pair.propose(content(departments=["医保"]))


def test_what_holds_everywhere_is_nobodys_to_change(pair: Pair) -> None:
    with pytest.raises(PermissionError):
        pair.propose(content(), region="")


def test_one_change_at_a_time(pair: Pair) -> None:
    pair.propose(content())
    with pytest.raises(ProposalRefused, match="已有一项修改待审定"):
        pair.propose(content(fee="收费"))


def test_one_declined_or_taken_back_holds_nowhere(pair: Pair) -> None:
    proposal = pair.propose(content())
    with pytest.raises(ProposalRefused, match="没有填写审定意见"):
        decline(pair, proposal, pair.approver, "")
    assert decline(pair, proposal, pair.approver, "依据不足").state == "declined"
    with pytest.raises(ProposalRefused, match="已由他人处理"):
        pair.approve(proposal)
    again = pair.propose(content())
    assert decline(pair, again, pair.proposer, "").state == "withdrawn"
    assert not ItemVersion.objects.filter(key=KEY).exists()


def decline(pair: Pair, proposal: ItemProposal, by: Any, opinion: str) -> ItemProposal:
    return item_actions.decline(
        proposal=proposal, opinion=opinion, by=by, now=pair.now, address=None
    )


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"steps": "受理"}, "办理步骤：应为用中括号括起来的列表"),
        ({"kind": "快办件"}, "类型：不能是 \"快办件\"，只能是：即办件、承诺件、null"),
        ({"promised_limit": {"value": "五", "unit": "工作日"}}, "承诺办结时限数值：应为数"),
        ({"forms": []}, None),
        ({"id": "风筝"}, "编码：不能是"),
        ({"departments": []}, "主管部门：至少要有 1 项"),
        ({"procedure": [{"name": "申请", "kind": "apply", "by": "applicant", "actor": "",
                         "limit": None, "outcomes": ["next"]},
                        {"name": "查询", "kind": "query", "by": "applicant", "actor": "",
                         "limit": None, "outcomes": ["end"]}]},
         "办理流程：申请之后应有由工作人员办理的环节"),
        ({"checks": [{"name": "nothing"}]}, "表单校验第 1 项：没有名为 nothing 的校验"),
        ({"checks": [{"name": "any_filled", "with": {"fields": ["kite", "colour"]}}]},
         "表单校验第 1 项：校验 any_filled 的参数 fields：表单中没有编码为 colour 的字段"),
    ],
)  # fmt: skip
def test_every_mistake_is_named_by_its_place(
    pair: Pair, changed: dict[str, Any], said: str | None
) -> None:
    if said is None:
        assert pair.propose(content(**changed)).state == "waiting"
        return
    with pytest.raises(ProposalRefused) as refused:
        pair.propose(content(**changed))
    assert any(said in str(mistake) for mistake in refused.value.mistakes), [
        str(mistake) for mistake in refused.value.mistakes
    ]


def field(**changed: Any) -> dict[str, Any]:
    return {
        "label": "风筝名称", "type": "text", "required": True, "id": "kite", "from": None,
        "personal": False, "by": "applicant", **changed,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ([field(type="colour")], '表单第 1 项“申请表”字段第 1 项“风筝名称”类型：不能是 "colour"'),
        ([field(), field(label="别名")], "字段第 2 项“别名”编码：编码 kite 在本表中已经用过"),
        ([field(type="choice")], "字段第 1 项“风筝名称”选项：选择类字段应列出选项"),
        ([field(choices=["红"])], "只有选择类字段"),
        ([field(type="choice", choices=["红", "红"])], "选项不能重复"),
        ([field(id="a__b")], "字段第 1 项“风筝名称”编码：不能是"),
        ([{**field(), "colour": "红"}], "字段第 1 项“风筝名称”：不能有“colour”"),
        ([], "表单第 1 项“申请表”字段：至少要有 1 项"),
    ],
)
def test_every_mistake_of_a_form_is_named_by_its_field(
    pair: Pair, fields: list[dict[str, Any]], said: str
) -> None:
    forms = [{"name": "申请表", "repeating": False, "by": "applicant", "fields": fields}]
    with pytest.raises(ProposalRefused) as refused:
        pair.propose(content(forms=forms))
    assert any(said in str(mistake) for mistake in refused.value.mistakes), [
        str(mistake) for mistake in refused.value.mistakes
    ]


def test_a_form_that_collides_with_the_platforms_own_keys_is_refused(pair: Pair) -> None:
    rows = {"name": "人员", "repeating": True, "by": "applicant", "fields": [field()]}
    head = {"name": "表", "repeating": False, "by": "applicant", "fields": [field(id="f2_rows")]}
    with pytest.raises(ProposalRefused) as refused:
        pair.propose(content(forms=[head, rows]))
    assert [mistake.path for mistake in refused.value.mistakes] == ["forms"]


def test_a_day_in_the_past_is_refused(pair: Pair) -> None:
    with pytest.raises(ProposalRefused, match="启用日期在今天以前"):
        pair.propose(content(), since=pair.now.date() - timedelta(days=1))


def test_every_packaged_item_passes_what_is_asked_of_a_proposed_one() -> None:
    from yonggong.cases.item_building import mistakes_in

    assert [
        (one.key, list(map(str, found)))
        for one in all_packaged()
        if (found := mistakes_in(one.content))
    ] == []


# --- items with code ---------------------------------------------------------------------------


def test_of_an_item_with_code_only_words_limits_and_materials_change(pair: Pair) -> None:
    said = packaged("contract.ending")
    with pytest.raises(ProposalRefused, match=r"不能修改：.*办理流程"):
        pair.propose(said | {"procedure": [*said["procedure"], said["procedure"][1]]})
    with pytest.raises(ProposalRefused, match="内容与现行版本相同"):
        pair.propose(said)
    with pytest.raises(ProposalRefused, match="主管部门不能修改"):
        pair.propose(said | {"departments": ["医保"]})
    changed = said | {"promised_limit": {"value": 3, "unit": "工作日"}, "name": "合同终止备案"}
    assert pair.add(changed).number == 2


def test_nobody_takes_the_key_of_code(pair: Pair) -> None:
    with pytest.raises(ProposalRefused, match="由平台自有业务使用"):
        pair.propose(content(id="club.membership"))


def test_a_limit_and_a_material_of_an_item_with_code_hold_at_once(pair: Pair, begin: Any) -> None:
    kind = get_kind("contract.ending")
    before = begin(kind)
    material = {"name": "工会意见", "source": None, "type": None, "copies": None, "form": ["电子"],
                "required": True, "shareable": None}  # fmt: skip
    said = packaged("contract.ending") | {
        "promised_limit": {"value": 3, "unit": "工作日"},
        "materials": [material],
    }
    pair.add(said)
    after = begin(kind)
    labels = [one.label for one in case_queries.required_materials(after)]
    assert labels[-1] == "工会意见"
    assert labels[:-1] == [one.label for one in case_queries.required_materials(before)]
    assert after.definition.decide_by(None, pair.now.date()) == date(2026, 11, 25)  # type: ignore[arg-type]


# --- which holds -------------------------------------------------------------------------------


def test_a_city_comes_before_its_province(pair: Pair) -> None:
    pair.add(content(fee="市级"), CITY)
    pair.add(content(fee="省级"), PROVINCE)
    head = items.head_of(KEY, region=COUNTY, on=pair.now.date())
    assert head is not None and items.item_of(head.pk).fee == "市级"
    elsewhere = items.head_of(KEY, region="220200", on=pair.now.date())
    assert elsewhere is not None and items.item_of(elsewhere.pk).fee == "省级"
    assert items.head_of(KEY, region="140100", on=pair.now.date()) is None


def test_a_city_whose_number_ends_in_zeros_is_no_wider_than_it_is() -> None:
    """威海 is 371000: what holds there does not hold in 371100 (日照), nor 500000 (重庆) in 510000."""
    for place, other in (("371000", "371100"), ("500000", "510000")):
        head = items.Head(1, KEY, 1, place, None, True)
        assert head.holds(place, date(2026, 11, 20))
        assert not head.holds(other, date(2026, 11, 20))


def test_a_version_holds_from_its_day_on(pair: Pair, begin: Any, now: datetime) -> None:
    pair.add(limited(5))
    early = begin()
    pair.add(limited(9), since=now.date() + timedelta(days=3))
    still, later = begin(day=2), begin(day=3)
    days = [case.definition.procedure.promised.days for case in (early, still, later)]
    assert days == [5, 5, 9]


def test_a_case_keeps_the_version_it_began_with(pair: Pair, begin: Any, now: datetime) -> None:
    pair.add(limited(5))
    case = begin()
    other = content(
        promised_limit={"value": 9, "unit": "工作日"},
        forms=[{"name": "表", "repeating": False, "by": "applicant", "fields": [field(id="colour", label="颜色")]}],
        materials=[{"name": "押金收据", "source": None, "type": None, "copies": None,
                    "form": ["电子"], "required": True, "shareable": None}],
    )  # fmt: skip
    pair.add(other)
    case = submit(Case.objects.get(pk=case.pk), now)
    assert case.due_on == date(2026, 11, 27)
    assert list(case.definition.form.fields_by_name) == ["kite", "phone", "f2_rows"]
    assert case_queries.required_materials(case) == ()
    newer = begin()
    assert list(newer.definition.form.fields_by_name) == ["colour"]
    with pytest.raises(Refused) as refused:
        submit(newer, now)
    assert "缺少材料：押金收据" in [problem.message for problem in refused.value.problems]


def test_it_is_offered_where_it_holds_and_nowhere_else(pair: Pair) -> None:
    pair.add(content())
    on = pair.now.date()
    assert KEY in {kind.name for kind in items.kinds_for(COUNTY, on)}
    assert KEY not in {kind.name for kind in items.kinds_for("150102", on)}
    assert KEY not in {kind.name for kind in items.kinds_for(COUNTY, on - timedelta(days=1))}


def test_the_cache_asks_the_database_once(
    pair: Pair, begin: Any, django_assert_num_queries: Any
) -> None:
    pair.add(content())
    case, filing = begin(), begin(get_kind("contract.new"))
    assert (case.definition.title, filing.definition.title) == ("风筝借用", "劳动合同新订备案")
    with django_assert_num_queries(0):
        assert case.definition is items.definition_of(KEY, case.item_version_id)
        assert items.holding(get_kind("contract.new"), region=COUNTY, on=pair.now.date())


def test_a_filing_of_a_kind_with_code_names_its_version(begin: Any) -> None:
    case = begin(get_kind("contract.new"))
    held = ItemVersion.objects.get(pk=case.item_version_id)
    assert (held.key, held.number) == ("contract.new", 1)


def test_the_digest_does_not_depend_on_the_order_of_writing() -> None:
    said = content()
    assert digest(said) == digest(dict(reversed(said.items())))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_propose_at_once_one_waits(pair: Pair) -> None:
    results = racing.at_once(
        *(partial(pair.propose, limited(days)) for days in (5, 6)), refusals=(ProposalRefused,)
    )
    assert [type(one) for one in results].count(ProposalRefused) == 1
    assert ItemProposal.objects.filter(state="waiting").count() == 1
