-- Owner: dashboards. People's accounts, their sessions, and the tokens of programs that act for them.
CREATE TABLE account (
    account_id      integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name            text NOT NULL UNIQUE CHECK (name ~ '^[a-z][a-z0-9._-]{1,39}$'),
    display_name    text NOT NULL,
    role            text NOT NULL CHECK (role IN ('DISPATCHER', 'INSPECTOR', 'FIRM', 'STATION', 'USE_UNIT', 'ADMINISTRATOR', 'READ_ONLY')),
    organisation_id integer REFERENCES organisation,
    division_code   text CHECK (division_code ~ '^[0-9]{6}$'),
    password_hash   text NOT NULL,
    one_time_until  timestamptz,
    rights_revision integer NOT NULL DEFAULT 1,
    added_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    disabled_at     timestamptz,
    CHECK (organisation_id IS NULL OR division_code IS NULL),
    CHECK (CASE role WHEN 'FIRM' THEN organisation_id IS NOT NULL
                     WHEN 'STATION' THEN organisation_id IS NOT NULL
                     WHEN 'USE_UNIT' THEN organisation_id IS NOT NULL
                     WHEN 'READ_ONLY' THEN true
                     WHEN 'ADMINISTRATOR' THEN organisation_id IS NULL AND division_code IS NULL
                     ELSE organisation_id IS NULL END)
);
COMMENT ON COLUMN account.one_time_until IS 'Set while the password is one that somebody else has seen: it opens nothing but the page for a new one';
COMMENT ON COLUMN account.rights_revision IS 'Counted up when role, scope or password change or the account is disabled: sessions of an older one have ended';

CREATE TABLE web_session (
    session_hash    bytea PRIMARY KEY CHECK (octet_length(session_hash) = 32),
    account_id      integer NOT NULL REFERENCES account,
    rights_revision integer NOT NULL,
    source          text NOT NULL,
    started_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    last_used       timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at        timestamptz
);
CREATE INDEX web_session_account ON web_session (account_id) WHERE ended_at IS NULL;
COMMENT ON COLUMN web_session.session_hash IS 'SHA-256 of the cookie; the cookie itself is kept nowhere';

-- A browser that an account has logged in from: strangers'' failed attempts do not slow it down.
CREATE TABLE known_seat (
    seat_hash  bytea PRIMARY KEY CHECK (octet_length(seat_hash) = 32),
    account_id integer NOT NULL REFERENCES account,
    last_used  timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX known_seat_account ON known_seat (account_id);

CREATE TABLE api_token (
    token_id   integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id integer NOT NULL REFERENCES account,
    name       text NOT NULL,
    token_hash bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
    scopes     text[] NOT NULL CHECK (cardinality(scopes) > 0),
    added_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL,
    last_used  timestamptz,
    revoked_at timestamptz
);
CREATE INDEX api_token_account ON api_token (account_id);
