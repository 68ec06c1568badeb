package io.tean.simulators.scenario;

import io.tean.simulators.fleet.Fleet;
import io.tean.simulators.machine.Fault;
import io.tean.simulators.machine.Identity;
import io.tean.simulators.machine.MachineKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;

/**
 * What goes wrong and when: a YAML list of entries with {@code at} (a time after the start such as 90s, 10m, 2h, or RFC 3339),
 * {@code fault}, {@code machine} (a code, or a kind and a number such as "elevator 3") or {@code division} (six digits), and
 * if wanted {@code for} (how long) and {@code shift} (of a wrong clock, such as 2h or -30m). Read strictly: whatever is not
 * understood is an error with file, line and column.
 */
public final class FaultScript {
    private static final YAMLFactory YAML = YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final Pattern DURATION = Pattern.compile("(-?)(\\d{1,9})(ms|s|m|h|d)");
    private static final Pattern SELECTOR = Pattern.compile("([a-z-]+) (\\d{1,6})");
    private static final Pattern DIVISION = Pattern.compile("\\d{6}");
    private static final Duration DEFAULT_SHIFT = Duration.ofHours(2);

    private final String name;
    private final List<Entry> entries;

    /** A text and where it stands. */
    private record Text(String value, TokenStreamLocation at) {}

    private record Entry(
            Fault fault,
            Text at,
            @Nullable Text machine,
            @Nullable Text division,
            Duration lasts,
            Duration shift) {}

    private FaultScript(String name, List<Entry> entries) {
        this.name = name;
        this.entries = entries;
    }

    /** A script without faults. */
    public static FaultScript none() {
        return new FaultScript("no script", List.of());
    }

    /**
     * @throws IllegalArgumentException in one line with file, line and column
     */
    public static FaultScript read(Path file) throws IOException {
        return parse(file.toString(), Files.readString(file));
    }

    /** The script that Tean brings along: some of everything within an hour. */
    public static FaultScript example() {
        String resource = "example-faults.yaml";
        try (InputStream in = FaultScript.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no " + resource + " on the class path; build again");
            }
            return parse(resource, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + resource + " on the class path", e);
        }
    }

    static FaultScript parse(String name, String yaml) {
        List<Entry> entries = new ArrayList<>();
        try (JsonParser parser = YAML.createParser(ObjectReadContext.empty(), yaml)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return new FaultScript(name, List.of());
            }
            if (first != JsonToken.START_ARRAY) {
                throw problem(
                        name, parser.currentTokenLocation(), "a fault script is a list; begin each fault with '- at:'");
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                entries.add(entry(name, parser));
            }
            if (parser.nextToken() != null) {
                throw problem(name, parser.currentTokenLocation(), "only one list may stand in a fault script");
            }
        } catch (JacksonException e) {
            throw problem(name, e.getLocation(), e.getOriginalMessage().replaceAll("\\s+", " "));
        }
        return new FaultScript(name, List.copyOf(entries));
    }

    private static Entry entry(String name, JsonParser parser) {
        TokenStreamLocation start = parser.currentTokenLocation();
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw problem(name, start, "a fault is written as keys and values: at, fault, machine or division");
        }
        Map<String, Text> texts = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            TokenStreamLocation at = parser.currentTokenLocation();
            String key = parser.currentName();
            JsonToken value = parser.nextToken();
            if (!List.of("at", "fault", "machine", "division", "for", "shift").contains(key)) {
                throw problem(name, at, "no key '" + key + "'; there are at, fault, machine, division, for, shift");
            }
            if (value == null || !value.isScalarValue() || value == JsonToken.VALUE_NULL) {
                throw problem(name, parser.currentTokenLocation(), key + " needs one value");
            }
            texts.put(key, new Text(parser.getString(), parser.currentTokenLocation()));
        }
        Text word = needed(name, start, texts, "fault");
        Fault fault = Fault.of(word.value())
                .orElseThrow(() -> problem(name, word.at(), "no fault '" + word.value() + "'; there are " + words()));
        Text at = needed(name, start, texts, "at");
        Text machine = texts.get("machine");
        Text division = texts.get("division");
        if ((machine == null) == (division == null)) {
            throw problem(name, start, "a fault needs either machine or division");
        }
        Text lasts = texts.get("for");
        Text shift = texts.get("shift");
        if (shift != null && fault != Fault.WRONG_CLOCK) {
            throw problem(name, shift.at(), "only a wrong-clock has a shift");
        }
        Duration duration = lasts == null ? fault.lasts() : duration(name, lasts);
        if (lasts != null && (duration.isNegative() || duration.isZero())) {
            throw problem(name, lasts.at(), "for must be longer than nothing");
        }
        return new Entry(
                fault,
                at,
                machine,
                division,
                duration,
                fault != Fault.WRONG_CLOCK ? Duration.ZERO : shift == null ? DEFAULT_SHIFT : duration(name, shift));
    }

    private static Text needed(String name, TokenStreamLocation start, Map<String, Text> texts, String key) {
        Text text = texts.get(key);
        if (text == null) {
            throw problem(name, start, "a fault needs " + key);
        }
        return text;
    }

    private static String words() {
        List<String> words = new ArrayList<>();
        for (Fault fault : Fault.values()) {
            words.add(fault.word());
        }
        return String.join(", ", words);
    }

    private static Duration duration(String name, Text text) {
        Matcher form = DURATION.matcher(text.value());
        if (!form.matches()) {
            throw problem(name, text.at(), "'" + text.value() + "' is not a duration such as 90s, 10m, 2h or 20d");
        }
        long amount = Long.parseLong(form.group(2)) * (form.group(1).isEmpty() ? 1 : -1);
        return switch (form.group(3)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    private static IllegalArgumentException problem(String name, @Nullable TokenStreamLocation at, String text) {
        String place = at == null || at.getLineNr() < 0 ? name : name + ":" + at.getLineNr() + ":" + at.getColumnNr();
        return new IllegalArgumentException(place + ": " + text);
    }

    /**
     * The faults of each machine concerned, in the order in which they begin.
     *
     * @throws IllegalArgumentException when a machine is not in the fleet, cannot have the fault, or would have two at once
     */
    public List<ScheduledFault> schedule(Fleet fleet, Instant start) {
        List<ScheduledFault> faults = new ArrayList<>();
        for (Entry entry : entries) {
            Instant begins = begins(entry.at(), start);
            for (Target target : targets(entry, fleet)) {
                var fault = new ScheduledFault(
                        entry.fault(), target.kind(), target.code(), begins, begins.plus(entry.lasts()), entry.shift());
                for (ScheduledFault other : faults) {
                    if (collide(fault, other)) {
                        throw problem(
                                name,
                                entry.at().at(),
                                target.code() + " has the fault "
                                        + other.fault().word() + " at that time already; let one end first");
                    }
                }
                faults.add(fault);
            }
        }
        faults.sort(Comparator.comparing(ScheduledFault::begins));
        return List.copyOf(faults);
    }

    private record Target(MachineKind kind, String code) {}

    private static boolean collide(ScheduledFault a, ScheduledFault b) {
        return a.equipmentCode().equals(b.equipmentCode())
                && a.fault().part() == b.fault().part()
                && (a.fault().part() == Fault.Part.MACHINE || a.fault() == b.fault())
                && a.begins().isBefore(b.ends())
                && b.begins().isBefore(a.ends());
    }

    private Instant begins(Text at, Instant start) {
        if (DURATION.matcher(at.value()).matches()) {
            Duration offset = duration(name, at);
            if (offset.isNegative()) {
                throw problem(name, at.at(), "at lies before the start");
            }
            return start.plus(offset);
        }
        try {
            return OffsetDateTime.parse(at.value()).toInstant();
        } catch (DateTimeParseException e) {
            throw problem(
                    name,
                    at.at(),
                    "'" + at.value() + "' is neither a duration such as 10m nor a time with offset in RFC 3339");
        }
    }

    private List<Target> targets(Entry entry, Fleet fleet) {
        List<Target> targets = new ArrayList<>();
        Text division = entry.division();
        Text machine = entry.machine();
        if (division != null) {
            if (!DIVISION.matcher(division.value()).matches()) {
                throw problem(name, division.at(), "'" + division.value() + "' is not a division code of six digits");
            }
            for (MachineKind kind : MachineKind.values()) {
                for (Identity identity : fleet.identities(kind)) {
                    if (identity.division().equals(division.value())
                            && entry.fault().strikes(kind)) {
                        targets.add(new Target(kind, identity.code()));
                    }
                }
            }
            if (targets.isEmpty()) {
                throw problem(
                        name,
                        division.at(),
                        "no machine in " + division.value() + " can have the fault "
                                + entry.fault().word());
            }
        } else if (machine != null) {
            Target target = target(machine, fleet);
            if (!entry.fault().strikes(target.kind())) {
                throw problem(
                        name,
                        machine.at(),
                        machine.value() + ": a " + target.kind().word() + " cannot have the fault "
                                + entry.fault().word());
            }
            targets.add(target);
        }
        return targets;
    }

    private Target target(Text machine, Fleet fleet) {
        Matcher selector = SELECTOR.matcher(machine.value());
        if (selector.matches()) {
            MachineKind kind = MachineKind.of(selector.group(1))
                    .orElseThrow(() -> problem(
                            name,
                            machine.at(),
                            "no kind '" + selector.group(1) + "'; there are elevator, boiler, filling-machine"));
            List<Identity> identities = fleet.identities(kind);
            int number = Integer.parseInt(selector.group(2));
            if (number < 1 || number > identities.size()) {
                throw problem(
                        name,
                        machine.at(),
                        "the fleet has " + identities.size() + " of kind " + kind.word() + ", no number " + number);
            }
            return new Target(kind, identities.get(number - 1).code());
        }
        MachineKind kind = fleet.kindOf(machine.value())
                .orElseThrow(() -> problem(
                        name,
                        machine.at(),
                        "no machine '" + machine.value()
                                + "' in the fleet; give a code, or a kind and a number such as elevator 3"));
        return new Target(kind, machine.value());
    }
}
