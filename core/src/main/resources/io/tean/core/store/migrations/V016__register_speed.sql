-- Owner: register. What keeps the rates and lists quick in a city of a million machines.

-- The sums of duty_count by month: a count as of a day adds up months, and days of one month only. Kept by triggers in the transaction of
-- the change; duty_count has one writer, so that nobody waits for these rows.
CREATE TABLE duty_month (
    kind          text NOT NULL,
    month         date NOT NULL CHECK (extract(day FROM month) = 1),
    division_code text NOT NULL,
    category      text NOT NULL,
    answerable_id integer NOT NULL,
    base          integer NOT NULL,
    inside        integer NOT NULL,
    PRIMARY KEY (kind, month, division_code, category, answerable_id)
);
CREATE FUNCTION first_of_month(day date) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT date_trunc('month', day::timestamp)::date
$$;
CREATE FUNCTION keep_duty_months() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    add CONSTANT text := $sql$
        INSERT INTO duty_month AS m
            SELECT kind, first_of_month(day), division_code, category, answerable_id, %1$s sum(base), %1$s sum(inside) FROM %2$I
            GROUP BY 1, 2, 3, 4, 5 HAVING sum(base) <> 0 OR sum(inside) <> 0 ORDER BY 1, 2, 3, 4, 5
        ON CONFLICT (kind, month, division_code, category, answerable_id)
            DO UPDATE SET base = m.base + excluded.base, inside = m.inside + excluded.inside
    $sql$;
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        DELETE FROM duty_month;
        RETURN NULL;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        EXECUTE format(add, '-', 'gone');
    END IF;
    IF TG_OP <> 'DELETE' THEN
        EXECUTE format(add, '', 'come');
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER duty_count_months_new AFTER INSERT ON duty_count
    REFERENCING NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION keep_duty_months();
CREATE TRIGGER duty_count_months AFTER UPDATE ON duty_count
    REFERENCING OLD TABLE AS gone NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION keep_duty_months();
CREATE TRIGGER duty_count_months_gone AFTER DELETE ON duty_count
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION keep_duty_months();
CREATE TRIGGER duty_count_months_none AFTER TRUNCATE ON duty_count FOR EACH STATEMENT EXECUTE FUNCTION keep_duty_months();
INSERT INTO duty_month
    SELECT kind, first_of_month(day), division_code, category, answerable_id, sum(base), sum(inside) FROM duty_count GROUP BY 1, 2, 3, 4, 5;

-- The rows of duty_count and duty_month whose sums are the counts as of a day.
CREATE FUNCTION duty_counts(of_kind text, on_day date)
RETURNS TABLE (division_code text, category text, answerable_id integer, base integer, inside integer)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT m.division_code, m.category, m.answerable_id, m.base, m.inside
    FROM duty_month m WHERE m.kind = of_kind AND m.month < first_of_month(on_day)
    UNION ALL
    SELECT c.division_code, c.category, c.answerable_id, c.base, c.inside
    FROM duty_count c WHERE c.kind = of_kind AND c.day BETWEEN first_of_month(on_day) AND on_day
$$;

-- How many machines came into a state or left it on a day.
CREATE TABLE state_count (
    state         text NOT NULL,
    day           date NOT NULL,
    division_code text NOT NULL,
    machines      integer NOT NULL,
    PRIMARY KEY (state, day, division_code)
);
COMMENT ON TABLE state_count IS 'The machines in a state as of a day are the sum until it, by the division in which they stand today';
-- EXECUTE plans anew each time: one row and a million want different plans.
CREATE FUNCTION keep_state_counts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    add CONSTANT text := $sql$
        INSERT INTO state_count AS c
            SELECT g.state, x.day, coalesce(e.division_code, ''), %1$s sum(x.machines)
            FROM %2$I g JOIN equipment e USING (equipment_id), LATERAL (VALUES (g.from_on, 1), (g.until_on, -1)) AS x (day, machines)
            WHERE x.day < 'infinity' GROUP BY 1, 2, 3 HAVING sum(x.machines) <> 0 ORDER BY 1, 2, 3
        ON CONFLICT (state, day, division_code) DO UPDATE SET machines = c.machines + excluded.machines
    $sql$;
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        DELETE FROM state_count;
        RETURN NULL;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        EXECUTE format(add, '-', 'gone');
    END IF;
    IF TG_OP <> 'DELETE' THEN
        EXECUTE format(add, '', 'come');
    END IF;
    RETURN NULL;
END
$$;
CREATE FUNCTION move_state_counts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE $sql$
        INSERT INTO state_count AS c
            SELECT s.state, x.day, m.division_code, sum(x.machines * m.sign)
            FROM gone g JOIN come n USING (equipment_id) JOIN equipment_state s USING (equipment_id),
                LATERAL (VALUES (coalesce(g.division_code, ''), -1), (coalesce(n.division_code, ''), 1)) AS m (division_code, sign),
                LATERAL (VALUES (s.from_on, 1), (s.until_on, -1)) AS x (day, machines)
            WHERE g.division_code IS DISTINCT FROM n.division_code AND x.day < 'infinity'
            GROUP BY 1, 2, 3 HAVING sum(x.machines * m.sign) <> 0 ORDER BY 1, 2, 3
        ON CONFLICT (state, day, division_code) DO UPDATE SET machines = c.machines + excluded.machines
    $sql$;
    RETURN NULL;
END
$$;
CREATE TRIGGER equipment_state_counts_new AFTER INSERT ON equipment_state
    REFERENCING NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION keep_state_counts();
CREATE TRIGGER equipment_state_counts AFTER UPDATE ON equipment_state
    REFERENCING OLD TABLE AS gone NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION keep_state_counts();
CREATE TRIGGER equipment_state_counts_gone AFTER DELETE ON equipment_state
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION keep_state_counts();
CREATE TRIGGER equipment_state_counts_none AFTER TRUNCATE ON equipment_state FOR EACH STATEMENT EXECUTE FUNCTION keep_state_counts();
CREATE TRIGGER equipment_state_counts_moved AFTER UPDATE ON equipment
    REFERENCING OLD TABLE AS gone NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION move_state_counts();
INSERT INTO state_count
    SELECT s.state, x.day, coalesce(e.division_code, ''), sum(x.machines)
    FROM equipment_state s JOIN equipment e USING (equipment_id), LATERAL (VALUES (s.from_on, 1), (s.until_on, -1)) AS x (day, machines)
    WHERE x.day < 'infinity' GROUP BY 1, 2, 3;

-- Duties in the order in which they fall due, those without an end apart from the others: a list reads the beginning of each.
DROP INDEX duty_current;
DROP INDEX duty_due;
DROP INDEX duty_late;
DROP INDEX duty_current_answerable;
CREATE INDEX duty_current ON duty (kind, due_on, equipment_id) INCLUDE (from_on, division_code) WHERE until_on = 'infinity';
CREATE INDEX duty_current_answerable ON duty (answerable_id, kind, due_on) INCLUDE (from_on, division_code) WHERE until_on = 'infinity';
CREATE INDEX duty_past ON duty (kind, due_on, equipment_id) INCLUDE (from_on, until_on, division_code) WHERE until_on < 'infinity';
-- Those that were late and are over, by how long they were: 2 to 3 days, 4 to 7, 8 to 15 and so on. Of each, those that were late on a day
-- fell due within so many days before it.
CREATE FUNCTION lateness(due_on date, until_on date) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT length(ltrim((until_on - due_on)::bit(32)::text, '0')) - 1
$$;
CREATE INDEX duty_late ON duty (kind, lateness(due_on, until_on), due_on, until_on, equipment_id)
    INCLUDE (from_on, rule, category, division_code, use_unit_id, answerable_id)
    WHERE until_on < 'infinity' AND due_on + 1 < until_on;

-- What was due on a day, in three parts that have their indexes: what has no end, what is over and was late, what is over and was not.
CREATE FUNCTION open_duties(of_kind text, on_day date) RETURNS SETOF duty LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT d.* FROM duty d WHERE d.until_on = 'infinity' AND d.kind = of_kind AND d.from_on <= on_day
$$;
CREATE FUNCTION ended_late_duties(of_kind text, on_day date) RETURNS SETOF duty LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT d.* FROM generate_series(0, 14) AS longer JOIN duty d
        ON d.until_on < 'infinity' AND d.due_on + 1 < d.until_on AND d.kind = of_kind AND lateness(d.due_on, d.until_on) = longer
            AND d.due_on > on_day - (2 << longer) AND d.due_on < on_day AND d.until_on > on_day AND d.from_on <= on_day
$$;
CREATE FUNCTION ended_punctual_duties(of_kind text, on_day date) RETURNS SETOF duty LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT d.* FROM duty d
    WHERE d.until_on < 'infinity' AND d.kind = of_kind AND d.due_on >= on_day AND d.from_on <= on_day AND d.until_on > on_day
$$;

CREATE OR REPLACE FUNCTION periodic_inspection_counts(on_day date)
RETURNS TABLE (division_code text, category text, body_id integer, base bigint, fulfilled bigint)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT c.division_code, c.category, c.answerable_id, sum(c.base), sum(c.inside)
    FROM duty_counts('INSPECTION', on_day) c
    GROUP BY 1, 2, 3
    HAVING sum(c.base) <> 0
$$;
CREATE OR REPLACE FUNCTION periodic_inspection_missing(on_day date)
RETURNS TABLE (equipment_id integer, due_on date, rule text, category text, division_code text, use_unit_id integer, body_id integer)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT d.equipment_id, d.due_on, d.rule, d.category, d.division_code, d.use_unit_id, d.answerable_id
    FROM open_duties('INSPECTION', on_day) d WHERE d.due_on < on_day
    UNION ALL
    SELECT d.equipment_id, d.due_on, d.rule, d.category, d.division_code, d.use_unit_id, d.answerable_id
    FROM ended_late_duties('INSPECTION', on_day) d
$$;

-- Submissions: the rate is read from the index alone.
DROP INDEX submission_agreed;
CREATE INDEX submission_agreed ON submission (agreed_on)
    INCLUDE (accepted_on, reported_on, ended_on, division_code, category, body_id) WHERE accepted_on IS NOT NULL;
CREATE INDEX submission_unappointed ON submission (accepted_on) INCLUDE (ended_on, division_code)
    WHERE agreed_on IS NULL AND reported_on IS NULL;
-- From the day of the submission until somebody accepts or ends it.
CREATE INDEX submission_waiting ON submission
    USING gist (daterange(submitted_on, greatest(submitted_on, coalesce(least(accepted_on, ended_on), 'infinity'))))
    INCLUDE (submitted_on, accepted_on, ended_on, division_code);
-- As the list of those that are open asks for them, word by word: SubmissionQuery.
CREATE INDEX submission_still_open ON submission ((coalesce(next_due_on, 'infinity')), submission_id) INCLUDE (division_code, equipment_id)
    WHERE (reported_on IS NULL AND ended_on IS NULL OR state IN ('RETURNED', 'CORRECTION', 'REINSPECTION')
           OR state = 'REPORT_ISSUED' AND conclusion IN ('FAIL', 'FAIL_ON_REINSPECTION'));

-- Most machines are in use, and few places are crowded.
CREATE INDEX equipment_out ON equipment (state, normal_code) WHERE state <> 'IN_USE';
CREATE INDEX equipment_crowded ON equipment (normal_code) INCLUDE (division_code) WHERE crowded_place;
