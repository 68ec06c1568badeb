-- Owner: alerting. An emergency or a call becomes one case that finds its rescuers; every notice finds who must act.

-- A rescue case (救援工单). The fields of the tickets that platforms keep: domain.md 2.4.
CREATE TABLE rescue_case (
    case_id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    equipment_id       integer REFERENCES equipment,
    division_code      text NOT NULL DEFAULT '',
    place              text NOT NULL DEFAULT '',
    origin             text NOT NULL CHECK (origin IN ('TELEMETRY', 'CAR_BUTTON', 'CALL')),
    state              text NOT NULL DEFAULT 'TAKEN_IN'
        CHECK (state IN ('TAKEN_IN', 'DISPATCHED', 'ANSWERED', 'ON_THE_WAY', 'ARRIVED', 'RELEASED', 'RATED', 'CLOSED')),
    level              smallint NOT NULL DEFAULT 0 CHECK (level BETWEEN 0 AND 3),
    outcome            text CHECK (outcome IN ('RELEASED', 'SELF_RELEASED', 'FALSE_ALARM')),
    occurred_at        timestamptz NOT NULL,
    opened_at          timestamptz NOT NULL DEFAULT tean_now(),
    dispatched_at      timestamptz,
    answered_at        timestamptz,
    on_the_way_at      timestamptz,
    forecast_at        timestamptz,
    arrived_at         timestamptz,
    released_at        timestamptz,
    rated_at           timestamptz,
    closed_at          timestamptz,
    arrive_by          timestamptz,
    accident_at        timestamptz,
    arrival_warned_at  timestamptz,
    arrival_missed_at  timestamptz,
    accident_warned_at timestamptz,
    accident_marked_at timestamptz,
    next_due_at        timestamptz DEFAULT tean_now(),
    next_due           text DEFAULT 'DISPATCH' CHECK (next_due IN
        ('DISPATCH', 'ANSWER', 'FORECAST', 'ARRIVAL_WARNING', 'ARRIVAL', 'ACCIDENT_WARNING', 'ACCIDENT')),
    caller_name        text NOT NULL DEFAULT '',
    caller_telephone   text NOT NULL DEFAULT '',
    trapped_count      smallint CHECK (trapped_count BETWEEN 0 AND 999),
    injured_count      smallint CHECK (injured_count BETWEEN 0 AND 999),
    released_count     smallint CHECK (released_count BETWEEN 0 AND 999),
    calmed             boolean NOT NULL DEFAULT false,
    fault_text         text NOT NULL DEFAULT '',
    cause              text CHECK (cause IN ('EXTERNAL', 'HUMAN', 'DOOR_SYSTEM', 'DRIVE', 'CONTROL', 'SAFETY_DEVICE', 'OTHER_MACHINE', 'UNKNOWN')),
    by_maintenance     boolean NOT NULL DEFAULT false,
    result_text        text NOT NULL DEFAULT '',
    rating             smallint CHECK (rating BETWEEN 1 AND 5),
    rating_text        text NOT NULL DEFAULT '',
    duty_operator      text,
    closed_by          text,
    version            integer NOT NULL DEFAULT 1,
    CHECK (equipment_id IS NOT NULL OR place <> ''),
    CHECK ((state = 'CLOSED') = (closed_at IS NOT NULL)),
    CHECK ((next_due_at IS NULL) = (next_due IS NULL)),
    CHECK (state NOT IN ('RELEASED', 'RATED', 'CLOSED') OR (next_due_at IS NULL AND outcome IS NOT NULL AND released_at IS NOT NULL))
);
COMMENT ON TABLE rescue_case IS 'Live until released: the partial index allows one live case per machine, and what happens after the release opens a new one';
COMMENT ON COLUMN rescue_case.equipment_id IS 'None when the caller''s machine is not known yet; then place says where';
COMMENT ON COLUMN rescue_case.division_code IS 'Six digits, of the machine or as the operator says; empty when unknown';
COMMENT ON COLUMN rescue_case.level IS 'The highest that was started: 1 maintenance firm, 2 rescue station, 3 fire brigade';
COMMENT ON COLUMN rescue_case.occurred_at IS 'Event time of the first finding, or when the call came: the two hours of the law count from here';
COMMENT ON COLUMN rescue_case.released_at IS 'End of the danger: released, self-released, or known to be a false alarm';
COMMENT ON COLUMN rescue_case.arrive_by IS 'The legal clock of arrival, by place; counts from opened_at';
COMMENT ON COLUMN rescue_case.accident_at IS 'From here on people in the car are an accident by law: 特种设备安全监察条例 Art. 64(3)';
COMMENT ON COLUMN rescue_case.next_due_at IS 'The clock that runs out next, by tean_now(); next_due says which. Polled each second, FOR UPDATE SKIP LOCKED';
COMMENT ON COLUMN rescue_case.by_maintenance IS 'Found to be caused by poor maintenance, said at the closing';
COMMENT ON COLUMN rescue_case.duty_operator IS 'Login of who leads it; none until somebody takes it';
COMMENT ON COLUMN rescue_case.version IS 'Counts every change, so that a stale page is told';
CREATE UNIQUE INDEX rescue_case_one_live ON rescue_case (equipment_id) WHERE state NOT IN ('RELEASED', 'RATED', 'CLOSED');
CREATE INDEX rescue_case_due ON rescue_case (next_due_at) WHERE next_due_at IS NOT NULL;
CREATE INDEX rescue_case_open ON rescue_case (opened_at DESC) WHERE state <> 'CLOSED';
CREATE INDEX rescue_case_list ON rescue_case (opened_at DESC, case_id DESC);
CREATE INDEX rescue_case_equipment ON rescue_case (equipment_id, opened_at DESC);

-- A second alert, or the same again, joins the live case.
CREATE TABLE case_alert (
    case_id  bigint NOT NULL REFERENCES rescue_case,
    alert_id bigint NOT NULL REFERENCES alert,
    PRIMARY KEY (case_id, alert_id)
);
CREATE INDEX case_alert_alert ON case_alert (alert_id);

-- Who was called, and what came of it. Several may be on their way to one case.
CREATE TABLE rescue_dispatch (
    dispatch_id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id         bigint NOT NULL REFERENCES rescue_case,
    level           smallint NOT NULL CHECK (level BETWEEN 1 AND 3),
    automatic       boolean NOT NULL,
    organisation_id integer REFERENCES organisation,
    unit            text NOT NULL,
    telephone       text NOT NULL DEFAULT '',
    escalation      text NOT NULL CHECK (escalation IN ('FIRST', 'ANSWER_TIMEOUT', 'ARRIVAL_TIMEOUT', 'REFUSED', 'NO_CONTACT', 'MANUAL', 'TAKE_OVER')),
    choice          jsonb NOT NULL DEFAULT '{}',
    state           text NOT NULL DEFAULT 'CALLED'
        CHECK (state IN ('CALLED', 'ANSWERED', 'ON_THE_WAY', 'ARRIVED', 'REFUSED', 'NO_ANSWER', 'SKIPPED', 'STOOD_DOWN', 'DONE')),
    reason          text NOT NULL DEFAULT '',
    called_at       timestamptz NOT NULL DEFAULT tean_now(),
    answer_by       timestamptz,
    answered_at     timestamptz,
    answered_by     text,
    on_the_way_at   timestamptz,
    forecast_at     timestamptz,
    late_at         timestamptz,
    arrived_at      timestamptz,
    ended_at        timestamptz,
    latitude        double precision,
    longitude       double precision,
    nonce           uuid NOT NULL DEFAULT gen_random_uuid()
);
COMMENT ON COLUMN rescue_dispatch.automatic IS 'Started by the clock or the opening; the index lets each level be started so once per case, whoever does it';
COMMENT ON COLUMN rescue_dispatch.organisation_id IS 'None of the fire brigade, and none of a level that was skipped for want of a unit';
COMMENT ON COLUMN rescue_dispatch.escalation IS 'Why this one was called';
COMMENT ON COLUMN rescue_dispatch.choice IS 'Why this unit: {distance_m, duty_hours, open_cases, considered: [{unit, distance_m, on_duty, open_cases, why_not}]}';
COMMENT ON COLUMN rescue_dispatch.reason IS 'Of a refusal or a choice by hand; of a skipped level no-machine, no-contract, no-contact, no-station or called-already';
COMMENT ON COLUMN rescue_dispatch.unit IS 'Its name then; of a level that was skipped empty or who could not be reached';
COMMENT ON COLUMN rescue_dispatch.late_at IS 'Since when nobody counts on it any more: its forecast is too late or ran out, or it was the last and did not answer';
COMMENT ON COLUMN rescue_dispatch.latitude IS 'Where the crew said it was, with longitude; WGS 84';
COMMENT ON COLUMN rescue_dispatch.nonce IS 'In the signed link: a link is of this call and no other';
CREATE UNIQUE INDEX rescue_dispatch_once ON rescue_dispatch (case_id, level) WHERE automatic;
CREATE INDEX rescue_dispatch_case ON rescue_dispatch (case_id, dispatch_id);
CREATE INDEX rescue_dispatch_organisation ON rescue_dispatch (organisation_id, called_at DESC);
CREATE INDEX rescue_dispatch_live ON rescue_dispatch (organisation_id) WHERE state IN ('CALLED', 'ANSWERED', 'ON_THE_WAY', 'ARRIVED');

-- The timeline of a case.
CREATE TABLE case_entry (
    entry_id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id     bigint NOT NULL REFERENCES rescue_case,
    dispatch_id bigint REFERENCES rescue_dispatch,
    at          timestamptz NOT NULL DEFAULT tean_now(),
    step        text NOT NULL,
    state       text NOT NULL,
    actor_kind  text NOT NULL,
    actor       text NOT NULL,
    detail      jsonb NOT NULL DEFAULT '{}'
);
COMMENT ON COLUMN case_entry.step IS 'A CaseStep; state is the case''s after it';
CREATE INDEX case_entry_case ON case_entry (case_id, entry_id);

-- Signs the links of rescuers; all services share it. The newest signs, the older ones are still read.
CREATE TABLE link_key (
    key_id   integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key      bytea NOT NULL CHECK (length(key) = 32),
    added_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Who is told, of an organisation or of the bureau itself.
CREATE TABLE recipient (
    recipient_id    integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organisation_id integer REFERENCES organisation,
    duty            text NOT NULL CHECK (duty IN ('OFFICE', 'RESCUE', 'SAFETY_OFFICER', 'OFFICER', 'DISPATCHER')),
    division_code   text NOT NULL DEFAULT '' CHECK (division_code ~ '^([0-9]{6})?$'),
    name            text NOT NULL CHECK (name <> ''),
    language        text NOT NULL DEFAULT 'zh' CHECK (language IN ('zh', 'en')),
    digest          text NOT NULL DEFAULT 'DAY' CHECK (digest IN ('AT_ONCE', 'DAY', 'WEEK')),
    addresses       jsonb NOT NULL DEFAULT '[]',
    active          boolean NOT NULL DEFAULT true,
    CHECK ((organisation_id IS NULL) = (duty IN ('OFFICER', 'DISPATCHER')))
);
COMMENT ON COLUMN recipient.division_code IS 'Of officers and dispatchers: the division that they answer for; empty is the whole city';
COMMENT ON COLUMN recipient.digest IS 'How the small notices come: each at once, once a day, once a week';
COMMENT ON COLUMN recipient.addresses IS 'Array of {channel, to} in the order in which they are tried';
CREATE INDEX recipient_organisation ON recipient (organisation_id) WHERE active;

-- What must be told, of an alert or of a case: routed once into deliveries.
ALTER TABLE notice
    ALTER COLUMN alert_id DROP NOT NULL,
    DROP CONSTRAINT notice_occasion_check,
    DROP CONSTRAINT notice_state_check,
    ADD COLUMN case_id     bigint REFERENCES rescue_case,
    ADD COLUMN dispatch_id bigint REFERENCES rescue_dispatch,
    ADD COLUMN after_s     integer,
    ADD COLUMN routed_at   timestamptz,
    ADD CHECK (state IN ('queued', 'routed')),
    ADD CHECK ((state = 'routed') = (routed_at IS NOT NULL)),
    ADD CHECK (num_nonnulls(alert_id, case_id) = 1 OR occasion = 'TEST'),
    ADD CHECK (occasion IN ('OPENED', 'REACTIVATED', 'CLEARED', 'CLOSED', 'STAYED', 'UNANSWERED',
        'CALLED', 'STOOD_DOWN', 'ARRIVAL_WARNING', 'ARRIVAL_MISSED', 'ACCIDENT_WARNING', 'ACCIDENT', 'NOBODY_LEFT', 'TEST'));
COMMENT ON COLUMN notice.occasion IS 'STAYED: an alert is still open after days, the next one in its route is told; UNANSWERED: a critical one that nobody acknowledged. Of a case: a unit is called or stood down, a clock runs out, no unit is left to call';
COMMENT ON COLUMN notice.dispatch_id IS 'Of CALLED and STOOD_DOWN. CALLED tells nobody any more once the dispatch has another state';
COMMENT ON COLUMN notice.after_s IS 'Of STAYED and UNANSWERED: the seconds of the step in the route that told it';
CREATE INDEX notice_case ON notice (case_id) WHERE case_id IS NOT NULL;

-- One notice to one recipient: the outbox. The id is kept on every attempt and every channel.
CREATE TABLE delivery (
    delivery_id    uuid PRIMARY KEY,
    notice_id      uuid REFERENCES notice,
    digest_id      uuid REFERENCES delivery,
    recipient_id   integer REFERENCES recipient,
    recipient_name text NOT NULL,
    language       text NOT NULL DEFAULT 'zh' CHECK (language IN ('zh', 'en')),
    addresses      jsonb NOT NULL,
    address_no     smallint NOT NULL DEFAULT 0,
    severity_rank  smallint NOT NULL,
    state          text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'handed_over', 'confirmed', 'dead')),
    reason         text NOT NULL DEFAULT '',
    gathered       boolean NOT NULL DEFAULT false,
    attempts       integer NOT NULL DEFAULT 0,
    queued_at      timestamptz NOT NULL DEFAULT tean_now(),
    next_at        timestamptz NOT NULL DEFAULT tean_now(),
    fall_over_at   timestamptz,
    deadline_at    timestamptz NOT NULL,
    lease          uuid,
    leased_until   timestamptz,
    ended_at       timestamptz,
    confirmed_at   timestamptz,
    CHECK ((state = 'queued') = (ended_at IS NULL)),
    CHECK (state <> 'dead' OR reason <> '')
);
COMMENT ON COLUMN delivery.notice_id IS 'None of a digest, which is itself a delivery; those that it tells of name it in digest_id';
COMMENT ON COLUMN delivery.address_no IS 'Which of the addresses is tried now: it falls over to the next before the deadline';
COMMENT ON COLUMN delivery.gathered IS 'Waits until next_at to be told in one digest with the others of the recipient';
COMMENT ON COLUMN delivery.lease IS 'Of the service that is sending it; who finds another one here when it comes back writes nothing';
CREATE UNIQUE INDEX delivery_once ON delivery (notice_id, recipient_id);
CREATE INDEX delivery_due ON delivery ((addresses -> address_no::integer ->> 'channel'), severity_rank, next_at)
    WHERE state = 'queued' AND digest_id IS NULL AND NOT gathered;
CREATE INDEX delivery_gathered ON delivery (next_at) WHERE state = 'queued' AND digest_id IS NULL AND gathered;
CREATE INDEX delivery_waiting ON delivery (deadline_at) WHERE state = 'queued' AND digest_id IS NULL;
CREATE INDEX delivery_recipient ON delivery (recipient_id, queued_at);
CREATE INDEX delivery_list ON delivery (queued_at DESC, delivery_id);
CREATE INDEX delivery_digest ON delivery (digest_id) WHERE digest_id IS NOT NULL;
CREATE INDEX delivery_dead ON delivery (ended_at) WHERE state = 'dead';

CREATE TABLE delivery_attempt (
    delivery_id uuid NOT NULL REFERENCES delivery,
    attempt     integer NOT NULL,
    channel     text NOT NULL,
    address     text NOT NULL,
    at          timestamptz NOT NULL DEFAULT clock_timestamp(),
    result      text NOT NULL,
    detail      text NOT NULL DEFAULT '',
    PRIMARY KEY (delivery_id, attempt)
);
CREATE INDEX delivery_attempt_channel ON delivery_attempt (channel, at DESC);

-- What is left of a robot's minute is the same for all services.
CREATE TABLE channel_budget (
    channel       text PRIMARY KEY,
    tokens        double precision NOT NULL,
    filled_at     timestamptz NOT NULL,
    blocked_until timestamptz
);

-- What was closed lately is asked for every second.
CREATE INDEX alert_closed ON alert (closed_at) WHERE state = 'closed';

ALTER TABLE equipment ADD COLUMN place_kind text
    CHECK (place_kind IN ('RESIDENTIAL', 'OFFICE', 'SHOP', 'HOTEL', 'HOSPITAL', 'SCHOOL', 'TRANSPORT', 'FACTORY', 'OTHER'));
COMMENT ON COLUMN equipment.place_kind IS 'What stands there, as rescue bulletins count it: domain.md 2.5';

-- Rescuers answer by a link, without an account.
ALTER TABLE audit_entry
    DROP CONSTRAINT audit_entry_actor_kind_check,
    ADD CHECK (actor_kind IN ('account', 'token', 'command', 'system', 'link'));
