-- Owner: core.store. What Grafana may see: the views and functions of this schema, and nothing else. Its role (TEAN_DB_READER) has no
-- right to any table of public. Names of people, telephones, addresses, certificates, texts that people wrote, secrets and the audit trail
-- stay out. Views of readings are derived from the declarations of the streams by migrate. docs/grafana.md says what is there.
CREATE SCHEMA grafana;

-- A code as people read it, Chinese first; unknown codes as they are.
CREATE FUNCTION grafana.titled(code text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce((
        SELECT t.title FROM (VALUES
            ('', '未知 Unknown'),
            ('EMERGENCY', '紧急 Emergency'), ('CRITICAL', '严重 Critical'), ('WARNING', '警告 Warning'), ('NOTICE', '提示 Notice'),
            ('elevator', '电梯 Elevator'), ('boiler', '锅炉 Boiler'), ('pressure-vessel', '压力容器 Pressure vessel'),
            ('mobile-pressure-vessel', '移动式压力容器 Mobile pressure vessel'), ('crane', '起重机械 Crane'), ('forklift', '叉车 Forklift'),
            ('tourist-vehicle', '非公路用旅游观光车辆 Tourist vehicle'), ('amusement-ride', '大型游乐设施 Amusement ride'),
            ('pressure-piping', '压力管道 Pressure piping'), ('passenger-ropeway', '客运索道 Passenger ropeway'),
            ('filling-machine', '充装机 Filling machine'),
            ('IN_USE', '在用 In use'), ('SUSPENDED', '停用 Suspended'), ('SCRAPPED', '报废 Scrapped'),
            ('DEREGISTERED', '注销 Deregistered'),
            ('TELEMETRY', '设备遥测 Telemetry'), ('CAR_BUTTON', '轿厢报警按钮 Car button'), ('CALL', '来电 Telephone'),
            ('TAKEN_IN', '已受理 Taken in'), ('DISPATCHED', '已派遣 Dispatched'), ('ANSWERED', '已接单 Answered'),
            ('ON_THE_WAY', '赶赴中 On the way'), ('ARRIVED', '已到达 Arrived'), ('RATED', '已评价 Rated'), ('CLOSED', '已结案 Closed'),
            ('RELEASED', '已解救 Released'), ('SELF_RELEASED', '自行脱困 Self-released'), ('FALSE_ALARM', '误报 False alarm'),
            ('EXTERNAL', '外部原因 External'), ('HUMAN', '人为原因 Human'), ('DOOR_SYSTEM', '门系统 Door system'),
            ('DRIVE', '曳引驱动系统 Drive'), ('CONTROL', '控制系统 Control'), ('SAFETY_DEVICE', '安全保护装置 Safety device'),
            ('OTHER_MACHINE', '其他机械部件 Other part'), ('UNKNOWN', '原因不明 Unknown cause'),
            ('HALF_MONTH', '半月维保 Half-monthly'), ('QUARTER', '季度维保 Quarterly'), ('HALF_YEAR', '半年维保 Half-yearly'),
            ('YEAR', '年度维保 Yearly'), ('CALL_OUT_REPAIR', '急修 Call-out repair'),
            ('SUBMITTED', '已报检 Submitted'), ('REFUSED', '不予受理 Refused'), ('RETURNED', '退回 Returned'),
            ('ACCEPTED', '已受理 Accepted'), ('APPOINTED', '已约检 Appointed'), ('INSPECTED', '已检验 Inspected'),
            ('REPORT_ISSUED', '已出报告 Report issued'), ('CORRECTION', '整改中 Correction'), ('REINSPECTION', '复检 Re-inspection'),
            ('INSPECTION', '定期检验 Periodic inspection'), ('SELF_TESTING', '自行检测 Self-testing'),
            ('MAINTENANCE', '维护保养 Maintenance'),
            ('queued', '待发 Waiting'), ('handed_over', '已交付 Handed over'), ('confirmed', '已送达 Confirmed'), ('dead', '失败 Dead'),
            ('try_later', '稍后再试 Try later'), ('refused', '被拒 Refused')) AS t (code, title)
        WHERE t.code = titled.code), titled.code)
$$;

CREATE FUNCTION grafana.china_day(at timestamptz) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (at AT TIME ZONE 'Asia/Shanghai')::date
$$;
-- The moment at which a day of China begins.
CREATE FUNCTION grafana.begin_of(day date) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT day::timestamp AT TIME ZONE 'Asia/Shanghai'
$$;
CREATE FUNCTION grafana.moment() RETURNS timestamptz LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT tean_now()
$$;
-- Days of China from the one moment to the other, not after today and at most sixty-one: what is asked for each of them stays bounded.
CREATE FUNCTION grafana.days(from_at timestamptz, until_at timestamptz) RETURNS SETOF date LANGUAGE sql STABLE AS $$
    SELECT s.last - n * s.step
    FROM (SELECT l.first, l.last, greatest(1, ceil((l.last - l.first) / 60.0)::integer) AS step
          FROM (SELECT grafana.china_day(from_at) AS first, grafana.china_day(least(until_at, grafana.moment())) AS last) l) s,
        LATERAL generate_series(0, (s.last - s.first) / s.step) AS n
$$;

-- What exists.
CREATE VIEW grafana.machine AS
    SELECT e.code, e.name, grafana.titled(lower(e.category)) AS category, coalesce(nullif(e.division_code, ''), '-') AS division,
        grafana.titled(e.state) AS state, e.crowded_place, e.place_kind, e.made_on, e.in_use_since
    FROM public.equipment e;
CREATE VIEW grafana.machine_count AS
    SELECT c.state, grafana.titled(c.state) AS state_title, coalesce(nullif(c.division_code, ''), '-') AS division,
        sum(c.machines) AS machines
    FROM public.state_count c WHERE c.day <= grafana.china_day(grafana.moment())
    GROUP BY c.state, c.division_code HAVING sum(c.machines) <> 0;
-- Counted by their codes, not by the titles: a city has a million of them.
CREATE VIEW grafana.category_count AS
    SELECT c.category AS code, grafana.titled(c.category) AS category, c.machines
    FROM (SELECT lower(e.category) AS category, count(*) AS machines FROM public.equipment e
          WHERE e.state IN ('IN_USE', 'SUSPENDED') GROUP BY 1) c;
CREATE VIEW grafana.division AS
    SELECT coalesce(nullif(d.code, ''), '-') AS division
    FROM (SELECT division_code AS code FROM public.state_count UNION SELECT division_code FROM public.organisation
          UNION SELECT division_code FROM public.rescue_case UNION SELECT '') d
    GROUP BY 1;
CREATE VIEW grafana.device AS
    SELECT CASE WHEN d.disabled_at IS NOT NULL THEN 'disabled'
                WHEN c.connected_since IS NOT NULL THEN 'connected'
                WHEN c.last_contact IS NULL THEN 'never'
                ELSE 'silent' END AS state,
        c.last_contact
    FROM public.device d LEFT JOIN public.device_contact c ON c.device_id = d.device_id;

-- Both inspection rates as pages have them: periodic as of the last day, submitted of the days in between.
CREATE FUNCTION grafana.inspection(from_at timestamptz, until_at timestamptz)
RETURNS TABLE (rate text, division text, category text, body text, base bigint, fulfilled bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT c.rate, coalesce(nullif(c.division_code, ''), '-'), grafana.titled(lower(c.category)),
        coalesce((SELECT o.name FROM organisation o WHERE o.organisation_id = c.body_id), grafana.titled('')), c.base, c.fulfilled
    FROM (SELECT grafana.china_day(from_at) AS first, grafana.china_day(least(until_at, tean_now())) AS last) d,
        LATERAL (SELECT 'periodic' AS rate, p.* FROM periodic_inspection_counts(d.last) p
                 UNION ALL
                 SELECT 'submitted', s.* FROM submitted_inspection_counts(d.first, d.last) s) c
$$;
-- The same day by day; submitted of the thirty days until each.
CREATE FUNCTION grafana.inspection_trend(from_at timestamptz, until_at timestamptz)
RETURNS TABLE ("time" timestamptz, rate text, division text, base bigint, fulfilled bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT grafana.begin_of(d.day), c.rate, coalesce(nullif(c.division_code, ''), '-'), sum(c.base)::bigint, sum(c.fulfilled)::bigint
    FROM grafana.days(from_at, until_at) AS d (day),
        LATERAL (SELECT 'periodic' AS rate, p.* FROM periodic_inspection_counts(d.day) p
                 UNION ALL
                 SELECT 'submitted', s.* FROM submitted_inspection_counts(d.day - 29, d.day) s) c
    GROUP BY 1, 2, 3
$$;
-- Machines outside their validity as of the last day.
CREATE FUNCTION grafana.inspection_missing(until_at timestamptz)
RETURNS TABLE (code text, name text, category text, division text, due_on date, days_late integer, submitted boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT e.code, e.name, grafana.titled(lower(e.category)), coalesce(nullif(m.division_code, ''), '-'), m.due_on, d.day - m.due_on,
        EXISTS (SELECT FROM submission s WHERE s.equipment_id = m.equipment_id AND s.reported_on IS NULL AND s.ended_on IS NULL)
    FROM (SELECT grafana.china_day(least(until_at, tean_now())) AS day) d, LATERAL periodic_inspection_missing(d.day) m
        JOIN equipment e ON e.equipment_id = m.equipment_id
$$;
CREATE VIEW grafana.frozen_rate AS
    SELECT grafana.begin_of(c.month) AS "time", c.month, lower(c.rate) AS rate, coalesce(nullif(c.division_code, ''), '-') AS division,
        sum(c.base) AS base, sum(c.fulfilled) AS fulfilled
    FROM public.frozen_count c GROUP BY c.month, c.rate, c.division_code;
CREATE VIEW grafana.submission AS
    SELECT s.submission_no, e.code, coalesce(nullif(s.division_code, ''), '-') AS division, grafana.titled(lower(s.category)) AS category,
        o.name AS body, s.state, grafana.titled(s.state) AS state_title, s.reported_on IS NULL AND s.ended_on IS NULL AS open,
        s.submitted_on, s.accepted_on, s.agreed_on, s.inspected_on, s.reported_on, s.ended_on, s.next_due_on
    FROM public.submission s JOIN public.equipment e ON e.equipment_id = s.equipment_id
        LEFT JOIN public.organisation o ON o.organisation_id = s.body_id;
CREATE VIEW grafana.inspection_report AS
    SELECT e.code, i.kind, i.inspected_on, i.conclusion, i.safety_grade, i.valid_until
    FROM public.inspection i JOIN public.equipment e ON e.equipment_id = i.equipment_id
    WHERE NOT EXISTS (SELECT FROM public.inspection n WHERE n.supersedes = i.inspection_id);

-- What is due, and what has no end yet.
CREATE VIEW grafana.duty AS
    SELECT e.code, e.name, d.kind, grafana.titled(d.kind) AS kind_title, coalesce(nullif(d.division_code, ''), '-') AS division,
        coalesce(o.name, grafana.titled('')) AS answerable, d.from_on, d.due_on, grafana.china_day(grafana.moment()) - d.due_on AS days_late
    FROM public.duty d JOIN public.equipment e ON e.equipment_id = d.equipment_id
        LEFT JOIN public.organisation o ON o.organisation_id = d.answerable_id
    WHERE d.until_on = 'infinity';
CREATE FUNCTION grafana.maintenance(on_at timestamptz)
RETURNS TABLE (division text, firm text, machines bigint, overdue bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(nullif(c.division_code, ''), '-'), coalesce(o.name, grafana.titled('')), sum(c.base)::bigint,
        sum(c.base - c.inside)::bigint
    FROM duty_counts('MAINTENANCE', grafana.china_day(least(on_at, tean_now()))) c
        LEFT JOIN organisation o ON o.organisation_id = c.answerable_id
    GROUP BY 1, 2 HAVING sum(c.base) <> 0
$$;
CREATE FUNCTION grafana.maintenance_trend(from_at timestamptz, until_at timestamptz)
RETURNS TABLE ("time" timestamptz, division text, machines bigint, overdue bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT grafana.begin_of(d.day), coalesce(nullif(c.division_code, ''), '-'), sum(c.base)::bigint, sum(c.base - c.inside)::bigint
    FROM grafana.days(from_at, until_at) AS d (day), LATERAL duty_counts('MAINTENANCE', d.day) c
    GROUP BY 1, 2
$$;
-- Visits that count, each with its newest verdict and decision; workers stay out.
CREATE VIEW grafana.visit AS
    SELECT r.check_out_at AS "time", e.code, coalesce(nullif(e.division_code, ''), '-') AS division,
        coalesce(o.name, grafana.titled('')) AS firm, grafana.titled(r.level) AS level, r.source, r.scanned,
        extract(epoch FROM r.check_out_at - r.check_in_at) / 60 AS minutes,
        coalesce((SELECT v.suspect FROM public.visit_verdict v WHERE v.record_id = r.record_id ORDER BY v.verdict_id DESC LIMIT 1), false)
            AS suspect,
        (SELECT x.accepted FROM public.visit_decision x WHERE x.record_id = r.record_id ORDER BY x.decision_id DESC LIMIT 1) AS accepted
    FROM public.maintenance_record r JOIN public.equipment e ON e.equipment_id = r.equipment_id
        LEFT JOIN public.organisation o ON o.organisation_id = r.firm_id
    WHERE NOT EXISTS (SELECT FROM public.maintenance_record n WHERE n.supersedes = r.record_id);

-- Alerts without whom they are about, who handled them, and what was written.
CREATE VIEW grafana.alert AS
    SELECT a.alert_id, e.code, coalesce(nullif(a.division_code, ''), '-') AS division, a.rule,
        coalesce(r.title_zh || ' ' || r.title_en, a.rule) AS title, a.severity, grafana.titled(a.severity) AS severity_title, a.severity_rank,
        a.state, a.late, a.muted_by IS NOT NULL AS muted, a.first_seen, a.opened_at, a.activated_at, a.cleared_at, a.acknowledged_at,
        a.closed_at, a.cause
    FROM public.alert a LEFT JOIN public.equipment e ON e.equipment_id = a.equipment_id
        LEFT JOIN public.alert_rule r ON r.rule = a.rule;

-- Rescue cases without callers, places and texts. What is counted is defined in dashboards' figures.Counted; a test holds both equal.
CREATE VIEW grafana.rescue_case AS
    SELECT k.case_id, e.code, coalesce(nullif(k.division_code, ''), '-') AS division, k.origin, grafana.titled(k.origin) AS origin_title,
        k.state, grafana.titled(k.state) AS state_title, k.state NOT IN ('RELEASED', 'RATED', 'CLOSED') AS live, k.level, k.outcome,
        grafana.titled(coalesce(k.outcome, '')) AS outcome_title, coalesce(k.cause, '') AS cause,
        grafana.titled(coalesce(k.cause, '')) AS cause_title, k.by_maintenance, e.place_kind, k.trapped_count, k.released_count,
        k.opened_at, k.dispatched_at, k.answered_at, k.arrived_at, k.released_at, k.closed_at, k.arrive_by,
        k.outcome IS DISTINCT FROM 'FALSE_ALARM' AND k.trapped_count IS DISTINCT FROM 0
            AND (e.category IS NULL OR lower(e.category) = 'elevator') AS entrapment,
        k.outcome IS DISTINCT FROM 'FALSE_ALARM'
            AND (k.arrived_at IS NOT NULL OR coalesce(k.released_at, grafana.moment()) > k.opened_at + interval '30 minutes') AS arrival_due,
        coalesce(k.outcome IS DISTINCT FROM 'FALSE_ALARM' AND k.arrived_at <= k.opened_at + interval '30 minutes', false) AS arrived_in_30,
        k.dispatched_at IS NOT NULL
            AND (k.answered_at IS NOT NULL OR coalesce(k.released_at, grafana.moment()) > k.dispatched_at + interval '3 minutes') AS answer_due,
        coalesce(k.answered_at <= k.dispatched_at + interval '3 minutes', false) AS answered_in_3,
        k.accident_marked_at IS NOT NULL AS accident,
        (extract(epoch FROM k.arrived_at - k.opened_at) / 60)::double precision AS arrival_minutes,
        CASE WHEN k.outcome = 'RELEASED' THEN (extract(epoch FROM k.released_at - k.arrived_at) / 60)::double precision END AS work_minutes,
        (extract(epoch FROM k.answered_at - k.dispatched_at))::double precision AS answer_seconds
    FROM public.rescue_case k LEFT JOIN public.equipment e ON e.equipment_id = k.equipment_id;

-- Tean's own health.
CREATE VIEW grafana.dead_letter AS
    SELECT l.received_at, l.stream, l.reason, l.state, l.times FROM public.dead_letter l;
CREATE VIEW grafana.delivery AS
    SELECT d.queued_at, d.addresses -> d.address_no::integer ->> 'channel' AS channel, d.severity_rank, d.state,
        grafana.titled(d.state) AS state_title, d.attempts, d.next_at, d.ended_at, d.deadline_at
    FROM public.delivery d;
CREATE VIEW grafana.delivery_attempt AS
    SELECT a.at AS "time", a.channel, a.result, grafana.titled(a.result) AS result_title FROM public.delivery_attempt a;
CREATE VIEW grafana.job AS
    SELECT t.task_name AS job, t.execution_time AS next_run, t.picked AS running, t.last_success, t.last_failure,
        coalesce(t.consecutive_failures, 0) AS failures_in_a_row,
        CASE WHEN t.picked THEN 0 ELSE greatest(0, extract(epoch FROM clock_timestamp() - t.execution_time))::double precision END AS late_seconds
    FROM public.scheduled_tasks t;
CREATE VIEW grafana.beat AS
    SELECT b.up_since, b.last_at, greatest(0, extract(epoch FROM grafana.moment() - b.last_at))::double precision AS silent_seconds
    FROM public.service_beat b;
-- What waits to be done, and for how long the oldest of it.
CREATE VIEW grafana.backlog AS
    SELECT w.part, w.title, w.waiting, greatest(0, extract(epoch FROM grafana.moment() - w.oldest))::double precision AS oldest_seconds
    FROM (
        SELECT 'duties' AS part, '待计算的检验与维保义务 Duties to compute' AS title, count(*) AS waiting, min(noted_at) AS oldest
        FROM public.duty_stale
        UNION ALL
        SELECT 'rejudge', '待重新判断的读数 Readings to judge again', count(*), min(marked_at) FROM public.rejudge_mark
        UNION ALL
        SELECT 'dead-letters', '保留的死信 Dead letters kept', count(*), min(received_at) FROM public.dead_letter WHERE state = 'kept'
        UNION ALL
        SELECT 'replay', '待重放的死信 Dead letters to replay', count(*), min(state_since) FROM public.dead_letter WHERE state = 'to-replay'
        UNION ALL
        SELECT 'audit', '未封存的审计记录 Audit entries without a seal', count(*), min(e.at)
        FROM public.audit_unsealed u JOIN public.audit_entry e ON e.audit_id = u.audit_id
        UNION ALL
        SELECT 'notices', '待分派的通知 Notices to route', count(*), min(queued_at) FROM public.notice WHERE state = 'queued'
        UNION ALL
        SELECT 'deliveries', '待发的通知 Deliveries to send', count(*), min(next_at)
        FROM public.delivery WHERE state = 'queued' AND digest_id IS NULL AND NOT gathered AND next_at <= grafana.moment()
        UNION ALL
        SELECT 'case-clocks', '已到时的救援时钟 Clocks of cases that ran out', count(*), min(next_due_at)
        FROM public.rescue_case WHERE next_due_at <= grafana.moment()
    ) w;

-- Of no use to anybody else: those that read tables read them as the owner.
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA grafana FROM PUBLIC;
