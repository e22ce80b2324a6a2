"""委托代理: given and ended on pages of both portals, seen by the bureau, told to nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.contracts.making import Hall
from tests.files import PNG
from yonggong.accounts.actions import create_user, identify
from yonggong.accounts.limits import NAMING_AGENTS
from yonggong.accounts.models import AccessEntry, LimitedAct, User
from yonggong.accounts.roles import Power
from yonggong.codes.invent import invent_credit_code
from yonggong.registry import actions as registry
from yonggong.registry.models import Employer, Evidence, Worker
from yonggong.registry.parties import Authority

pytestmark = pytest.mark.django_db
EMPLOYER, PERSON = "employer", "person"
LIST, GIVE = "{}:authorities", "{}:authorities-give"


@pytest.fixture
def house(make_employer: Callable[..., Any]) -> Employer:
    """A unit that files for others."""
    return make_employer(name="试验人力资源服务有限公司")  # type: ignore[no-any-return]


@pytest.fixture
def clerk(make_user: Callable[..., Any], house: Employer) -> User:
    return make_user("employer_operator", employer=house)  # type: ignore[no-any-return]


@pytest.fixture
def friend(db: None) -> Worker:
    return registry.get_or_add_worker(
        document_type="01",
        number="110101199003070134",
        name="试二",
        sex="1",
        birth_on=date(1990, 3, 7),
    )


def send(client: Client, portal: str, **answers: Any) -> Any:
    given = {
        "until": (timezone.localdate() + timedelta(days=30)).isoformat(),
        "evidence": SimpleUploadedFile("委托书.png", PNG),
    } | answers
    return client.post(reverse(GIVE.format(portal)), given)


def unit(house: Employer, **changed: Any) -> dict[str, Any]:
    named = {"credit_code": house.credit_code, "employer_name": house.name}
    return {"agent_kind": "employer", **named, **changed}


def somebody(friend: Worker, **changed: Any) -> dict[str, Any]:
    return {
        "agent_kind": "person",
        "document_type": "01",
        "document_number": friend.document_number,
        "name": friend.name,
        **changed,
    }


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_an_employer_lets_a_unit_act_and_ends_it(
    screen: Client, hall: Hall, house: Employer, clerk: User
) -> None:
    answer = send(screen, EMPLOYER, **unit(house))
    given = Authority.objects.get()
    assert answer["Location"] == reverse("employer:authorities-one", args=[given.pk])
    assert (given.agent_id, given.principal_id) == (house.pk, hall.employer.pk)
    assert hall.employer.pk in fresh(clerk).scope.employers(Power.FILE)
    assert house.name in screen.get(reverse(LIST.format(EMPLOYER))).content.decode()
    page = screen.get(answer["Location"]).content.decode()
    assert "有效" in page and "终止委托" in page and "委托书.png" in page
    screen.post(reverse("employer:authorities-end", args=[given.pk]))
    given.refresh_from_db()
    assert given.ended_by == hall.operator
    assert hall.employer.pk not in fresh(clerk).scope.employers(Power.FILE)
    assert "已终止" in screen.get(answer["Location"]).content.decode()
    assert AccessEntry.objects.filter(kind="account", subject__startswith="委托代理").count() == 2


def test_the_agent_sees_for_whom_it_acts_and_may_end_it(
    screen: Client,
    hall: Hall,
    house: Employer,
    clerk: User,
    at_screen: Callable[[Any], Client],
) -> None:
    send(screen, EMPLOYER, **unit(house))
    given = Authority.objects.get()
    window = at_screen(clerk)
    # An agent has two employers to work for; its own page is its own employer's.
    window.post(reverse("employer:choose"), {"employer": house.pk})
    assert hall.employer.name in window.get(reverse(LIST.format(EMPLOYER))).content.decode()
    window.post(reverse("employer:authorities-end", args=[given.pk]), {"opened_for": str(house.pk)})
    given.refresh_from_db()
    assert given.ended_by == clerk


def test_an_agent_at_work_for_its_principal_passes_nothing_on(
    screen: Client,
    hall: Hall,
    house: Employer,
    clerk: User,
    at_screen: Callable[[Any], Client],
    friend: Worker,
) -> None:
    send(screen, EMPLOYER, **unit(house))
    window = at_screen(clerk)
    window.post(reverse("employer:choose"), {"employer": hall.employer.pk})
    assert window.get(reverse(LIST.format(EMPLOYER))).status_code == 404
    assert send(window, EMPLOYER, **somebody(friend)).status_code in (404, 409)
    assert "委托代理" not in window.get(reverse("employer:home")).content.decode()
    assert Authority.objects.count() == 1


def test_a_person_lets_another_act_who_ends_it(
    at_screen: Callable[[Any], Client], pupil: User, friend: Worker
) -> None:
    window = at_screen(pupil)
    assert "委托代理" in window.get("/person/").content.decode()
    answer = send(window, PERSON, **somebody(friend))
    given = Authority.objects.get()
    assert answer["Location"] == reverse("person:authorities-one", args=[given.pk])
    assert given.agent_id == friend.pk and given.principal == pupil.person
    user = create_user(
        username="friend",
        name="试二",
        password="Yonggong-2026",
        must_change_password=False,
        by=None,
    )
    identify(user=user, person=friend.pk, by=None)
    other = at_screen(user)
    assert "试一" in other.get(reverse(LIST.format(PERSON))).content.decode()
    assert other.get(reverse("person:authorities-evidence", args=[given.pk])).content
    assert AccessEntry.objects.filter(
        kind="personal", user=user, subject__startswith="委托代理"
    ).exists()
    other.post(reverse("person:authorities-end", args=[given.pk]))
    given.refresh_from_db()
    assert given.ended_by == user


def test_a_person_lets_a_unit_act(
    at_screen: Callable[[Any], Client], pupil: User, house: Employer, clerk: User
) -> None:
    send(at_screen(pupil), PERSON, **unit(house))
    assert fresh(clerk).scope.persons(Power.FILE) == {pupil.person_id}
    # Who acts for a person passes nothing on, and has no such page of the person's.
    assert at_screen(clerk).get(reverse(LIST.format(PERSON))).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"document_number": "11010119900307011X"},
        {"document_number": "110101199003078777"},
        {"name": "试三"},
    ],
)
def test_of_persons_nothing_is_told_but_a_full_match(
    at_screen: Callable[[Any], Client], pupil: User, friend: Worker, wrong: dict[str, str]
) -> None:
    answer = send(at_screen(pupil), PERSON, **somebody(friend, **wrong))
    assert answer.status_code == 422
    said = [problem.message for problem in answer.context["page"].problems]
    known = "没有查到证件和姓名都与所填一致的人员"
    assert said == [known] or ("document_number" in wrong and "校验" in said[0])
    assert not Authority.objects.exists() and not Evidence.objects.exists()


def test_asking_for_persons_is_limited_and_recorded(
    at_screen: Callable[[Any], Client], pupil: User, friend: Worker
) -> None:
    window = at_screen(pupil)
    for _ in range(NAMING_AGENTS.of_account):
        assert send(window, PERSON, **somebody(friend, name="试三")).status_code == 422
    # Now the right name tells nothing either.
    assert "操作过于频繁" in send(window, PERSON, **somebody(friend)).content.decode()
    assert not Authority.objects.exists()
    asked = AccessEntry.objects.filter(kind="people", user=pupil)
    assert asked.count() == NAMING_AGENTS.of_account
    said = "委托代理：没有证件和姓名都一致的人员"
    assert set(asked.values_list("detail", flat=True)) == {said}
    LimitedAct.objects.update(at=timezone.now() - timedelta(hours=1))
    send(window, PERSON, **somebody(friend))
    assert Authority.objects.exists() and asked.latest("pk").key == str(friend.pk)


def test_asking_for_units_is_limited_and_recorded(
    screen: Client, hall: Hall, house: Employer
) -> None:
    for _ in range(NAMING_AGENTS.of_account):
        send(screen, EMPLOYER, **unit(house, employer_name="别的有限公司"))
    assert "操作过于频繁" in send(screen, EMPLOYER, **unit(house)).content.decode()
    asked = AccessEntry.objects.filter(kind="codes", user=hall.operator, key=house.credit_code)
    assert asked.count() == NAMING_AGENTS.of_account


def test_who_is_named_is_recorded_though_nothing_comes_of_it(
    screen: Client, hall: Hall, house: Employer
) -> None:
    send(screen, EMPLOYER, **unit(hall.employer))
    assert AccessEntry.objects.filter(kind="codes", key=hall.employer.credit_code).exists()


def test_an_authority_ended_or_run_out_shuts_the_agents_open_page_at_once(
    screen: Client,
    hall: Hall,
    house: Employer,
    clerk: User,
    at_screen: Callable[[Any], Client],
) -> None:
    window = at_screen(clerk)
    case = hall.filed()
    shown, back = (
        reverse(f"employer:{page}", args=[case.pk]) for page in ("case", "case-withdraw")
    )
    for over in ("ended", "run out"):
        send(screen, EMPLOYER, **unit(house))
        window.post(reverse("employer:choose"), {"employer": hall.employer.pk})
        assert window.get(shown).status_code == 200
        given = Authority.objects.latest("pk")
        if over == "ended":
            screen.post(reverse("employer:authorities-end", args=[given.pk]))
        else:
            yesterday = timezone.localdate() - timedelta(days=1)
            Authority.objects.filter(pk=given.pk).update(until=yesterday)
        assert window.post(back).status_code == 409
        assert window.get(shown).status_code == 404
    case.refresh_from_db()
    assert case.state == "pending"


@pytest.mark.parametrize("wrong", ["credit_code", "employer_name"])
def test_of_units_nothing_is_told_but_a_full_match(
    screen: Client, house: Employer, chance: Any, wrong: str
) -> None:
    other = {
        "credit_code": invent_credit_code(chance, region="220104"),
        "employer_name": "别的有限公司",
    }[wrong]
    answer = send(screen, EMPLOYER, **unit(house, **{wrong: other}))
    said = [problem.message for problem in answer.context["page"].problems]
    assert said == ["没有查到代码和名称都与所填一致的单位"]
    assert house.name not in answer.content.decode() or wrong == "credit_code"
    assert not Authority.objects.exists() and not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"until": ""}, "有效期至"),
        ({"until": "2020-01-01"}, "不能早于今天"),
        ({"evidence": ""}, "尚未选择文件"),
        ({"evidence": SimpleUploadedFile("a.pdf", b"text")}, "请用原始扫描件或照片上传"),
        ({"agent_kind": ""}, "代理人是"),
        ({"agent_kind": "nobody"}, "代理人是"),
        ({"credit_code": "\x00"}, "统一社会信用代码"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    screen: Client, house: Employer, changed: dict[str, Any], said: str
) -> None:
    answer = send(screen, EMPLOYER, **unit(house, **changed))
    assert answer.status_code == 422 and said in answer.content.decode()
    assert not Authority.objects.exists() and not Evidence.objects.exists()


def test_not_twice_and_not_oneself(screen: Client, hall: Hall, house: Employer) -> None:
    send(screen, EMPLOYER, **unit(house))
    assert "已经委托该代理人" in send(screen, EMPLOYER, **unit(house)).content.decode()
    answer = send(screen, EMPLOYER, **unit(hall.employer))
    assert "不能委托自己代理" in answer.content.decode()
    assert Authority.objects.count() == Evidence.objects.count() == 1


def test_for_everybody_else_it_does_not_exist(
    screen: Client,
    house: Employer,
    others: dict[str, Any],
    at_screen: Callable[[Any], Client],
    pupil: User,
) -> None:
    send(screen, EMPLOYER, **unit(house))
    key = Authority.objects.get().pk
    stranger = at_screen(pupil)
    for name in ("one", "evidence"):
        address = reverse(f"person:authorities-{name}", args=[key])
        assert stranger.get(address).status_code == 404
    assert stranger.post(reverse("person:authorities-end", args=[key])).status_code == 404
    for role, user in others.items():
        window = at_screen(user)
        for name in ("one", "evidence"):
            address = reverse(f"employer:authorities-{name}", args=[key])
            assert window.get(address).status_code == 404, role


def test_a_bureau_sees_it_on_the_employers_and_the_persons_page(
    screen: Client,
    hall: Hall,
    house: Employer,
    at_screen: Callable[[Any], Client],
    make_user: Callable[..., Any],
) -> None:
    hall.approved(name="试代理")
    worker = Worker.objects.get(name="试代理")
    party = registry.enter_person(worker=worker, region_code=hall.employer.region_code)
    send(screen, EMPLOYER, **unit(house))
    send(screen, EMPLOYER, **somebody(worker))
    desk = at_screen(hall.reviewer)
    shown = desk.get(reverse("bureau:employer", args=[hall.employer.pk])).content.decode()
    assert house.name in shown and party.name in shown
    assert (
        hall.employer.name in desk.get(reverse("bureau:person", args=[worker.pk])).content.decode()
    )
    paper = reverse("bureau:authority-evidence", args=[Authority.objects.earliest("pk").pk])
    assert paper in shown and desk.get(paper).content
    assert AccessEntry.objects.filter(user=hall.reviewer, subject__startswith="委托代理").exists()
    far = at_screen(make_user("reviewer", agency=hall.employer.agency, region_code="150000"))
    assert far.get(paper).status_code == 404
    supervisor = at_screen(make_user("bureau_supervisor", region_code="220000"))
    assert supervisor.get(paper).status_code == 404


def test_at_a_counter_there_is_no_such_page(
    hall: Hall, make_user: Callable[..., Any], at_screen: Callable[[Any], Client]
) -> None:
    clerk = make_user("counter_clerk", agency=hall.employer.agency, region_code="220104")
    desk = at_screen(clerk)
    desk.post(reverse("bureau:counter-begin", args=[hall.employer.pk]))
    assert desk.get(reverse("employer:home")).status_code == 200
    assert desk.get(reverse(LIST.format(EMPLOYER))).status_code == 404
