"""What a user unit filed of the workers whom dispatchers send it goes on with the unit that goes on with its
contracts, because it merged or was split, and back again.

What waited is void with the unit, as all that is open; what was decided stays with the agency that
decided it.
"""

from __future__ import annotations

from django.db import connection

from yonggong.cases.errors import refused
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.cases.revoking import keep_what_is_built_on
from yonggong.contracts.models import Posting
from yonggong.registry.models import Employer


def carry_over(cause: Case, to: Employer) -> None:
    """What the applicant filed and was approved is the other unit's from now on."""
    given: dict[str, int | str | None] = {
        "cause": cause.pk,
        "from": cause.applicant_id,
        "to": to.pk,
        "region": to.region_code,
        "approved": State.APPROVED.value,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CARRY_OVER, given)


def keep_what_followed(cause: Case) -> None:
    """Raise `Refused` where what was carried over was changed since, or has gone on to another unit."""
    carried = Posting.objects.filter(carried_by__contains=[cause.pk])
    changes = Posting.objects.filter(replaces__in=carried).values_list("pk", flat=True)
    keep_what_is_built_on(cause, Case.objects.filter(pk__in=[cause.pk, *changes]))
    if any(
        not causes or causes[-1] != cause.pk
        for causes in carried.values_list("carried_by", flat=True)
    ):
        raise refused(
            "",
            "carried_on",
            "部分派遣用工备案已由其他单位承继",
            "请先撤销其后的合并、分立备案的审核",
        )


def carry_back(cause: Case) -> None:
    """What the approval of the cause carried over is the applicant's again."""
    given = {"cause": cause.pk, "to": cause.applicant_id}
    with connection.cursor() as cursor:
        cursor.execute(_CARRY_BACK, given)


_CASES_FOLLOW = """
UPDATE cases_case SET applicant_id = gone.user_unit_id, region_code = gone.region_code
FROM gone WHERE cases_case.id = gone.case_id
"""

_CARRY_OVER = f"""
WITH gone AS (
  UPDATE contracts_posting SET user_unit_id = %(to)s, region_code = %(region)s,
    carried_by = array_append(COALESCE(carried_by, ARRAY[]::bigint[]), %(cause)s::bigint)
  WHERE user_unit_id = %(from)s AND state = %(approved)s AND user_unit_id <> %(to)s
  RETURNING case_id, user_unit_id, region_code
) {_CASES_FOLLOW}
"""

_CARRY_BACK = f"""
WITH gone AS (
  UPDATE contracts_posting SET user_unit_id = own.id, region_code = own.region_code,
    carried_by = NULLIF(trim_array(carried_by, 1), ARRAY[]::bigint[])
  FROM registry_employer own
  WHERE own.id = %(to)s AND carried_by[cardinality(carried_by)] = %(cause)s
  RETURNING case_id, user_unit_id, contracts_posting.region_code
) {_CASES_FOLLOW}
"""
