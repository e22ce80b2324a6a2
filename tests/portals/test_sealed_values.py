"""Values that do not open where they stand (two numbers swapped in the database): every page that
meets one says so, shows nothing of it, and the security officer finds it in the log."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.contracts.making import renewal_answers
from tests.portals.test_employer_rosters import choose, save
from tests.portals.test_power_places import _exported
from yonggong.accounts.models import AccessEntry, User
from yonggong.cases import drafting, second_thoughts
from yonggong.cases.models import Case, Draft, Version
from yonggong.contracts.forms import NEW_FORM
from yonggong.contracts.models import Filing
from yonggong.contracts.threads import held_values
from yonggong.documents.models import Document
from yonggong.portals.pages.site import EMPLOYER
from yonggong.registry.models import Worker
from yonggong.vault.sealing import SealBroken

pytestmark = pytest.mark.django_db
ALARM, IN_A_CELL = "数据校验不符，已停止显示和办理", "数据校验不符"


def swap(table: str, column: str, *keys: Any, key: str = "id") -> None:
    """As somebody would who may write into the database, and has no key."""
    first, second = keys
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {column} = other.{column} FROM {table} other"
            f" WHERE ({table}.{key}, other.{key}) IN ((%s, %s), (%s, %s))",
            [first, second, second, first],
        )


def alarms() -> list[AccessEntry]:
    return list(AccessEntry.objects.filter(kind=AccessEntry.Kind.BROKEN).order_by("pk"))


@pytest.fixture
def pair(hall: Any) -> list[Filing]:
    """Two people's approved contracts."""
    return [hall.approved(name=name).filing for name in ("试甲", "试乙")]


@pytest.fixture
def swapped(pair: list[Filing]) -> Iterator[list[Filing]]:
    """The two, their numbers swapped in the database; neither number is on any page."""
    numbers = [filing.worker.document_number for filing in pair]
    swap("registry_worker", "document_sealed", *(filing.worker_id for filing in pair))
    yield pair
    for filing in pair:
        with pytest.raises(SealBroken):
            assert Worker.objects.get(pk=filing.worker_id).document_number not in numbers


def alarmed(answer: Any, by: User) -> None:
    """The page tells it, shows no number, and it stands in the log."""
    assert answer.status_code == 423
    assert ALARM in answer.content.decode()
    (entry,) = alarms()
    assert entry.user == by and "被改动过，或者不属于这里" in entry.detail
    assert answer.wsgi_request.path in entry.detail


def test_two_swapped_numbers_alarm_on_the_page_of_a_person(
    swapped: list[Filing], hall: Any, at_screen: Callable[[Any], Client]
) -> None:
    address = reverse("bureau:person", args=[swapped[0].worker_id])
    alarmed(at_screen(hall.reviewer).get(address), hall.reviewer)
    assert alarms()[0].subject.startswith("劳动者 ")


def test_in_a_list_the_cell_says_so_and_the_other_rows_stand(
    swapped: list[Filing], hall: Any, at_screen: Callable[[Any], Client]
) -> None:
    sound = hall.approved(name="试丙").filing.worker
    answer = at_screen(hall.reviewer).get(reverse("bureau:contracts"))
    shown = answer.content.decode()
    assert answer.status_code == 200 and len(re.findall(rf">\s*{IN_A_CELL}\s*<", shown)) == 2
    assert sound.masked_document in shown and "有 2 处加密保存的内容" in shown
    assert [entry.user for entry in alarms()] == [hall.reviewer] * 2


def test_an_export_says_so_in_the_cell_and_records_it(
    swapped: list[Filing], hall: Any, at_screen: Callable[[Any], Client]
) -> None:
    sound = hall.approved(name="试丙").filing.worker.document_number
    sheet = _exported(at_screen(hall.reviewer), "contracts")
    assert sheet.count(IN_A_CELL) == 2 and sound in sheet
    assert ["（导出）" in entry.detail for entry in alarms()] == [True, True]


def test_no_roster_is_printed_of_what_does_not_open(
    swapped: list[Filing], hall: Any, screen: Client
) -> None:
    preview = choose(screen, "new", *(filing.case for filing in swapped))
    answer = save(screen, preview)
    assert answer.status_code == 423 and ALARM in answer.content.decode()
    assert not Document.objects.exists() and alarms()[-1].user == hall.operator


def test_two_swapped_answers_of_versions_alarm_on_the_page_of_a_case(
    hall: Any, at_screen: Callable[[Any], Client]
) -> None:
    """A single answer of each, and the whole of what was filed."""
    one, other = hall.filed(), hall.filed()
    data = {case.pk: dict(case.version.data) for case in (one, other)}
    number = data[one.pk] | {"document_number": data[other.pk]["document_number"]}
    Version.objects.filter(pk=one.current_id).update(data=number)
    client, address = at_screen(hall.reviewer), reverse("bureau:case", args=[one.pk])
    alarmed(client.get(address), hall.reviewer)
    assert alarms()[0].subject == f"填报版本 {one.pk}/1/document_number"
    Version.objects.filter(pk=one.current_id).update(data=data[other.pk])
    assert client.get(address).status_code == 423


def test_a_value_in_another_field_of_its_own_case_alarms(hall: Any) -> None:
    case = hall.filed()
    data = case.version.data | {"mobile": case.version.data["document_number"]}
    Version.objects.filter(pk=case.current_id).update(data=data)
    with pytest.raises(SealBroken, match=f"cases_version/{case.pk}/1/mobile"):
        _ = Case.objects.get(pk=case.pk).values


def test_an_earlier_version_s_answers_are_not_taken_for_the_present_one_s(hall: Any) -> None:
    case = hall.return_(hall.filed())
    before = case.version.data
    case = hall.file("new", NEW_FORM.dump(case.values) | {"job": "店长"}, case=case)
    assert case.version.number == 2 and case.values["job"] == "店长"
    Version.objects.filter(pk=case.current_id).update(data=before)
    with pytest.raises(SealBroken, match=f"cases_version/{case.pk}/2/"):
        _ = Case.objects.get(pk=case.pk).values


def begun(hall: Any, **raw: str) -> Case:
    return drafting.save_draft(
        kind=hall.filed().definition, applicant=hall.employer.party, raw=raw, case=None,
        by=hall.operator, now=hall.now,
    )  # fmt: skip


def test_swapped_drafts_alarm_on_the_form(hall: Any, screen: Client) -> None:
    one, other = (begun(hall, mobile=mobile) for mobile in ("16012345678", "16012345679"))
    swap("cases_draft", "data", one.pk, other.pk, key="case_id")
    answer = screen.get(EMPLOYER.form_url(one))
    alarmed(answer, hall.operator)
    assert "1601234567" not in answer.content.decode()


def test_what_is_copied_is_sealed_anew_for_its_new_place(hall: Any) -> None:
    """Draft to version, version to draft, contract to what a renewal carries: no token stands in two
    places, so each opens in its own only."""
    filed = hall.filed()
    draft = second_thoughts.take_back(case=filed, by=hall.operator, now=hall.now, address=None)
    kept = Draft.objects.get(case=draft)
    personal = NEW_FORM.personal_fields
    tokens = [
        {data[name] for name in personal if data.get(name)}
        for data in (filed.version.data, kept.data)
    ]
    assert tokens[0] and tokens[1] and not tokens[0] & tokens[1]
    again = hall.file("new", NEW_FORM.sent(kept.opened(NEW_FORM)), case=draft)
    assert again.values == filed.values
    assert not {again.version.data[name] for name in personal if again.version.data.get(name)} & (
        tokens[0] | tokens[1]
    )


def test_what_a_renewal_carries_over_opens_beside_its_version_only(hall: Any) -> None:
    contracts = [hall.old(name=name) for name in ("试甲", "试乙")]
    renewed = [
        hall.approve(hall.file("renewal", renewal_answers(contract), contract=contract))
        for contract in contracts
    ]
    for contract in contracts:
        contract.refresh_from_db()
        assert held_values(contract)["document_number"] == contract.worker.document_number
    versions = [case.current_id for case in renewed]
    swap("contracts_carried", "data", *versions, key="version_id")
    contracts[0].refresh_from_db()
    with pytest.raises(SealBroken, match=f"contracts_carried/{versions[0]}/"):
        held_values(contracts[0])
