"""The demonstration accounts, one a role, and the regions they work in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from yonggong.codes.invent import invent_id_number

PASSWORD = "Yonggong-2026"


@dataclass(frozen=True, slots=True)
class Account:
    """A demonstration account. `place` is the county it works in; `employer` which of the
    county's demonstration employers it files for (an index), None for the bureau's people;
    `keeps_systems` whether it works at the place's information centre."""

    username: str
    name: str
    title: str
    role: str
    place: str
    employer: int | None = None
    keeps_systems: bool = False

    @property
    def id_number(self) -> str:
        """An invented one, by which their accounts are known as one person's."""
        chance = Random(self.username)
        born = date(1972, 1, 1) + timedelta(days=chance.randrange(9000))
        return invent_id_number(chance, region=self.place, birth_date=born, sex=chance.choice("12"))


# Somebody who works by a contract on file, and signs in themselves: no role.
PERSON = ("geren", "个人（乌海市海勃湾区，本人手机号见“账号信息”）", "150302")

# The counties that have demonstration employers, with how many.
PLACES: dict[str, int] = {
    "220104": 18,  # 吉林省长春市朝阳区
    "220102": 10,  # 吉林省长春市南关区
    "150302": 12,  # 内蒙古自治区乌海市海勃湾区
    "150102": 8,  # 内蒙古自治区呼和浩特市新城区
    "140105": 8,  # 山西省太原市小店区
    "140106": 6,  # 山西省太原市迎泽区
}

DEMONSTRATION_ACCOUNTS: tuple[Account, ...] = (
    Account("danwei", "丁文博", "单位经办人（长春，已备案）", "employer_operator", "220104", 0),
    Account(
        "xindanwei", "宁思远", "单位经办人（长春，待初次备案）", "employer_operator", "220104", -1
    ),
    Account(
        "paiqian", "温若兰", "单位经办人（长春，劳务派遣单位）", "employer_operator", "220104", 1
    ),
    Account("wuhai", "苏日娜", "单位经办人（乌海）", "employer_operator", "150302", 0),
    Account(
        "paiqian_wh", "娜仁花", "单位经办人（乌海，劳务派遣单位）", "employer_operator", "150302", 1
    ),
    Account("taiyuan", "郝明哲", "单位经办人（太原）", "employer_operator", "140105", 0),
    Account("shenhe", "陆知行", "审核员（长春市朝阳区）", "reviewer", "220104"),
    Account("shenhe2", "方静姝", "审核员（长春市朝阳区）", "reviewer", "220104"),
    Account("shenhe_ng", "贺子谦", "审核员（长春市南关区）", "reviewer", "220102"),
    Account("shenhe_wh", "乌云嘎", "审核员（乌海市海勃湾区）", "reviewer", "150302"),
    Account("shenhe_wh2", "阿拉坦", "审核员（乌海市海勃湾区）", "reviewer", "150302"),
    Account("shenhe_wh3", "哈斯", "审核员（乌海市海勃湾区）", "reviewer", "150302"),
    Account("shenhe_hh", "包青山", "审核员（呼和浩特市新城区）", "reviewer", "150102"),
    Account("shenhe_ty", "霍清和", "审核员（太原市小店区）", "reviewer", "140105"),
    Account("shenhe_yz", "米雪晴", "审核员（太原市迎泽区）", "reviewer", "140106"),
    Account("zhuguan", "常乐山", "业务主管（长春市）", "bureau_supervisor", "220100"),
    Account("zhuguan_ty", "田雨农", "业务主管（太原市）", "bureau_supervisor", "140100"),
    Account("zhuguan_wh", "阿木尔", "业务主管（乌海市）", "bureau_supervisor", "150300"),
    Account("jiancha", "宝力德", "监察员（乌海市）", "inspector", "150300"),
    Account("jiancha2", "云晓岚", "监察员（乌海市）", "inspector", "150300"),
    Account("chuangkou", "白晓棠", "窗口经办员（长春市朝阳区）", "counter_clerk", "220104"),
    Account("chuangkou_wh", "塔娜", "窗口经办员（乌海市）", "counter_clerk", "150300"),
    Account("xitong", "孔维安", "系统管理员（吉林省）", "system_administrator", "220000"),
    Account("yewu", "孟书言", "业务管理员（吉林省）", "business_administrator", "220000"),
    Account("yewu2", "柳闻笛", "业务管理员（吉林省）", "business_administrator", "220000"),
    Account("zhuguan_xd", "岳明川", "业务主管（太原市小店区）", "bureau_supervisor", "140105"),
    Account("shenhe_tys", "侯若谷", "审核员（太原市业务处室）", "reviewer", "140100"),
    Account(
        "xinxi_ty", "邢知微", "审核员（太原市信息中心）", "reviewer", "140100", keeps_systems=True
    ),
    Account("xitong_ty", "耿直言", "系统管理员（太原市）", "system_administrator", "140100"),
    Account("yewu_ty", "冀安和", "业务管理员（太原市）", "business_administrator", "140100"),
    Account("shenhe_whs", "那日松", "审核员（乌海市）", "reviewer", "150300"),
    Account("shenhe_whs2", "格根塔娜", "审核员（乌海市）", "reviewer", "150300"),
    Account("shenhe_nm", "齐木格", "审核员（内蒙古人社厅劳动关系处）", "reviewer", "150000"),
    Account(
        "xinxi_nm", "朝鲁", "审核员（自治区劳动信息中心）", "reviewer", "150000", keeps_systems=True
    ),
    Account("xitong_nm", "白音那", "系统管理员（内蒙古）", "system_administrator", "150000"),
    Account("yewu_nm", "高娃", "业务管理员（内蒙古）", "business_administrator", "150000"),
    Account("anquan", "钟砺行", "系统安全员（吉林省）", "security_officer", "220000"),
    Account("shenji", "严守一", "业务审计员（吉林省）", "auditor", "220000"),
)
