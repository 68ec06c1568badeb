-- Owner: alerting. From a reading or a missed duty to one alert that a person answers and closes.

-- Timers compare with this clock. The row is there only when somebody plays a day faster than it passes.
CREATE TABLE simulated_clock (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    at  timestamptz NOT NULL
);
CREATE FUNCTION tean_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
    SELECT coalesce((SELECT at FROM simulated_clock), clock_timestamp())
$$;
COMMENT ON FUNCTION tean_now IS 'The moment it is: the database''s clock, or the simulated one';

-- When a service was there to hear anything at all: nobody is silent to a service that was down.
CREATE TABLE service_beat (
    one      boolean PRIMARY KEY DEFAULT true CHECK (one),
    up_since timestamptz NOT NULL,
    last_at  timestamptz NOT NULL
);
COMMENT ON COLUMN service_beat.up_since IS 'Since when, without a longer break, at least one service has been running';

-- The rules as this service read them at its start, for the pages that explain an alert; a rule that is gone keeps its row.
CREATE TABLE alert_rule (
    rule           text PRIMARY KEY,
    version        integer NOT NULL,
    effective      date NOT NULL,
    subject_kind   text NOT NULL,
    severity       text NOT NULL,
    dispatch_class text NOT NULL,
    title_zh       text NOT NULL,
    title_en       text NOT NULL,
    advice_zh      text NOT NULL,
    advice_en      text NOT NULL,
    source         text NOT NULL,
    clause         text NOT NULL,
    mark           text NOT NULL,
    conditions     jsonb NOT NULL,
    retired_at     timestamptz
);
COMMENT ON COLUMN alert_rule.conditions IS 'Array of {stream, when, clear, for_s, unless} of telemetry, or of {every_s, sql}';

ALTER TABLE alert
    ALTER COLUMN equipment_id DROP NOT NULL,
    ADD COLUMN subject_kind    text NOT NULL DEFAULT 'MACHINE'
        CHECK (subject_kind IN ('MACHINE', 'CYLINDER', 'DEVICE', 'CERTIFICATE', 'SUBMISSION', 'VISIT', 'CODE', 'SITE', 'SYSTEM')),
    ADD COLUMN subject         text,
    ADD COLUMN organisation_id integer REFERENCES organisation,
    ADD COLUMN division_code   text NOT NULL DEFAULT '',
    ADD COLUMN dispatch_class  text NOT NULL DEFAULT 'rescue',
    ADD COLUMN severity_rank   smallint GENERATED ALWAYS AS (CASE severity WHEN 'EMERGENCY' THEN 0 WHEN 'CRITICAL' THEN 1 WHEN 'WARNING' THEN 2
                                                             ELSE 3 END) STORED,
    ADD COLUMN late            boolean NOT NULL DEFAULT false,
    ADD COLUMN cleared_at      timestamptz,
    ADD COLUMN activations     integer NOT NULL DEFAULT 1,
    ADD COLUMN activated_at    timestamptz,
    ADD COLUMN acknowledged_at timestamptz,
    ADD COLUMN acknowledged_by text,
    ADD COLUMN closed_by       text,
    ADD COLUMN cause           text CHECK (cause IN ('GENUINE', 'EXTERNAL', 'HUMAN', 'WORK', 'FALSE_ALARM', 'RECOVERED')),
    ADD COLUMN note            text,
    ADD COLUMN opened_with     jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN latest_with     jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN muted_by        bigint REFERENCES alert;
UPDATE alert SET subject = equipment_id::text, activated_at = opened_at,
    closed_by = CASE WHEN state = 'closed' THEN 'before version 15' END, cause = CASE WHEN state = 'closed' THEN 'GENUINE' END,
    division_code = coalesce((SELECT e.division_code FROM equipment e WHERE e.equipment_id = alert.equipment_id), '');
ALTER TABLE alert
    ALTER COLUMN subject SET NOT NULL,
    ALTER COLUMN activated_at SET NOT NULL,
    ALTER COLUMN activated_at SET DEFAULT clock_timestamp(),
    ALTER COLUMN subject_kind DROP DEFAULT,
    ALTER COLUMN dispatch_class DROP DEFAULT,
    ADD CHECK (subject_kind <> 'MACHINE' OR (equipment_id IS NOT NULL AND subject = equipment_id::text)),
    ADD CHECK ((state = 'closed') = (closed_by IS NOT NULL AND cause IS NOT NULL));
DROP INDEX alert_one_open;
CREATE UNIQUE INDEX alert_one_open ON alert (subject_kind, subject, rule) WHERE state <> 'closed';
CREATE INDEX alert_open_list ON alert (severity_rank, activated_at DESC, alert_id DESC) WHERE state <> 'closed';
CREATE INDEX alert_open_rule ON alert (rule, alert_id) WHERE state <> 'closed';
CREATE INDEX alert_list ON alert (opened_at DESC, alert_id DESC);
CREATE INDEX alert_equipment ON alert (equipment_id, opened_at DESC) WHERE equipment_id IS NOT NULL;
CREATE INDEX alert_organisation ON alert (organisation_id, opened_at DESC) WHERE organisation_id IS NOT NULL;
COMMENT ON COLUMN alert.subject IS 'Of a machine its equipment_id; else the code, device, certificate number, submission number or record that it is about';
COMMENT ON COLUMN alert.organisation_id IS 'Whom a subject that is no machine belongs to';
COMMENT ON COLUMN alert.late IS 'The first finding came in more than two minutes after it happened';
COMMENT ON COLUMN alert.cleared_at IS 'Event time since which the condition no longer holds; none while it holds. A new finding takes it away again';
COMMENT ON COLUMN alert.activations IS 'How often it began: once, and once more each time that a cleared alert came back';
COMMENT ON COLUMN alert.cause IS 'Class of the cause, given at the closing';
COMMENT ON COLUMN alert.opened_with IS 'The values that the rule saw at the first finding; latest_with those of the newest';
COMMENT ON COLUMN alert.muted_by IS 'The alert of the whole site that explains this one: it stays listed, but calls nobody';

-- Conditions that hold at this moment, of rules that wait or that know a recovery: what a service has to know after a restart.
CREATE TABLE rule_window (
    equipment_id integer NOT NULL,
    rule         text NOT NULL,
    condition_no smallint NOT NULL,
    since        timestamptz NOT NULL,
    due_at       timestamptz NOT NULL,
    fired        boolean NOT NULL,
    facts        jsonb NOT NULL DEFAULT '{}',
    finding      jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (equipment_id, rule, condition_no)
);
COMMENT ON TABLE rule_window IS 'The condition holds since that event time; not fired: due_at is when it will have lasted long enough if nobody says otherwise';
COMMENT ON COLUMN rule_window.finding IS 'The reading that began it: stream, time in microseconds, key values';
CREATE INDEX rule_window_due ON rule_window (due_at) WHERE NOT fired;

CREATE TABLE silence (
    silence_id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    equipment_id integer REFERENCES equipment,
    use_unit_id  integer REFERENCES organisation,
    division_code text CHECK (division_code ~ '^[0-9]{6}$'),
    rule         text,
    reason       text NOT NULL CHECK (reason <> ''),
    from_at      timestamptz NOT NULL,
    until_at     timestamptz NOT NULL,
    added_by     text NOT NULL,
    added_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at     timestamptz,
    ended_by     text,
    CHECK (from_at < until_at),
    CHECK (num_nonnulls(equipment_id, use_unit_id, division_code) = 1)
);
COMMENT ON TABLE silence IS 'Alerts of one machine, a use unit''s machines or a division that call nobody until an end, for a reason; with a rule only those of it';
CREATE INDEX silence_until ON silence (until_at);

-- The silence that is in force for an alert, if any: an emergency is silenced only by one that names its machine and its rule.
CREATE FUNCTION alert_silence(a alert) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT s.silence_id FROM silence s LEFT JOIN equipment e ON e.equipment_id = a.equipment_id
    WHERE s.ended_at IS NULL AND s.from_at <= tean_now() AND s.until_at > tean_now()
        AND (s.rule IS NULL OR s.rule = a.rule)
        AND (s.equipment_id = a.equipment_id OR s.use_unit_id = e.use_unit_id
            OR s.division_code = coalesce(e.division_code, a.division_code))
        AND (a.severity <> 'EMERGENCY' OR (s.equipment_id IS NOT NULL AND s.rule IS NOT NULL))
    ORDER BY s.until_at DESC LIMIT 1
$$;

-- What somebody must be told, written in the transaction that decides it. The channels take it from here.
CREATE TABLE notice (
    notice_id      uuid PRIMARY KEY,
    alert_id       bigint NOT NULL REFERENCES alert,
    occasion       text NOT NULL CHECK (occasion IN ('OPENED', 'REACTIVATED', 'CLEARED', 'CLOSED')),
    severity       text NOT NULL,
    dispatch_class text NOT NULL,
    state          text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued')),
    queued_at      timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX notice_alert ON notice (alert_id);
CREATE INDEX notice_queued ON notice (queued_at) WHERE state = 'queued';

-- Of db-scheduler: the recurring jobs, each run by one service at a time.
CREATE TABLE scheduled_tasks (
    task_name            text NOT NULL,
    task_instance        text NOT NULL,
    task_data            bytea,
    execution_time       timestamptz NOT NULL,
    picked               boolean NOT NULL,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures integer,
    last_heartbeat       timestamptz,
    version              bigint NOT NULL,
    priority             smallint,
    PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX scheduled_tasks_execution_time ON scheduled_tasks (execution_time);
CREATE INDEX scheduled_tasks_last_heartbeat ON scheduled_tasks (last_heartbeat);
