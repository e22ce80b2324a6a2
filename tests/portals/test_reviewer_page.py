"""The case page of who reviews: key facts on top, what is empty folded, the decision apart from both."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.contracts.making import Hall
from tests.portals.test_case_page import entered
from yonggong.cases.kinds import all_kinds
from yonggong.cases.models import Case

pytestmark = pytest.mark.django_db


def page(desk: Client, case: Case) -> Any:
    answer = desk.get(reverse("bureau:case", args=[case.pk]))
    assert answer.status_code == 200
    return answer


def test_a_kind_says_what_stands_on_top(desk: Client, hall: Hall) -> None:
    case = hall.filed()
    told = dict(page(desk, case).context["key_facts"]())
    assert told["合同期限"] == f"{case.values['start_on']} 至 {case.values['end_on']}"
    assert told["工资"] == "4,200.00 元/月"
    assert case.values["document_number"] not in told["劳动者"] and "****" in told["劳动者"]


def test_whole_only_for_who_asked_for_it(desk: Client, hall: Hall) -> None:
    case = hall.filed()
    whole = desk.post(reverse("bureau:case-whole", args=[case.pk]))
    assert case.values["document_number"] in dict(whole.context["key_facts"]())["劳动者"]


def test_a_kind_that_names_none_has_its_first_answers_on_top(desk: Client, hall: Hall) -> None:
    entry = entered(hall)
    assert [fact.label for fact in page(desk, entry).context["key_facts"]()][:1] == ["船名"]


def test_key_facts_name_fields_of_their_form() -> None:
    astray = {
        (kind.name, fact.label)
        for kind in all_kinds()
        for fact in kind.pages.key_facts
        if not set(fact.fields) <= set(kind.form.fields_by_name)
    }
    assert astray == set()


def test_what_has_no_answer_is_folded_away(desk: Client, hall: Hall) -> None:
    answer = page(desk, hall.filed())
    text = answer.content.decode()
    worker = next(part for part in answer.context["sections"] if part.title == "劳动者信息")
    assert {"民族", "学历"} <= {line.label for line in worker.blanks}
    assert f"显示未填项（{len(worker.blanks)}）" in text
    folded = re.findall(r'<details class="(?:yf-view )?yb-blanks">.*?</details>', text, re.S)
    assert folded and any("民族" in part for part in folded)
    assert "民族" not in re.sub(r"<details.*?</details>", "", text, flags=re.S)
    empty = [part for part in answer.context["sections"] if not part.answered]
    assert all(f">{part.title}</h3> <span>未填（" in text for part in empty)
