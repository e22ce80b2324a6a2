"""What each kind of clue is looked for by: one question of the database for a prefecture, and its
words. A threshold comes from policy; what nobody compared with a source says so (待核)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import connection

from yonggong import policy
from yonggong.policy import Policy
from yonggong.supervision.clue_models import Clue

Kind = Clue.Kind
# So many keys of rows are kept with a clue; the figure has them all.
MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class Place:
    """A prefecture on a day: the first four digits of its regions, and what holds there."""

    stem: str
    today: date
    rules: Policy

    @property
    def bounds(self) -> dict[str, Any]:
        return {"low": f"{self.stem}00", "high": f"{int(self.stem) + 1}00", "most": MOST_ROWS}


@dataclass(frozen=True, slots=True)
class Found:
    """One clue as it was found: whom it is about, the figure and the rows behind it; what of it is
    in words is made from `told`."""

    subject: str
    employer: int | None
    credit_code: str
    name: str
    region_code: str
    figure: int
    rows: Sequence[int]
    told: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finder:
    """How one kind of clue is found.

    sql     gives the columns of `Found`, those of `told` behind them
    params  what it asks for in a place beside its bounds; None: nothing can be asked there
    said    what was found, in words that an order can take over
    aside   what else the inspector is told: the threshold
    value   the policy's value that it goes by, "" where there is none
    """

    kind: Kind
    sql: str
    params: Callable[[Place], dict[str, Any] | None]
    said: Callable[[Found, dict[str, Any]], str]
    aside: Callable[[Found, dict[str, Any]], str] = lambda found, params: ""
    value: str = ""

    def find(self, place: Place) -> Iterator[tuple[Found, str, str]]:
        """The clues of a place, each with its reason and what is told beside it."""
        params = self.params(place)
        if params is None:
            return
        with connection.cursor() as cursor:
            cursor.execute(self.sql, {**place.bounds, **params})
            names = [column.name for column in cursor.description or ()]
            for row in cursor.fetchall():
                subject, employer, code, name, region, figure, keys, *more = row
                told = dict(zip(names[7:], more, strict=True))
                found = Found(subject, employer, code, name, region, figure, keys, told)
                aside = self.aside(found, params)
                yield found, self.said(found, params), aside and aside + self._unchecked(place)

    def _unchecked(self, place: Place) -> str:
        if not self.value or place.rules.is_checked(f"supervision.{self.value}"):
            return ""
        return "（界限为平台初始设置，待核）"


# --- late ------------------------------------------------------------------------------------

_LATE = """
SELECT e.id || ':' || %(year)s, e.id, e.credit_code, e.name, e.region_code, count(*)::int,
  (array_agg(c.id ORDER BY c.late_days DESC))[1:%(most)s], max(c.late_days) AS worst
FROM cases_case c JOIN registry_employer e ON e.id = c.applicant_id
WHERE c.late_days > 0 AND c.filed_at >= %(since)s AND c.state IN ('pending', 'approved', 'returned')
  AND e.region_code >= %(low)s AND e.region_code < %(high)s
GROUP BY e.id HAVING count(*) >= %(least)s
"""


def _late(place: Place) -> dict[str, Any]:
    return {
        "least": place.rules.supervision.late_filings,
        "since": place.today - timedelta(days=365),
        "year": str(place.today.year),
    }


LATE = Finder(
    kind=Kind.LATE,
    sql=_LATE,
    params=_late,
    said=lambda found, params: (
        f"近一年逾期备案 {found.figure} 件，最长逾期 {found.told['worst']} 天"
    ),
    aside=lambda found, params: f"满 {params['least']} 件的列为线索",
    value="late_filings",
)

# --- one phone ---------------------------------------------------------------------------------

_SHARED_PHONE = """
SELECT e.id || ':' || encode(t.phone, 'hex'), e.id, e.credit_code, e.name,
  e.region_code, count(DISTINCT c.worker_id)::int,
  (array_agg(c.current_id ORDER BY c.current_id DESC))[1:%(most)s]
FROM registry_employer e
JOIN contracts_contract c ON c.employer_id = e.id AND c.state = 'active'
JOIN supervision_trait t ON t.contract_id = c.id
WHERE e.region_code >= %(low)s AND e.region_code < %(high)s AND t.phone IS NOT NULL
GROUP BY e.id, t.phone HAVING count(DISTINCT c.worker_id) >= %(least)s
"""

SHARED_PHONE = Finder(
    kind=Kind.SHARED_PHONE,
    sql=_SHARED_PHONE,
    params=lambda place: {"least": place.rules.supervision.shared_phone_people},
    said=lambda found, params: f"{found.figure} 名在职劳动者的备案填报了同一个手机号",
    aside=lambda found, params: f"满 {params['least']} 名的列为线索",
    value="shared_phone_people",
)

# --- the minimum for all -----------------------------------------------------------------------

_MINIMUM_PAY = """
WITH wage AS (
  SELECT DISTINCT w.region, w.pay FROM unnest(%(regions)s::text[], %(wages)s::numeric[]) AS w (region, pay))
SELECT e.id::text, e.id, e.credit_code, e.name, e.region_code, count(*)::int,
  (array_agg(c.current_id ORDER BY c.current_id DESC))[1:%(most)s], min(t.monthly_pay) AS pay
FROM registry_employer e
JOIN contracts_contract c ON c.employer_id = e.id AND c.state = 'active' AND c.full_time
JOIN supervision_trait t ON t.contract_id = c.id AND t.monthly_pay IS NOT NULL
LEFT JOIN wage w ON w.region = e.region_code AND w.pay = t.monthly_pay
WHERE e.region_code >= %(low)s AND e.region_code < %(high)s
GROUP BY e.id HAVING count(*) >= %(least)s AND count(*) = count(w.pay)
"""
# Contracts stand for years, the minimum is raised under them.
_YEARS_OF_WAGES = 4


def _minimum_pay(place: Place) -> dict[str, Any] | None:
    wages = list(_wages(place))
    if not wages:
        return None
    return {
        "least": place.rules.supervision.minimum_pay_people,
        "regions": [region for region, _ in wages],
        "wages": [pay for _, pay in wages],
    }


def _wages(place: Place) -> Iterator[tuple[str, Any]]:
    """The monthly minimum of each county of the place, of today and of the years before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT region_code FROM registry_employer"
            " WHERE region_code >= %(low)s AND region_code < %(high)s",
            place.bounds,
        )
        counties = [region for (region,) in cursor.fetchall()]
    for county in counties:
        for years in range(_YEARS_OF_WAGES):
            day = place.today - timedelta(days=365 * years)
            wage = policy.of(county, day).minimum_wage(county, day)
            if wage is not None:
                yield county, wage.monthly


MINIMUM_PAY = Finder(
    kind=Kind.MINIMUM_PAY,
    sql=_MINIMUM_PAY,
    params=_minimum_pay,
    said=lambda found, params: (
        f"在职全日制 {found.figure} 人，备案工资（基本工资加绩效工资）全部恰为当地最低工资标准"
    ),
    aside=lambda found, params: f"满 {params['least']} 人的列为线索",
    value="minimum_pay_people",
)

# --- one address -------------------------------------------------------------------------------

_SAME_ADDRESS = """
SELECT left(%(low)s, 4) || ':' || md5(place), (array_agg(id ORDER BY id DESC))[1],
  (array_agg(credit_code ORDER BY id DESC))[1],
  (array_agg(name ORDER BY id DESC))[1], (array_agg(region_code ORDER BY id DESC))[1],
  count(*)::int, (array_agg(id ORDER BY id DESC))[1:%(most)s], min(address) AS address
FROM (SELECT *, regexp_replace(address, '\\s', '', 'g') AS place FROM registry_employer
  WHERE region_code >= %(low)s AND region_code < %(high)s AND state = 'filed' AND address <> '') e
GROUP BY place HAVING count(*) >= %(least)s
"""

SAME_ADDRESS = Finder(
    kind=Kind.SAME_ADDRESS,
    sql=_SAME_ADDRESS,
    params=lambda place: {"least": place.rules.supervision.same_address_employers},
    said=lambda found, params: f"{found.figure} 户单位的通讯地址同为“{found.told['address']}”",
    aside=lambda found, params: f"满 {params['least']} 户的列为线索",
    value="same_address_employers",
)

# --- dates that cannot be ------------------------------------------------------------------------

# Sixteen is the minimum age for work (Labour Law, Art. 15).
_DATES = """
SELECT e.id::text, e.id, e.credit_code, e.name, e.region_code, count(*)::int,
  (array_agg(c.current_id ORDER BY c.current_id DESC))[1:%(most)s],
  count(*) FILTER (WHERE c.work_start_on < e.licence_on)::int AS before_licence,
  count(*) FILTER (WHERE c.work_start_on < w.birth_on + interval '16 years')::int AS too_young,
  count(*) FILTER (WHERE c.ended_on < c.work_start_on)::int AS ended_before
FROM registry_employer e
JOIN contracts_contract c ON c.employer_id = e.id AND c.state IN ('active', 'ended')
JOIN registry_worker w ON w.id = c.worker_id
WHERE e.region_code >= %(low)s AND e.region_code < %(high)s AND c.current_id IS NOT NULL
  AND (c.work_start_on < e.licence_on OR c.work_start_on < w.birth_on + interval '16 years'
    OR c.ended_on < c.work_start_on)
GROUP BY e.id
"""
_DATE_WORDS = (
    ("before_licence", "用工之日早于单位领取营业执照"),
    ("too_young", "用工时不满十六周岁"),
    ("ended_before", "解除（终止）早于用工之日"),
)

DATES = Finder(
    kind=Kind.DATES,
    sql=_DATES,
    params=lambda place: {},
    said=lambda found, params: "；".join(
        f"{words}的合同 {found.told[name]} 份" for name, words in _DATE_WORDS if found.told[name]
    ),
)

# --- insured, not filed --------------------------------------------------------------------------

_INSURED = """
SELECT f.credit_code, e.id, f.credit_code, f.name, f.region_code, f.people - held.people,
  ARRAY[]::bigint[], f.people AS insured, held.people AS filed, f.as_of AS as_of,
  COALESCE(e.state, 'unfiled') AS state
FROM supervision_insuredfigure f LEFT JOIN registry_employer e ON e.credit_code = f.credit_code,
  LATERAL (SELECT count(*)::int AS people FROM contracts_contract c
    WHERE c.employer_id = e.id AND c.state = 'active') held
WHERE f.region_code >= %(low)s AND f.region_code < %(high)s AND f.people > 0
  AND NOT EXISTS (SELECT FROM supervision_insuredfigure l
    WHERE l.credit_code = f.credit_code AND (l.as_of, l.id) > (f.as_of, f.id))
  AND (COALESCE(e.state, 'unfiled') = 'unfiled'
  OR e.state = 'filed' AND f.people - held.people >= %(least)s)
"""


def _insured_said(found: Found, params: dict[str, Any]) -> str:
    told = found.told
    if told["state"] == "unfiled":
        return f"截至 {told['as_of']} 参保 {told['insured']} 人，单位尚未初次备案"
    return (
        f"截至 {told['as_of']} 参保 {told['insured']} 人，在职备案 {told['filed']} 人，"
        f"相差 {found.figure} 人"
    )


def _insured_aside(found: Found, params: dict[str, Any]) -> str:
    return "" if found.told["state"] == "unfiled" else f"相差满 {params['least']} 人的列为线索"


INSURED = Finder(
    kind=Kind.INSURED,
    sql=_INSURED,
    params=lambda place: {"least": place.rules.supervision.insured_gap_people},
    said=_insured_said,
    aside=_insured_aside,
    value="insured_gap_people",
)

# --- registered, not filed -----------------------------------------------------------------------

_UNFILED = """
SELECT r.credit_code, e.id, r.credit_code, r.name, r.region_code, (%(today)s - r.registered_on)::int,
  ARRAY[]::bigint[], r.registered_on AS registered_on
FROM registry_registration r LEFT JOIN registry_employer e ON e.credit_code = r.credit_code
WHERE r.region_code >= %(low)s AND r.region_code < %(high)s AND r.state = 'active'
  AND r.registered_on <= %(before)s AND COALESCE(e.state, 'unfiled') = 'unfiled'
"""


def _unfiled(place: Place) -> dict[str, Any]:
    limit, before = place.rules.deadline("initial"), place.today
    while limit.due(before) >= place.today:
        before -= timedelta(days=1)
    return {"today": place.today, "before": before}


UNFILED = Finder(
    kind=Kind.UNFILED,
    sql=_UNFILED,
    params=_unfiled,
    said=lambda found, params: (
        f"{found.told['registered_on']} 在登记机关成立，已 {found.figure} 日，"
        "超过初次备案期限，尚未备案"
    ),
    aside=lambda found, params: "没有招用劳动者的，可以排除",
)

FINDERS: tuple[Finder, ...] = (
    UNFILED,
    INSURED,
    LATE,
    SHARED_PHONE,
    MINIMUM_PAY,
    SAME_ADDRESS,
    DATES,
)
