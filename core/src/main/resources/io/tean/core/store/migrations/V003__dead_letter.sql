-- Owner: ingest. Messages and readings that were acknowledged but not stored as readings, each with its reason.
CREATE TABLE dead_letter (
    dead_letter_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    received_at    timestamptz NOT NULL,
    device_id      text NOT NULL,
    equipment_code text NOT NULL,
    stream         text NOT NULL,
    reason         text NOT NULL,
    detail         text NOT NULL,
    payload        bytea NOT NULL,
    times          integer NOT NULL DEFAULT 1 CHECK (times > 0),
    last_received  timestamptz NOT NULL,
    state          text NOT NULL DEFAULT 'kept' CHECK (state IN ('kept', 'to-replay', 'replayed', 'discarded')),
    state_since    timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON COLUMN dead_letter.payload IS 'As the device sent it; of an array, the refused reading alone';
COMMENT ON COLUMN dead_letter.times IS 'How often the very same came while it was kept';
-- The same again counts up and takes no further row: a device that repeats itself cannot fill the disk.
CREATE UNIQUE INDEX dead_letter_kept ON dead_letter (device_id, equipment_code, stream, reason, sha256(payload)) WHERE state = 'kept';
CREATE INDEX dead_letter_to_replay ON dead_letter (dead_letter_id) WHERE state = 'to-replay';
CREATE INDEX dead_letter_unregistered ON dead_letter (equipment_code) WHERE state = 'kept' AND reason = 'unregistered-equipment';
CREATE INDEX dead_letter_received ON dead_letter (received_at);

-- Owner: ingest. Stored readings that a step could not judge; a job works them off.
CREATE TABLE rejudge_mark (
    mark_id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    step         text NOT NULL,
    stream       text NOT NULL,
    equipment_id integer NOT NULL,
    time         timestamptz NOT NULL,
    key_values   text[] NOT NULL,
    error        text NOT NULL,
    marked_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    attempts     integer NOT NULL DEFAULT 0,
    next_try_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX rejudge_mark_next ON rejudge_mark (next_try_at);
