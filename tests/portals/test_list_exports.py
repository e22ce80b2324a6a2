"""Every list of every portal is exported as it is shown, whoever looks at it; none is forgotten."""

from __future__ import annotations

import csv
import importlib
import io
import pkgutil
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.batch.workbooks import as_xlsx, rows
from tests.cases import lesson, regatta
from tests.cases.signboard.kind import KIND as SIGNBOARD
from tests.contracts.making import Hall, ending_answers
from tests.counters.sampling import sampled_by
from tests.disputes.making import dispute_of
from tests.entitlements.declaring import declared, insured, wage
from tests.registry.authorising import authorised
from tests.registry.feeding import feed, registered
from tests.relations.making import layoff_of, licence_of, minor_of
from tests.relations.registered import on_registers
from tests.supervision.making import clue_about, penalised, planned, recused, refused_order
from yonggong import portals
from yonggong.accounts.actions import record_access
from yonggong.accounts.models import AccessEntry, User
from yonggong.accounts.roles import ROLES
from yonggong.annual.models import SurveyAsked, SurveyPost
from yonggong.batch import actions, deciding
from yonggong.batch.models import Batch, BulkDecision
from yonggong.cases import actions as case_actions
from yonggong.cases import queues, revoking
from yonggong.cases.models import Case, Move
from yonggong.contracts.models import Contract, Filing, Posting
from yonggong.counters.models import SampledCase
from yonggong.listings import Listing
from yonggong.portals.rights import addresses
from yonggong.registry.models import Agency, Employer, Registration, Worker
from yonggong.reminders.models import Message
from yonggong.secrecy.models import UnusualLooking
from yonggong.services.models import Evaluation
from yonggong.supervision.acting import Hand

pytestmark = pytest.mark.django_db

OPERATOR, REVIEWER, SUPERVISOR, INSPECTOR, BUSINESS, AUDITOR, OFFICER = (
    "employer_operator",
    "reviewer",
    "bureau_supervisor",
    "inspector",
    "business_administrator",
    "auditor",
    "security_officer",
)
PERSON = "person"  # no role: who they are themselves
_LATER = ("renewal", "change", "ending")
# The name of each list: who looks at it, and where.
LISTS: dict[str, tuple[str, str]] = {
    "employer-contracts": (OPERATOR, "employer:contracts"),
    "employer-new": (OPERATOR, "employer:new"),
    **{f"employer-{word}": (OPERATOR, f"employer:{word}") for word in _LATER},
    "employer-void": (OPERATOR, "employer:void"),
    "employer-wages": (OPERATOR, "employer:declared"),
    "employer-insurance": (OPERATOR, "employer:declared"),
    "employer-rosters": (OPERATOR, "employer:rosters"),
    "employer-roster-print": (OPERATOR, "employer:roster-print"),
    "employer-batch-new": (OPERATOR, "employer:batch-new"),
    "employer-batch-ending": (OPERATOR, "employer:batch-ending"),
    "employer-batch-item": (OPERATOR, "employer:batch-item"),
    "employer-batch-rows": (OPERATOR, "employer:batch"),
    "employer-batch-cases": (OPERATOR, "employer:batch"),
    "employer-disputes": (OPERATOR, "employer:disputes"),
    "employer-dispatches": (OPERATOR, "employer:dispatches"),
    "employer-dispatches-sent": (OPERATOR, "employer:dispatches-sent"),
    "employer-items": (OPERATOR, "employer:item"),
    "employer-authorities": (OPERATOR, "employer:authorities"),
    "employer-looks": (OPERATOR, "employer:looks"),
    "person-items": (PERSON, "person:home"),
    "person-authorities": (PERSON, "person:authorities"),
    "person-looks": (PERSON, "person:looks"),
    "messages": (OPERATOR, "messages:list"),
    "bureau-evaluations": (SUPERVISOR, "bureau:evaluations"),
    "bureau-queue": (REVIEWER, "bureau:queue"),
    "bureau-clean": (REVIEWER, "bureau:clean"),
    "bureau-bulk": (REVIEWER, "bureau:bulk"),
    "bureau-cases": (REVIEWER, "bureau:cases"),
    "bureau-contracts": (REVIEWER, "bureau:contracts"),
    "bureau-employers": (REVIEWER, "bureau:employers"),
    "bureau-documents": (REVIEWER, "bureau:rosters"),
    "bureau-registrations": (REVIEWER, "bureau:registrations"),
    "bureau-moves": (REVIEWER, "bureau:moves"),
    "bureau-dispatches": (REVIEWER, "bureau:dispatches"),
    "bureau-dispatches-sent": (REVIEWER, "bureau:dispatches-sent"),
    "bureau-agreements": (REVIEWER, "bureau:agreements"),
    "bureau-permits": (REVIEWER, "bureau:permits"),
    "bureau-recognitions": (REVIEWER, "bureau:recognitions"),
    "bureau-applications": (REVIEWER, "bureau:applications"),
    "bureau-counter-work": (SUPERVISOR, "bureau:counter-work"),
    "bureau-sampled": (SUPERVISOR, "bureau:counter-work-sampled"),
    "bureau-late": (SUPERVISOR, "bureau:late"),
    "bureau-clues": (INSPECTOR, "bureau:clues"),
    "bureau-annual-return": (SUPERVISOR, "bureau:annual-return"),
    "bureau-annual-pay": (SUPERVISOR, "bureau:annual-pay"),
    "bureau-survey": (SUPERVISOR, "bureau:survey"),
    "bureau-survey-posts": (SUPERVISOR, "bureau:survey-posts"),
    "bureau-orders": (INSPECTOR, "bureau:orders"),
    "bureau-plans": (INSPECTOR, "bureau:plans"),
    "bureau-inspections": (INSPECTOR, "bureau:inspections"),
    "bureau-defaulters": (INSPECTOR, "bureau:defaulters"),
    "bureau-licences": (REVIEWER, "bureau:licences"),
    "bureau-disputes": (REVIEWER, "bureau:disputes"),
    "bureau-layoffs": (REVIEWER, "bureau:layoffs"),
    "bureau-minors": (REVIEWER, "bureau:minors"),
    "bureau-penalties": (INSPECTOR, "bureau:penalties"),
    "bureau-recusals": (SUPERVISOR, "bureau:recusals"),
    "bureau-revocations": (REVIEWER, "bureau:revocations"),
    "bureau-batches": (REVIEWER, "bureau:batches"),
    "bureau-batch": (REVIEWER, "bureau:batch"),
    "admin-users": (BUSINESS, "admin:users"),
    "admin-items": (BUSINESS, "admin:items"),
    "admin-log": (AUDITOR, "admin:log"),
    "admin-unusual": (AUDITOR, "admin:unusual"),
    "admin-sign-ins": (OFFICER, "admin:watching"),
    "admin-operations": (AUDITOR, "admin:operations"),
}
# Lists that a hall of an ordinary day leaves empty.
EMPTY = {
    "employer-batch-ending",
    "bureau-applications",
}
# What only some provinces ask for: in which the employer is, then.
ASKED_IN = {
    "employer-wages": "150302",
    "employer-insurance": "150302",
    "bureau-annual-return": "140105",
    "bureau-annual-pay": "150302",
}
FORMULA = "=HYPERLINK(1)"


def _declared() -> Iterator[Listing]:
    """Every list that a module of a portal declares."""
    for found in pkgutil.walk_packages(portals.__path__, f"{portals.__name__}."):
        for value in vars(importlib.import_module(found.name)).values():
            if isinstance(value, Listing):
                yield value
            elif isinstance(value, dict):
                yield from (item for item in value.values() if isinstance(item, Listing))


DECLARED = {listing.name: listing for listing in _declared()}


def test_every_list_is_in_the_table() -> None:
    assert set(DECLARED) == set(LISTS)


def test_what_a_list_is_asked_by_stands_on_one_line() -> None:
    """The room before a condition takes eight characters."""
    asked = {one.label for listing in DECLARED.values() for one in listing.conditions}
    assert [label for label in asked if len(label) > 8] == []


@dataclass(frozen=True)
class Screen:
    """A list in somebody's browser."""

    client: Client
    address: str

    def page(self, **asked: str) -> Any:
        return self.client.get(self.address, asked).context["page"]

    def file(self, form: str, **asked: str) -> bytes:
        answer: Any = self.client.get(self.address, {**asked, "export": form})
        assert answer.status_code == 200 and answer.streaming
        return b"".join(answer.streaming_content)


@pytest.fixture
def screen(
    hall: Hall, make_user: Callable[..., Any], at_screen: Callable[[Any], Client], pupil: Any
) -> Callable[[str], Screen]:
    """A list by its name, with something in it, and formulas where people type what they like."""
    hall.filed(name="试未审核")
    hall.return_(hall.filed(name="试不通过"))
    late = (hall.today - timedelta(days=60)).isoformat()
    hall.approved(work_start_on=late, signed_on=late, start_on=late)
    for reason in ("不实", FORMULA):
        revoking.ask(
            case=hall.approved(), reason=reason, by=hall.reviewer, now=hall.now, address=None
        )
    contract = hall.in_force(name="试解除")
    hall.approve(hall.file("ending", ending_answers(on=hall.today), contract=contract))
    sent = hall.approved()
    Contract.objects.filter(current=sent).update(user_unit_code="91220101MA1702WR1T")
    Posting.objects.create(
        case=sent,
        user_unit=hall.employer,
        worker=sent.filing.worker,
        agency=hall.employer.agency,
        region_code=hall.employer.region_code,
        state="approved",
        name="试派遣",
        dispatcher_code="91220101MA1702WR1T",
        dispatcher=FORMULA,
        job=FORMULA,
        start_on=hall.today,
        end_on=hall.today,
        filed_on=hall.today,
    )
    Evaluation.objects.create(
        case=sent, level=1, text=FORMULA, reply_by=hall.today, by=hall.operator, at=hall.now
    )
    Move.objects.create(
        case=sent,
        applicant=hall.employer.party,
        from_agency=hall.employer.agency,
        to_agency=hall.employer.agency,
        from_region="220103",
        to_region="220104",
        by=hall.reviewer,
        at=hall.now,
    )
    case_actions.submit(
        kind=regatta.ENTRY,
        raw={"boat": FORMULA},
        applicant=hall.employer.party,
        key=None,
        by=hall.operator,
        now=hall.now,
        address=None,
    )
    case_actions.submit(
        kind=lesson.LESSON,
        raw={"course": FORMULA},
        applicant=pupil.person,
        key=None,
        by=pupil,
        now=hall.now,
        address=None,
    )
    authorised(hall.employer.party, pupil.person, by=hall.operator)
    batch = actions.upload(
        kind="contract.new",
        employer=hall.employer,
        file_name="名单.xlsx",
        content=as_xlsx(rows(4, today=hall.today)),
        key=uuid4(),
        by=hall.operator,
        today=hall.today,
        address=None,
    )
    actions.work(batch.pk, now=hall.now)
    signboards = actions.upload(
        kind=SIGNBOARD.name,
        employer=hall.employer,
        file_name="标牌.xlsx",
        content=as_xlsx(
            [{"orchard": "南坡", "wording": "欢迎"}],
            names=("orchard", "wording"),
            headings={"orchard": "果园名称", "wording": "标牌文字"},
        ),
        key=uuid4(),
        by=hall.operator,
        today=hall.today,
        address=None,
    )
    actions.work(signboards.pk, now=hall.now)
    many = deciding.choose(
        cases=queues.queue_of(hall.reviewer),
        decision=deciding.Decision.APPROVE,
        by=hall.reviewer,
        now=hall.now,
        address=None,
    )
    many.chosen.update(reason=FORMULA)
    BulkDecision.objects.update(state="done")
    people = [held.worker for held in Contract.objects.filter(state="active")]
    declared(hall, "wages", [wage(one) for one in people])
    declared(hall, "insurance", [insured(one) for one in people])
    survey = {"employer": hall.employer, "year": 2025}
    SurveyAsked.objects.create(**survey, due_on=hall.today, by=hall.reviewer, at=hall.now)
    SurveyPost.objects.create(
        **survey, case=sent, job=FORMULA, persons=1, lowest=1, average=2, highest=3
    )
    code = hall.employer.credit_code
    feed(
        [registered(code), registered(code)],
        by=make_user(SUPERVISOR, region_code="220100"),
        now=hall.now,
    )
    Registration.objects.update(name=FORMULA, address=FORMULA)
    for day in (1, 2, 3):
        Message.objects.create(
            user=hall.operator, topic="t", on=date(2026, 11, day), title="合同到期", body=FORMULA
        )
    AccessEntry.objects.create(kind="export", subject=FORMULA, user=hall.reviewer)
    for kind in ("late", "dates"):
        clue_about(hall.employer, kind=kind, reason=FORMULA, name=FORMULA)
    for number in Case.objects.exclude(filed_at=None):
        record_access(number.reference, FORMULA, by=hall.reviewer, purpose=FORMULA, address=None)
    sampled_by(make_user(SUPERVISOR, region_code="220000"), hall)
    SampledCase.objects.update(finding="wrong", remark=FORMULA, by=hall.reviewer, at=hall.now)
    UnusualLooking.objects.create(
        user=hall.reviewer, day=hall.today, rule="night", count=5, most=5, found_at=hall.now,
        finding="work", remark=FORMULA, by=hall.operator, at=hall.now,
    )  # fmt: skip
    inspectors = [make_user("inspector", region_code="220104") for _ in range(2)]
    order, *_ = refused_order(hall, inspectors[0], wrong=FORMULA)
    penalised(order, Hand(by=inspectors[0], now=hall.now, address=None), ground=FORMULA)
    planned(inspectors, hall.now, title=FORMULA)
    recused(hall.employer, Hand(by=inspectors[0], now=hall.now, address=None), reason=FORMULA)
    on_registers(hall, sent, title=FORMULA)
    licence_of(hall, name=FORMULA, address=FORMULA)
    minor_of(hall, hall.approved(), occupation=FORMULA)
    layoff_of(hall, hall.approved())
    dispute_of(hall, hall.approved())
    Employer.objects.update(name=FORMULA, contact=FORMULA)
    Batch.objects.update(file_name=FORMULA)
    Filing.objects.filter(case__batch=batch.pk).update(name=FORMULA, job=FORMULA)
    Case.objects.filter(batch__in=[batch.pk, signboards.pk]).update(subject_name=FORMULA)
    User.objects.filter(pk=hall.operator.pk).update(name=FORMULA)
    given = {OPERATOR: hall.operator, REVIEWER: hall.reviewer, PERSON: pupil}

    def open_(name: str) -> Screen:
        role, url = LISTS[name]
        region = ASKED_IN.get(name, "220104")
        Employer.objects.filter(pk=hall.employer.pk).update(region_code=region)
        user = given.get(role) or make_user(role, region_code=f"{region[:2]}0000")
        of_items = name == "employer-batch-cases"
        args = [signboards.pk if of_items else batch.pk] if url.endswith(":batch") else []
        if url.endswith(":declared"):
            args = [name.removeprefix("employer-")]
        args = [many.pk] if url.endswith(":bulk") else args
        return Screen(at_screen(user), reverse(url, args=args))

    return open_


def _condition(seen: Screen) -> dict[str, str]:
    """A condition that leaves some rows, where the list has such."""
    offered = [
        {item.fields[0][0]: "2000-01-01"}
        if item.condition.widget == "dates"
        else {item.condition.name: choice.code}
        for item in seen.page(size="50").conditions
        for choice in item.choices or [None]
        if choice or item.condition.widget == "dates"
    ]
    return next((asked for asked in offered if seen.page(**asked).total), offered[0])


def _sort(listing: Listing) -> dict[str, str]:
    names = [column.name for column in listing.columns if column.order_by]
    return {"sort": f"-{names[-1]}"} if names else {}


def _of_csv(content: bytes) -> tuple[dict[str, str], list[list[str]]]:
    """The notes, and the headings with the rows."""
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    notes = [line[0][2:].split("：", 1) for line in lines if line[0].startswith("# ")]
    return dict(notes), lines[len(notes) :]


def _of_xlsx(content: bytes) -> tuple[dict[str, str], list[list[str]]]:
    """The same of a workbook, cells as Excel shows them."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    table = [[_shown(cell) for cell in row] for row in book["数据"].rows]
    return dict(book["导出说明"].values), table


def _shown(cell: Any) -> str:
    if isinstance(cell.value, datetime):
        return cell.value.strftime("%Y-%m-%d %H:%M" if "hh" in cell.number_format else "%Y-%m-%d")
    if "0.00" in cell.number_format and cell.value is not None:
        return f"{cell.value:,.2f}"
    return "" if cell.value is None else str(cell.value)


# A code, which a spreadsheet is kept from taking for an amount.
_DIGITS_KEPT = re.compile('="[0-9]+[EX]?[0-9]*"', re.ASCII)
_AMOUNT = re.compile(r"[0-9]+\.[0-9]{2}", re.ASCII)
READERS = {"csv": _of_csv, "xlsx": _of_xlsx}


def _plain(text: str) -> str:
    """A cell of the .csv as the page shows it: no guard against formulas or of digits, no
    seconds."""
    if _DIGITS_KEPT.fullmatch(text):
        return text[2:-1]
    if _AMOUNT.fullmatch(text):
        return f"{Decimal(text):,f}"
    text = text.removeprefix("'") if text[1:2] in "=+-@" else text
    try:
        return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return text


# What the lists of a room are tried on is made once for all of them.
ROOMS = sorted({url.partition(":")[0] for _, url in LISTS.values()})


def _in(room: str, names: Iterable[str] = LISTS) -> Iterator[str]:
    """The lists of a room, one after the other; what was done on each is taken back after it."""
    for name in sorted(names):
        if LISTS[name][1].startswith(f"{room}:"):
            with transaction.atomic():
                yield name
                transaction.set_rollback(True)


@pytest.mark.parametrize("room", ROOMS)
def test_a_list_offers_both_files_and_they_hold_what_it_shows(
    room: str, screen: Callable[[str], Screen]
) -> None:
    for name in _in(room):
        _offers_both_files(name, screen)


def _offers_both_files(name: str, screen: Callable[[str], Screen]) -> None:
    seen, listing = screen(name), DECLARED[name]
    offered = seen.client.get(seen.address, {"size": "50"}).content.decode()
    assert 'href="?export=xlsx"' in offered and 'href="?export=csv"' in offered, name
    everything = {"ask": "columns", "columns": [column.name for column in listing.columns]}
    # First as the list comes; then narrowed, sorted the other way round, with every column.
    for asked in ({"size": "50"}, {**_condition(seen), **_sort(listing), "size": "50"}):
        for form, opened in READERS.items():
            notes, (headings, *lines) = opened(seen.file(form, **asked))
            page = seen.page(**asked)
            assert headings == [column.label for column in page.asked.columns], name
            shown = [[cell.text for cell in row.cells] for row in page.rows]
            assert [[_plain(text) for text in line] for line in lines] == shown, name
            assert len(lines) == page.total < 50, name
            assert bool(lines) or name in EMPTY, name
            words = "；".join(page.asked.words) or "无（全部记录）"
            assert (notes["列表"], notes["查询条件"]) == (page.listing.title, words), name
        assert seen.client.post(seen.address, everything).status_code == 302, name


@pytest.mark.parametrize("room", ROOMS)
def test_an_export_runs_nothing_and_gives_no_number_away(
    room: str, screen: Callable[[str], Screen]
) -> None:
    for name in _in(room):
        _runs_nothing(name, screen)


def _runs_nothing(name: str, screen: Callable[[str], Screen]) -> None:
    seen, listing = screen(name), DECLARED[name]
    everything = {"ask": "columns", "columns": [column.name for column in listing.columns]}
    seen.client.post(seen.address, everything)
    text, book = seen.file("csv").decode(), seen.file("xlsx")
    parts = zipfile.ZipFile(io.BytesIO(book))
    sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and "<f " not in sheet, name
    cells = [cell for line in _of_csv(text.encode())[1] for cell in line]
    live = [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert not [cell for cell in live if not _DIGITS_KEPT.fullmatch(cell)], name
    for worker in Worker.objects.all():
        assert worker.document_number not in text and worker.document_number not in sheet, name


@pytest.mark.parametrize("room", ROOMS)
def test_an_export_asks_the_database_once_for_all_rows(
    room: str, screen: Callable[[str], Screen]
) -> None:
    for name in _in(room):
        _asks_once(name, screen)


def _asks_once(name: str, screen: Callable[[str], Screen]) -> None:
    seen, listing = screen(name), DECLARED[name]
    everything = {"ask": "columns", "columns": [column.name for column in listing.columns]}
    seen.client.post(seen.address, everything)
    answer: Any = seen.client.get(seen.address, {"export": "csv"})
    with CaptureQueriesContext(connection) as asked:
        list(answer.streaming_content)
    # The rows, and what a list fetches along for all of them: at most three relations.
    assert len([query for query in asked if query["sql"].startswith(("SELECT", "DECLARE"))]) <= 4, (
        name
    )


WITH_PERSONAL = sorted(
    name for name, listing in DECLARED.items() if any(column.mask for column in listing.columns)
)


@pytest.mark.parametrize("room", ROOMS)
def test_whole_numbers_leave_only_by_the_power_and_are_recorded(
    room: str, screen: Callable[[str], Screen]
) -> None:
    for name in _in(room, WITH_PERSONAL):
        _asks_for_the_power(name, screen)


def _asks_for_the_power(name: str, screen: Callable[[str], Screen]) -> None:
    seen = screen(name)
    AccessEntry.objects.filter(kind="export").delete()
    asked = {"ask": "export", "export": "csv"}
    if name.startswith("bureau"):  # whoever takes along others' people says what for
        refused: Any = seen.client.post(seen.address, asked, follow=True)
        assert "须填写用途" in refused.content.decode(), name
        assert not AccessEntry.objects.filter(kind="export").exists(), name
    answer: Any = seen.client.post(seen.address, asked | {"reason": "核对参保人数"})
    notes, _ = _of_csv(b"".join(answer.streaming_content))
    assert notes["个人信息"].startswith("完整"), name
    said = AccessEntry.objects.get(kind="export").detail
    assert "完整信息" in said and "用途：核对参保人数" in said, name
    assert re.search(r"，[1-9]\d* 条，", said), name


# --- elsewhere ---------------------------------------------------------------------------------

# People see their own account, signing in and acts; items of the package hold everywhere.
_OWN = {"admin-users", "admin-sign-ins", "admin-operations", "admin-log"}
_OFFICE = {
    name: url
    for name, (_, url) in LISTS.items()
    if url.startswith(("bureau:", "admin:")) and name != "admin-items"
}
# For each region where rows lie: the county beside it, and one of another province.
_AROUND = {
    "220104": ("220102", "150302"), "150302": ("150303", "220104"), "140105": ("140106", "220104"),
}  # fmt: skip


def test_no_list_shows_a_row_to_the_neighbouring_county_or_another_province(
    screen: Callable[[str], Screen], make_user: Callable[..., Any], at_screen: Any, hall: Hall
) -> None:
    opened = addresses()
    desks: dict[tuple[str, str], Client] = {}

    def desk(role: str, region: str) -> Client:
        if (role, region) not in desks:
            agency = None
            if ROLES[role].at_agency:
                agency, _ = Agency.objects.get_or_create(
                    name="另一县劳动关系科", level="county", region_code=region
                )
            desks[role, region] = at_screen(make_user(role, agency=agency, region_code=region))
        return desks[role, region]

    shown = {}
    for name in _OFFICE:
        seen = screen(name)
        shown[name] = seen.address, {row.key for row in seen.page(size="50").rows}
    leaks: dict[tuple[str, str, str], set[str]] = {}
    for name, (address, ours) in shown.items():
        home = ASKED_IN.get(name, "220104")
        Employer.objects.filter(pk=hall.employer.pk).update(region_code=home)
        for region in _AROUND[home]:
            for role in opened[_OFFICE[name]] or ():
                answer: Any = desk(role, region).get(address, {"size": "50"})
                if answer.status_code == 404:
                    continue
                theirs = {row.key for row in answer.context["page"].rows}
                if theirs & ours if name in _OWN else theirs:
                    leaks[name, role, region] = theirs
    assert {name for name, (_, ours) in shown.items() if not ours} <= EMPTY
    assert leaks == {}
