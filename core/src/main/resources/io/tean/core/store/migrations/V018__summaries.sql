-- Owner: ingest. What keeps the hourly and daily summaries of streams, and lets go of readings whose time is over. The summaries
-- themselves are made from the streams' declarations.

-- The tables that migrate makes from declarations: only these may lose chunks.
CREATE TABLE stream_table (
    name   text PRIMARY KEY,
    stream text NOT NULL,
    holds  text NOT NULL CHECK (holds IN ('readings', 'hours', 'days'))
);
COMMENT ON TABLE stream_table IS 'The hypertables made from declared streams; written by migrate alone';

CREATE TABLE summary_mark (
    stream         text PRIMARY KEY,
    summarised_to  timestamptz NOT NULL,
    dropped_before timestamptz NOT NULL DEFAULT '-infinity'
);
COMMENT ON COLUMN summary_mark.summarised_to IS 'Every hour before it has its rows; an hour at which a later reading arrived is noted in summary_late';
COMMENT ON COLUMN summary_mark.dropped_before IS 'Readings older than this are gone: their summaries are all that is left';

-- Not unique, and never asked for a conflict: a note that is just being worked off must not swallow the next one.
CREATE TABLE summary_late (
    late_id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    stream       text NOT NULL,
    hour         timestamptz NOT NULL,
    equipment_id integer NOT NULL
);
COMMENT ON TABLE summary_late IS 'Hours of machines that got a reading after they were over; noted in the transaction that stored it';

-- Of db-scheduler, for the jobs of ingest. A table of its own: a scheduler forgets tasks that it does not know.
CREATE TABLE ingest_task (LIKE scheduled_tasks INCLUDING ALL);

-- The service's role cannot drop anything; this it may ask for. Search path and names are fixed, so that nobody slips in a function of his own.
CREATE FUNCTION drop_old_chunks(table_name text, older_than timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    of_table public.stream_table;
    youngest timestamptz;
    gone     integer;
BEGIN
    SELECT * INTO of_table FROM public.stream_table t WHERE t.name = drop_old_chunks.table_name;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'table % holds no stream: nothing of it may be dropped', table_name;
    END IF;
    youngest := pg_catalog.now() - CASE of_table.holds
        WHEN 'readings' THEN interval '9 days' WHEN 'hours' THEN interval '400 days' ELSE interval '3650 days' END;
    IF older_than IS NULL OR older_than > youngest THEN
        RAISE EXCEPTION 'chunks of % that are younger than % may not be dropped, and % was asked for', table_name, youngest, older_than;
    END IF;
    IF of_table.holds = 'readings' AND NOT EXISTS (
            SELECT FROM public.summary_mark m WHERE m.stream = of_table.stream AND m.summarised_to >= older_than) THEN
        RAISE EXCEPTION 'readings of % before % are not summarised yet: their chunks may not be dropped', table_name, older_than;
    END IF;
    IF of_table.holds = 'readings' AND EXISTS (
            SELECT FROM public.summary_late l WHERE l.stream = of_table.stream AND l.hour < older_than) THEN
        RAISE EXCEPTION 'late readings of % before % are not summarised yet: their chunks may not be dropped', table_name, older_than;
    END IF;
    SELECT count(*) INTO gone FROM public.drop_chunks(format('public.%I', table_name)::regclass, older_than => drop_old_chunks.older_than);
    RETURN gone;
END
$$;
REVOKE ALL ON FUNCTION drop_old_chunks FROM PUBLIC;
