"""An application begins with what the platform knows of whoever applies, and with nothing else."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import pytest

from tests.cases.item_versions import content
from yonggong.accounts.actions import create_user, identify
from yonggong.cases.catalogued import kind_of
from yonggong.cases.prefilling import known
from yonggong.catalogue import book
from yonggong.catalogue.versions import read_version
from yonggong.codes.invent import invent_id_number
from yonggong.registry import actions as registry

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def kind(*fields: tuple[str, str | None, str], **changed: Any) -> Any:
    """An item whose form has fields `(key, what it may be known from, type)`."""
    said = [
        {"label": key, "type": type_, "required": False, "id": key, "from": source,
         "personal": False, "by": "applicant", **({"choices": ["男", "女"]} if type_ == "choice" else {})}
        for key, source, type_ in fields
    ]  # fmt: skip
    forms = [{"name": "申请表", "repeating": False, "by": "applicant", "fields": said}]
    item = read_version(content(forms=forms, **changed), region="220000", since=None)
    return kind_of(item, taken=True)


def test_a_units_particulars_its_operator_and_the_day(employer: Any, operator: Any) -> None:
    employer.telephone, employer.contact = "0431-88888888", "试联系"
    employer.legal_representative = "试法定"
    form = kind(
        ("unit", "unit.name", "text"),
        ("code", "unit.credit_code", "uscc"),
        ("where", "unit.region", "region"),
        ("head", "unit.legal_representative", "text"),
        ("reach", "unit.phone", "phone"),
        ("whose", "agent.name", "text"),
        ("on", "today", "date"),
        ("free", None, "text"),
        ("someone", "person.name", "text"),
    ).form
    assert known(form, applicant=employer.party, by=operator, today=TODAY) == {
        "unit": employer.name,
        "code": employer.credit_code,
        "where": employer.region_code,
        "head": "试法定",
        "reach": "0431-88888888",
        "whose": operator.name,
        "on": "2026-11-20",
    }


def test_without_a_telephone_the_contacts_mobile(employer: Any, operator: Any) -> None:
    employer.keep_sealed("contact_mobile", "16012345678")
    form = kind(("reach", "unit.phone", "phone")).form
    assert known(form, applicant=employer.party, by=operator, today=TODAY) == {
        "reach": "16012345678"
    }


def test_a_value_that_the_field_would_not_take_is_left_out(employer: Any, operator: Any) -> None:
    form = kind(("reach", "unit.name", "phone"), ("sex", "unit.name", "choice")).form
    assert known(form, applicant=employer.party, by=operator, today=TODAY) == {}


def test_a_persons_own_particulars(db: None, chance: Random) -> None:
    number = invent_id_number(chance, region="220104", birth_date=date(1990, 1, 2), sex="1")
    worker = registry.get_or_add_worker(
        document_type="01", number=number, name="试一", sex="1", birth_on=date(1990, 1, 2)
    )
    person = registry.enter_person(worker=worker, region_code="220104")
    user = create_user(username="pupil", name="试一", password="Yonggong-2026", by=None)
    user = identify(user=user, person=person.pk, by=None)
    form = kind(
        ("who", "person.name", "text"),
        ("number", "person.id_number", "id_number"),
        ("sex", "person.sex", "choice"),
        ("born", "person.birth", "date"),
        ("unit", "unit.name", "text"),
        audience=["个人"],
    ).form
    found = known(form, applicant=person, by=user, today=TODAY)
    assert found == {
        "who": worker.name,
        "number": number,
        "sex": "男",
        "born": "1990-01-02",
    }


def test_every_item_of_the_standard_begins_with_what_its_form_takes(
    employer: Any, operator: Any
) -> None:
    """Nothing filled in is a problem of the form, and most forms have something to fill in."""
    filled = 0
    for item in book():
        if not item.page:
            continue
        form = kind_of(item).form
        answers = known(form, applicant=employer.party, by=operator, today=TODAY)
        problems = {problem.place for problem in form.clean(answers).problems}
        assert not problems & answers.keys(), item.key
        filled += bool(answers)
    assert filled > 60
