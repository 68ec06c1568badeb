package io.tean.app.load;

import io.tean.core.stream.StreamCatalogue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The streams that load is made of: one of our own with twelve fields, and the elevator events that Tean brings along. */
public final class LoadStreams {
    private static final String STATUS = """
            {"time":"<time>","service_mode":"normal","car_running":true,"car_direction":"up","car_position":"1<r1>",\
            "in_door_zone":false,"door_closed":true,"passenger_present":true,"main_power_on":true,"load_kg":1<r2>.<r2>,\
            "speed_mps":1.<r3>,"total_run_hours":18<r3>.<r1>,"total_trips":1<r5>}""";

    /** Twelve fields of every kind, about 200 bytes a reading. */
    public static final MessageShape READING = MessageShape.of("load-reading", """
            {"time":"<time>","mode":"normal","running":true,"closed":false,"floor":"1<r1>","trips":1<r5>,\
            "sequence":1<n9>,"load_kg":1<r2>.<r2>,"speed":1.<r3>,"hours":18<r3>.<r1>,"temp":3<r1>.<r1>,"crew":"K<r2>",\
            "volt":38<r1>.<r1>}""");

    /** A machine tells that somebody is trapped. */
    public static final MessageShape ENTRAPMENT = MessageShape.of("elevator-event", """
            {"time":"<time>","code":11,"sequence":1<n9>,"cleared":false,"car_position":"<r1>","passenger_present":true}""");

    /** An event of the same stream that concerns nobody. */
    public static final MessageShape BACK_TO_NORMAL = MessageShape.of("elevator-event", """
            {"time":"<time>","code":40,"sequence":1<n9>,"car_position":"<r1>"}""");

    /** A running elevator, as the rules know it: nothing is wrong with it. */
    public static final MessageShape ELEVATOR_STATUS = MessageShape.of("elevator-status", STATUS);

    /** The very same under the name of a stream that no rule judges. */
    public static final MessageShape UNJUDGED_STATUS = MessageShape.of("unjudged-status", STATUS);

    private static final String DECLARATION = """
            stream: load-reading
            title: {zh: 负载试验读数, en: Load test reading}
            equipment: [elevator]
            source: "our own, for measuring only"
            mark: derived
            version: 1
            effective: 2026-01-01
            key: []
            fields:
              - name: mode
                type: enum
                required: true
                values:
                  normal: {zh: 正常运行, en: normal}
                  inspection: {zh: 检修, en: inspection}
                label: {zh: 模式, en: Mode}
              - {name: running, type: bool, required: true, label: {zh: 运行, en: Running}}
              - {name: closed, type: bool, label: {zh: 关门, en: Closed}}
              - {name: floor, type: text, max_length: 16, label: {zh: 楼层, en: Floor}}
              - {name: trips, type: int, min: 0, max: 1000000000, label: {zh: 次数, en: Trips}}
              - {name: sequence, type: int, required: true, min: 0, max: 9007199254740991, label: {zh: 序号, en: Sequence}}
              - {name: load_kg, type: real, unit: kg, min: -1000, max: 100000, label: {zh: 载重, en: Load}}
              - {name: speed, type: real, unit: m/s, min: -1, max: 100, label: {zh: 速度, en: Speed}}
              - {name: hours, type: real, unit: h, min: 0, max: 1000000, label: {zh: 累计时间, en: Hours}}
              - {name: temp, type: real, unit: °C, min: -60, max: 200, label: {zh: 温度, en: Temperature}}
              - {name: crew, type: text, max_length: 16, label: {zh: 班组, en: Crew}}
              - {name: volt, type: real, unit: V, min: 0, max: 1000, label: {zh: 电压, en: Voltage}}
            example:
              time: "2026-11-22T08:00:00+08:00"
              mode: normal
              running: true
              sequence: 1000000001
            """;

    private LoadStreams() {}

    /** Writes the declaration of our own stream into a folder for {@code TEAN_STREAMS_FOLDERS}. */
    public static Path declareIn(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("load-reading.yaml"), DECLARATION);
            Files.writeString(
                    folder.resolve("unjudged-status.yaml"),
                    builtIn("elevator-status").replace("stream: elevator-status", "stream: unjudged-status"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the stream declaration into " + folder, e);
        }
    }

    private static String builtIn(String stream) throws IOException {
        String name = "streams/" + stream + ".yaml";
        try (InputStream in = StreamCatalogue.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("core has no " + name + ": where have the declarations gone?");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static String topic(String equipment, String stream) {
        return "tean/v1/" + equipment + "/" + stream;
    }
}
