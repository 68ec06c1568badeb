-- Owner: alerting. The clause of a rule in both languages; a rule of an earlier version that is in force no more has it in one.
ALTER TABLE alert_rule ADD COLUMN clause_zh text;
