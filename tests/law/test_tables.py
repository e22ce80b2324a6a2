"""The tables behind the rules are whole: laws, articles, grounds, lists."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yonggong.codes.tables import table
from yonggong.law import Article, rules
from yonggong.law.articles import article, articles, laws, read_checked, sources
from yonggong.law.findings import Severity, chinese_number, name_articles
from yonggong.law.grounds import grounds
from yonggong.law.medical import MedicalPeriod, medical_period
from yonggong.law.periods import add_months, age_on, full_months, last_day, lasts_months, say_months
from yonggong.law.rules.ages import hazards
from yonggong.law.tables import rows


def test_every_article_belongs_to_a_law_of_the_table():
    assert {one.law for one in articles().values()} <= set(laws())


def test_every_law_of_the_table_is_cited():
    assert set(laws()) == {one.law for one in articles().values()}


def test_a_law_not_compared_with_a_published_text_says_what_is_open():
    assert all(law.note for law in laws().values() if not law.checked)


def test_every_source_named_is_used_and_says_what_was_seen():
    seen = [one.checked for one in [*articles().values(), *laws().values()]]
    seen += [read_checked(row["checked"]) for row in rows("hazard_provisions")]
    named = {one.source for one in seen if one}
    assert {source.title for source in sources().values()} == named
    assert all(source.note for source in sources().values())


def test_an_article_is_not_checked_under_a_law_that_is_not():
    for one in articles().values():
        assert laws()[one.law].checked or not one.checked


@pytest.mark.parametrize(
    "text", ["yes", "", "no", "rumour 2026-11-28", "laws-copy", "laws-copy 2026"]
)
def test_checked_is_a_source_and_a_day_or_open(text):
    with pytest.raises(ValueError):
        read_checked(text)


def test_what_is_checked_names_source_and_day():
    seen = article("劳动合同法", 19, 1).checked
    assert (seen is not None and "劳动" in seen.source) or "法律" in seen.source
    assert seen.on == date(2026, 11, 28)
    assert read_checked("待核") is None


def test_the_rule_on_workers_past_retirement_is_open():
    """The issue: no text of it in force was found."""
    cited = [one for one in articles().values() if one.law == "超龄劳动者规定"]
    assert cited and not any(one.checked for one in cited)
    assert all(one.cited.endswith("（待核）") for one in cited)


def test_every_rule_that_blocks_rests_on_a_checked_article():
    """Otherwise it would only inform, whatever its severity says."""
    blocking = [one for one in rules() if one.default_severity is Severity.BLOCK]
    assert all(any(cited.checked for cited in one.articles) for one in blocking)


def test_every_rule_is_in_force_no_earlier_than_a_law_it_cites():
    for one in rules():
        since, until = one.in_force
        assert since is not None
        assert since >= min(laws()[cited.law].since for cited in one.articles)
        assert until is None or until > since


def test_a_rule_is_silent_before_its_law():
    by_name = {one.name: one for one in rules()}
    assert not by_name["renewal-in-time"].holds_on(date(2025, 8, 31))
    assert by_name["renewal-in-time"].holds_on(date(2025, 9, 1))


def test_every_ground_of_the_national_table_has_its_line():
    assert set(grounds()) == {code.code for code in table("end_reason")}


@pytest.mark.parametrize(
    ("code", "protection", "union"),
    [("3902", None, True), ("4002", 42, True), ("4102", 42, True), ("4401", 45, False)],
)
def test_protection_and_union_notice_follow_the_ground(code, protection, union):
    assert grounds()[code].protection == protection
    assert grounds()[code].union_notice is union


def test_every_kind_of_dangerous_work_is_barred_for_somebody():
    groups = {"female", "juvenile", "menstruation", "pregnancy", "nursing"}
    assert all(barred and barred <= groups for _, barred in hazards().values())


@pytest.mark.parametrize(
    ("law", "place", "items"),
    [
        ("女职工劳动保护特别规定", "附录第一条", 3),
        ("女职工劳动保护特别规定", "附录第二条", 4),
        ("女职工劳动保护特别规定", "附录第三条", 10),
        ("女职工劳动保护特别规定", "附录第四条", 2),
        ("未成年工特殊保护规定", "第三条", 17),
    ],
)
def test_the_hazards_hold_every_item_of_their_source(law, place, items):
    of_place = [
        row for row in rows("hazard_provisions") if (row["law"], row["place"]) == (law, place)
    ]
    assert [int(row["item"]) for row in of_place] == list(range(1, items + 1))


def test_every_provision_on_hazards_names_the_source_seen_or_is_open():
    read = {row["law"]: read_checked(row["checked"]) for row in rows("hazard_provisions")}
    assert [law for law, seen in read.items() if seen is None] == ["职业病防治法"]


def test_every_choice_of_dangerous_work_rests_on_a_provision():
    assert {line.extras["hazard"] for line in table("hazardous_work")} == set(hazards())


@pytest.mark.parametrize(
    ("group", "barred", "allowed"),
    [
        ("female", "mine labour-4 load-women", "labour-3 height-3"),
        ("menstruation", "cold-water low-temperature labour-3 height-3", "height-2 cold-water-1"),
        (
            "pregnancy",
            "height-1 cold-water-1 low-temperature-1 heat-3 diving",
            "toxic-nursing dust",
        ),
        ("nursing", "toxic-pregnancy toxic-nursing radiation labour-3", "anticancer height-3"),
        ("juvenile", "dust toxic-1 height-2 low-temperature-3 quarry boiler", "height-1 noise-3"),
    ],
)
def test_each_group_is_barred_from_what_its_provision_names(group, barred, allowed):
    of_group = {code for code, (_, groups) in hazards().items() if group in groups}
    assert set(barred.split()) <= of_group
    assert not set(allowed.split()) & of_group


@pytest.mark.parametrize(
    ("total", "own", "months", "window"),
    [
        (0, 0, 3, 6), (119, 59, 3, 6), (119, 60, 6, 12), (120, 59, 6, 12), (120, 60, 9, 15),
        (120, 119, 9, 15), (None, 120, 12, 18), (240, 180, 18, 24), (None, 239, 18, 24),
        (None, 240, 24, 30), (12, 60, 6, 12),
    ],
)  # fmt: skip
def test_the_medical_period_follows_service_in_all_and_in_the_unit(total, own, months, window):
    assert medical_period(own, total) == MedicalPeriod(months, window)


@pytest.mark.parametrize(
    "name",
    [
        "laws",
        "clauses",
        "medical_periods",
        "ending_grounds",
        "retirement_men",
        "contribution_years",
    ],
)
def test_every_line_of_a_table_names_its_source(name):
    assert all(row["source"] for row in rows(name))


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "零"),
        (7, "七"),
        (10, "十"),
        (19, "十九"),
        (20, "二十"),
        (97, "九十七"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1010, "一千零一十"),
        (1259, "一千二百五十九"),
    ],
)
def test_article_numbers_are_written_as_the_law_writes_them(number, text):
    assert chinese_number(number) == text


def test_articles_are_named_as_people_cite_them():
    cited = (article("劳动合同法", 19, 1), article("劳动合同法", 70), article("劳动法", 15, 1))
    assert (
        name_articles(cited) == "《劳动合同法》第十九条第一款、第七十条、《劳动法》第十五条第一款"
    )
    assert str(Article("示例", 0)) == "《示例》"
    assert str(article("劳动合同法", 14, 2, 3)) == "《劳动合同法》第十四条第二款第（三）项"


def test_citing_an_article_nobody_wrote_down_fails():
    with pytest.raises(KeyError):
        article("劳动合同法", 999)


@given(st.dates(date(1990, 1, 1), date(2040, 1, 1)), st.integers(1, 500))
def test_a_period_of_months_lasts_just_as_many_months(start, months):
    until = last_day(start, months)
    assert full_months(start, until) == months
    assert full_months(start, until - timedelta(days=1)) == months - 1
    assert lasts_months(start, until, months)
    assert not lasts_months(start, until - timedelta(days=1), months)


@given(st.dates(date(1990, 1, 1), date(2040, 1, 1)), st.dates(date(1990, 1, 1), date(2060, 1, 1)))
def test_full_months_and_lasts_months_agree(start, last):
    months = full_months(start, last)
    assert months == 0 or lasts_months(start, last, months)
    assert not lasts_months(start, last, months + 1)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2010, 5, 1), date(2026, 4, 30), 15),
        (date(2010, 5, 1), date(2026, 5, 1), 16),
        (date(2008, 2, 29), date(2025, 2, 28), 16),
        (date(2008, 2, 29), date(2025, 3, 1), 17),
    ],
)
def test_a_year_of_age_is_full_on_the_birthday(born, day, age):
    assert age_on(born, day) == age


@pytest.mark.parametrize(
    ("months", "text"), [(0, "0 个月"), (5, "5 个月"), (12, "1 年"), (30, "2 年 6 个月")]
)
def test_months_are_said_as_people_say_them(months, text):
    assert say_months(months) == text


def test_a_month_ends_on_its_last_day_where_none_corresponds():
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
