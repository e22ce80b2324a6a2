"""A table in a form goes the whole way of a case: draft, filing, mending, difference, batch."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest
from django.http import QueryDict

from tests.cases import crew
from tests.forms.outing import OUTING
from tests.forms.test_tables import NUMBERS, rows
from yonggong.cases import actions as case_actions
from yonggong.cases import drafting
from yonggong.cases.actions import Refused
from yonggong.cases.bulk import stored_rows
from yonggong.cases.models import Case, Draft, Version
from yonggong.cases.queries import typed_in
from yonggong.cases.sealing import unsealed
from yonggong.forms import Field, FieldType, Form, Section

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(operator: Any, employer: Any, now: datetime) -> Any:
    def send(guests: Any, case: Case | None = None, kind: Any = crew.CREW) -> Case:
        return case_actions.submit(
            kind=kind,
            raw=crew.answers(guests),
            applicant=employer.party,
            case=case,
            key=None,
            by=operator,
            now=now,
            address=None,
        )

    return send


def test_a_draft_keeps_the_rows_sealed_and_gives_them_back(
    operator: Any, employer: Any, now: datetime
) -> None:
    sent = QueryDict(mutable=True)
    sent["place"], sent["guests"] = "松花湖", json.dumps([*rows(), {}])
    case = drafting.save_draft(
        kind=crew.CREW, applicant=employer.party, raw=sent, case=None, by=operator, now=now
    )
    assert NUMBERS[0] not in json.dumps(Draft.objects.get(case=case).data)
    kept = typed_in(case)
    assert kept == {"place": "松花湖", "guests": rows()}


def test_what_is_filed_is_sealed_and_read_again(file: Any) -> None:
    case = Case.objects.get(pk=file(rows()).pk)
    assert isinstance(case.version.data["guests"], str)
    assert [row["number"] for row in case.values["guests"]] == NUMBERS[:3]


def test_a_bad_cell_refuses_the_filing_and_says_which(file: Any) -> None:
    with pytest.raises(Refused) as refused:
        file(rows({}, {"name": "试9"}))
    assert [problem.field for problem in refused.value.problems] == ["guests__2__name"]


def test_a_mended_row_is_a_new_version(file: Any, reviewer: Any, now: datetime) -> None:
    case = file(rows())
    case_actions.return_case(
        case=case, seen=case.filed_at, opinion="费用有误", by=reviewer, now=now, address=None
    )
    case.refresh_from_db()
    file(rows({}, {"fee": "80"}), case=case)
    first, second = case.versions.order_by("number")
    assert [
        str(v.values_on(case.definition.form)["guests"][1]["fee"]) for v in (first, second)
    ] == [
        "100.00",
        "80.00",
    ]
    assert "同行人员第 2 行“费用”" in json.dumps(
        list(case.events.values_list("changes", flat=True)), ensure_ascii=False
    )


def test_an_item_of_a_joint_case_finds_fault_in_the_same_cell(file: Any) -> None:
    with pytest.raises(Refused) as refused:
        file([*rows(), rows()[0]], kind=crew.FLEET)
    (problem,) = refused.value.problems
    assert problem.field == "guests__4__number"
    assert problem.message.startswith("船员名单：与第 1 行的")


OWNERS = [Version.owner_of(case, 1) for case in (1, 2)]


def _open_table() -> Form:
    row = Section(name="r", title="行", fields=(Field(name="what", label="物品"),))
    field = Field(
        name="things",
        label="物品",
        type=FieldType.TABLE,
        rows=Form(name="thing", title="物品", sections=(row,)),
    )
    return Form(name="f", title="表", sections=(Section(name="s", title="节", fields=(field,)),))


def test_a_batch_stores_tables_as_a_filing_does() -> None:
    open_form = _open_table()
    tables = [[{"what": "船"}, {"what": "桨"}], None]
    columns = open_form.clean_columns({"things": tables}).values
    assert [json.loads(text) for text in stored_rows(open_form, columns, range(2), OWNERS)] == [
        {"things": [{"what": "船"}, {"what": "桨"}]},
        {},
    ]
    columns = OUTING.clean_columns({"guests": [rows()]}).values
    (text,) = stored_rows(OUTING, columns, range(1), OWNERS[:1])
    assert NUMBERS[0] not in text
    stored = unsealed(json.loads(text), OUTING.personal_fields, OWNERS[0])
    assert OUTING.load(stored)["guests"] == columns["guests"][0]
