"""Every code table: whole, described, and findable as people write."""

from datetime import date

import pytest
import yaml

from yonggong.codes.errors import CodeError
from yonggong.codes.normalise import plain
from yonggong.codes.tables import _FOLDER, CodeTable, headers, table

NAMES = list(headers())


def test_every_csv_is_described_and_every_description_has_its_csv():
    assert sorted(NAMES) == sorted(path.stem for path in _FOLDER.glob("*.csv"))


@pytest.mark.parametrize("name", NAMES)
def test_a_table_is_whole(name):
    lines = list(table(name))
    assert lines
    for line in lines:
        assert line.code == plain(line.code) and line.name == line.name.strip() != ""
        above = table(headers()[name].under) if headers()[name].under else table(name)
        assert line.parent is None or line.parent in table(name) or line.parent in above
        assert table(name).path(line.code)[-1] == line
        assert len(table(name).path(line.code)) == line.level


@pytest.mark.parametrize("name", NAMES)
def test_every_line_names_its_source(name):
    text = (_FOLDER / f"{name}.csv").read_text(encoding="utf-8")
    rows = text.splitlines()
    assert rows[0].endswith(",source")
    assert all(not row.endswith(",") for row in rows)
    assert text.endswith("\n") and "\r" not in text


@pytest.mark.parametrize("name", NAMES)
def test_what_is_not_checked_says_what_is_open(name):
    header = headers()[name]
    assert header.title and header.standard and header.date and header.source
    assert header.checked or header.note


@pytest.mark.parametrize("name", NAMES)
def test_what_is_checked_names_the_source_seen_and_the_day(name):
    checked = headers()[name].checked
    assert checked is None or (checked.source and checked.on >= date(2026, 11, 1))


@pytest.mark.parametrize(
    ("name", "by_level"),
    [
        ("industry", [20, 97, 473, 1381]),
        ("occupation", [8, 79, 449]),
        ("ethnicity", [58]),
        ("sex", [4]),
        ("contract_type", [3]),
        ("dispatch_post", [3]),
        ("employer_change", [4]),
    ],
)
def test_the_counts_are_those_of_the_standard(name, by_level):
    levels = [line.level for line in table(name)]
    assert [levels.count(level + 1) for level in range(len(by_level))] == by_level
    assert max(levels) == len(by_level)


def test_there_are_56_peoples():
    assert sum(line.name.endswith("族") for line in table("ethnicity")) == 56


@pytest.mark.parametrize(
    ("name", "code", "label"),
    [
        ("industry", "7263", "劳务派遣服务"),
        ("industry", "B", "采矿业"),
        ("occupation", "2-06-08", "人力资源专业人员"),
        ("ethnicity", "02", "蒙古族"),
        ("country", "CHN", "中国"),
        ("country", "TWN", "中国台湾"),
        ("affiliation", "40", "市、地区、州"),
        ("economic_type", "120", "集体全资"),
        ("education", "21", "大学本科毕业"),
    ],
)
def test_known_codes(name, code, label):
    assert table(name).label(code) == label


def test_a_label_of_an_unknown_code_is_the_code():
    assert table("sex").label("7") == "7"


def test_find_may_give_nothing_and_get_always_gives_or_raises():
    assert table("sex").find("7") is None
    assert table("sex").get("1").name == "男"
    with pytest.raises(CodeError) as caught:
        table("sex").get("7")
    assert caught.value.code == "code.unknown"
    assert "1" in table("sex") and "7" not in table("sex")


def test_a_path_goes_from_the_top_down():
    path = [line.code for line in table("industry").path("0111")]
    assert path == ["A", "01", "011", "0111"]
    assert [line.code for line in table("industry").children("011")][:2] == ["0111", "0112"]
    assert table("industry").is_leaf("0111") and not table("industry").is_leaf("011")
    assert len(table("industry").children()) == 20


@pytest.mark.parametrize(
    ("name", "written", "code"),
    [
        ("sex", "男", "1"),
        ("sex", " 女 ", "2"),
        ("ethnicity", "汉", "01"),
        ("ethnicity", "维吾尔", "05"),
        ("education", "本科", "20"),
        ("education", "大专", "30"),
        ("industry", "稻谷种植", "0111"),
        ("industry", "0111 稻谷种植", "0111"),
        ("industry", "0111-稻谷种植", "0111"),
        ("industry", "０１１１", "0111"),
        ("industry", "其他农业", "0190"),  # class and only member: the member
        ("industry", "A", "A"),
        ("occupation", "2-06-08", "2-06-08"),
        ("occupation", "法官", "2-07-02"),
        ("contract_type", "固定期限劳动合同", "1"),
        ("contract_type", "以完成一定工作任务为期限", "3"),
        ("end_reason", "职工个人原因", "3701"),
        ("economic_type", "有限责任(公司)", "150"),
        ("document_type", "身份证", "01"),
        ("contract_text", "劳动合同（通用）", "1"),
        ("skill_level", "高级工", "13"),
    ],
)
def test_names_people_write_in_workbooks_are_understood(name, written, code):
    assert table(name).by_name(written).code == code


@pytest.mark.parametrize("written", ["", "  ", "没有这个行业", "其他"])
def test_a_name_that_is_none_means_nothing(written):
    assert table("industry").by_name(written) is None


@pytest.mark.parametrize("name", NAMES)
def test_every_line_is_found_by_its_code_and_by_code_with_name(name):
    for line in table(name):
        assert table(name).by_name(line.code) == line
        assert table(name).by_name(f"{line.code} {line.name}") == line


def test_search_puts_the_very_name_first_and_keeps_to_its_limit():
    found = table("region").search("朝阳", limit=5)
    assert len(found) == 3 or len(found) <= 5
    assert found[0].name.startswith("朝阳")
    assert table("industry").search("0111")[0].code == "0111"
    assert [line.code for line in table("industry").search("劳务 派遣")] == ["7263"]
    assert table("industry").search("   ") == []


def test_a_code_that_stands_twice_is_refused():
    rows = [{"code": "1", "name": "甲"}, {"code": "1", "name": "乙"}]
    with pytest.raises(ValueError, match="stands twice"):
        CodeTable(headers()["sex"], iter(rows))


class TestEndReasons:
    """The reasons for ending a contract agree with the Labour Contract Law."""

    leaves = [line for line in table("end_reason") if table("end_reason").is_leaf(line.code)]

    @pytest.mark.parametrize(
        ("code", "kind", "severance", "initiator", "protected"),
        [
            ("3601", "解除", "yes", "employer", "no"),  # 46(2)
            ("3602", "解除", "no", "worker", "no"),
            ("3701", "解除", "no", "worker", "no"),
            ("3802", "解除", "yes", "worker", "no"),  # 46(1)
            ("3902", "解除", "no", "employer", "no"),
            ("4001", "解除", "yes", "employer", "yes"),  # 46(3), 42
            ("4102", "解除", "yes", "employer", "yes"),  # 46(4), 42
            ("4401", "终止", "yes", "employer", "yes"),  # 46(5), 45
            ("4403", "终止", "no", "worker", "no"),
            ("4405", "终止", "no", "law", "no"),
            ("4408", "终止", "yes", "law", "no"),  # 46(6)
            ("7101", "终止", "no", "employer", "no"),  # 71
        ],
    )
    def test_severance_and_protection(self, code, kind, severance, initiator, protected):
        extras = table("end_reason").get(code).extras
        assert (extras["kind"], extras["severance"]) == (kind, severance)
        assert (extras["initiator"], extras["protected"]) == (initiator, protected)

    def test_only_known_words_stand_in_the_columns(self):
        for line in self.leaves:
            assert line.extras["kind"] in ("解除", "终止")
            assert line.extras["severance"] in ("yes", "no", "depends")
            assert line.extras["initiator"] in ("employer", "worker", "both", "law")
            assert line.extras["protected"] in ("yes", "no")
            assert int(line.extras["notice_days"]) in (0, 3, 30)
            assert line.extras["article"].startswith(("第", "劳动合同法实施条例第"))

    def test_severance_due_names_its_article(self):
        for line in self.leaves:
            if line.extras["severance"] == "yes":
                assert line.extras["severance_article"]


def test_the_descriptions_are_plain_yaml():
    described = yaml.safe_load((_FOLDER / "tables.yaml").read_text(encoding="utf-8"))
    assert all(isinstance(entry["date"], str) for entry in described.values())
