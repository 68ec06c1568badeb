-- Owner: dashboards. What pages count of a whole city: the elevators in use and whose state changed since a day, the open alerts.
CREATE INDEX equipment_elevators_in_use ON equipment (division_code) INCLUDE (equipment_id) WHERE state = 'IN_USE' AND lower(category) = 'elevator';
CREATE INDEX equipment_state_from ON equipment_state (from_on);
CREATE INDEX equipment_state_until ON equipment_state (until_on) WHERE until_on < 'infinity';
CREATE INDEX alert_open_state ON alert (severity, state) WHERE state <> 'closed';
-- In the order of the list, to its last column: a sweep opens many alerts in one moment.
DROP INDEX alert_open_list;
CREATE INDEX alert_open_list ON alert (severity_rank, activated_at DESC, alert_id) WHERE state <> 'closed';
-- Once more what is still open (V016), now with what tells who must act.
DROP INDEX submission_still_open;
CREATE INDEX submission_still_open ON submission ((coalesce(next_due_on, 'infinity')), submission_id)
    INCLUDE (division_code, equipment_id, use_unit_id, body_id, state, conclusion, reported_on, ended_on, next_due_on)
    WHERE (reported_on IS NULL AND ended_on IS NULL OR state IN ('RETURNED', 'CORRECTION', 'REINSPECTION')
           OR state = 'REPORT_ISSUED' AND conclusion IN ('FAIL', 'FAIL_ON_REINSPECTION'));
-- And what is due of whom (V016), with what tells the machine.
DROP INDEX duty_current_use_unit;
CREATE INDEX duty_current_use_unit ON duty (use_unit_id, kind, due_on) INCLUDE (from_on, equipment_id, division_code) WHERE until_on = 'infinity';
