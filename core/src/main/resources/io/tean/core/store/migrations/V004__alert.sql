-- Owner: alerting. At most one alert that is not closed per machine and rule: the partial index decides, not memory.
CREATE TABLE alert (
    alert_id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    equipment_id integer NOT NULL,
    rule         text NOT NULL,
    severity     text NOT NULL CHECK (severity IN ('EMERGENCY', 'CRITICAL', 'WARNING', 'NOTICE')),
    state        text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'acknowledged', 'closed')),
    opened_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    first_seen   timestamptz NOT NULL,
    last_seen    timestamptz NOT NULL,
    findings     integer NOT NULL DEFAULT 1 CHECK (findings > 0),
    closed_at    timestamptz,
    CHECK ((state = 'closed') = (closed_at IS NOT NULL))
);
CREATE UNIQUE INDEX alert_one_open ON alert (equipment_id, rule) WHERE state <> 'closed';
COMMENT ON COLUMN alert.first_seen IS 'Event time of the earliest finding; opened_at is the time of the database';

-- Each reading that fulfilled a rule, with the one alert that it opened or repeated.
CREATE TABLE alert_finding (
    equipment_id integer NOT NULL,
    stream       text NOT NULL,
    time         timestamptz NOT NULL,
    key_values   text[] NOT NULL,
    rule         text NOT NULL,
    alert_id     bigint NOT NULL REFERENCES alert,
    PRIMARY KEY (equipment_id, stream, time, key_values, rule)
);
CREATE INDEX alert_finding_alert ON alert_finding (alert_id);
