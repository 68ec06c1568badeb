-- Owner: register. The two ledgers. Their records are never changed: whoever corrects one supersedes it, and both stay.
CREATE TABLE maintenance_record (
    record_id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    equipment_id          integer NOT NULL,
    visit_no              text NOT NULL,
    firm_id               integer REFERENCES organisation,
    firm_code             text NOT NULL DEFAULT '',
    level                 text NOT NULL CHECK (level IN ('HALF_MONTH', 'QUARTER', 'HALF_YEAR', 'YEAR', 'CALL_OUT_REPAIR')),
    kind                  text CHECK (kind IN ('FIXED_CYCLE', 'ON_DEMAND')),
    check_in_at           timestamptz,
    check_out_at          timestamptz NOT NULL,
    workers               text[] NOT NULL,
    latitude              double precision,
    longitude             double precision,
    scanned               boolean,
    photo_count           integer,
    photos_sha256         text[],
    items                 text[],
    failed_items          text[],
    note                  text,
    source                text NOT NULL CHECK (source IN ('device', 'api', 'import')),
    added_by              text NOT NULL,
    added_at              timestamptz NOT NULL DEFAULT clock_timestamp(),
    supersedes            bigint UNIQUE REFERENCES maintenance_record,
    reason                text,
    CHECK ((supersedes IS NULL) = (reason IS NULL))
);
COMMENT ON COLUMN maintenance_record.visit_no IS 'The firm''s own number; the same of the same firm and machine is the same visit';
COMMENT ON COLUMN maintenance_record.reason IS 'Why it supersedes another';
CREATE UNIQUE INDEX maintenance_record_visit ON maintenance_record (equipment_id, firm_code, visit_no) WHERE supersedes IS NULL;
CREATE INDEX maintenance_record_equipment ON maintenance_record (equipment_id, check_out_at);
CREATE INDEX maintenance_record_firm ON maintenance_record (firm_id, check_out_at);
CREATE INDEX maintenance_record_time ON maintenance_record (check_out_at);

-- Who was where and when, by worker: one worker at two machines at the same time is found here.
CREATE TABLE visit_worker (
    worker       text NOT NULL,
    check_out_at timestamptz NOT NULL,
    check_in_at  timestamptz NOT NULL,
    record_id    bigint NOT NULL REFERENCES maintenance_record,
    PRIMARY KEY (worker, check_out_at, record_id)
);

-- What the evidence says. A later verdict on the same record, for another record told something about it, counts instead.
CREATE TABLE visit_verdict (
    verdict_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    record_id  bigint NOT NULL REFERENCES maintenance_record,
    suspect    boolean NOT NULL,
    reasons    jsonb NOT NULL DEFAULT '[]',
    judged_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON COLUMN visit_verdict.reasons IS 'Array of {check, detail}: the named checks that the record did not pass, with the values';
CREATE INDEX visit_verdict_record ON visit_verdict (record_id, verdict_id);

-- What somebody with the right decided on a suspect visit.
CREATE TABLE visit_decision (
    decision_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    record_id   bigint NOT NULL REFERENCES maintenance_record,
    accepted    boolean NOT NULL,
    reason      text NOT NULL,
    decided_by  text NOT NULL,
    decided_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX visit_decision_record ON visit_decision (record_id, decision_id);

CREATE TABLE visit_confirmation (
    record_id    bigint PRIMARY KEY REFERENCES maintenance_record,
    confirmed_at timestamptz NOT NULL,
    confirmed_by text NOT NULL
);
COMMENT ON TABLE visit_confirmation IS 'The use unit''s confirmation (使用单位确认) of a visit';

CREATE TABLE maintenance_plan (
    plan_id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    equipment_id  integer NOT NULL REFERENCES equipment,
    interval_days integer NOT NULL CHECK (interval_days BETWEEN 1 AND 366),
    approval_no   text NOT NULL,
    from_on       date NOT NULL,
    until_on      date NOT NULL,
    UNIQUE (equipment_id, from_on),
    CHECK (from_on < until_on)
);
COMMENT ON TABLE maintenance_plan IS 'On-demand maintenance (按需维保) of one machine: its approved interval on site, until (exclusive) the end of the approval';

CREATE TABLE overdue_suspension (
    suspension_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    equipment_id  integer REFERENCES equipment,
    division_code text CHECK (division_code ~ '^[0-9]{6}$'),
    from_on       date NOT NULL,
    until_on      date NOT NULL,
    reason        text NOT NULL,
    added_by      text NOT NULL,
    added_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK (from_on < until_on),
    CHECK ((equipment_id IS NULL) <> (division_code IS NULL))
);
COMMENT ON TABLE overdue_suspension IS 'Days in which maintenance cannot fall overdue, of one machine or of a division, such as for a flood';

-- Inspections that took place, also those from before Tean.
CREATE TABLE inspection (
    inspection_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    equipment_id  integer NOT NULL,
    report_no     text NOT NULL,
    kind          text NOT NULL CHECK (kind IN ('SUPERVISION_INSPECTION', 'PERIODIC_INSPECTION', 'FIRST_INSPECTION', 'EXTERNAL', 'INTERNAL',
                                                'HYDROSTATIC_TEST', 'YEARLY_CHECK', 'SELF_TESTING')),
    inspected_on  date NOT NULL,
    conclusion    text NOT NULL CHECK (conclusion IN ('PASS', 'FAIL', 'PASS_ON_REINSPECTION', 'FAIL_ON_REINSPECTION')),
    safety_grade  smallint CHECK (safety_grade BETWEEN 1 AND 5),
    valid_until   date,
    body_id       integer REFERENCES organisation,
    submission_id bigint,
    added_by      text NOT NULL,
    added_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    supersedes    bigint UNIQUE REFERENCES inspection
);
COMMENT ON COLUMN inspection.valid_until IS 'As printed on the report where it says less than the book would give';
CREATE UNIQUE INDEX inspection_report ON inspection (equipment_id, report_no) WHERE supersedes IS NULL;
CREATE INDEX inspection_equipment ON inspection (equipment_id, inspected_on);

-- A submission for inspection (报检) with the newest of each step; the steps themselves stay in submission_step.
CREATE TABLE submission (
    submission_id  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    submission_no  text NOT NULL UNIQUE,
    equipment_id   integer NOT NULL REFERENCES equipment,
    body_id        integer REFERENCES organisation,
    kind           text NOT NULL,
    state          text NOT NULL CHECK (state IN ('SUBMITTED', 'REFUSED', 'RETURNED', 'ACCEPTED', 'APPOINTED', 'INSPECTED', 'REPORT_ISSUED',
                                                  'CORRECTION', 'REINSPECTION')),
    division_code  text NOT NULL DEFAULT '',
    category       text NOT NULL,
    use_unit_id    integer,
    submitted_on   date NOT NULL,
    accepted_on    date,
    agreed_on      date,
    inspected_on   date,
    reported_on    date,
    ended_on       date,
    conclusion     text,
    report_no      text,
    reason         text
);
COMMENT ON COLUMN submission.agreed_on IS 'The day that was agreed for the inspection (约检)';
COMMENT ON COLUMN submission.ended_on IS 'Refused or returned on that day, for the reason beside it';
CREATE INDEX submission_agreed ON submission (agreed_on) INCLUDE (accepted_on, reported_on, division_code, category, body_id)
    WHERE accepted_on IS NOT NULL;
CREATE INDEX submission_equipment ON submission (equipment_id, submitted_on);
CREATE INDEX submission_open ON submission (state, submitted_on) WHERE reported_on IS NULL AND ended_on IS NULL;
CREATE INDEX submission_use_unit ON submission (use_unit_id, submitted_on);
CREATE INDEX submission_body ON submission (body_id, submitted_on);

CREATE TABLE submission_step (
    step_id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    submission_id bigint NOT NULL REFERENCES submission,
    step          text NOT NULL CHECK (step IN ('SUBMITTED', 'REFUSED', 'RETURNED', 'ACCEPTED', 'APPOINTED', 'INSPECTED', 'REPORT_ISSUED',
                                                'CORRECTION', 'REINSPECTION')),
    on_day        date NOT NULL,
    agreed_on     date,
    conclusion    text,
    report_no     text,
    reason        text,
    added_by      text NOT NULL,
    added_at      timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX submission_step_submission ON submission_step (submission_id, step_id);

-- A reported month: what the two rates were made of when they were reported. Later corrections show as differences.
CREATE TABLE frozen_month (
    month     date PRIMARY KEY CHECK (extract(day FROM month) = 1),
    frozen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    frozen_by text NOT NULL
);
CREATE TABLE frozen_count (
    month         date NOT NULL REFERENCES frozen_month,
    rate          text NOT NULL CHECK (rate IN ('SUBMITTED', 'PERIODIC')),
    division_code text NOT NULL,
    category      text NOT NULL,
    body_id       integer NOT NULL,
    base          integer NOT NULL,
    fulfilled     integer NOT NULL,
    PRIMARY KEY (month, rate, division_code, category, body_id)
);
COMMENT ON COLUMN frozen_count.body_id IS 'Nought when no inspection body is known';
CREATE TABLE frozen_missing (
    month        date NOT NULL REFERENCES frozen_month,
    rate         text NOT NULL CHECK (rate IN ('SUBMITTED', 'PERIODIC')),
    equipment_id integer NOT NULL,
    PRIMARY KEY (month, rate, equipment_id)
);
COMMENT ON TABLE frozen_missing IS 'The machines that were missing to 100 % when the month was reported';
