"""Invented employers, workers and contracts, as form values. Pure: a seed and a day, no database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from yonggong.codes import calendar
from yonggong.codes.invent import invent_credit_code, invent_id_number, invent_mobile

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
_GIVEN = (
    "安柏晨岱恩帆庚海珩佳可澜茗宁沛琪然若思棠望溪晓彦一予泽芷子远之舟卓越文清和平书林青山松云川"
)
_MONGOL = ("巴特尔", "其其格", "乌日娜", "苏和", "娜仁托娅", "阿木古郎", "萨仁高娃", "格日勒图")
_KINDS = (
    # name stem, nature, affiliation, economic type, industry, registration category
    ("贸易有限公司", "10", "90", "173", "51", "91"),
    ("人力资源服务有限公司", "10", "90", "159", "72", "91"),
    ("机械制造有限公司", "10", "90", "159", "34", "91"),
    ("建筑工程有限公司", "10", "90", "173", "47", "91"),
    ("软件科技有限公司", "10", "90", "173", "65", "91"),
    ("餐饮管理有限公司", "10", "90", "173", "62", "91"),
    ("物业服务有限公司", "10", "90", "159", "70", "91"),
    ("能源集团有限公司", "10", "20", "151", "44", "91"),
    ("医药股份有限公司", "10", "90", "160", "27", "91"),
    ("便民超市", "70", "90", "175", "52", "92"),
    ("家常菜馆", "70", "90", "175", "62", "92"),
    ("培训学校", "50", "90", "190", "83", "52"),
    ("养老服务中心", "50", "90", "190", "85", "52"),
    ("行业协会", "40", "50", "190", "95", "51"),
    ("第一实验小学", "30", "50", "110", "83", "12"),
    ("种植农民专业合作社", "11", "90", "190", "01", "93"),
)
_FIRST = (
    "瑞和",
    "云桥",
    "青禾",
    "北辰",
    "明达",
    "恒岳",
    "安澜",
    "知行",
    "锦程",
    "朗润",
    "博远",
    "景行",
)
_CITIES = {
    "220104": "长春",
    "220102": "长春",
    "150302": "乌海",
    "150102": "呼和浩特",
    "140105": "太原",
    "140106": "太原",
}
_STREETS = {
    "220104": "长春市朝阳区学林路",
    "220102": "长春市南关区景和街",
    "150302": "乌海市海勃湾区和煦街",
    "150102": "呼和浩特市新城区朗月路",
    "140105": "太原市小店区明湖路",
    "140106": "太原市迎泽区怀德街",
}
_AREA_CODES = {"2201": "0431", "1503": "0473", "1501": "0471", "1401": "0351"}
_JOBS = (
    ("行政专员", "3", 4200), ("会计", "2", 5200), ("销售代表", "4", 3900), ("仓库管理员", "4", 3600),
    ("软件工程师", "2", 9800), ("生产操作工", "4", 4300), ("质量检验员", "4", 4500), ("店长", "3", 5600),
    ("厨师", "4", 5000), ("服务员", "4", 3000), ("保洁员", "4", 2900), ("项目经理", "3", 8800),
    ("人事主管", "3", 6200), ("护理员", "4", 3500), ("电工", "4", 4900), ("教师", "2", 5400),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """An invented worker."""

    name: str
    document_number: str
    sex: str
    birth_on: date
    mobile: str


def person_name(rng: Random, *, region: str) -> str:
    """A name nobody was asked for; in Inner Mongolia some are Mongol."""
    if region.startswith("15") and rng.random() < 0.2:
        return rng.choice(_MONGOL)
    return rng.choice(_SURNAMES) + "".join(rng.sample(_GIVEN, rng.choice((1, 2, 2, 2))))


def people(rng: Random, *, region: str, today: date, count: int) -> list[Person]:
    """`count` distinct workers of working age, of age on the first day of any contract here."""
    seen: set[str] = set()
    found: list[Person] = []
    while len(found) < count:
        sex = rng.choice("12")
        oldest = 58 if sex == "1" else 48
        age_days = rng.randrange(25 * 365, oldest * 365)
        birth = today - timedelta(days=age_days)
        number = invent_id_number(rng, region=region, birth_date=birth, sex=sex)
        if number not in seen:
            seen.add(number)
            found.append(
                Person(person_name(rng, region=region), number, sex, birth, invent_mobile(rng))
            )
    return found


def employers(rng: Random, *, region: str, count: int, today: date) -> list[dict[str, Any]]:
    """`count` employers of the county as values of the employer form (without the agency)."""
    found = []
    for index in range(count):
        suffix, nature, affiliation, economic, industry, category = _KINDS[index % len(_KINDS)]
        operator = person_name(rng, region=region)
        street, number = _STREETS[region], rng.randrange(1, 400)
        found.append(
            {
                "name": f"{_CITIES[region]}{_FIRST[(index + int(region[-2:])) % 12]}{suffix}",
                "credit_code": invent_credit_code(rng, region=region, category=category),
                "nature": nature,
                "affiliation": affiliation,
                "economic_type": economic,
                "organisation_code": "",
                "legal_representative": person_name(rng, region=region),
                "licence_on": today - timedelta(days=rng.randrange(400, 5000)),
                "is_dispatcher": "人力资源" in suffix,
                "industry": industry,
                "region_code": region,
                "address": f"{street}{number}号",
                "postcode": {"22": "130000", "15": "016000", "14": "030000"}[region[:2]],
                "contact": operator,
                "contact_mobile": invent_mobile(rng),
                "telephone": f"{_AREA_CODES[region[:4]]}-80{rng.randrange(100000, 999999)}",
                "operator": operator,
                "operator_mobile": invent_mobile(rng),
                "operator_document": invent_id_number(
                    rng, region=region, birth_date=date(1988, 5, 1 + index % 28), sex="2"
                ),
            }
        )
    return found


def contract(
    rng: Random, person: Person, *, region: str, start: date, dispatcher: bool, part_time: bool
) -> dict[str, Any]:
    """Values of a new contract that begins on `start`, within the law."""
    job, post_kind, pay = rng.choice(_JOBS)
    years = rng.choice((1, 2, 2, 3, 3, 3, 5))
    if dispatcher:
        years = max(years, 2)
    open_ended = not part_time and not dispatcher and rng.random() < 0.12
    term_type = "2" if open_ended else "1"
    end = None if open_ended else calendar.add_months(start, 12 * years) - timedelta(days=1)
    values: dict[str, Any] = {
        "document_type": "01",
        "document_number": person.document_number,
        "name": person.name,
        "sex": person.sex,
        "birth_on": person.birth_on,
        "ethnicity": "10" if region.startswith("15") and len(person.name) > 3 else "01",
        "education": rng.choice(("21", "31", "41", "61", "71")),
        "household_type": rng.choice(("11", "21", "22", "12")),
        "mobile": person.mobile,
        "residence": f"{_STREETS[region]}{rng.randrange(1, 300)}号{rng.randrange(1, 30)}单元",
        "skill_level": rng.choice(("9", "15", "14", "24", None)),
        "is_rural_worker": rng.random() < 0.3,
        "is_union_member": rng.random() < 0.4,
        "work_start_on": start,
        "employment_form": "2" if part_time else "3" if dispatcher else "1",
        "term_type": term_type,
        "contract_text": "3" if part_time else "2" if dispatcher else "1",
        "signed_on": start - timedelta(days=rng.randrange(0, 8)),
        "start_on": start,
        "end_on": end,
        "job": job,
        "post_kind": post_kind,
        "workplace": _STREETS[region],
        "pay_form": "6" if part_time else rng.choice(("1", "1", "3")),
        "pay_day": rng.choice((5, 10, 15, 20, 25)),
    }
    values |= _part_time_terms(rng) if part_time else _full_time_terms(rng, pay, start, years)
    if not part_time:
        values |= _promises(Random(person.document_number), values["base_pay"])
    if dispatcher:
        values |= {
            "user_unit": "长春北辰机械制造有限公司",
            "user_unit_code": invent_credit_code(rng, region=region),
            "dispatch_post": rng.choice("123"),
            "dispatch_start_on": start,
            "dispatch_end_on": calendar.add_months(start, 6) - timedelta(days=1),
            "user_unit_is_own": False,
            "dispatch_licence_until": calendar.add_months(start, 36),
        }
    if person.sex == "2":
        values["post_category"] = "2" if post_kind == "4" else "1"
    return values


def _part_time_terms(rng: Random) -> dict[str, Any]:
    return {
        "weekly_hours": Decimal("20"),
        "daily_hours": Decimal("4"),
        "hourly_pay": Decimal(rng.randrange(26, 45)),
        "pay_period_days": 15,
    }


def _full_time_terms(rng: Random, pay: int, start: date, years: int) -> dict[str, Any]:
    base = Decimal(pay + rng.randrange(-3, 8) * 100)
    values: dict[str, Any] = {
        "hours_system": rng.choice(("1", "1", "1", "1", "2", "3")),
        "weekly_hours": Decimal("40"),
        "base_pay": base,
        "performance_pay": Decimal(rng.randrange(0, 12) * 100),
        "allowances": Decimal(rng.randrange(0, 5) * 50),
        "overtime_pay": Decimal(0),
        "work_days_per_week": 5,
        "pay_cycle": "1",
    }
    if values["hours_system"] != "1":
        values["special_hours_approved"] = True
        values["special_hours_until"] = calendar.add_months(start, 72)
    if rng.random() < 0.7:
        months = 1 if years == 1 else 2
        values["probation_end_on"] = calendar.add_months(start, months) - timedelta(days=1)
        agreed = base + values["performance_pay"] + values["allowances"]
        values["probation_pay"] = (agreed * Decimal("0.9")).quantize(Decimal("0.01"))
    return values


def _promises(rng: Random, base: Decimal) -> dict[str, Any]:
    """What a few contracts have besides: a non-compete, or a service period for training."""
    chance = rng.random()
    if chance < 0.04 and base >= 6000:
        return {
            "non_compete_months": 12,
            "non_compete_pay": (base * Decimal("0.5")).quantize(Decimal("0.01")),
            "has_secrets": True,
        }
    if chance > 0.97:
        cost = Decimal(rng.randrange(4, 15) * 2000)
        return {"service_period_months": 24, "training_cost": cost, "liquidated_damages": cost}
    return {}


def renewal(rng: Random, held: dict[str, Any]) -> dict[str, Any]:
    """Values of a renewal that follows the fixed term of `held`."""
    start = held["end_on"] + timedelta(days=1)
    years = rng.choice((2, 3))
    kept = {name: value for name, value in held.items() if not name.startswith("probation")}
    return kept | {
        "signed_on": start - timedelta(days=rng.randrange(1, 20)),
        "start_on": start,
        "end_on": calendar.add_months(start, 12 * years) - timedelta(days=1),
        **({"base_pay": held["base_pay"] + 200} if held.get("base_pay") else {}),
    }


def ending(rng: Random, *, on: date, expired: bool, part_time: bool) -> dict[str, Any]:
    """Values of an ending on `on`."""
    if part_time:
        reason = rng.choice(("7101", "7102"))
    else:
        reason = "4403" if expired else rng.choice(("3701", "3701", "3602", "3601"))
    severance = Decimal(rng.randrange(4, 20) * 1000) if reason == "3601" else Decimal(0)
    return {
        "ended_on": on,
        "end_reason": reason,
        "notice_on": on - timedelta(days=30) if reason == "3701" else None,
        "certificate_on": on,
        "severance_paid": severance,
    }


def working_day_on_or_after(day: date) -> date:
    """The first working day from `day` on: offices file and decide on working days."""
    while not calendar.is_working_day(day):
        day += timedelta(days=1)
    return day


def start_days(rng: Random, *, today: date, count: int) -> Iterator[date]:
    """Days on which contracts began, over the last four years, the recent months denser."""
    for _ in range(count):
        back = int(rng.random() ** 1.5 * 1400) + 3
        yield today - timedelta(days=back)
