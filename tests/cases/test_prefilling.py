"""An application begins with what the platform knows of whoever applies, and with nothing else."""

from __future__ import annotations

from datetime import date, datetime
from random import Random
from typing import Any

import pytest

from tests.cases.item_versions import content
from tests.contracts.making import Hall
from yonggong.accounts.actions import create_user, identify
from yonggong.cases import actions as case_actions
from yonggong.cases.catalogued import kind_of
from yonggong.cases.item_models import ItemVersion
from yonggong.cases.models import Case
from yonggong.cases.prefilling import SOURCES, known
from yonggong.catalogue import book
from yonggong.catalogue.versions import read_version
from yonggong.codes.invent import invent_id_number
from yonggong.registry import actions as registry
from yonggong.registry.models import Worker

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


def test_every_value_that_the_standard_names_has_a_source_or_says_that_it_has_none() -> None:
    named = {f.source for item in book() for form in item.forms for f in form.fields if f.source}
    assert named == SOURCES.keys()
    assert {value for value, source in SOURCES.items() if not source} == {
        "contract.pay",
        "case.number",
    }


def apply(kind: Any, applicant: Any, by: Any, now: datetime, **answers: str) -> None:
    """An earlier application; what it says is what the next one begins with."""
    case_actions.submit(
        kind=kind,
        raw=answers,
        applicant=applicant,
        case=None,
        key=None,
        by=by,
        now=now,
        address=None,
    )


LEARNT = sorted(value for value, source in SOURCES.items() if "earlier" in source)


def test_what_earlier_applications_said_is_known(
    pupil: Any, person: Any, agency: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the table says of earlier applications; the latest one counts."""
    fields = [(f"f{place}", value, "text") for place, value in enumerate(LEARNT)]
    asked = kind(*fields, audience=["个人"])
    monkeypatch.setattr(Case, "definition", asked)
    version = ItemVersion.objects.order_by("pk").first()
    for said in ("旧", "新"):
        apply(asked, person, pupil, now, **{name: said for name, _, _ in fields})
        Case.objects.update(item_version=version)
    found = known(asked.form, applicant=person, by=pupil, today=TODAY)
    missing = {value for name, value, _ in fields if found.get(name) != "新"}
    assert not missing


@pytest.mark.parametrize(("events", "filled"), [([], True), (["死亡抚恤"], False)])
def test_after_a_death_the_person_signed_in_is_not_the_person_meant(
    pupil: Any, person: Any, events: list[str], filled: bool
) -> None:
    """They are the agent there: 代办人 is who signed in."""
    asked = kind(
        ("who", "person.name", "text"),
        ("number", "person.id_number", "text"),
        ("whose", "agent.name", "text"),
        ("agents", "agent.id_number", "text"),
        audience=["个人"],
        events=events,
    )
    found = known(asked.form, applicant=person, by=pupil, today=TODAY, item=asked.item)
    number = "220104199003072134"
    assert found == (
        {"who": "试一", "number": number} if filled else {"whose": "试一", "agents": number}
    )


def test_items_of_the_standard_after_a_death_fill_in_nothing_of_the_dead(
    pupil: Any, person: Any
) -> None:
    after = [item for item in book() if item.page and "死亡抚恤" in item.events]
    assert len(after) == 13
    for item in after:
        form = kind_of(item).form
        found = known(form, applicant=person, by=pupil, today=TODAY, item=item)
        assert not {n for n in found if form.fields_by_name[n].known_from.startswith("person.")}


def test_after_a_death_the_survivors_employer_is_not_that_of_the_dead(
    employer: Any, operator: Any, reviewer: Any, now: datetime
) -> None:
    Hall(employer=employer, operator=operator, reviewer=reviewer, now=now).approved()
    worker = Worker.objects.get()
    survivor = registry.enter_person(worker=worker, region_code="220104")
    account = create_user(username="survivor", name=worker.name, password="Yonggong-2026", by=None)
    account = identify(user=account, person=survivor.pk, by=None)
    asked = ("unit", "unit.name", "text"), ("job", "contract.job", "text")
    own, after = (kind(*asked, audience=["个人"], events=events) for events in ([], ["死亡抚恤"]))
    who = {"applicant": survivor, "by": account, "today": TODAY}
    assert known(own.form, item=own.item, **who)["unit"] == employer.name
    assert not known(after.form, item=after.item, **who)


def test_at_a_counter_contracts_fill_in_nothing_that_the_clerk_may_not_look_at(
    employer: Any, operator: Any, reviewer: Any, make_user: Any, agency: Any, now: datetime
) -> None:
    Hall(employer=employer, operator=operator, reviewer=reviewer, now=now).approved(
        mobile="13812345678"
    )
    person = registry.enter_person(worker=Worker.objects.get(), region_code="220104")
    clerk = make_user("counter_clerk", agency=agency, region_code="220104")
    clerk.scope = clerk.scope.at_counter_for_person(
        person=person.pk, agency=agency.pk, department="人社"
    )
    form = kind(
        ("who", "person.name", "text"), ("phone", "person.phone", "text"), audience=["个人"]
    ).form
    assert known(form, applicant=person, by=clerk, today=TODAY) == {"who": person.name}
