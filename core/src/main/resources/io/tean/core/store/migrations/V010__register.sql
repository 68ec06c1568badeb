-- Owner: register. Everything that is known of machines, organisations and people before any of it falls due.
ALTER TABLE organisation
    ADD COLUMN contact    text,
    ADD COLUMN telephone  text,
    ADD COLUMN latitude   double precision CHECK (latitude BETWEEN -90 AND 90),
    ADD COLUMN longitude  double precision CHECK (longitude BETWEEN -180 AND 180),
    ADD COLUMN duty_hours text CHECK (duty_hours ~ '^([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$');
COMMENT ON COLUMN organisation.duty_hours IS 'Of a rescue station, China time, such as 08:00-20:00; 00:00-24:00 is always';

ALTER TABLE equipment
    ADD COLUMN normal_code         text GENERATED ALWAYS AS (upper(regexp_replace(normalize(code, NFKC), '\s+', '', 'g'))) STORED,
    ADD COLUMN type_code           text CHECK (type_code ~ '^[0-9]{4}$'),
    ADD COLUMN catalogue           text CHECK (catalogue IN ('2014', 'old')),
    ADD COLUMN use_registration_no text,
    ADD COLUMN factory_no          text,
    ADD COLUMN latitude            double precision CHECK (latitude BETWEEN -90 AND 90),
    ADD COLUMN longitude           double precision CHECK (longitude BETWEEN -180 AND 180),
    ADD COLUMN crowded_place       boolean NOT NULL DEFAULT false,
    ADD COLUMN inspection_body_id  integer REFERENCES organisation,
    ADD COLUMN made_on             date,
    ADD COLUMN in_use_since        date,
    ADD COLUMN supervised_on       date,
    ADD COLUMN parameters          jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN state               text NOT NULL DEFAULT 'IN_USE'
        CHECK (state IN ('IN_USE', 'SUSPENDED', 'SCRAPPED', 'DEREGISTERED')),
    ADD COLUMN state_since         date;
COMMENT ON COLUMN equipment.code IS 'As delivered: equipment code of 17 or 18 characters, or registration code of 20 digits; of a filling machine its own';
COMMENT ON COLUMN equipment.normal_code IS 'The code in capital half-width letters without spaces, by which it is found and must be unique';
COMMENT ON COLUMN equipment.type_code IS 'Four digits of the catalogue of special equipment, of the generation that stands in catalogue';
COMMENT ON COLUMN equipment.supervised_on IS 'Day of the supervision inspection of installation or alteration: where the inspection years are counted from';
COMMENT ON COLUMN equipment.parameters IS 'What the category has, such as rated_pressure_mpa, with units in the names';
COMMENT ON COLUMN equipment.state IS 'The newest of equipment_state, which has the history';
CREATE UNIQUE INDEX equipment_normal_code ON equipment (normal_code);
CREATE INDEX equipment_rescue_code ON equipment (rescue_code) WHERE rescue_code IS NOT NULL;
CREATE INDEX equipment_use_registration ON equipment (use_registration_no) WHERE use_registration_no IS NOT NULL;
CREATE INDEX equipment_category ON equipment (category, normal_code);

-- Histories are intervals of days, until_on exclusive.
CREATE TABLE equipment_state (
    equipment_id integer NOT NULL REFERENCES equipment,
    state        text NOT NULL CHECK (state IN ('IN_USE', 'SUSPENDED', 'SCRAPPED', 'DEREGISTERED')),
    from_on      date NOT NULL,
    until_on     date NOT NULL DEFAULT 'infinity',
    reason       text,
    PRIMARY KEY (equipment_id, from_on),
    CHECK (from_on < until_on)
);

CREATE TABLE contract (
    contract_id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    contract_no     text NOT NULL,
    equipment_id    integer NOT NULL REFERENCES equipment,
    use_unit_id     integer REFERENCES organisation,
    firm_id         integer NOT NULL REFERENCES organisation,
    from_on         date NOT NULL,
    until_on        date NOT NULL DEFAULT 'infinity',
    UNIQUE (contract_no, equipment_id),
    CHECK (from_on < until_on)
);
COMMENT ON TABLE contract IS 'Who maintains a machine, from and until (exclusive) which day; one contract has many machines';
CREATE INDEX contract_equipment ON contract (equipment_id, from_on);
CREATE INDEX contract_firm ON contract (firm_id);

-- A person's certificate (作业人员证), one row for each item that it is valid for.
CREATE TABLE operator (
    operator_id     integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    certificate_no  text NOT NULL UNIQUE,
    name            text NOT NULL,
    organisation_id integer REFERENCES organisation,
    telephone       text
);
CREATE INDEX operator_organisation ON operator (organisation_id);
CREATE TABLE operator_certificate (
    operator_id integer NOT NULL REFERENCES operator,
    item        text NOT NULL,
    from_on     date NOT NULL,
    until_on    date NOT NULL,
    PRIMARY KEY (operator_id, item, from_on),
    CHECK (from_on < until_on)
);
COMMENT ON COLUMN operator_certificate.item IS 'Item code of TSG Z6001-2019, such as T for elevator repair; old codes are kept as they are';
CREATE INDEX operator_certificate_until ON operator_certificate (until_on);

CREATE TABLE cylinder (
    cylinder_id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code              text NOT NULL UNIQUE,
    type              text NOT NULL
        CHECK (type IN ('SEAMLESS', 'WELDED', 'LPG', 'DISSOLVED_ACETYLENE', 'VEHICLE_FUEL', 'WELDED_INSULATED')),
    medium            text NOT NULL,
    tare_kg           numeric(8, 3),
    volume_litre      numeric(9, 3) NOT NULL CHECK (volume_litre > 0),
    rated_fill_kg     numeric(8, 3),
    made_on           date,
    last_inspected_on date,
    inspection_due_on date,
    due_rule          text,
    scrap_on          date,
    station_id        integer REFERENCES organisation,
    ownership         text NOT NULL DEFAULT 'OWN' CHECK (ownership IN ('OWN', 'ENTRUSTED')),
    state             text NOT NULL DEFAULT 'IN_USE' CHECK (state IN ('IN_USE', 'SUSPENDED', 'SCRAPPED', 'DEREGISTERED'))
);
COMMENT ON COLUMN cylinder.inspection_due_on IS 'By the regulation book, from type, medium, making and last inspection';
COMMENT ON COLUMN cylinder.due_rule IS 'The entry of the book that gave inspection_due_on';
CREATE INDEX cylinder_station ON cylinder (station_id, code);
CREATE INDEX cylinder_due ON cylinder (inspection_due_on, code) WHERE state = 'IN_USE';

-- One file that somebody sent, how far it is, and what came of it.
CREATE TABLE import_run (
    import_id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind        text NOT NULL,
    file_name   text NOT NULL,
    sha256      text NOT NULL,
    mode        text NOT NULL CHECK (mode IN ('ALL_OR_NOTHING', 'ACCEPT_GOOD')),
    state       text NOT NULL DEFAULT 'RUNNING' CHECK (state IN ('RUNNING', 'DONE', 'REFUSED', 'FAILED')),
    bytes       bigint NOT NULL,
    bytes_read  bigint NOT NULL DEFAULT 0,
    rows_read   bigint NOT NULL DEFAULT 0,
    added       bigint NOT NULL DEFAULT 0,
    changed     bigint NOT NULL DEFAULT 0,
    unchanged   bigint NOT NULL DEFAULT 0,
    refused     bigint NOT NULL DEFAULT 0,
    problem     text,
    actor_kind  text NOT NULL,
    actor       text NOT NULL,
    started_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at    timestamptz
);
COMMENT ON COLUMN import_run.problem IS 'Of the file as a whole, such as an unknown heading; none when the rows are to blame';
CREATE INDEX import_run_started ON import_run (started_at);

CREATE TABLE import_problem (
    import_id bigint NOT NULL REFERENCES import_run,
    row_no    bigint NOT NULL,
    heading   text NOT NULL,
    value     text NOT NULL,
    reason    text NOT NULL,
    cells     text[] NOT NULL
);
COMMENT ON COLUMN import_problem.cells IS 'The whole row as it came, in the order of the sheet''s headings: from it the file to be corrected is made';
CREATE INDEX import_problem_row ON import_problem (import_id, row_no);
