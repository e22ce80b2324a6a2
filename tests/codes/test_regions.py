"""Regions: counts known from the yearbooks, and the arithmetic of their codes."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yonggong.codes import regions
from yonggong.codes.errors import CodeError
from yonggong.codes.regions import Level
from yonggong.codes.tables import table

LINES = list(table("region"))
TOWNSHIPS = list(table("region_township"))
REAL = [line for line in LINES if not line.extras["grouping"]]
codes = st.sampled_from([line.code for line in REAL + TOWNSHIPS])


def test_there_are_34_units_at_the_top_and_333_below():
    count = Counter(regions.level(line.code) for line in REAL)
    assert count[Level.PROVINCE] == 34
    assert count[Level.PREFECTURE] == 333


@pytest.mark.parametrize(
    ("province", "prefectures", "counties"),
    [("14", 11, 117), ("15", 12, 103), ("22", 9, 60)],
)
def test_the_three_provinces_are_complete(province, prefectures, counties):
    count = Counter(regions.level(line.code) for line in REAL if line.code.startswith(province))
    assert (count[Level.PREFECTURE], count[Level.COUNTY]) == (prefectures, counties)


@pytest.mark.parametrize(
    ("province", "counties"),
    [("11", 16), ("31", 16), ("33", 90), ("42", 103), ("44", 122), ("51", 183), ("63", 44)],
)
def test_other_provinces_have_their_counties(province, counties):
    below = [line for line in REAL if line.code.startswith(province)]
    assert sum(regions.level(line.code) == Level.COUNTY for line in below) == counties


def test_a_parent_is_the_code_with_its_last_pair_emptied():
    for line in LINES:
        if line.parent:
            assert regions.covers(line.parent, line.code), line
            assert regions.level(line.parent) == regions.level(line.code) - 1, line
        else:
            assert regions.level(line.code) == Level.PROVINCE, line


@given(codes, codes)
def test_covering_is_lying_in_the_span(outer, inner):
    low, high = regions.span(outer)
    assert regions.covers(outer, inner) == (low <= inner < high)


@given(st.sampled_from([line.code for line in REAL]))
def test_upwards_are_the_ancestors_the_nearest_first(code):
    above = regions.upwards(code)
    assert above[0] == code
    assert [regions.level(over) for over in above] == list(range(regions.level(code), 0, -1))
    assert {line.code for line in regions.ancestors(code)} <= set(above)


@given(codes)
def test_ancestors_cover_and_climb(code):
    above = regions.ancestors(code)
    assert all(regions.covers(line.code, code) for line in above)
    levels = [regions.level(line.code) for line in above]
    assert levels == sorted(set(levels))
    assert regions.full_name(code).startswith("".join(line.name for line in above))


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("220000", "吉林省"),
        ("220104", "吉林省长春市朝阳区"),
        ("222401", "吉林省延边朝鲜族自治州延吉市"),
        ("150302", "内蒙古自治区乌海市海勃湾区"),
        ("110105", "北京市朝阳区"),
        ("500229", "重庆市城口县"),
        ("429004", "湖北省仙桃市"),
        ("441900", "广东省东莞市"),
        ("220104001", "吉林省长春市朝阳区前进街道"),
        ("150525103", "内蒙古自治区通辽市奈曼旗新镇"),
        ("140930103", "山西省忻州市河曲县巡镇镇"),
    ],
)
def test_a_full_name_reads_as_in_an_address(code, name):
    assert regions.full_name(code) == name


def test_the_whole_path_finds_a_region_and_an_ambiguous_name_none():
    assert table("region").by_name("吉林省长春市朝阳区").code == "220104"
    assert table("region").by_name("内蒙古").code == "150000"
    assert table("region").by_name("朝阳区") is None


@pytest.mark.parametrize("code", ["", "2201", "22010A", "２２０１０４", "2201040"])
def test_what_is_no_region_code_is_refused(code):
    with pytest.raises(CodeError) as caught:
        regions.level(code)
    assert caught.value.code == "region.format"


def test_an_unknown_region_has_no_name():
    with pytest.raises(CodeError) as caught:
        regions.full_name("229999")
    assert caught.value.code == "code.unknown"
    assert regions.find("229999") is None


@pytest.mark.parametrize(("province", "townships"), [("14", 1275), ("15", 1040), ("22", 917)])
def test_townships_lie_in_every_county_of_the_three_provinces(province, townships):
    own = [line for line in TOWNSHIPS if line.code.startswith(province)]
    counties = {line.code for line in REAL if line.code.startswith(province) and line.level == 3}
    assert len(own) == townships
    assert {line.parent for line in own} == counties
    assert {regions.level(line.code) for line in own} == {Level.TOWNSHIP} == {own[0].level}
    assert all(line.name.endswith(("街道", "镇", "乡", "苏木")) for line in own)


def test_the_townships_of_a_county_are_its_children():
    below = table("region_township").children("150206")
    assert [line.name for line in below] == ["矿山路街道", "通阳道街道"]
    assert table("region_township").by_name("吉林省长春市朝阳区前进街道").code == "220104001"
