"""Looks at personal data that stand out: found from the access log of one day by one statement a rule.

What an account may look at it may look at; whether it was for the work, a person finds out. That somebody
looks at their own relatives cannot be known here.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from yonggong import policy
from yonggong.accounts.roles import ROLES, Power
from yonggong.policy.values import Secrecy
from yonggong.secrecy.looks import LOOKS
from yonggong.secrecy.models import UnusualLooking

Rule = UnusualLooking.Rule

# The day's looks of officials, each with the province whose standards hold for who looked.
_LOOKS = """
WITH looker AS (
    SELECT g.user_id, min(left(coalesce(nullif(g.region_code, ''), a.region_code), 2)) AS province
      FROM accounts_grant g LEFT JOIN registry_agency a ON a.id = g.agency_id
     WHERE g.role = ANY(%(roles)s) GROUP BY g.user_id
), standard AS (
    SELECT * FROM unnest(%(provinces)s::text[], %(mosts)s::int[], %(begins)s::int[], %(ends)s::int[])
      AS s (province, most, night_begins, night_ends)
), look AS (
    SELECT e.user_id, e.key, e.subject, s.most, s.night_begins, s.night_ends,
           e.at AT TIME ZONE 'Asia/Shanghai' AS at
      FROM accounts_accessentry e
      JOIN looker USING (user_id) JOIN standard s USING (province)
     WHERE e.at >= %(since)s AND e.at < %(until)s AND e.kind = ANY(%(kinds)s)
), counted AS (
    {counted}
)
INSERT INTO secrecy_unusuallooking (user_id, day, rule, count, most, found_at, finding, remark)
SELECT user_id, %(day)s, %(rule)s, count, most, %(now)s, '', '' FROM counted
 WHERE most > 0 AND count >= most
    ON CONFLICT (user_id, day, rule) DO NOTHING
"""
# A case that they have, had, typed in, did something to, or stood in for; what nobody has is anybody's to
# take.
_THEIRS = """
    (c.assigned_to_id = l.user_id OR c.decided_by_id = l.user_id OR c.filed_by_id = l.user_id
     OR c.assigned_to_id IS NULL AND c.decided_by_id IS NULL
     OR EXISTS (SELECT 1 FROM cases_event e WHERE e.case_id = c.id AND e.by_id = l.user_id)
     OR EXISTS (SELECT 1 FROM cases_standin s
                 WHERE s.reviewer_id = c.assigned_to_id AND s.stand_in_id = l.user_id
                   AND %(day)s BETWEEN s.from_on AND s.until_on))
"""
_COUNTED = {
    Rule.DAY: "SELECT user_id, most, count(*) FROM look GROUP BY 1, 2",
    Rule.HOUR: (
        "SELECT user_id, most, max(count) AS count FROM ("
        "  SELECT user_id, most, count(*) OVER ("
        "    PARTITION BY user_id ORDER BY at RANGE BETWEEN '1 hour' PRECEDING AND CURRENT ROW"
        "  ) FROM look) AS hour GROUP BY 1, 2"
    ),
    Rule.NIGHT: (
        "SELECT user_id, most, count(*) FROM look"
        " WHERE CASE WHEN night_begins > night_ends"
        "       THEN extract(hour FROM at) >= night_begins OR extract(hour FROM at) < night_ends"
        "       ELSE extract(hour FROM at) >= night_begins AND extract(hour FROM at) < night_ends END"
        " GROUP BY 1, 2"
    ),
    # A case that neither lies nor lay with an agency of theirs and that they did not decide; a person
    # of whom no agency of theirs has a filing. Who has no agency works for a whole region.
    Rule.ELSEWHERE: """
        SELECT l.user_id, l.most, count(*) FROM look l
         WHERE EXISTS (SELECT 1 FROM accounts_grant g
                        WHERE g.user_id = l.user_id AND g.agency_id IS NOT NULL)
           AND CASE
               WHEN l.key ~ '^[0-9]{16,26}$' THEN EXISTS (
                    SELECT 1 FROM cases_case c WHERE c.id = substr(l.key, 9)::bigint
                       AND c.decided_by_id IS DISTINCT FROM l.user_id
                       AND c.filed_by_id <> l.user_id
                       AND NOT EXISTS (SELECT 1 FROM accounts_grant g WHERE g.user_id = l.user_id
                                          AND g.agency_id IN (c.agency_id, c.acting_agency_id, c.counter_id)))
               WHEN l.subject ~ '^人员档案 [0-9]{1,18}$' THEN NOT EXISTS (
                    SELECT 1 FROM contracts_filing f
                      JOIN accounts_grant g ON g.agency_id = f.agency_id AND g.user_id = l.user_id
                     WHERE f.worker_id = l.key::bigint)
               ELSE false END
         GROUP BY 1, 2
    """,
    # Of one's own agency what colleagues handle; who supervises them looks at all of it.
    Rule.OTHERS: f"""
        SELECT l.user_id, l.most, count(*) FROM look l
         WHERE EXISTS (SELECT 1 FROM accounts_grant g
                        WHERE g.user_id = l.user_id AND g.role = ANY(%(reviewing)s))
           AND NOT EXISTS (SELECT 1 FROM accounts_grant g
                            WHERE g.user_id = l.user_id AND g.role = ANY(%(supervising)s))
           AND CASE
               WHEN l.key ~ '^[0-9]{{16,26}}$' THEN EXISTS (
                    SELECT 1 FROM cases_case c
                      JOIN accounts_grant g ON g.agency_id IN (c.agency_id, c.acting_agency_id, c.counter_id)
                     WHERE c.id = substr(l.key, 9)::bigint AND g.user_id = l.user_id
                       AND {_THEIRS} IS NOT TRUE)
               WHEN l.subject ~ '^人员档案 [0-9]{{1,18}}$' THEN EXISTS (
                    SELECT 1 FROM contracts_filing f
                      JOIN accounts_grant g ON g.agency_id = f.agency_id AND g.user_id = l.user_id
                     WHERE f.worker_id = l.key::bigint)
                AND NOT EXISTS (
                    SELECT 1 FROM contracts_filing f JOIN cases_case c ON c.id = f.case_id
                     WHERE f.worker_id = l.key::bigint AND {_THEIRS})
               ELSE false END
         GROUP BY 1, 2
    """,
}
_MOST = {
    Rule.DAY: "many_a_day",
    Rule.HOUR: "many_an_hour",
    Rule.NIGHT: "many_at_night",
    Rule.ELSEWHERE: "many_elsewhere",
    Rule.OTHERS: "many_of_others",
}


@transaction.atomic
def find(day: date, *, now: datetime) -> int:
    """Write down whose looks of a day stand out; once for each rule, however often it is asked. Returns
    how many were new."""
    since = datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())
    held_there = standards(day)
    given: dict[str, Any] = {
        "roles": [role.key for role in ROLES.values() if role.portal in ("bureau", "admin")],
        "reviewing": [role.key for role in ROLES.values() if Power.REVIEW in role.powers],
        "supervising": [role.key for role in ROLES.values() if Power.SUPERVISE in role.powers],
        "kinds": [str(kind) for kind in LOOKS],
        "provinces": list(held_there),
        "begins": [held.night_begins for held in held_there.values()],
        "ends": [held.night_ends for held in held_there.values()],
        "since": since,
        "until": since + timedelta(days=1),
        "day": day,
        "now": now,
    }
    new = 0
    with connection.cursor() as cursor:
        for rule, counted in _COUNTED.items():
            mosts = [getattr(held, _MOST[rule]) for held in held_there.values()]
            cursor.execute(
                _LOOKS.replace("{counted}", counted), {**given, "rule": str(rule), "mosts": mosts}
            )
            new += cursor.rowcount
    return new


def standards(day: date) -> dict[str, Secrecy]:
    """By the two digits of each province in which somebody works, what its policy says."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT left(region_code, 2) FROM accounts_grant WHERE region_code <> ''"
            " UNION SELECT DISTINCT left(region_code, 2) FROM registry_agency"
        )
        provinces = [code for (code,) in cursor.fetchall() if code]
    return {code: policy.of(f"{code}0000", day).secrecy for code in provinces}
