-- Owner: register. What exists. The small number is for inside; the published code is for outside.
CREATE TABLE equipment (
    equipment_id  integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code          text NOT NULL UNIQUE,
    category      text NOT NULL,
    name          text NOT NULL,
    division_code text,
    site_address  text,
    rescue_code   text,
    registered_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE equipment IS 'Special equipment and filling machines that telemetry is stored for; owner: register';
