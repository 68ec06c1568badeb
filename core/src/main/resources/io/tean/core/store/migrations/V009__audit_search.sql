-- Owner: core.audit. The ways in which people look through millions of entries, beside those by time and by subject: by what was done, by who,
-- and by the organisation, each in the order that its list has, so that a page of it is a short walk along one index.
CREATE INDEX audit_entry_action ON audit_entry (action, at, audit_id);
-- By its characters and not by a language: what begins with a text lies together.
CREATE INDEX audit_entry_actor ON audit_entry (actor COLLATE "C", audit_id);
CREATE INDEX audit_entry_subject_start ON audit_entry (subject COLLATE "C");
DROP INDEX audit_entry_organisation;
CREATE INDEX audit_entry_organisation ON audit_entry (organisation_id, at, audit_id) WHERE organisation_id IS NOT NULL;
