"""A credit code whose check character does not hold, but which the certificate bears: stated with
evidence, taken as 待核实, confirmed or found wrong by the bureau."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.contracts.making import Hall, answers
from yonggong.accounts.models import User
from yonggong.cases.errors import Refused
from yonggong.codes.invent import invent_credit_code
from yonggong.contracts.forms import NEW_FORM
from yonggong.registry import doubtful
from yonggong.registry.models import DoubtfulCode, Employer

pytestmark = pytest.mark.django_db

EVIDENCE = "营业执照，长春市朝阳区市场监督管理局 2016-03-01 核发"


def stated(code: str, *, by: User | None, region_code: str = "220104") -> DoubtfulCode:
    return doubtful.state_code(
        credit_code=code,
        name="长春试用派遣有限公司",
        region_code=region_code,
        evidence=EVIDENCE,
        by=by,
        at=timezone.now(),
    )


def decide(
    client: Client, code: DoubtfulCode, verdict: str, opinion: str = "登记机关查询一致"
) -> Any:
    return client.post(
        reverse("bureau:codes-decide", args=[code.pk]), {"verdict": verdict, "opinion": opinion}
    )


def test_a_clerk_at_the_counter_enters_it_the_same_way(
    make_user: Callable[..., Any], at_screen: Any, agency: Any, failing: str
) -> None:
    clerk = make_user("counter_clerk", agency=agency, region_code="220104")
    given = {"credit_code": failing, "name": "长春试用有限公司", "region_code": "220104"}
    desk = at_screen(clerk)
    url = reverse("bureau:counter-register")
    assert "code_evidence" in desk.post(url, given).content.decode()
    assert desk.post(url, given | {"code_evidence": EVIDENCE}).status_code == 302
    assert DoubtfulCode.objects.get().stated_by == clerk
    assert Employer.objects.get(credit_code=failing).name == "长春试用有限公司"


class TestFilings:
    def test_a_filing_refuses_it_until_it_is_stated(
        self, hall: Hall, screen: Client, failing: str
    ) -> None:
        raw = answers(
            today=hall.today, employment_form="3", contract_text="2", dispatch_post="1",
            user_unit="长春试用机械有限公司", user_unit_code=failing,
            dispatch_start_on=hall.today.isoformat(), dispatch_end_on=hall.today.isoformat(),
        )  # fmt: skip
        with pytest.raises(Refused) as refused:
            hall.file("new", raw)
        assert "credit_code.checksum" in {problem.code for problem in refused.value.problems}
        given = {"credit_code": failing, "name": "长春试用机械有限公司", "evidence": EVIDENCE}
        assert screen.post(reverse("employer:codes"), given).status_code == 302
        assert "待核实" in screen.get(reverse("employer:codes")).content.decode()
        assert NEW_FORM.clean(raw).values["user_unit_code"] == failing

    def test_only_a_code_in_doubt_can_be_stated(
        self, screen: Client, failing: str, chance: Random
    ) -> None:
        for code, said in (
            (invent_credit_code(chance, region="220104"), "不需要核实"),
            (failing[:-1], "应为 18 位"),
            ("", "请填写"),
        ):
            given = {"credit_code": code, "name": "长春试用有限公司", "evidence": EVIDENCE}
            answer = screen.post(reverse("employer:codes"), given)
            assert answer.status_code == 422 and said in answer.content.decode()
        assert not DoubtfulCode.objects.exists()


class TestBureau:
    @pytest.fixture
    def code(self, hall: Hall, failing: str) -> DoubtfulCode:
        return stated(failing, by=hall.operator)

    def test_the_bureau_confirms_it_by_a_recorded_act(
        self, desk: Client, hall: Hall, code: DoubtfulCode
    ) -> None:
        assert code.credit_code in desk.get(reverse("bureau:codes")).content.decode()
        assert decide(desk, code, "confirm").status_code == 302
        code.refresh_from_db()
        assert (code.state, code.opinion) == ("confirmed", "登记机关查询一致")
        assert code.decided_by == hall.reviewer and code.decided_at and code.address
        assert doubtful.is_taken(code.credit_code)

    def test_a_code_found_wrong_is_taken_no_more(
        self, desk: Client, screen: Client, code: DoubtfulCode
    ) -> None:
        decide(desk, code, "refuse", "公示系统中登记为另一代码")
        assert not doubtful.is_taken(code.credit_code)
        assert (
            NEW_FORM.clean({"dispatcher_code": code.credit_code}).values["dispatcher_code"] is None
        )
        given = {"credit_code": code.credit_code, "name": code.name, "evidence": EVIDENCE}
        answer = screen.post(reverse("employer:codes"), given)
        assert answer.status_code == 422 and "公示系统中登记为另一代码" in answer.content.decode()
        decide(desk, code, "confirm")  # on better evidence
        assert doubtful.is_taken(code.credit_code)

    def test_a_decision_without_evidence_or_repeated_changes_nothing(
        self, desk: Client, code: DoubtfulCode
    ) -> None:
        for verdict, opinion in (("confirm", " "), ("", "查询一致"), ("confirm", "长" * 201)):
            decide(desk, code, verdict, opinion)
            code.refresh_from_db()
            assert code.state == "stated"
        decide(desk, code, "confirm", "第一次")
        decide(desk, code, "confirm", "第二次")
        code.refresh_from_db()
        assert code.opinion == "第一次"

    def test_only_reviewers_of_the_region_decide(
        self, at_screen: Any, make_user: Callable[..., Any], screen: Client, code: DoubtfulCode
    ) -> None:
        supervisor = at_screen(make_user("bureau_supervisor", region_code="220104"))
        elsewhere = at_screen(make_user("reviewer", region_code="140000"))
        assert code.credit_code in supervisor.get(reverse("bureau:codes")).content.decode()
        assert code.credit_code not in elsewhere.get(reverse("bureau:codes")).content.decode()
        for client in (supervisor, elsewhere, screen):
            assert decide(client, code, "confirm").status_code == 404
        code.refresh_from_db()
        assert code.state == "stated"

    def test_cases_and_the_employers_file_say_that_it_waits(
        self, desk: Client, hall: Hall, failing: str
    ) -> None:
        hall.employer.credit_code = failing
        hall.employer.save()
        stated(failing, by=None)
        case = hall.filed()
        for url in (
            reverse("bureau:case", args=[case.pk]),
            reverse("bureau:employer", args=[hall.employer.pk]),
        ):
            page = desk.get(url).content.decode()
            assert "校验位不符" in page and "待核实" in page and EVIDENCE in page


def test_the_database_keeps_a_decision_whole(hall: Hall, failing: str) -> None:
    code = stated(failing, by=hall.operator)
    for half in ({"state": "confirmed"}, {"opinion": "无"}, {"evidence": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            DoubtfulCode.objects.filter(pk=code.pk).update(**half)
