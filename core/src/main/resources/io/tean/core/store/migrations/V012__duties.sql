-- Owner: register. What is due, as intervals of days; until_on is exclusive. One writer, the duty keeper, makes them from their inputs.
CREATE TABLE duty (
    equipment_id  integer NOT NULL,
    kind          text NOT NULL CHECK (kind IN ('INSPECTION', 'SELF_TESTING', 'MAINTENANCE')),
    from_on       date NOT NULL,
    until_on      date NOT NULL DEFAULT 'infinity',
    due_on        date NOT NULL,
    rule          text NOT NULL,
    category      text NOT NULL,
    division_code text NOT NULL DEFAULT '',
    use_unit_id   integer,
    answerable_id integer,
    PRIMARY KEY (equipment_id, kind, from_on),
    CHECK (from_on < until_on)
);
COMMENT ON TABLE duty IS 'From from_on until until_on the machine was due on due_on: fulfilled while the day is not after due_on, late after it';
COMMENT ON COLUMN duty.rule IS 'The entry of the regulation book that falls due first';
COMMENT ON COLUMN duty.answerable_id IS 'Who must act: of maintenance the contracted firm, of inspection the inspection body';
CREATE INDEX duty_current ON duty (kind, due_on, equipment_id) WHERE until_on = 'infinity';
CREATE INDEX duty_current_answerable ON duty (answerable_id, kind, due_on) WHERE until_on = 'infinity';
CREATE INDEX duty_current_use_unit ON duty (use_unit_id, kind, due_on) WHERE until_on = 'infinity';
-- Whatever was ever late, by the days on which it was: who was late on a past day.
CREATE INDEX duty_late ON duty USING gist (daterange(due_on, until_on, '()')) WHERE due_on + 1 < until_on;

-- How many came in or went out on a day: the counts as of a day are the sums until it.
CREATE TABLE duty_count (
    kind          text NOT NULL,
    day           date NOT NULL,
    division_code text NOT NULL,
    category      text NOT NULL,
    answerable_id integer NOT NULL,
    base          integer NOT NULL,
    inside        integer NOT NULL,
    PRIMARY KEY (kind, day, division_code, category, answerable_id)
);
COMMENT ON COLUMN duty_count.base IS 'Machines that came under the duty on that day, less those that left it';
COMMENT ON COLUMN duty_count.inside IS 'Machines that came inside their date on that day, less those that ran out of it';
COMMENT ON COLUMN duty_count.answerable_id IS 'Nought when nobody is known';

-- Machines whose inputs changed. Filled by triggers, so that no input can be forgotten; emptied by the duty keeper.
CREATE TABLE duty_stale (
    stale_id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    equipment_id integer NOT NULL,
    noted_at     timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX duty_stale_equipment ON duty_stale (equipment_id);
CREATE FUNCTION note_stale_duties() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO duty_stale (equipment_id) SELECT DISTINCT equipment_id FROM changed WHERE equipment_id IS NOT NULL;
    RETURN NULL;
END
$$;
CREATE FUNCTION note_stale_duties_of_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO duty_stale (equipment_id)
    SELECT DISTINCT r.equipment_id FROM changed c JOIN maintenance_record r USING (record_id);
    RETURN NULL;
END
$$;
CREATE FUNCTION note_stale_duties_of_suspension() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO duty_stale (equipment_id)
    SELECT equipment_id FROM changed WHERE equipment_id IS NOT NULL
    UNION
    SELECT e.equipment_id FROM changed c JOIN equipment e ON e.division_code = c.division_code;
    RETURN NULL;
END
$$;
CREATE TRIGGER equipment_stale_new AFTER INSERT ON equipment
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_stale_duties();
CREATE TRIGGER equipment_stale AFTER UPDATE ON equipment
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_stale_duties();
CREATE TRIGGER equipment_state_stale_new AFTER INSERT ON equipment_state
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_stale_duties();
CREATE TRIGGER equipment_state_stale AFTER UPDATE ON equipment_state
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_stale_duties();
CREATE TRIGGER contract_stale_new AFTER INSERT ON contract
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_stale_duties();
CREATE TRIGGER contract_stale AFTER UPDATE ON contract
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_stale_duties();
CREATE TRIGGER contract_stale_gone AFTER DELETE ON contract
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_stale_duties();
CREATE TRIGGER maintenance_plan_stale_new AFTER INSERT ON maintenance_plan
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_stale_duties();
CREATE TRIGGER maintenance_plan_stale AFTER UPDATE ON maintenance_plan
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_stale_duties();
CREATE TRIGGER inspection_stale AFTER INSERT ON inspection
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_stale_duties();
CREATE TRIGGER maintenance_record_stale AFTER INSERT ON maintenance_record
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_stale_duties();
CREATE TRIGGER visit_verdict_stale AFTER INSERT ON visit_verdict
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_stale_duties_of_record();
CREATE TRIGGER visit_decision_stale AFTER INSERT ON visit_decision
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_stale_duties_of_record();
CREATE TRIGGER overdue_suspension_stale_new AFTER INSERT ON overdue_suspension
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_stale_duties_of_suspension();
CREATE TRIGGER overdue_suspension_stale AFTER UPDATE ON overdue_suspension
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_stale_duties_of_suspension();
-- What was registered before there were duties.
INSERT INTO equipment_state (equipment_id, state, from_on)
    SELECT equipment_id, state, coalesce(in_use_since, (registered_at AT TIME ZONE 'Asia/Shanghai')::date) FROM equipment;
INSERT INTO duty_stale (equipment_id) SELECT equipment_id FROM equipment;
