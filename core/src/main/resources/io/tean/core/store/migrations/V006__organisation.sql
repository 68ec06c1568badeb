-- Owner: register. Use units, maintenance firms, stations and bodies; equipment names its use unit.
CREATE TABLE organisation (
    organisation_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    credit_code     text NOT NULL UNIQUE CHECK (credit_code ~ '^[0-9A-Z]{18}$'),
    kind            text NOT NULL CHECK (kind IN ('USE_UNIT', 'MAINTENANCE_FIRM', 'FILLING_STATION', 'INSPECTION_BODY', 'RESCUE_STATION')),
    name            text NOT NULL,
    division_code   text CHECK (division_code ~ '^[0-9]{6}$'),
    added_at        timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON COLUMN organisation.credit_code IS 'Unified social credit code (统一社会信用代码), 18 characters, GB 32100-2015';

ALTER TABLE equipment ADD COLUMN use_unit_id integer REFERENCES organisation;
CREATE INDEX equipment_use_unit ON equipment (use_unit_id) WHERE use_unit_id IS NOT NULL;
CREATE INDEX equipment_division ON equipment (division_code text_pattern_ops);
