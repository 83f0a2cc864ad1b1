-- The report by hand, for DuckDB: an analytical engine over its own copy of the same rows, every
-- intermediate result computed once and kept in columns. The answers are rows of (key, number).
-- The variables period_start, reference_date and known_on are set by the caller.

CREATE OR REPLACE TEMP MACRO known(recorded_at, withdrawn_at) AS
    recorded_at <= getvariable('known_on')
    AND (withdrawn_at IS NULL OR withdrawn_at > getvariable('known_on'));

CREATE OR REPLACE TEMP MACRO code(entry) AS split_part(entry, '.', 2);

CREATE OR REPLACE TEMP TABLE latest AS
    SELECT registration_id,
           arg_max(status, (happened_on - DATE '2000-01-01') * 8 + status) AS status,
           arg_max_null(reason_id, (happened_on - DATE '2000-01-01') * 8 + status) AS reason_id,
           bool_or(reason_id = 'closing_reason.transferred'
                   AND happened_on >= getvariable('period_start')) AS transferred
    FROM cases_statuschange
    WHERE known(recorded_at, withdrawn_at) AND happened_on <= getvariable('reference_date')
    GROUP BY registration_id;

CREATE OR REPLACE TEMP TABLE members AS
    SELECT person_id, family_id, role, birth_date FROM cases_familymember
    WHERE known(recorded_at, withdrawn_at);

CREATE OR REPLACE TEMP TABLE applicants AS
    SELECT registration_id, person_id, coalesce(role, '') AS role
    FROM cases_applicant LEFT JOIN members USING (person_id)
    WHERE known(recorded_at, withdrawn_at);

CREATE OR REPLACE TEMP TABLE registrations AS
    SELECT i.registration_id, i.family_id, i.route_id, i.referrer_id,
           coalesce(l.status, 0) AS status, l.reason_id, l.transferred,
           c.composition_id, a.first_role, a.last_role,
           date_trunc('month', i.happened_on) AS month,
           i.happened_on + 2 <= getvariable('reference_date') AS phone_due,
           phone_contact_on BETWEEN i.happened_on AND i.happened_on + 2 AS phone_met,
           i.happened_on + 7 <= getvariable('reference_date') AS welcome_due,
           welcome_scheduled_on BETWEEN i.happened_on AND i.happened_on + 7 AS welcome_met
    FROM cases_intake i
    LEFT JOIN latest l USING (registration_id)
    LEFT JOIN (SELECT family_id, composition_id FROM cases_familycomposition
               WHERE known(recorded_at, withdrawn_at)) c USING (family_id)
    LEFT JOIN (SELECT registration_id, min(role) AS first_role, max(role) AS last_role
               FROM applicants GROUP BY registration_id) a USING (registration_id)
    WHERE known(i.recorded_at, i.withdrawn_at)
      AND i.happened_on <= getvariable('reference_date');

CREATE OR REPLACE TEMP TABLE started AS
    SELECT DISTINCT family_id FROM registrations WHERE status >= 2;

CREATE OR REPLACE TEMP TABLE kids AS
    SELECT person_id, family_id FROM members SEMI JOIN started USING (family_id)
    WHERE role = 'child'
      AND (birth_date IS NULL OR birth_date <= getvariable('reference_date'));

CREATE OR REPLACE TEMP TABLE children AS
    SELECT k.person_id,
           s.child_id IS NOT NULL AS placed_ever, o.child_id IS NOT NULL AS placed_now,
           r.child_id IS NOT NULL AS returned, s.yes, s.no, o.residence_id
    FROM kids k
    LEFT JOIN (SELECT child_id, bool_or(measure) AS yes, bool_or(NOT measure) AS no
               FROM cases_placement
               WHERE known(recorded_at, withdrawn_at)
                 AND happened_on <= getvariable('reference_date')
               GROUP BY child_id) s ON s.child_id = k.person_id
    LEFT JOIN (SELECT child_id,
                      arg_max_null(residence_id, (happened_on - DATE '1900-01-01') * 1000
                                   - coalesce(position, 999)) AS residence_id
               FROM cases_placement LEFT JOIN cases_code c ON c.id = residence_id
               WHERE known(recorded_at, withdrawn_at)
                 AND happened_on <= getvariable('reference_date')
                 AND (ended_on IS NULL OR ended_on > getvariable('reference_date'))
               GROUP BY child_id) o ON o.child_id = k.person_id
    LEFT JOIN (SELECT DISTINCT child_id FROM cases_result
               WHERE known(recorded_at, withdrawn_at)
                 AND happened_on <= getvariable('reference_date')
                 AND result_id = 'result.child_returned_home') r ON r.child_id = k.person_id;

CREATE OR REPLACE TEMP TABLE custody AS
    SELECT parent_id, family_id, count(*) AS known, count(*) FILTER (holds) AS held
    FROM cases_custody JOIN kids ON kids.person_id = child_id
    WHERE known(recorded_at, withdrawn_at)
    GROUP BY parent_id, family_id;

CREATE OR REPLACE TEMP TABLE parents AS
    SELECT m.person_id, c.known, c.held
    FROM members m
    SEMI JOIN (SELECT person_id FROM applicants
               SEMI JOIN (SELECT registration_id FROM registrations
                          SEMI JOIN started USING (family_id)) USING (registration_id)) a
           USING (person_id)
    LEFT JOIN (SELECT parent_id AS person_id, sum(known) AS known, sum(held) AS held
               FROM custody GROUP BY parent_id) c USING (person_id)
    WHERE m.role IN ('mother', 'father');

SELECT unnest(['registrations.total', 'registrations.supported', 'registrations.started_ever',
               'registrations.transferred_in_period',
               'response.phone_within_two_days.due', 'response.phone_within_two_days.met',
               'response.welcome_within_week.due', 'response.welcome_within_week.met']),
       unnest([count(*), count(*) FILTER (status IN (2, 4)), count(*) FILTER (status >= 2),
               count(*) FILTER (transferred), count(*) FILTER (phone_due),
               count(*) FILTER (phone_due AND phone_met), count(*) FILTER (welcome_due),
               count(*) FILTER (welcome_due AND welcome_met)])
FROM registrations;

SELECT 'registrations.status.' ||
       ['not_started', 'never_started', 'running', 'closed', 'reopened'][status + 1], count(*)
FROM registrations GROUP BY status;

SELECT 'registrations.never_started_reason.' || code(reason_id), count(*)
FROM registrations WHERE status = 1 GROUP BY reason_id;

SELECT 'registrations.closing_reason.' || code(reason_id), count(*)
FROM registrations WHERE status = 3 GROUP BY reason_id;

SELECT 'registrations.by_month.' || strftime(month, '%Y-%m'), count(*)
FROM registrations GROUP BY month;

SELECT 'registrations.route.' || coalesce(code(route_id), 'not_in_view'), count(*)
FROM registrations GROUP BY route_id;

SELECT 'registrations.referrer.' || code(referrer_id), count(*)
FROM registrations WHERE referrer_id IS NOT NULL GROUP BY referrer_id;

SELECT 'registrations.composition.' || coalesce(code(composition_id), 'not_in_view'), count(*)
FROM registrations GROUP BY composition_id;

SELECT 'registrations.supported_person.' ||
       CASE WHEN first_role = 'father' AND last_role = 'mother' THEN 'both_parents'
            WHEN first_role = last_role AND first_role IN ('mother', 'father', 'child')
            THEN first_role
            ELSE 'not_in_view' END AS key, count(*)
FROM registrations GROUP BY key;

SELECT 'families.total', count(*) FROM started;

SELECT 'families.region.' || code(region_id), count(DISTINCT family_id)
FROM cases_institutioninvolvement SEMI JOIN started USING (family_id)
WHERE known(recorded_at, withdrawn_at) AND happened_on <= getvariable('reference_date')
  AND (ended_on IS NULL OR ended_on > getvariable('reference_date'))
GROUP BY region_id;

SELECT 'families.desired_situation.' || code(situation_id), count(DISTINCT family_id)
FROM cases_desiredsituation SEMI JOIN started USING (family_id)
WHERE known(recorded_at, withdrawn_at) GROUP BY situation_id;

SELECT 'families.placement_reason.' || code(reason_id), count(DISTINCT family_id)
FROM cases_placementreason SEMI JOIN started USING (family_id)
WHERE known(recorded_at, withdrawn_at) GROUP BY reason_id;

SELECT 'families.placement_reason.multiple', count(*)
FROM (SELECT family_id FROM cases_placementreason SEMI JOIN started USING (family_id)
      WHERE known(recorded_at, withdrawn_at) GROUP BY family_id HAVING count(*) > 1);

SELECT unnest(['families.analysis.completed', 'families.analysis.in_progress']),
       unnest([count(DISTINCT family_id) FILTER (finished_on <= getvariable('reference_date')),
               count(DISTINCT family_id)
               FILTER (begun_on <= getvariable('reference_date')
                       AND (finished_on IS NULL OR finished_on > getvariable('reference_date')))])
FROM cases_explanatoryanalysis SEMI JOIN started USING (family_id)
WHERE known(recorded_at, withdrawn_at) AND happened_on <= getvariable('reference_date');

SELECT 'families.custody.' || CASE WHEN holders IS NULL THEN 'not_in_view'
                                   WHEN holders >= 2 THEN 'both_parents'
                                   WHEN holders = 1 THEN 'one_parent'
                                   ELSE 'none' END AS key, count(*)
FROM started LEFT JOIN (SELECT family_id, count(*) FILTER (held > 0) AS holders
                        FROM custody GROUP BY family_id) USING (family_id)
GROUP BY key;

SELECT 'parents.custody.' || CASE WHEN known IS NULL THEN 'not_in_view'
                                  WHEN held = known THEN 'all'
                                  WHEN held > 0 THEN 'some'
                                  ELSE 'none' END AS key, count(*)
FROM parents GROUP BY key;

SELECT unnest(['children.total', 'children.placed_ever', 'children.placed_now',
               'children.measure_known', 'children.returned_home']),
       unnest([count(*), count(*) FILTER (placed_ever), count(*) FILTER (placed_now),
               count(*) FILTER (yes OR no), count(*) FILTER (returned)])
FROM children;

SELECT 'children.measure.' || CASE WHEN yes AND no THEN 'both'
                                   WHEN yes THEN 'with_measure'
                                   WHEN no THEN 'without_measure'
                                   ELSE 'not_in_view' END AS key, count(*)
FROM children WHERE placed_ever GROUP BY key;

SELECT 'children.residence.' || coalesce(code(residence_id), 'not_in_view'), count(*)
FROM children WHERE placed_now GROUP BY residence_id;

CREATE OR REPLACE TEMP TABLE items AS
    SELECT DISTINCT kind, item, family_id FROM (
        SELECT 'request' AS kind, request_id AS item, family_id, recorded_at, withdrawn_at,
               happened_on FROM cases_supportrequest
        UNION ALL
        SELECT 'support', form_id, family_id, recorded_at, withdrawn_at, happened_on
        FROM cases_support
        UNION ALL
        SELECT 'result', result_id, family_id, recorded_at, withdrawn_at, happened_on
        FROM cases_result
    ) SEMI JOIN started USING (family_id)
    WHERE known(recorded_at, withdrawn_at) AND happened_on <= getvariable('reference_date');

SELECT 'families.' || kind || '.item.' || code(item), count(*) FROM items GROUP BY kind, item;

SELECT 'families.' || kind || '.theme.' || code(theme_id), count(DISTINCT family_id)
FROM items JOIN cases_code c ON c.id = item WHERE theme_id IS NOT NULL GROUP BY kind, theme_id;

SELECT 'complaints.received', count(*) FROM cases_complaint
WHERE known(recorded_at, withdrawn_at)
  AND happened_on BETWEEN getvariable('period_start') AND getvariable('reference_date');

SELECT 'complaints.handled', count(*) FROM cases_complaint
WHERE known(recorded_at, withdrawn_at) AND happened_on <= getvariable('reference_date')
  AND handled_on BETWEEN getvariable('period_start') AND getvariable('reference_date');

SELECT 'supervisors.fte', sum(fte) FROM accounts_employment
WHERE known(recorded_at, withdrawn_at) AND happened_on <= getvariable('reference_date')
  AND (ended_on IS NULL OR ended_on > getvariable('reference_date'));

SELECT 'activities.' || code(section_id), count(*) FROM reporting_activity
WHERE known(recorded_at, withdrawn_at)
  AND happened_on BETWEEN date_trunc('year', getvariable('reference_date'))
                      AND getvariable('reference_date')
GROUP BY section_id;
