package io.tean.dashboards;

import io.tean.core.alert.RuleBook;
import io.tean.core.alert.RuleBook.Condition;
import io.tean.core.alert.RuleBook.Entry;
import io.tean.core.alert.RuleBook.Sample;
import io.tean.core.alert.RuleBook.Says;
import io.tean.core.alert.RuleBook.Weight;
import io.tean.core.alert.Severity;
import io.tean.core.regulation.RegulationTexts;
import io.tean.core.stream.Label;
import io.tean.core.stream.Mark;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Two rules and two regulations, in place of those that other modules keep. */
public final class HandMadeBooks {
    /** The rule of which the tests' cities have alerts. */
    public static final String RULE = "elevator-entrapment";

    private HandMadeBooks() {}

    static Dashboards.Books books() {
        return new Dashboards.Books(HandMadeBooks::rules, HandMadeBooks::regulations);
    }

    private static List<Entry> rules() {
        return List.of(
                new Entry(
                        "certificate-expiring",
                        new Label("作业人员证书即将到期", "Certificate expires soon"),
                        new Label("提醒单位换证。", "Remind the organisation."),
                        new Weight(Severity.NOTICE, "CERTIFICATE", "firm", false),
                        origin("TSG Z6001-2019", "21", "certificate-expiring.yaml"),
                        new Says.Query(Duration.ofHours(1), "SELECT certificate_no FROM operator WHERE 1 < 2"),
                        List.of()),
                new Entry(
                        RULE,
                        new Label("电梯困人", "People trapped"),
                        new Label("立即安抚乘客，通知救援站。", "Calm the passengers and call the rescue station."),
                        new Weight(Severity.EMERGENCY, "MACHINE", "rescue", true),
                        origin("GB/T 24476-2017", "11", "elevator-entrapment.yaml"),
                        new Says.Conditions(List.of(
                                new Condition(
                                        "elevator-event",
                                        "code == 11 && !cleared",
                                        Optional.empty(),
                                        Optional.of("code == 40"),
                                        Duration.ZERO),
                                new Condition(
                                        "elevator-status",
                                        "!in_door_zone && passenger_present && !car_running",
                                        Optional.of("service_mode == 'inspection_operation'"),
                                        Optional.empty(),
                                        Duration.ofSeconds(30)))),
                        List.of(
                                new Sample("an event says so", true, List.of("at 0, stream elevator-event, code 11")),
                                new Sample("a maintenance worker inside", false, List.of()))),
                new Entry(
                        "rule-blind",
                        new Label("规则长时间无法判断", "Rules cannot judge a machine"),
                        new Label("检查监测终端。", "Check the terminal."),
                        new Weight(Severity.NOTICE, "MACHINE", "system", false),
                        origin("missing values", "unknown", "rule-blind.yaml"),
                        new Says.Conditions(List.of()),
                        List.of()));
    }

    private static RuleBook.Origin origin(String source, String clause, String file) {
        return new RuleBook.Origin(
                source, new Label("条款 " + clause, clause), Mark.SEEN, 2, LocalDate.of(2026, 1, 1), file);
    }

    private static List<RegulationTexts.Entry> regulations() {
        return List.of(
                regulation(
                        "maintenance-half-month",
                        1,
                        "2017-08-01",
                        Optional.of("2025-12-31"),
                        "15 日内",
                        "within 15 days"),
                regulation("maintenance-half-month", 2, "2026-01-01", Optional.empty(), "16 日内", "within 16 days"));
    }

    private static RegulationTexts.Entry regulation(
            String code, int version, String from, Optional<String> to, String zh, String en) {
        return new RegulationTexts.Entry(
                code,
                new Label("半月维保", "Half-monthly maintenance"),
                "maintenance",
                new Label(zh, en),
                new Label("elevator", "elevator"),
                new RegulationTexts.Origin(
                        new Label("TSG T5002-2017 第六条", "TSG T5002-2017 Art. 6"),
                        "L1",
                        Mark.SECONDARY,
                        version,
                        LocalDate.parse(from),
                        to.map(LocalDate::parse)));
    }
}
