"""A bureau confirms a value of its own region with its document; the act is recorded."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from tests.files import PDF
from yonggong import policy
from yonggong.accounts.models import AccessEntry
from yonggong.sources import actions, current
from yonggong.sources.models import Confirmation
from yonggong.sources.queries import waiting_for

pytestmark = pytest.mark.django_db
RATES = "minimum_wage.rates"


def row(region: str = "140000", path: str = RATES) -> policy.Explanation:
    (found,) = [one for one in policy.explain(region, timezone.localdate()) if one.path == path]
    return found


def brought(**changed: Any) -> dict[str, Any]:
    paper = SimpleUploadedFile("通知.pdf", PDF, "application/pdf")
    return {
        "title": "关于调整我省最低工资标准的通知",
        "number": "晋人社厅发〔2022〕99号",
        "issued": "2022年12月20日",
        "document": paper,
        **changed,
    }


def address(portal: str = "bureau", **changed: str) -> str:
    at = row()
    asked = {"region": "140000", "path": RATES, "since": str(at.since), **changed}
    return f"/{portal}/policy/confirm/?" + "&".join(f"{key}={text}" for key, text in asked.items())


def confirm(by: Any, found: policy.Explanation | None = None) -> Confirmation:
    return actions.confirm(
        row=found or row(),
        title="通知",
        number="1号",
        issued=date(2022, 12, 20),
        file_name="a.pdf",
        content=PDF,
        by=by,
    )


def test_a_value_confirmed_counts_as_checked_at_once(bureau: Any) -> None:
    screen = bureau("140000")
    assert row().state == "open"
    answer = screen.post(address(), brought(), follow=True)
    assert "已核对" in answer.content.decode()
    current.refresh()  # what a commit does in every process
    assert row().state == "checked"
    page = screen.get("/bureau/policy/?region=140000").content.decode()
    assert "核对依据：关于调整我省最低工资标准的通知（晋人社厅发〔2022〕99号）" in page
    kept = Confirmation.objects.get()
    shown = screen.get(f"/bureau/policy/documents/{kept.pk}/")
    assert shown.content == PDF and shown["Content-Type"] == "application/pdf"


def test_it_leaves_its_line_in_the_log(supervisor: Any) -> None:
    confirm(supervisor("140000"))
    entry = AccessEntry.objects.get(kind=AccessEntry.Kind.SOURCES)
    assert "山西省" in entry.subject and "通知（1号）" in entry.detail


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title": " "}, "没有填写文件名称"),
        ({"number": ""}, "没有填写文号"),
        ({"issued": ""}, "没有填写发文日期"),
        ({"issued": "去年"}, "发文日期"),
        ({"issued": "2099-01-01"}, "发文日期在今天以后"),
        ({"document": ""}, "没有上传文件"),
        ({"document": SimpleUploadedFile("a.pdf", b"MZ", "application/pdf")}, "不是 PDF"),
    ],
)
def test_what_is_missing_is_said_and_nothing_kept(bureau: Any, changed: Any, said: str) -> None:
    answer = bureau("140000").post(address(), brought(**changed))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Confirmation.objects.exists()


@pytest.mark.parametrize("region", ["150000", "140100", "220000"])
def test_a_value_of_another_region_is_not_theirs(bureau: Any, supervisor: Any, region: str) -> None:
    assert bureau(region).get(address()).status_code == 404
    assert bureau(region).post(address(), brought()).status_code == 404
    with pytest.raises(PermissionError):
        confirm(supervisor(region))


def test_what_holds_for_the_nation_is_nobodys_to_confirm(bureau: Any, supervisor: Any) -> None:
    found = row(path="review_limits.default")
    assert found.region == "000000"
    with pytest.raises(PermissionError):
        confirm(supervisor("140000"), found)
    asked = address(region="000000", path="review_limits.default", since=str(found.since))
    assert bureau("140000").get(asked).status_code == 404


@pytest.mark.parametrize(
    "changed", [{"path": "no.such"}, {"since": "1999-01-01"}, {"since": "x"}, {"region": "999999"}]
)
def test_a_value_that_is_not_there_is_not_found(bureau: Any, changed: dict[str, str]) -> None:
    assert bureau("140000").get(address(**changed)).status_code == 404


@pytest.mark.parametrize("role", ["reviewer", "system_administrator", "auditor"])
def test_without_the_power_there_is_no_such_page(at_screen: Any, make_user: Any, role: str) -> None:
    screen = at_screen(make_user(role, region_code="140000"))
    assert screen.get(address()).status_code == 404
    assert screen.get(address("admin")).status_code == 404


def test_a_business_administrator_confirms_in_their_own_portal(
    at_screen: Any, make_user: Any
) -> None:
    screen = at_screen(make_user("business_administrator", region_code="140000"))
    assert screen.get(address("admin")).status_code == 200
    assert screen.post(address("admin"), brought()).status_code == 302
    assert Confirmation.objects.count() == 1


def test_its_document_is_shown_only_where_the_value_holds(bureau: Any, supervisor: Any) -> None:
    kept = confirm(supervisor("140000"))
    assert bureau("140100").get(f"/bureau/policy/documents/{kept.pk}/").status_code == 200
    assert bureau("150000").get(f"/bureau/policy/documents/{kept.pk}/").status_code == 404


def test_what_waits_is_counted_and_goes(supervisor: Any) -> None:
    person, today = supervisor("140000"), timezone.localdate()
    before = waiting_for(person, today=today)
    assert before.open >= 4
    confirm(person)
    current.refresh()
    assert waiting_for(person, today=today).open == before.open - 1
    assert waiting_for(person, today=date(2028, 6, 1)).stale > before.stale


def test_the_page_counts_names_who_confirms_and_shows_no_file_name(bureau: Any) -> None:
    page = bureau("140000").get("/bureau/policy/?region=140000").content.decode()
    assert ".yaml" not in page
    assert "由山西省人力资源和社会保障厅业务主管核对" in page
    assert "最近一次标准自 2023-01-01 起执行，此后的调整没有录入，可能已经过时" in page
    only = bureau("140000").get("/bureau/policy/?region=140000&state=open").content.decode()
    assert "超过一年未核对" in only and "140000" in only


@pytest.mark.django_db(transaction=True)
def test_the_database_lets_nobody_change_or_delete_it(supervisor: Any, settings: Any) -> None:
    from yonggong.privileges import grant_application_role

    confirm(supervisor("140000"))
    grant_application_role()
    for statement in (
        "UPDATE sources_confirmation SET title = 'x'",
        "DELETE FROM sources_confirmation",
        "UPDATE sources_daysoffnotice SET year = 2030",
    ):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            role = connection.ops.quote_name(settings.APPLICATION_ROLE)
            cursor.execute(f"SET LOCAL ROLE {role}")
            cursor.execute(statement)
