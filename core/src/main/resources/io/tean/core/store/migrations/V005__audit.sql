-- Owner: core.audit. Who changed what, when, and how it was before; written in the transaction of the change. The service's role may
-- add rows and read them, and nothing else.
CREATE TABLE audit_entry (
    audit_id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at              timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor_kind      text NOT NULL CHECK (actor_kind IN ('account', 'token', 'command', 'system')),
    actor           text NOT NULL,
    source          text,
    action          text NOT NULL,
    subject_kind    text NOT NULL,
    subject         text NOT NULL,
    organisation_id integer,
    before          json,
    after           json,
    reason          text
);
COMMENT ON COLUMN audit_entry.source IS 'Address that the change came from; none for the service itself';
COMMENT ON COLUMN audit_entry.organisation_id IS 'The organisation that the subject belongs to: its people may read the entry';
COMMENT ON COLUMN audit_entry.before IS 'What was there; json, not jsonb, because the seal covers the very characters';
CREATE INDEX audit_entry_subject ON audit_entry (subject_kind, subject, audit_id);
CREATE INDEX audit_entry_organisation ON audit_entry (organisation_id, audit_id) WHERE organisation_id IS NOT NULL;

-- Committed entries that no seal covers yet. Filled by a trigger, so that no entry can be forgotten.
CREATE TABLE audit_unsealed (
    audit_id bigint PRIMARY KEY
);

-- One seal per entry, numbered without a gap in the order of sealing; each hash covers the one before it and the entry.
CREATE TABLE audit_seal (
    seal_no   bigint PRIMARY KEY CHECK (seal_no > 0),
    audit_id  bigint NOT NULL UNIQUE,
    hash      bytea NOT NULL CHECK (octet_length(hash) = 32),
    sealed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE FUNCTION note_unsealed_audit_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    INSERT INTO audit_unsealed (audit_id) VALUES (NEW.audit_id);
    -- People's changes wake the open pages; the lanes must not, for a notification makes commits queue.
    IF NEW.actor_kind <> 'system' THEN
        PERFORM pg_notify('tean_change', NEW.subject_kind);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER audit_entry_unsealed AFTER INSERT ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION note_unsealed_audit_entry();
