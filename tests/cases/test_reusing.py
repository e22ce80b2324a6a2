"""A material is taken from an earlier case of the same applicant, or left to who shares it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cases.item_versions import content
from tests.cases.kite import ANSWERS
from tests.files import PNG
from yonggong.cases import actions as case_actions
from yonggong.cases import drafting, materials, reusing
from yonggong.cases.catalogued import kind_of
from yonggong.cases.errors import Forbidden, Refused
from yonggong.cases.models import Blob, Case
from yonggong.catalogue.versions import read_version

pytestmark = pytest.mark.django_db
_CARD = {
    "name": "有效身份证件", "source": "申请人自备", "type": "原件", "copies": 1, "form": ["电子"],
    "required": True, "shareable": True, "keep_paper": False,
}  # fmt: skip
_SHARING = [{"need": "身份信息", "method": "实时", "provider": "公安部门", "fields": []}]


@pytest.fixture
def kind(monkeypatch: pytest.MonkeyPatch) -> Any:
    said = content(materials=[_CARD], sharing=_SHARING)
    item = read_version(said, region="220000", since=None)
    made = kind_of(item, taken=True)
    monkeypatch.setattr(Case, "definition", made)
    return made


@pytest.fixture
def draft(kind: Any, employer: Any, operator: Any, now: datetime) -> Any:
    def begin(by: Any = operator, applicant: Any = employer) -> Case:
        return drafting.save_draft(
            kind=kind, applicant=applicant.party, raw=ANSWERS, case=None, by=by, now=now
        )

    return begin


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


@pytest.fixture
def earlier(draft: Any, operator: Any, now: datetime) -> Case:
    case = draft()
    who = {"by": operator, "now": now, "address": None}
    materials.upload(case=case, name="m1", file_name="身份证.png", content=PNG, **who)
    return submit(case, now)


def take(case: Case, by: Any, now: datetime) -> Any:
    source = reusing.earlier(case, materials.wanted_of(case, "m1"), by)[0]
    return reusing.take(case=case, name="m1", source=source.pk, by=by, now=now, address=None)


def test_a_page_that_takes_one_looks_back_once(
    earlier: Case, draft: Any, operator: Any, at_screen: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, looked = draft(), reusing.earlier
    looks: list[Case] = []
    monkeypatch.setattr(
        reusing, "earlier", lambda case, *rest: looks.append(case) or looked(case, *rest)
    )
    screen: Client = at_screen(operator)
    address = reverse("employer:material-choose", args=[case.pk, "m1"])
    for sent in ("另一份", "0", str(earlier.materials.get().pk)):
        screen.post(address, {"ask": "take", "source": sent})
    assert case.materials.get().taken_from == earlier and looks == [case] * 2


def test_the_file_is_the_same_and_says_where_it_is_from(
    earlier: Case, draft: Any, operator: Any, now: datetime
) -> None:
    case = draft()
    kept = take(case, operator, now)
    assert (kept.taken_from, kept.blob_id) == (earlier, earlier.materials.get().blob_id)
    filed = submit(case, now)
    third = draft()
    assert take(third, operator, now).taken_from == earlier
    assert filed.materials.get().taken_from == earlier


def test_what_is_not_filed_or_anothers_is_not_offered(
    earlier: Case, draft: Any, make_employer: Any, make_user: Any, operator: Any, now: datetime
) -> None:
    other = make_employer()
    stranger = make_user("employer_operator", employer=other)
    case = draft(stranger, other)
    wanted = materials.wanted_of(case, "m1")
    assert reusing.earlier(case, wanted, stranger) == []
    with pytest.raises(Forbidden):
        source = earlier.materials.get().pk
        reusing.take(case=case, name="m1", source=source, by=stranger, now=now, address=None)


def test_what_does_not_open_any_more_is_not_taken(
    earlier: Case, draft: Any, operator: Any, now: datetime
) -> None:
    blob = earlier.materials.get().blob
    Blob.objects.filter(pk=blob.pk).update(content=bytes(blob.content)[:-1] + b"x")
    with pytest.raises(Forbidden, match="已不能读取"):
        take(draft(), operator, now)


def test_what_is_shared_is_not_demanded_and_the_office_is_told(
    draft: Any, operator: Any, now: datetime
) -> None:
    case = draft()
    with pytest.raises(Refused):
        submit(case, now)
    who = {"by": operator, "now": now, "address": None}
    left = reusing.leave_to_sharing(case=case, name="m1", **who)
    assert left.provider == "公安部门"
    reusing.bring_after_all(case=case, name="m1", **who)
    with pytest.raises(Refused):
        submit(case, now)
    reusing.leave_to_sharing(case=case, name="m1", **who)
    assert submit(case, now).filed_at is not None
