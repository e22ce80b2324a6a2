"""The benchmarks' database: demonstration data, and a million contracts made by SQL."""

from __future__ import annotations

import time

from django.core.management import call_command
from django.db import connection, transaction

# Rows as the platform writes them, copied from one real filing of the demonstration data, spread
# over 20,000 employers of six counties, all states and kinds, with names of a few hundred forms.
_EMPLOYERS = 20_000
_FILL = """
INSERT INTO registry_employer (credit_code, name, state, region_code, organisation_code, nature,
  affiliation, economic_type, industry, legal_representative, address, contact,
  contact_mobile_sealed, telephone, postcode, operator, operator_mobile_sealed,
  operator_document_sealed, agency_id, filed_on, updated_at)
SELECT 'B' || lpad(n::text, 17, '0'), '规模测试' || n || '号有限公司', 'filed', a.region_code, '', '10',
  '90', '173', '51', '', '', '', '', '', '', '', '', '', a.id, DATE '2024-01-08', now()
FROM generate_series(1, %(employers)s) n
JOIN LATERAL (SELECT id, region_code FROM registry_agency
  WHERE region_code = (ARRAY['220104','220102','150302','150102','140105','140106'])[1 + n %% 6]
  LIMIT 1) a ON true;

CREATE TEMP TABLE bench_employer AS
  SELECT row_number() OVER (ORDER BY id) - 1 AS place, id, region_code, agency_id
  FROM registry_employer WHERE credit_code LIKE 'B0%%';
CREATE UNIQUE INDEX ON bench_employer (place);

CREATE TEMP TABLE bench_row AS
  SELECT n, nextval(pg_get_serial_sequence('registry_worker', 'id')) AS worker,
    nextval(pg_get_serial_sequence('contracts_contract', 'id')) AS contract,
    nextval(pg_get_serial_sequence('cases_case', 'id')) AS filed,
    -- every twentieth row belongs to one large employer
    CASE WHEN n %% 20 = 0 THEN 0 ELSE (n::bigint * 7919) %% %(employers)s END AS employer,
    (ARRAY['pending','approved','approved','approved','approved','approved','approved','returned',
      'approved','voided'])[1 + n %% 10] AS state,
    (ARRAY['new','new','new','renewal','new','ending','new','new','change','new'])[1 + (n / 10) %% 10]
      AS kind,
    substr('王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗', 1 + n %% 20, 1)
      || substr('安柏晨岱恩帆庚海珩佳可澜茗宁沛琪然若思棠', 1 + (n / 20) %% 20, 1)
      || substr('望溪晓彦一予泽芷子远之舟卓越文清和平书林', 1 + (n / 400) %% 20, 1) AS name,
    DATE '2022-01-01' + (n %% 1700)::int AS start_on, n %% 15 = 0 AS part_time,
    CASE WHEN n %% 8 = 0 THEN '2' ELSE '1' END AS term_type
  FROM generate_series(1, %(rows)s) n;

INSERT INTO registry_worker (id, document_type, document_digest, document_sealed, name, sex, birth_on)
  SELECT worker, '01', decode(md5('bench' || n), 'hex'), s.document_sealed, name,
    CASE WHEN n %% 2 = 0 THEN '1' ELSE '2' END, DATE '1970-01-01' + (n %% 12000)::int
  FROM bench_row, (SELECT document_sealed FROM registry_worker ORDER BY id LIMIT 1) s;

INSERT INTO contracts_contract (id, employer_id, worker_id, state, full_time, work_start_on, start_on,
  end_on, term_type, term_count, ended_on, migrated)
  SELECT contract, e.id, worker,
    CASE WHEN r.state = 'approved' AND kind = 'ending' THEN 'ended'
      WHEN r.state = 'approved' THEN 'active' WHEN r.state = 'voided' THEN 'void' ELSE 'filing' END,
    NOT part_time, start_on, start_on,
    CASE WHEN term_type = '1' THEN start_on + 1095 END, term_type, 1,
    CASE WHEN r.state = 'approved' AND kind = 'ending' THEN start_on + 300 END, false
  FROM bench_row r JOIN bench_employer e ON e.place = r.employer;

INSERT INTO cases_case (id, kind, state, employer_id, subject_name, region_code, agency_id, data,
  findings, subject, filed_by_id, filed_at, due_on, statutory_due_on, late_days, decided_by_id,
  decided_at, opinion, updated_at)
  SELECT filed, 'contract.' || kind, r.state, e.id, name, e.region_code, e.agency_id, s.data, '[]',
    contract, s.filed_by_id, start_on + interval '20 days', start_on + 27, start_on + 30,
    CASE WHEN n %% 12 = 0 THEN n %% 40 ELSE 0 END,
    CASE WHEN r.state IN ('approved', 'returned') THEN u.id END,
    CASE WHEN r.state IN ('approved', 'returned') THEN start_on + interval '22 days' END, '', now()
  FROM bench_row r JOIN bench_employer e ON e.place = r.employer,
    (SELECT data, filed_by_id FROM cases_case WHERE kind = 'contract.new' ORDER BY id LIMIT 1) s,
    (SELECT id FROM accounts_user WHERE username = 'shenhe') u;

INSERT INTO cases_event (case_id, action, by_id, at, opinion, changes)
  SELECT c.id, 'submit', c.filed_by_id, c.filed_at, '', '[]'
  FROM cases_case c JOIN bench_row r ON r.filed = c.id;

INSERT INTO contracts_filing (case_id, contract_id, employer_id, worker_id, agency_id, region_code,
  kind, state, in_post, full_time, name, sex, employment_form, term_type, job, signed_on, start_on,
  end_on, ended_on, end_reason, filed_on, late_days)
  SELECT filed, contract, e.id, worker, e.agency_id, e.region_code, kind, r.state,
    r.state = 'approved' AND kind IN ('new', 'renewal'), NOT part_time, name,
    CASE WHEN n %% 2 = 0 THEN '1' ELSE '2' END,
    CASE WHEN part_time THEN '2' WHEN n %% 9 = 0 THEN '3' ELSE '1' END, term_type,
    '岗位' || n %% 300, start_on - 3, start_on,
    CASE WHEN term_type = '1' THEN start_on + 1095 END,
    CASE WHEN kind = 'ending' THEN start_on + 300 END,
    CASE WHEN kind = 'ending' THEN (ARRAY['3701','4403','3602','3601'])[1 + n %% 4] ELSE '' END,
    start_on + 20, CASE WHEN n %% 12 = 0 THEN n %% 40 ELSE 0 END
  FROM bench_row r JOIN bench_employer e ON e.place = r.employer;
"""


def prepare(*, rows: int) -> None:
    """Migrate, load the demonstration data, and fill up to `rows` contracts, once."""
    from yonggong.contracts.models import Filing
    from yonggong.demonstration.loading import load
    from yonggong.privileges import grant_application_role

    call_command("migrate", verbosity=0, skip_checks=True)
    grant_application_role()
    load(say=print)
    if Filing.objects.count() >= rows:
        return
    print(f"filling the benchmark database up to {rows:,} contracts …", flush=True)
    began = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in _FILL.split(";\n"):
            if statement.strip():
                cursor.execute(statement, {"employers": _EMPLOYERS, "rows": rows})
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    print(f"filled in {time.perf_counter() - began:.0f} s", flush=True)
