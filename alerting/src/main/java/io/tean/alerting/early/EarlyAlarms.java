package io.tean.alerting.early;

import io.micrometer.core.instrument.MeterRegistry;
import io.tean.alerting.AlertingMeters;
import io.tean.core.alert.EarlyAlarm;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Tells emergencies that are not stored yet: to who has subscribed, and by POST to the direct channel when one is set. Needs no database. */
public final class EarlyAlarms implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EarlyAlarms.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration ANSWER_WAIT = Duration.ofSeconds(3);
    private static final int TRIES = 5;

    private final Optional<URI> direct;
    private final MeterRegistry meters;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(ANSWER_WAIT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final List<Consumer<EarlyAlarm>> boards = new CopyOnWriteArrayList<>();

    /** @param direct takes a JSON object by POST; an answer of 2xx counts as handed over */
    public EarlyAlarms(Optional<URI> direct, MeterRegistry meters) {
        this.direct = direct;
        this.meters = meters;
        // There at nought, so that the first increase shows.
        count(AlertingMeters.EARLY_TOLD, 0);
        count(AlertingMeters.EARLY_FAILED, 0);
    }

    /** @param board is called on the telling thread and must not block */
    public void subscribe(Consumer<EarlyAlarm> board) {
        boards.add(board);
    }

    /** Tells it at once; returns without waiting for the direct channel. */
    public void tell(EarlyAlarm alarm) {
        log.error(
                "EMERGENCY not stored yet: {} of {} at {}, notice {}",
                alarm.rule(),
                alarm.equipmentCode(),
                alarm.at(),
                alarm.noticeId());
        count(AlertingMeters.EARLY_TOLD, 1);
        for (Consumer<EarlyAlarm> board : boards) {
            try {
                board.accept(alarm);
            } catch (RuntimeException e) {
                log.error("a board could not be told of notice {}", alarm.noticeId(), e);
            }
        }
        direct.ifPresent(uri -> Thread.ofVirtual().name("tean-direct-channel").start(() -> post(uri, alarm)));
    }

    private void post(URI uri, EarlyAlarm alarm) {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(ANSWER_WAIT)
                .header("Content-Type", "application/json")
                // The receiver tells repeats apart by it.
                .header("Idempotency-Key", alarm.noticeId().toString())
                .POST(HttpRequest.BodyPublishers.ofString(json(alarm)))
                .build();
        String why = "";
        for (int i = 0; i < TRIES; i++) {
            try {
                HttpResponse<Void> answer = http.send(request, HttpResponse.BodyHandlers.discarding());
                if (answer.statusCode() / 100 == 2) {
                    return;
                }
                why = "it answered " + answer.statusCode();
                Thread.sleep(Duration.ofSeconds(1L << i));
            } catch (java.io.IOException e) {
                why = String.valueOf(e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        count(AlertingMeters.EARLY_FAILED, 1);
        log.error("the direct channel {} did not take notice {}: {}", uri.getHost(), alarm.noticeId(), why);
    }

    private static String json(EarlyAlarm alarm) {
        return JSON.writeValueAsString(Map.of(
                "notice_id", alarm.noticeId().toString(),
                "stored", false,
                "rule", alarm.rule(),
                "title_zh", alarm.titleZh(),
                "title_en", alarm.titleEn(),
                "equipment_code", alarm.equipmentCode(),
                "at", alarm.at().toString()));
    }

    private void count(AlertingMeters meter, int alarms) {
        meters.counter(meter.meterName()).increment(alarms);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
