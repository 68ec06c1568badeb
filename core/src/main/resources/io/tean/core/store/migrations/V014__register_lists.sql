-- Owner: register. The ways in which people look through the ledgers.

-- Duties that end: those of past days, and those that another firm takes over on a day to come.
CREATE INDEX duty_ended ON duty (kind, until_on) WHERE until_on <> 'infinity';
CREATE INDEX duty_due ON duty (kind, due_on);
CREATE INDEX visit_verdict_suspect ON visit_verdict (record_id) WHERE suspect;
CREATE INDEX submission_state ON submission (state, submitted_on);
CREATE INDEX submission_ended ON submission (ended_on) WHERE ended_on IS NOT NULL;
