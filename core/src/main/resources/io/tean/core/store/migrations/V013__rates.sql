-- Owner: register. The two rates, each defined in one place for pages, programs, reports and Grafana.

-- Until when the next step of a submission must be done, and by which entry of the regulation book.
ALTER TABLE submission
    ADD COLUMN next_due_on date,
    ADD COLUMN next_rule   text;
CREATE INDEX submission_next ON submission (next_due_on) WHERE reported_on IS NULL AND ended_on IS NULL;

CREATE INDEX equipment_state_out ON equipment_state (state, from_on, until_on) WHERE state <> 'IN_USE';
CREATE INDEX duty_count_until ON duty_count (kind, day) INCLUDE (division_code, category, answerable_id, base, inside);

-- Periodic inspection rate (定期检验率): of the registered machines in use that are under an inspection duty on the day, those inside their
-- validity.
CREATE FUNCTION periodic_inspection_counts(on_day date)
RETURNS TABLE (division_code text, category text, body_id integer, base bigint, fulfilled bigint)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT c.division_code, c.category, c.answerable_id, sum(c.base), sum(c.inside)
    FROM duty_count c
    WHERE c.kind = 'INSPECTION' AND c.day <= on_day
    GROUP BY 1, 2, 3
    HAVING sum(c.base) <> 0
$$;

-- The machines that it counts and that are outside their validity on the day.
CREATE FUNCTION periodic_inspection_missing(on_day date)
RETURNS TABLE (equipment_id integer, due_on date, rule text, category text, division_code text, use_unit_id integer, body_id integer)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT d.equipment_id, d.due_on, d.rule, d.category, d.division_code, d.use_unit_id, d.answerable_id
    FROM duty d
    WHERE d.kind = 'INSPECTION' AND d.due_on + 1 < d.until_on AND daterange(d.due_on, d.until_on, '()') @> on_day AND d.from_on <= on_day
$$;

-- Inspection rate of submitted equipment (报检设备检验率): of the submissions that were accepted and whose agreed day lies in the period, those
-- with a report (whatever it says) by its end. Refused and returned ones do not count.
CREATE FUNCTION submitted_inspection_counts(first_day date, last_day date)
RETURNS TABLE (division_code text, category text, body_id integer, base bigint, fulfilled bigint)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT s.division_code, s.category, coalesce(s.body_id, 0), count(*), count(*) FILTER (WHERE s.reported_on <= last_day)
    FROM submission s
    WHERE s.agreed_on BETWEEN first_day AND last_day AND s.accepted_on <= last_day AND (s.ended_on IS NULL OR s.ended_on > last_day)
    GROUP BY 1, 2, 3
$$;

-- The submissions that it counts and that have no report.
CREATE FUNCTION submitted_inspection_missing(first_day date, last_day date)
RETURNS SETOF submission
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT s.*
    FROM submission s
    WHERE s.agreed_on BETWEEN first_day AND last_day AND s.accepted_on <= last_day AND (s.ended_on IS NULL OR s.ended_on > last_day)
      AND (s.reported_on IS NULL OR s.reported_on > last_day)
$$;
