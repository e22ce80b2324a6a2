-- A million contracts as a province has them after four years, beside the demonstration data.
-- Rows take after one real filing; what differs between them is drawn by hashing the row's number,
-- so that every filling is the same and no two columns hang together that do not in life.
-- Set before: bench.rows; the table bench_code (place, code) with the employers' credit codes.

CREATE FUNCTION pg_temp.draw(n bigint, salt bigint, sides int) RETURNS int LANGUAGE sql IMMUTABLE
  AS $$ SELECT abs(hashint8extended(n, salt) % sides)::int $$;

-- Foreign keys are met by how the rows are made; checking each again would double the time.
SET LOCAL session_replication_role = replica;
SET LOCAL synchronous_commit = off;

-- Three in five employers sit in the six counties that have reviewers here, the others anywhere.
CREATE TEMP TABLE bench_county AS
  SELECT row_number() OVER (ORDER BY region_code) - 1 AS rank, id, region_code
  FROM registry_agency WHERE level = 'county';

INSERT INTO registry_employer (credit_code, name, state, region_code, organisation_code, nature,
  affiliation, economic_type, industry, legal_representative, address, contact,
  contact_mobile_sealed, telephone, postcode, operator, operator_mobile_sealed,
  operator_document_sealed, agency_id, filed_on, cancelled_on, updated_at)
  SELECT c.code,
    substr('长吉四辽通白松延呼包乌赤鄂太大阳晋运忻临', 1 + pg_temp.draw(place, 1, 20), 1)
      || substr('安柏晨岱恩帆庚海珩佳可澜茗宁沛琪然若思棠', 1 + pg_temp.draw(place, 2, 20), 1)
      || substr('望溪晓彦一予泽芷子远之舟卓越文清和平书林', 1 + pg_temp.draw(place, 3, 20), 1)
      || (ARRAY['商贸','机械','物流','建筑','餐饮','科技','农业','化工'])[1 + pg_temp.draw(place, 4, 8)]
      || '有限公司',
    CASE WHEN pg_temp.draw(place, 5, 50) = 0 THEN 'cancelled' ELSE 'filed' END,
    a.region_code, '', (ARRAY['10','20','50','90'])[1 + pg_temp.draw(place, 6, 4)],
    '90', '173', '51', '', '', '', '', '', '', '', '', '', a.id,
    current_date - 1600 + pg_temp.draw(place, 7, 1500),
    CASE WHEN pg_temp.draw(place, 5, 50) = 0 THEN current_date - 50 END, now()
  FROM bench_code c JOIN bench_county a ON
    CASE WHEN c.place % 5 < 3
      THEN a.region_code = (ARRAY['220104','220102','150302','150102','140105','140106'])
        [1 + pg_temp.draw(c.place, 8, 6)]
      ELSE a.rank = pg_temp.draw(c.place, 9, (SELECT count(*)::int FROM bench_county)) END;

INSERT INTO registry_party (id, kind, name, region_code)
  SELECT e.id, 'employer', e.name, e.region_code
  FROM bench_code c JOIN registry_employer e ON e.credit_code = c.code;

CREATE TEMP TABLE bench_employer AS
  SELECT c.place, e.id, e.region_code, e.agency_id
  FROM bench_code c JOIN registry_employer e ON e.credit_code = c.code;
CREATE UNIQUE INDEX ON bench_employer (place);
ANALYZE bench_employer;

-- Filed in the order of time; what waits is recent. Every twentieth is of one large employer.
CREATE TEMP TABLE bench_row AS
  WITH drawn AS (
    SELECT n, current_setting('bench.rows')::int AS rows,
      current_date - 1500 + (n * 1500 / current_setting('bench.rows')::bigint)::int AS filed_on,
      CASE WHEN pg_temp.draw(n, 10, 20) = 0 THEN 0
        ELSE pg_temp.draw(n, 11, (SELECT count(*)::int FROM bench_code)) END AS employer,
      (ARRAY['new','new','new','new','new','new','renewal','renewal','ending','ending','ending',
        'change'])[1 + pg_temp.draw(n, 12, 12)] AS kind,
      pg_temp.draw(n, 13, 100) AS fate
    FROM generate_series(1::bigint, current_setting('bench.rows')::bigint) n)
  SELECT d.n, d.kind, d.filed_on, e.id AS employer, e.region_code, e.agency_id,
    nextval(pg_get_serial_sequence('registry_party', 'id')) AS worker,
    nextval(pg_get_serial_sequence('contracts_contract', 'id')) AS contract,
    nextval(pg_get_serial_sequence('cases_case', 'id')) AS filed,
    nextval(pg_get_serial_sequence('cases_version', 'id')) AS version,
    CASE WHEN d.n > d.rows * 0.93 AND fate < 92 OR fate = 99 THEN 'pending'
      WHEN fate >= 95 THEN 'returned' WHEN fate >= 91 THEN 'voided' ELSE 'approved' END AS state,
    substr('王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗', 1 + pg_temp.draw(n, 14, 20), 1)
      || substr('安柏晨岱恩帆庚海珩佳可澜茗宁沛琪然若思棠', 1 + pg_temp.draw(n, 15, 20), 1)
      || substr('望溪晓彦一予泽芷子远之舟卓越文清和平书林', 1 + pg_temp.draw(n, 16, 20), 1) AS name,
    (1 + pg_temp.draw(n, 17, 2))::text AS sex,
    d.filed_on - 3 - pg_temp.draw(n, 18, 27) AS start_on,
    (ARRAY['1','1','1','1','1','1','1','1','2','3'])[1 + pg_temp.draw(n, 19, 10)] AS employment_form,
    (ARRAY['1','1','1','1','1','1','1','2','2','3'])[1 + pg_temp.draw(n, 20, 10)] AS term_type,
    CASE WHEN pg_temp.draw(n, 21, 12) = 0 THEN 1 + pg_temp.draw(n, 22, 60) ELSE 0 END AS late_days,
    '岗位' || pg_temp.draw(n, 23, 300) AS job,
    (ARRAY['3701','4403','3602','3601'])[1 + pg_temp.draw(n, 24, 4)] AS end_reason,
    d.n < d.rows * 0.95 AND pg_temp.draw(n, 25, 10) > 0 AS printed
  FROM drawn d JOIN bench_employer e ON e.place = d.employer;
ANALYZE bench_row;

-- What each row's person and version hold sealed is made outside the database, before those who
-- follow here: bench_sealed (n, number, form_id, data).
-- SEALED

INSERT INTO registry_worker (id, document_type, document_digest, document_sealed, name, sex, birth_on,
  confirmed)
  SELECT worker, '01', decode(md5('bench' || n), 'hex'), s.number, r.name, r.sex,
    DATE '1970-01-01' + pg_temp.draw(n, 26, 12000), state = 'approved'
  FROM bench_row r JOIN bench_sealed s USING (n) ORDER BY n;

-- Jilin refuses a second full-time contract, and only Jilin.
INSERT INTO contracts_contract (id, employer_id, worker_id, state, full_time, exclusive,
  work_start_on, start_on, end_on, term_type, term_count, ended_on, current_id, migrated)
  SELECT contract, employer, worker,
    CASE WHEN state = 'approved' AND kind = 'ending' THEN 'ended' WHEN state = 'approved' THEN 'active'
      WHEN state = 'voided' THEN 'void' ELSE 'filing' END,
    employment_form <> '2', employment_form <> '2' AND region_code LIKE '22%', start_on, start_on, CASE WHEN term_type = '1' THEN start_on + 1095 END,
    term_type, 1, CASE WHEN state = 'approved' AND kind = 'ending' THEN filed_on - 3 END,
    CASE WHEN state = 'approved' THEN filed END, false
  FROM bench_row ORDER BY n;

INSERT INTO cases_case (id, kind, frequent, state, applicant_id, subject_name, region_code, agency_id,
  acting_agency_id, current_id, subject, filed_by_id, filed_at, due_on, statutory_due_on, late_days,
  assigned_to_id, decided_by_id, decided_at, opinion, updated_at)
  SELECT filed, 'contract.' || r.kind, true, state, employer, name, r.region_code, r.agency_id,
    r.agency_id, r.version, contract, s.filed_by_id, filed_on + time '10:00', filed_on + 7, start_on + 30, late_days,
    CASE WHEN state = 'pending' AND pg_temp.draw(n, 27, 10) = 0 THEN u.id END,
    CASE WHEN state IN ('approved', 'returned') THEN u.id END,
    CASE WHEN state IN ('approved', 'returned')
      THEN filed_on + pg_temp.draw(n, 28, 8) + time '15:00' END, '', now()
  FROM bench_row r,
    (SELECT filed_by_id FROM cases_case WHERE kind = 'contract.new' ORDER BY id LIMIT 1) s,
    (SELECT id FROM accounts_user WHERE username = 'shenhe') u ORDER BY n;

INSERT INTO cases_version (id, case_id, form_id, number, data, findings, judged_on, by_id, at)
  SELECT r.version, c.id, s.form_id, 1, s.data, '[]', r.filed_on, c.filed_by_id, c.filed_at
  FROM bench_row r JOIN cases_case c ON c.id = r.filed JOIN bench_sealed s USING (n)
  ORDER BY n;

-- Written down as they happened, filings and decisions among each other.
INSERT INTO cases_event (case_id, action, by_id, at, opinion, changes)
  SELECT c.id, e.action, e.by_id, e.at, '', '[]'
  FROM cases_case c JOIN bench_row r ON r.filed = c.id,
    LATERAL (VALUES ('submit', c.filed_by_id, c.filed_at),
      (CASE WHEN c.decided_at IS NULL THEN NULL WHEN c.state = 'approved' THEN 'approve'
        ELSE 'return' END, c.decided_by_id, c.decided_at)) AS e (action, by_id, at)
  WHERE e.action IS NOT NULL ORDER BY e.at, c.id;

-- One roster for an employer's approved filings of a kind and a year, and one set of certificates.
CREATE TEMP TABLE bench_paper AS
  SELECT nextval(pg_get_serial_sequence('documents_document', 'id')) AS id, g.*
  FROM (SELECT employer, region_code, paper, date_trunc('year', filed_on) AS year, count(*) AS rows,
      max(filed_on) AS last
    FROM bench_row r, LATERAL (VALUES ('roster.' || r.kind),
      (CASE WHEN r.kind = 'ending' THEN 'certificates' END)) AS p (paper)
    WHERE state = 'approved' AND printed AND kind <> 'change' AND paper IS NOT NULL
    GROUP BY employer, region_code, paper, year ORDER BY last) g;
ANALYZE bench_paper;
INSERT INTO documents_document (id, number, kind, employer_id, region_code, row_count, page_count,
  pdf_sealed, digest, made_by_id, made_at)
  SELECT p.id, 'BZ' || lpad(p.id::text, 10, '0'), paper, employer, region_code, rows, 1 + rows / 20,
    decode(md5(p.id::text), 'hex'), md5(p.id::text), u.id, last + 10 + time '09:00'
  FROM bench_paper p, (SELECT id FROM accounts_user WHERE username = 'danwei') u;
CREATE TEMP TABLE bench_entry AS
  SELECT p.id AS document, r.filed, p.paper, r.n
  FROM bench_row r JOIN bench_paper p ON p.employer = r.employer
    AND p.year = date_trunc('year', r.filed_on)
    AND (p.paper = 'roster.' || r.kind OR p.paper = 'certificates' AND r.kind = 'ending')
  WHERE r.state = 'approved' AND r.printed;
INSERT INTO documents_entry (document_id, case_id, kind, position)
  SELECT document, filed, paper, row_number() OVER (PARTITION BY document ORDER BY n) FROM bench_entry;

INSERT INTO contracts_filing (case_id, contract_id, employer_id, worker_id, agency_id, region_code,
  kind, state, in_post, full_time, exclusive, name, sex, employment_form, term_type, job, signed_on, start_on,
  end_on, ended_on, end_reason, filed_on, late_days, roster_id, certificate_id)
  SELECT r.filed, contract, employer, worker, agency_id, region_code, kind, state,
    state = 'approved' AND kind IN ('new', 'renewal'), employment_form <> '2',
    employment_form <> '2' AND region_code LIKE '22%', name, sex,
    employment_form, term_type, job, start_on - 3, start_on,
    CASE WHEN term_type = '1' THEN start_on + 1095 END,
    CASE WHEN kind = 'ending' THEN filed_on - 3 END, CASE WHEN kind = 'ending' THEN end_reason ELSE '' END,
    filed_on, late_days, roster.document, certificate.document
  FROM bench_row r
    LEFT JOIN bench_entry roster ON roster.filed = r.filed AND roster.paper <> 'certificates'
    LEFT JOIN bench_entry certificate
      ON certificate.filed = r.filed AND certificate.paper = 'certificates'
  ORDER BY r.n;
