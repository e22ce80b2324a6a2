"""The lines of the access log that are looks at one person's or one employer's data.

A look names what was looked at: a case, a paper, a person's file. Whose these are is asked when
somebody wants to know, from what is registered, so that a look at a roster is a look at everybody on it
and recording one costs nothing more. Lists that were exported are told to auditors by who exported.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from yonggong.accounts.models import AccessEntry
from yonggong.registry.models import Worker

Kind = AccessEntry.Kind
# What is a look at somebody's data, and not an act on an account or the like.
LOOKS = (Kind.PERSONAL, Kind.DOWNLOAD, Kind.EXPORT)

# More names than this are compared by a join.
_FEW = 5000
# As `Case.number` words it.
_NUMBER = (
    "to_char(coalesce(c.first_filed_on, (c.filed_at AT TIME ZONE 'Asia/Shanghai')::date), 'YYYYMMDD')"
    " || lpad(c.id::text, greatest(8, length(c.id::text)), '0')"
)
_OF_PERSON = f"""
    SELECT {_NUMBER} FROM cases_case c
     WHERE c.filed_at IS NOT NULL AND c.id IN (
           SELECT case_id FROM contracts_filing WHERE worker_id = ANY(%s)
           UNION SELECT id FROM cases_case WHERE applicant_id = ANY(%s)
           UNION SELECT case_id FROM cases_participant WHERE party_id = ANY(%s))
    UNION ALL
    SELECT d.number FROM documents_document d
     WHERE d.id IN (SELECT e.document_id FROM documents_entry e
                      JOIN contracts_filing f ON f.case_id = e.case_id
                     WHERE f.worker_id = ANY(%s))
"""
_OF_EMPLOYER = f"""
    SELECT {_NUMBER} FROM cases_case c WHERE c.applicant_id = ANY(%s) AND c.filed_at IS NOT NULL
    UNION ALL
    SELECT {_NUMBER} FROM cases_case c JOIN cases_participant p ON p.case_id = c.id
     WHERE p.party_id = ANY(%s) AND c.filed_at IS NOT NULL
    UNION ALL
    SELECT number FROM documents_document WHERE employer_id = ANY(%s)
    UNION ALL
    SELECT unnest(ARRAY[split_part(name, ' ', 1), credit_code]) FROM registry_employer WHERE id = ANY(%s)
"""


def at_persons(keys: Iterable[int]) -> Q:
    """Lines about what these persons are in: their filings and applications, papers that they stand
    on, their files."""
    own = sorted(set(keys))
    joined = Worker.objects.filter(joined_into__in=own).values_list("pk", flat=True)
    ids = sorted({*own, *joined})
    # By its number alone a file could be taken for something else with that number.
    files = {str(pk): f"人员档案 {pk}" for pk in ids}
    numbers = _named(_OF_PERSON, [ids] * 4)
    return Q(key__in=[*numbers, *files]) & (
        ~Q(key__in=list(files)) | Q(subject__in=list(files.values()))
    )


def at_employers(keys: Iterable[int]) -> Q:
    """Lines about these employers' filings, what they take part in, their papers and batches, and
    their whole records that inspectors looked up."""
    ids = sorted(set(keys))
    numbers = _named(f"{_OF_EMPLOYER} LIMIT {_FEW + 1}", [ids] * 4)
    if len(numbers) > _FEW:
        return Q(key__in=RawSQL(_OF_EMPLOYER, [ids] * 4))
    return Q(key__in=numbers)


def _named(sql: str, parameters: list[list[int]]) -> list[str]:
    """Looked up beforehand: few names are sought by the log's index, whatever is expected of them."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [name for (name,) in cursor.fetchall()]


def looks(whose: Q) -> QuerySet[AccessEntry]:
    """The looks among these lines, with who looked."""
    return (
        AccessEntry.objects.filter(whose, kind__in=LOOKS, user__isnull=False)
        .select_related("user")
        .prefetch_related("user__grants__agency", "user__grants__party")
    )
