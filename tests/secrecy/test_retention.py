"""What is past its period goes, and a line says so; archives and what is younger stay."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.contracts.making import Hall
from tests.serving.test_application_role import _url
from yonggong import policy
from yonggong.accounts.models import AccessEntry, LimitedAct
from yonggong.addresses import signed_in_as
from yonggong.batch.models import Batch
from yonggong.cases import drafting
from yonggong.cases.kinds import get_kind
from yonggong.cases.models import Blob, Case, Draft, Version
from yonggong.reminders.models import Message
from yonggong.secrecy import retention

pytestmark = pytest.mark.django_db


@pytest.fixture
def moment() -> datetime:
    return timezone.now()


def clean(moment: datetime) -> dict[str, int]:
    return retention.clean(today=moment.date(), now=moment)


def held(name: str) -> int:
    return int(getattr(policy.of("220000", timezone.localdate()).secrecy, name))


def test_the_log_goes_after_its_period_and_a_line_says_how_much(
    hall: Hall, moment: datetime
) -> None:
    days = held("keep_log_days")
    for age in (days + 1, days - 1):
        entry = AccessEntry.objects.create(kind="personal", subject=f"试 {age}", user=hall.reviewer)
        AccessEntry.objects.filter(pk=entry.pk).update(at=moment - timedelta(days=age))
    assert clean(moment)["访问日志"] == 1
    assert [row.subject for row in AccessEntry.objects.filter(kind="personal")] == [
        f"试 {days - 1}"
    ]
    line = AccessEntry.objects.get(kind="retention")
    assert line.subject == "数据清理 访问日志" and "的 1 条" in line.detail and line.user is None
    assert "访问日志" not in clean(moment)


def test_the_database_keeps_three_years_whatever_it_is_asked(hall: Hall, moment: datetime) -> None:
    entry = AccessEntry.objects.create(kind="personal", subject="试 1", user=hall.reviewer)
    AccessEntry.objects.filter(pk=entry.pk).update(at=moment - timedelta(days=3 * 365 - 2))
    with connection.cursor() as cursor:
        cursor.execute("SELECT forget_access_entries(now() + interval '1 year')")
        assert cursor.fetchone() == (0,)
    assert AccessEntry.objects.filter(pk=entry.pk).exists()


def test_the_application_may_ask_the_function_and_still_delete_nothing_itself() -> None:
    url = signed_in_as(_url(), settings.APPLICATION_ROLE, settings.APPLICATION_PASSWORD)
    with psycopg.connect(url, autocommit=True) as application:
        application.execute("SELECT forget_access_entries('2000-01-01')")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute("DELETE FROM accounts_accessentry")


def test_drafts_that_lie_go_and_what_was_filed_stays(hall: Hall, moment: datetime) -> None:
    """A returned case that is being mended was filed: its draft stays with it."""
    begun, fresh = (
        drafting.save_draft(
            kind=get_kind("contract.new"),
            raw={"name": "试草稿"},
            case=None,
            applicant=hall.employer.party,
            by=hall.operator,
            now=hall.now,
        )
        for _ in range(2)
    )
    returned = hall.return_(hall.filed())
    Draft.objects.create(case=returned, data={})
    old = moment - timedelta(days=held("keep_draft_days") + 1)
    Draft.objects.filter(case__in=[begun, returned]).update(saved_at=old)
    assert clean(moment) == {"未提交的草稿": 1}
    assert set(Case.objects.values_list("pk", flat=True)) == {fresh.pk, returned.pk}
    assert Version.objects.filter(case=returned).exists()
    assert Draft.objects.filter(case=returned).exists()


def test_messages_and_counted_acts_go(hall: Hall, moment: datetime) -> None:
    for age in (held("keep_message_days") + 1, 1):
        on = (moment - timedelta(days=age)).date()
        message = Message.objects.create(
            user=hall.operator, topic="试", on=on, title="试", body="试"
        )
        Message.objects.filter(pk=message.pk).update(created_at=moment - timedelta(days=age))
        LimitedAct.objects.create(act="试", at=moment - timedelta(days=age))
    assert clean(moment) == {"提醒": 1, "短信验证码和登录失败记录": 1}
    assert Message.objects.count() == LimitedAct.objects.count() == 1


def test_refused_uploads_go_and_those_that_a_later_one_mends_stay(
    hall: Hall, moment: datetime
) -> None:
    def upload(name: str, **columns: Any) -> Batch:
        made = Batch.objects.create(
            kind="contract.new", employer=hall.employer, agency=hall.employer.agency,
            region_code=hall.employer.region_code, filed_by=hall.operator, file_name=name,
            blob=Blob.keep(name.encode()), key=uuid4(), filed_on=hall.today, **columns,
        )  # fmt: skip
        days = held("keep_refused_file_days") + 1
        Batch.objects.filter(pk=made.pk).update(created_at=moment - timedelta(days=days))
        return made

    refused = upload("一.xlsx", state=Batch.State.REFUSED)
    stopped = upload("二.xlsx", state=Batch.State.CANCELLED)
    mending = upload("三.xlsx", state=Batch.State.DONE, mends=stopped)
    assert clean(moment) == {"未受理的批量文件": 2}, "the batch and its file"
    assert set(Batch.objects.all()) == {stopped, mending}
    assert not Blob.objects.filter(pk=refused.blob_id).exists()


def test_files_that_nothing_refers_to_go(hall: Hall, moment: datetime) -> None:
    case, used = hall.filed(), Blob.keep(b"in use")
    case.materials.create(
        name="contract_text", file_name="合同.pdf", content_type="application/pdf",
        blob=used, uploaded_by=hall.operator,
    )  # fmt: skip
    Blob.keep(b"left over")
    with CaptureQueriesContext(connection) as queries:
        assert clean(moment) == {"未受理的批量文件": 1}
    assert list(Blob.objects.all()) == [used]
    assert not any('"cases_blob"."content"' in query["sql"] for query in queries)
