-- Owner: ingest. Who may publish, and for which equipment codes; a binding may name a code that is not registered yet.
CREATE TABLE device (
    device_id   text PRIMARY KEY,
    token_hash  bytea NOT NULL,
    added_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    disabled_at timestamptz
);
COMMENT ON COLUMN device.token_hash IS 'SHA-256 of the token; the token itself is shown once and kept nowhere';

CREATE TABLE device_binding (
    device_id      text NOT NULL REFERENCES device,
    equipment_code text NOT NULL,
    bound_from     timestamptz NOT NULL DEFAULT clock_timestamp(),
    bound_to       timestamptz
);
CREATE UNIQUE INDEX device_binding_current ON device_binding (device_id, equipment_code) WHERE bound_to IS NULL;
CREATE INDEX device_binding_equipment ON device_binding (equipment_code);

-- One row that every change of devices, bindings or equipment counts up in its own transaction, so that the service sees, in the
-- order of the commits, that what it holds in memory is out of date.
CREATE TABLE directory_revision (
    one      boolean PRIMARY KEY DEFAULT true CHECK (one),
    revision bigint NOT NULL
);
INSERT INTO directory_revision (revision) VALUES (1);

CREATE FUNCTION count_directory_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE directory_revision SET revision = revision + 1;
    RETURN NULL;
END
$$;
CREATE TRIGGER device_revision AFTER INSERT OR UPDATE OR DELETE ON device
    FOR EACH STATEMENT EXECUTE FUNCTION count_directory_revision();
CREATE TRIGGER device_binding_revision AFTER INSERT OR UPDATE OR DELETE ON device_binding
    FOR EACH STATEMENT EXECUTE FUNCTION count_directory_revision();
CREATE TRIGGER equipment_revision AFTER INSERT OR DELETE OR UPDATE OF code ON equipment
    FOR EACH STATEMENT EXECUTE FUNCTION count_directory_revision();
