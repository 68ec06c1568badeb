package io.tean.alerting.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tean.alerting.channel.Channels;
import io.tean.alerting.channel.FarSide;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Far sides on this machine; the clock of due times stands until a test moves it, so that nothing is retried or dies by itself. */
class OutboxIT {
    private static final NoticeBook BOOK = new NoticeBook();

    private final FarSide good = new FarSide();
    private final FarSide bad = new FarSide();

    @BeforeEach
    void empty() {
        BOOK.empty();
    }

    @AfterEach
    void stop() throws Exception {
        BOOK.closeOutboxes();
        good.close();
        bad.close();
    }

    @AfterAll
    static void drop() {
        BOOK.close();
    }

    private static String hook(String name, String url) {
        return "  - {name: " + name + ", kind: webhook, url: '" + url
                + "', secret: canary-secret, allow: [127.0.0.0/8], limits: {parallel: 2}}\n";
    }

    private Channels goodAndBad() {
        return BOOK.channels(hook("good", good.url()) + hook("bad", bad.url()));
    }

    private static void until(Callable<Boolean> holds) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(holds);
    }

    private static void until(String sql, long count) {
        until(() -> BOOK.number("SELECT count(*) FROM delivery WHERE " + sql) == count);
    }

    @Test
    void a_notice_is_handed_over_with_its_words_and_its_link() {
        BOOK.recipient(NoticeBook.RESCUE, "RESCUE", "good");
        long dispatch = BOOK.call(NoticeBook.RESCUE);
        BOOK.outbox(goodAndBad());
        assertThat(good.next().body())
                .contains(
                        "请 救援站 立即前往救援",
                        "地点：文三路 1 号",
                        "救援识别码：310001",
                        "被困人数：2",
                        "https://tean.example/r/link" + dispatch);
        until("state = 'handed_over' AND attempts = 1", 1);
        assertThat(BOOK.text("SELECT channel || ' ' || result FROM delivery_attempt"))
                .isEqualTo("good handed_over");
    }

    @Test
    void one_channel_that_stalls_delays_no_other() {
        bad.does(FarSide.stall());
        BOOK.recipient(0, "DISPATCHER", "bad");
        BOOK.recipient(0, "DISPATCHER", "good");
        BOOK.alerts(20, "system", "CRITICAL");
        BOOK.outbox(goodAndBad());
        until("addresses->0->>'channel' = 'good' AND state = 'handed_over'", 20);
        assertThat(BOOK.number(
                        "SELECT count(*) FROM delivery WHERE addresses->0->>'channel' = 'bad' AND state <> 'queued'"))
                .isZero();
    }

    @Test
    void every_attempt_has_the_same_id_and_the_trouble_is_written_down() {
        bad.does(FarSide.answer(500, "no"));
        BOOK.recipient(0, "DISPATCHER", "bad");
        BOOK.alerts(1, "system", "CRITICAL");
        BOOK.outbox(goodAndBad());
        FarSide.Seen first = bad.next();
        until("attempts = 1", 1);
        bad.does(FarSide.answer(200, "{}"));
        BOOK.passes("10 seconds");
        assertThat(bad.next().header("Idempotency-Key")).isEqualTo(first.header("Idempotency-Key"));
        until("state = 'handed_over'", 1);
        assertThat(BOOK.text(
                        "SELECT string_agg(result || ': ' || detail, ', ' ORDER BY attempt) FROM delivery_attempt"))
                .isEqualTo("try_later: the answer was 500, handed_over: ");
    }

    @Test
    void at_its_deadline_a_delivery_is_dead_with_the_last_reason() {
        bad.does(FarSide.answer(500, "no"));
        BOOK.recipient(0, "DISPATCHER", "bad");
        BOOK.alerts(1, "system", "CRITICAL");
        BOOK.outbox(goodAndBad());
        until("attempts = 1", 1);
        BOOK.passes("2 days");
        until("state = 'dead' AND reason = 'not handed over by its deadline: the answer was 500'", 1);
    }

    @Test
    void what_is_refused_goes_on_to_the_next_address_at_once_and_is_dead_after_the_last() {
        bad.does(FarSide.answer(403, "no"));
        BOOK.recipient(0, "DISPATCHER", "zh", "AT_ONCE", "bad", "good");
        BOOK.alerts(1, "system", "CRITICAL");
        BOOK.outbox(goodAndBad());
        until("state = 'handed_over' AND address_no = 1 AND attempts = 2", 1);
        BOOK.recipient(NoticeBook.FIRM, "OFFICE", "bad");
        BOOK.alerts(1, "maintenance", "NOTICE");
        until("state = 'dead' AND reason = 'the answer was 403'", 1);
    }

    @Test
    void half_way_to_the_deadline_the_next_address_is_tried() throws Exception {
        Channels channels;
        try (ServerSocket closed = new ServerSocket(0)) {
            channels = BOOK.channels(
                    hook("good", good.url()) + hook("bad", "http://127.0.0.1:" + closed.getLocalPort() + "/"));
        }
        BOOK.recipient(NoticeBook.RESCUE, "RESCUE", "zh", "AT_ONCE", "bad", "good");
        BOOK.call(NoticeBook.RESCUE);
        BOOK.outbox(channels);
        until("attempts >= 1 AND address_no = 0", 1);
        BOOK.passes("151 seconds");
        until("state = 'handed_over' AND address_no = 1", 1);
    }

    @Test
    void a_call_that_was_answered_meanwhile_is_withdrawn_unsent() {
        BOOK.recipient(NoticeBook.RESCUE, "RESCUE", "good");
        BOOK.call(NoticeBook.RESCUE);
        BOOK.database.execute("UPDATE rescue_dispatch SET state = 'STOOD_DOWN'");
        BOOK.outbox(goodAndBad());
        until("state = 'dead' AND reason LIKE 'withdrawn: %' AND attempts = 0", 1);
        assertThat(good.waiting()).isZero();
    }

    @Test
    void a_call_of_a_case_that_is_over_is_withdrawn_unsent() {
        BOOK.recipient(NoticeBook.RESCUE, "RESCUE", "good");
        BOOK.call(NoticeBook.RESCUE);
        BOOK.database.execute(
                "UPDATE rescue_case SET state = 'RELEASED', outcome = 'SELF_RELEASED', released_at = tean_now(), next_due_at = NULL, next_due = NULL");
        BOOK.outbox(goodAndBad());
        until("state = 'dead' AND reason = 'withdrawn: the case is RELEASED'", 1);
        assertThat(good.waiting()).isZero();
    }

    @Test
    void an_answer_to_the_call_confirms_it() {
        BOOK.recipient(NoticeBook.RESCUE, "RESCUE", "good");
        BOOK.call(NoticeBook.RESCUE);
        BOOK.outbox(goodAndBad());
        until("state = 'handed_over'", 1);
        BOOK.database.execute("UPDATE rescue_dispatch SET state = 'ANSWERED', answered_at = tean_now()");
        until("state = 'confirmed' AND confirmed_at IS NOT NULL", 1);
    }

    @Test
    void two_services_hand_each_over_once() {
        BOOK.recipient(0, "DISPATCHER", "good");
        BOOK.alerts(60, "system", "CRITICAL");
        BOOK.outbox(goodAndBad());
        BOOK.outbox(goodAndBad());
        until("state = 'handed_over'", 60);
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 60; i++) {
            ids.add(good.next().header("Idempotency-Key"));
        }
        assertThat(ids).hasSize(60);
        assertThat(good.waiting()).isZero();
    }

    @Test
    void who_comes_back_with_a_lost_lease_writes_nothing() throws Exception {
        BOOK.recipient(0, "DISPATCHER", "good");
        BOOK.alerts(1, "system", "CRITICAL");
        BOOK.route(goodAndBad());
        Deliveries paused = new Deliveries(BOOK.pool, Duration.ZERO);
        Deliveries.Claimed lost = paused.claim("good", 1).getFirst();
        Deliveries.Claimed held = new Deliveries(BOOK.pool, Duration.ofMinutes(1))
                .claim("good", 1)
                .getFirst();
        assertThat(paused.ended(lost, new io.tean.alerting.channel.Delivered.HandedOver()))
                .isFalse();
        assertThat(paused.ended(held, new io.tean.alerting.channel.Delivered.HandedOver()))
                .isTrue();
        assertThat(BOOK.number("SELECT count(*) FROM delivery_attempt")).isEqualTo(1);
    }

    @Test
    void too_many_requests_leave_the_whole_channel_alone() {
        bad.does(FarSide.answer(429, "", "Retry-After: 600"));
        BOOK.recipient(0, "DISPATCHER", "bad");
        BOOK.alerts(1, "system", "CRITICAL");
        BOOK.outbox(goodAndBad());
        until("attempts = 1", 1);
        BOOK.notice(BOOK.alert("system", "CRITICAL", "later"), "OPENED");
        until("next_at > tean_now() + interval '5 minutes'", 2);
        bad.next();
        assertThat(bad.waiting()).isZero();
    }

    private Channels robot() {
        bad.does(FarSide.answer(200, "{\"errcode\": 0}"));
        return BOOK.channels("  - {name: robot, kind: dingtalk, url: '" + bad.url()
                + "', allow: [127.0.0.0/8], limits: {per_minute: 20, reserve: 5}}\n");
    }

    /** The bucket holds ten, of which the urgent keep two and a half. */
    @Test
    void a_robot_is_given_its_limit_and_the_rest_waits_for_a_digest() throws Exception {
        Channels channels = robot();
        BOOK.recipient(0, "DISPATCHER", "robot");
        BOOK.recipient(0, "OFFICER", "robot");
        BOOK.alerts(30, "system", "WARNING");
        BOOK.route(channels);
        // As if they had come slowly enough not to be a storm.
        BOOK.database.execute("UPDATE delivery SET gathered = false, next_at = tean_now()");
        BOOK.outbox(channels);
        until("state = 'queued' AND NOT gathered", 0);
        long sent = BOOK.number("SELECT count(*) FROM delivery WHERE state = 'handed_over'");
        assertThat(sent).isBetween(1L, 20L);
        BOOK.alerts(2, "system", "CRITICAL");
        until("state = 'handed_over' AND severity_rank = 1", 2);
        BOOK.database.execute("UPDATE channel_budget SET tokens = 10");
        BOOK.passes("1 minute");
        until("state = 'queued'", 0);
        assertThat(BOOK.number("SELECT count(*) FROM delivery WHERE digest_id IS NOT NULL AND state = 'handed_over'"))
                .isEqualTo(30 - sent);
        assertThat(BOOK.number("SELECT count(*) FROM delivery_attempt")).isLessThanOrEqualTo(sent + 2 + 3);
    }

    @Test
    void a_digest_speaks_the_recipients_language() {
        BOOK.recipient(NoticeBook.UNIT, "OFFICE", "en", "DAY", "good");
        BOOK.recipient(NoticeBook.UNIT, "OFFICE", "zh", "DAY", "good");
        BOOK.alerts(2, "use-unit", "NOTICE");
        BOOK.outbox(goodAndBad());
        until("gathered", 4);
        BOOK.passes("22 hours");
        String both = good.next().body() + good.next().body();
        assertThat(both).contains("Special equipment: 2 notices", "特种设备：2 条通知");
        until("state = 'handed_over' AND digest_id IS NOT NULL", 4);
    }

    @Test
    void no_secret_stands_in_what_was_written() {
        bad.does(FarSide.answer(403, "canary-secret"));
        BOOK.recipient(0, "DISPATCHER", "bad");
        BOOK.alerts(1, "system", "CRITICAL");
        BOOK.outbox(goodAndBad());
        until("state = 'dead'", 1);
        assertThat(
                        BOOK.text(
                                "SELECT string_agg(a::text || d::text, ' ') FROM delivery d JOIN delivery_attempt a USING (delivery_id)"))
                .doesNotContain("canary-secret");
    }
}
