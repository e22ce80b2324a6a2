"""Two tabs, refusals and second thoughts: nobody's typing is ever lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.contracts.making import Hall, answers
from tests.portals.tabs import Tab
from yonggong.cases import queries as case_queries
from yonggong.cases.models import Case, ConflictingDraft, Draft

pytestmark = pytest.mark.django_db

ADD = "/employer/new/add/"


def add(screen: Client) -> Tab:
    return Tab(screen, screen.post(ADD)["Location"])


def typed_in(case: Case | None = None) -> Any:
    return case_queries.typed_in(case or Case.objects.get()).get("name")


def test_adding_in_two_tabs_makes_two_drafts(screen: Client) -> None:
    one, other = add(screen), add(screen)
    assert one.address != other.address
    one.save(name="试甲")
    other.save(name="试乙")
    assert {typed_in(case) for case in Case.objects.all()} == {"试甲", "试乙"}


def test_what_was_begun_and_never_written_into_is_used_up_after_a_sessions_life(
    screen: Client, settings: Any
) -> None:
    old = add(screen)
    Draft.objects.update(saved_at=timezone.now() - timedelta(days=2))
    fresh = add(screen)
    assert fresh.address == old.address and add(screen).address != old.address
    # Whoever still had it open is told like everybody else, and loses nothing.
    assert fresh.save(name="试甲").status_code == 204
    assert old.save(name="试乙").status_code == 409
    assert ConflictingDraft.objects.get().data["name"] == "试乙"


def test_a_save_that_would_overwrite_a_newer_one_says_so_and_keeps_both(screen: Client) -> None:
    one = add(screen)
    other = Tab(screen, one.address)
    assert one.save(name="试甲").status_code == 204
    told = other.save(name="试乙")
    page = told.content.decode()
    assert told.status_code == 409 and "另一窗口也在填写" in page
    assert "试甲" in page and "试乙" in page
    assert typed_in() == "试甲" and ConflictingDraft.objects.get().data["name"] == "试乙"
    # The first one hears of it with its next save, which stands.
    heard = one.save(name="试甲一")
    assert heard.status_code == 200 and "试乙" in heard.content.decode()
    assert typed_in() == "试甲一"


def test_a_tab_overwrites_its_own_saves_even_where_an_answer_was_lost(screen: Client) -> None:
    one = add(screen)
    lost = one.revision
    one.save(name="试甲")
    one.revision = lost
    assert one.save(name="试甲一").status_code == 204 and typed_in() == "试甲一"


def test_the_same_content_is_no_conflict(screen: Client) -> None:
    one = add(screen)
    other = Tab(screen, one.address)
    one.save(name="试甲", job="店员")
    assert other.save(name="试甲", job="店员", mobile="").status_code == 204
    assert not ConflictingDraft.objects.exists()


def test_mine_is_taken(screen: Client) -> None:
    one = add(screen)
    other = Tab(screen, one.address)
    one.save(name="试甲")
    other.save(name="试乙")
    assert other.press("mine", job="店员").status_code == 302
    assert typed_in() == "试乙" and not ConflictingDraft.objects.exists()
    # The first tab is now the one that was overtaken.
    assert one.save(name="试甲一").status_code == 409 and typed_in() == "试乙"


def test_theirs_is_taken(screen: Client) -> None:
    one = add(screen)
    other = Tab(screen, one.address)
    one.save(name="试甲")
    other.save(name="试乙")
    assert other.press("theirs").status_code == 302
    assert typed_in() == "试甲" and not ConflictingDraft.objects.exists()


def test_a_tab_that_was_closed_is_offered_to_whoever_opens_the_form(screen: Client) -> None:
    one = add(screen)
    other = Tab(screen, one.address)
    one.save(name="试甲")
    other.save(name="试乙")
    later = Tab(screen, one.address)
    assert "另一窗口也在填写" in later.shown and "试乙" in later.shown
    later.press("theirs")
    assert typed_in() == "试乙" and not ConflictingDraft.objects.exists()
    # The tab it came from goes on as the one that was chosen.
    assert other.save(name="试乙一").status_code == 204


def test_mine_chosen_against_what_has_moved_on_is_asked_again(screen: Client) -> None:
    one = add(screen)
    other = Tab(screen, one.address)
    one.save(name="试甲")
    other.save(name="试乙")
    one.save(name="试甲一")
    assert other.press("mine").status_code == 409
    assert typed_in() == "试甲一"
    assert other.press("mine").status_code == 302 and typed_in() == "试乙"


def test_nothing_is_filed_over_what_another_tab_typed(screen: Client, hall: Hall) -> None:
    one = add(screen)
    other = Tab(screen, one.address)
    raw = answers(today=hall.today)
    one.save(**raw | {"name": "试甲"})
    for _ in range(2):
        refused = other.press("submit", **raw | {"name": "试乙"})
        assert refused.status_code == 409 and "试甲" in other.shown
    assert one.press("submit").status_code == 409
    assert "试乙" in one.shown and Case.objects.get().state == "draft"
    assert other.press("mine").status_code == 302
    other.open()
    assert other.press("submit").status_code == 302
    assert Case.objects.get().values["name"] == "试乙"


def test_saving_by_the_button_is_refused_in_the_same_way(screen: Client) -> None:
    one = add(screen)
    other = Tab(screen, one.address)
    one.save(name="试甲")
    assert other.press("save", name="试乙").status_code == 409
    assert "试乙" in other.shown and typed_in() == "试甲"
    assert other.press("mine").status_code == 302 and typed_in() == "试乙"


def test_what_was_refused_is_kept_as_the_draft(screen: Client, hall: Hall) -> None:
    one = add(screen)
    raw = answers(today=hall.today, name="试甲", pay_day="四号")
    assert one.press("submit", **raw).status_code == 422
    shown = Tab(screen, one.address).shown
    assert "试甲" in shown and "四号" in shown
    # The page goes on from there.
    assert one.save(name="试甲一").status_code == 204 and typed_in() == "试甲一"


def test_what_was_refused_of_a_mending_is_kept_beside_what_was_filed(
    screen: Client, hall: Hall
) -> None:
    case = hall.return_(hall.filed(job="收银员"))
    tab = Tab(screen, reverse("employer:new-form", args=[case.pk]))
    assert (
        tab.press("submit", **answers(today=hall.today, job="理货员", pay_day="四")).status_code
        == 422
    )
    case.refresh_from_db()
    assert case.values["job"] == "收银员" and case.draft.data["job"] == "理货员"


def test_what_is_typed_after_another_tab_filed_is_set_aside_and_offered_when_returned(
    screen: Client, hall: Hall
) -> None:
    one = add(screen)
    other = Tab(screen, one.address)
    raw = answers(today=hall.today, job="店员")
    assert one.press("submit", **raw).status_code == 302
    told = other.save(**raw | {"job": "店长"})
    assert told.status_code == 409 and "已另存" in told.content.decode()
    hall.return_(Case.objects.get())
    shown = Tab(screen, one.address).shown
    assert "店长" in shown and "另一窗口也在填写" in shown


def test_what_is_sent_after_another_tab_filed_is_set_aside_too(screen: Client, hall: Hall) -> None:
    one = add(screen)
    other = Tab(screen, one.address)
    raw = answers(today=hall.today, job="店员")
    one.press("submit", **raw)
    answer = screen.post(
        other.address, raw | other.carried | {"ask": "submit", "job": "店长"}, follow=True
    )
    assert "刚才填写的内容已另存" in answer.content.decode()
    assert ConflictingDraft.objects.get().data["job"] == "店长"


def test_what_was_filed_as_it_stands_leaves_nothing_aside(screen: Client, hall: Hall) -> None:
    """A save that arrives behind the submission of the same content is no second content."""
    one = add(screen)
    one.press("submit", **answers(today=hall.today))
    assert one.save().status_code == 409 and not ConflictingDraft.objects.exists()


def test_a_mending_typed_over_an_older_version_is_told(screen: Client, hall: Hall) -> None:
    case = hall.return_(hall.filed(job="收银员"))
    address = reverse("employer:new-form", args=[case.pk])
    stale, other = Tab(screen, address), Tab(screen, address)
    other.press("submit", **answers(today=hall.today, job="理货员"))
    hall.return_(Case.objects.get())
    assert stale.save(job="店员").status_code == 409
    assert "理货员" in Tab(screen, address).shown


def test_a_draft_thrown_away_and_begun_anew_is_not_taken_for_the_same(
    screen: Client, hall: Hall
) -> None:
    case = hall.return_(hall.filed(job="收银员"))
    address = reverse("employer:new-form", args=[case.pk])
    one = Tab(screen, address)
    one.save(job="店员")
    screen.post(f"{address}discard/")
    Tab(screen, address).save(job="理货员")
    one.tab = "another"
    assert one.save(job="店长").status_code == 409


def test_the_materials_page_sends_only_what_it_showed(screen: Client, hall: Hall) -> None:
    one = add(screen)
    one.save(**answers(today=hall.today))
    page = Tab(screen, f"{one.address}materials/")
    one.save(job="店长")
    sent = {"ask": "submit", "kept": "1", "revision": page.revision}
    answer = screen.post(one.address, sent, follow=True).content.decode()
    assert "在另一窗口有改动" in answer and "店长" in answer
    assert Case.objects.get().state == "draft"


def test_what_a_colleague_typed_is_named(
    screen: Client, at_screen: Any, make_user: Any, hall: Hall
) -> None:
    colleague = make_user("employer_operator", employer=hall.employer)
    one = add(screen)
    other = Tab(at_screen(colleague), one.address)
    one.save(name="试甲")
    other.save(name="试乙")
    assert f"由{colleague.name}于" in Tab(screen, one.address).shown


def test_what_is_set_aside_is_nobody_elses(
    screen: Client, at_screen: Any, others: dict[str, Any]
) -> None:
    one = add(screen)
    other = Tab(screen, one.address)
    one.save(name="试甲")
    other.save(name="试乙")
    row = ConflictingDraft.objects.get()
    for stranger in others.values():
        sent = {"ask": "theirs", "other": row.pk}
        assert at_screen(stranger).post(one.address, sent).status_code == 404
    assert ConflictingDraft.objects.exists()


def test_what_is_set_aside_is_sealed(screen: Client) -> None:
    one = add(screen)
    other = Tab(screen, one.address)
    one.save(name="试甲")
    other.save(mobile="16012345678")
    assert "16012345678" not in str(ConflictingDraft.objects.get().data)
