-- Owner: dashboards. Lists of firms and use units count the machines of each row: from indexes alone.
DROP INDEX equipment_use_unit;
CREATE INDEX equipment_use_unit ON equipment (use_unit_id) INCLUDE (equipment_id, division_code) WHERE use_unit_id IS NOT NULL;
DROP INDEX contract_firm;
CREATE INDEX contract_firm ON contract (firm_id, until_on) INCLUDE (from_on, equipment_id);
DROP INDEX contract_equipment;
CREATE INDEX contract_equipment ON contract (equipment_id, from_on) INCLUDE (until_on, firm_id, contract_id);
DROP INDEX submission_use_unit;
CREATE INDEX submission_use_unit ON submission (use_unit_id, submitted_on)
    INCLUDE (agreed_on, accepted_on, reported_on, ended_on, equipment_id, division_code);
DROP INDEX submission_equipment;
CREATE INDEX submission_equipment ON submission (equipment_id, submitted_on)
    INCLUDE (agreed_on, accepted_on, reported_on, ended_on, division_code);
ALTER TABLE duty DROP CONSTRAINT duty_pkey;
ALTER TABLE duty ADD PRIMARY KEY (equipment_id, kind, from_on) INCLUDE (until_on, due_on, division_code);
CREATE INDEX duty_past_use_unit ON duty (use_unit_id, kind, until_on) INCLUDE (from_on, due_on, equipment_id, division_code)
    WHERE until_on < 'infinity';
-- What is due and what was (V016), with who must act: what falls in a few days is read without the duties themselves.
DROP INDEX duty_current;
CREATE INDEX duty_current ON duty (kind, due_on, equipment_id) INCLUDE (from_on, division_code, use_unit_id, answerable_id)
    WHERE until_on = 'infinity';
DROP INDEX duty_past;
CREATE INDEX duty_past ON duty (kind, due_on, equipment_id) INCLUDE (from_on, until_on, division_code, answerable_id)
    WHERE until_on < 'infinity';

-- Which firm an alert is for: who maintained the elevator when it opened, as was known then. Who was not told is not to blame.
ALTER TABLE alert ADD COLUMN firm_id integer REFERENCES organisation;
UPDATE alert a SET firm_id = (SELECT c.firm_id FROM contract c
                              WHERE c.equipment_id = a.equipment_id AND c.from_on <= (a.opened_at AT TIME ZONE 'Asia/Shanghai')::date
                                AND c.until_on > (a.opened_at AT TIME ZONE 'Asia/Shanghai')::date
                              ORDER BY c.from_on DESC, c.contract_id DESC LIMIT 1)
    WHERE EXISTS (SELECT FROM equipment e WHERE e.equipment_id = a.equipment_id AND lower(e.category) = 'elevator');
CREATE INDEX alert_firm ON alert (opened_at) INCLUDE (firm_id, acknowledged_at, closed_at)
    WHERE firm_id IS NOT NULL AND muted_by IS NULL AND dispatch_class IN ('rescue', 'maintenance', 'firm');

-- What the job of the notices that come later looks for, in its order; and what the health of channels looks for every second, which is rare.
CREATE INDEX alert_staying ON alert (dispatch_class, activated_at, alert_id) WHERE state <> 'closed' AND cleared_at IS NULL AND muted_by IS NULL;
CREATE INDEX delivery_missed ON delivery (queued_at) WHERE state = 'dead' AND reason LIKE 'not handed over by its deadline%';
