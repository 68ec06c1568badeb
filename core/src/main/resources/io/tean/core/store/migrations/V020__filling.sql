-- Owner: alerting. What was found about one cylinder in all its life, and which fills of some days a rule found something in.
CREATE INDEX alert_cylinder ON alert (subject, alert_id) WHERE subject_kind = 'CYLINDER';
CREATE INDEX alert_finding_fill ON alert_finding (time) WHERE stream = 'cylinder-fill';
