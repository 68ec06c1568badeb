package io.tean.ingest.decode;

import static io.tean.ingest.arrival.DeadLetterReason.*;

import io.tean.core.reading.Reading;
import io.tean.core.settings.IngestSettings;
import io.tean.core.stream.Field;
import io.tean.core.stream.StreamDeclaration;
import io.tean.core.stream.TupleEncoder;
import io.tean.ingest.arrival.Arrival;
import io.tean.ingest.arrival.DeadLetter;
import io.tean.ingest.arrival.DeadLetterReason;
import io.tean.ingest.arrival.Row;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * Reads payloads into rows by a stream's declaration. Whatever is wrong becomes a dead letter of the arrival: of the whole message
 * when it is not JSON, else of the one reading. Keeps scratch space: one instance per thread.
 */
public final class PayloadDecoder {
    private static final int DEEPEST = 8;
    private static final long LATE_MICROS = 3_600_000_000L;
    /** Far beyond every time window, and still a number of microseconds. */
    private static final long LARGEST_MILLIS = 1L << 50;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(100)
                    .maxNameLength(200)
                    .maxStringLength(100_000)
                    .build())
            .recyclerPool(JsonRecyclerPools.threadLocalPool())
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final TimeWindow window;
    private final int maxArray;
    private final DecodeCounts counts;
    private final TupleEncoder tuple = new TupleEncoder();
    private final Map<StreamDeclaration, Plan> plans = new HashMap<>();
    private final CharsetDecoder strictUtf8 = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);

    // The first thing wrong with the reading at hand.
    private @Nullable DeadLetterReason wrong;
    private String detail = "";
    /** The fields that it has brought, also those that are null. */
    private long brought;

    public PayloadDecoder(TimeWindow window, int maxArray, DecodeCounts counts) {
        this.window = window;
        this.maxArray = maxArray;
        this.counts = counts;
    }

    /** One that takes what the settings admit. */
    public static PayloadDecoder of(IngestSettings settings, DecodeCounts counts) {
        var window = new TimeWindow(
                TimeUnit.NANOSECONDS.toMicros(settings.maxAhead().toNanos()),
                TimeUnit.NANOSECONDS.toMicros(settings.maxAge().toNanos()));
        return new PayloadDecoder(window, settings.maxArray(), counts);
    }

    /** The times that a reading may have, relative to its arrival. */
    public record TimeWindow(long aheadMicros, long ageMicros) {}

    /** Told of what is neither stored nor refused. */
    public interface DecodeCounts {
        void unknownField();

        void late();
    }

    /** Fills the arrival with rows and dead letters. */
    public void decode(Arrival arrival, StreamDeclaration stream, int equipmentId) {
        byte[] payload = arrival.payload();
        if (!isStrictUtf8(payload)) {
            arrival.refuse(NOT_UTF8, "the payload is not UTF-8, or it holds a zero byte");
            return;
        }
        Plan plan = plans.computeIfAbsent(stream, Plan::new);
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), payload, 0, payload.length)) {
            switch (json.nextToken()) {
                case START_OBJECT -> {
                    reading(json, plan, arrival, equipmentId, 0, payload.length);
                }
                case START_ARRAY -> array(json, plan, arrival, equipmentId);
                case null, default -> {
                    arrival.refuse(NOT_JSON, "the payload is neither a JSON object nor an array of objects");
                    return;
                }
            }
            if (json.nextToken() != null) {
                arrival.refuse(NOT_JSON, "there is more behind the end of the JSON value");
            }
        } catch (StreamConstraintsException e) {
            arrival.refuse(NOT_JSON, "a limit is exceeded: " + e.getOriginalMessage());
        } catch (JacksonException e) {
            arrival.refuse(NOT_JSON, e.getOriginalMessage());
        }
    }

    private void array(JsonParser json, Plan plan, Arrival arrival, int equipmentId) {
        int count = 0;
        JsonToken token = json.nextToken();
        while (token != JsonToken.END_ARRAY) {
            if (++count > maxArray) {
                // Read on: broken syntax further behind is the better reason.
                json.skipChildren();
            } else {
                int from = (int) json.currentTokenLocation().getByteOffset();
                if (token == JsonToken.START_OBJECT) {
                    reading(json, plan, arrival, equipmentId, from, -1);
                } else {
                    json.skipChildren();
                    // A text is read to its end only when somebody asks for it.
                    json.finishToken();
                    int to = (int) json.currentLocation().getByteOffset();
                    arrival.add(new DeadLetter(
                            WRONG_TYPE,
                            "item " + count + " of the array is not an object",
                            Arrays.copyOfRange(arrival.payload(), from, to)));
                }
            }
            token = json.nextToken();
        }
        if (count > maxArray) {
            arrival.refuse(
                    TOO_MANY_READINGS, "the array holds " + count + " readings, at most " + maxArray + " are taken");
        } else if (count == 0) {
            arrival.refuse(WRONG_TYPE, "the array is empty");
        }
    }

    private void reading(JsonParser json, Plan plan, Arrival arrival, int equipmentId, int from, int knownTo) {
        tuple.clear();
        wrong = null;
        brought = 0;
        long micros = Timestamps.NOT_A_TIME;
        boolean timed = false;
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            JsonToken value = json.nextToken();
            Slot slot = plan.slots.get(name);
            if (slot != null) {
                field(json, value, slot);
            } else if (name.equals("time")) {
                if (timed) {
                    fail(DUPLICATE_KEY, "time stands twice");
                }
                timed = true;
                micros = time(json, value);
            } else {
                json.skipChildren();
                counts.unknownField();
            }
        }
        if (wrong == null) {
            if (!timed) {
                fail(MISSING_TIME, "time is missing");
            } else {
                complete(plan);
                window(micros, arrival.receivedMicros());
            }
        }
        int to = knownTo >= 0 ? knownTo : (int) json.currentLocation().getByteOffset();
        if (wrong == null) {
            byte[] bytes = tuple.finish(plan.stream, equipmentId, micros);
            arrival.add(new Row(arrival, new Reading(plan.stream, bytes), from, to));
            if (arrival.receivedMicros() - micros > LATE_MICROS) {
                counts.late();
            }
        } else {
            arrival.add(new DeadLetter(wrong, detail, Arrays.copyOfRange(arrival.payload(), from, to)));
        }
    }

    private void field(JsonParser json, JsonToken value, Slot slot) {
        Field field = slot.field;
        int index = slot.index;
        if ((brought & 1L << index) != 0) {
            fail(DUPLICATE_KEY, slot.name + " stands twice");
            json.skipChildren();
            return;
        }
        brought |= 1L << index;
        if (value == JsonToken.VALUE_NULL) {
            return;
        }
        switch (field.type()) {
            case BOOL -> {
                if (value == JsonToken.VALUE_TRUE || value == JsonToken.VALUE_FALSE) {
                    tuple.bool(index, value == JsonToken.VALUE_TRUE);
                } else {
                    wrongType(json, slot, "true or false");
                }
            }
            case INT -> {
                if (value != JsonToken.VALUE_NUMBER_INT) {
                    wrongType(json, slot, "a whole number");
                } else if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                    outOfRange(json, slot);
                } else {
                    long number = json.getLongValue();
                    if (number < slot.lowest || number > slot.highest) {
                        outOfRange(json, slot);
                    } else if (!field.codes().isEmpty() && !field.codes().containsKey(Long.toString(number))) {
                        fail(UNKNOWN_CODE, slot.name + " " + number + " is not in its code table");
                    } else {
                        tuple.integer(index, number);
                    }
                }
            }
            case REAL -> {
                if (value != JsonToken.VALUE_NUMBER_FLOAT && value != JsonToken.VALUE_NUMBER_INT) {
                    wrongType(json, slot, "a number");
                } else {
                    double number = json.getDoubleValue();
                    // Written so that not-a-number would fail as well.
                    if (number >= slot.lowest && number <= slot.highest) {
                        tuple.real(index, number + 0.0);
                    } else {
                        outOfRange(json, slot);
                    }
                }
            }
            case ENUM -> {
                byte[] word = value == JsonToken.VALUE_STRING ? slot.words.get(json.getString()) : null;
                if (word != null) {
                    tuple.text(index, word);
                } else if (value != JsonToken.VALUE_STRING) {
                    wrongType(json, slot, "one of " + field.values().keySet());
                } else {
                    fail(
                            UNKNOWN_WORD,
                            slot.name + " '" + json.getString() + "' is not one of "
                                    + field.values().keySet());
                }
            }
            case TEXT -> {
                if (value != JsonToken.VALUE_STRING) {
                    wrongType(json, slot, "a text");
                } else {
                    String text = json.getString();
                    if (checkText(text, slot)) {
                        tuple.text(index, text.getBytes(StandardCharsets.UTF_8));
                    }
                }
            }
            case LIST -> list(json, value, slot);
        }
    }

    private void list(JsonParser json, JsonToken value, Slot slot) {
        if (value != JsonToken.START_ARRAY) {
            wrongType(json, slot, "a list of texts");
            return;
        }
        List<String> items = new ArrayList<>();
        boolean good = true;
        for (JsonToken item = json.nextToken(); item != JsonToken.END_ARRAY; item = json.nextToken()) {
            if (item != JsonToken.VALUE_STRING) {
                wrongType(json, slot, "a list of texts");
                good = false;
            } else if (good) {
                String text = json.getString();
                good = checkText(text, slot);
                items.add(text);
            }
        }
        if (good && items.size() > slot.maxItems) {
            fail(OUT_OF_RANGE, slot.name + " has " + items.size() + " items, at most " + slot.maxItems + " are taken");
        } else if (good) {
            tuple.list(slot.index, items);
        }
    }

    private boolean checkText(String text, Slot slot) {
        boolean surrogates = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                fail(FORBIDDEN_CHARACTER, slot.name + " holds U+0000");
                return false;
            }
            surrogates |= Character.isSurrogate(c);
        }
        if (surrogates && text.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF)) {
            fail(FORBIDDEN_CHARACTER, slot.name + " holds half of a surrogate pair");
            return false;
        }
        int length = surrogates ? text.codePointCount(0, text.length()) : text.length();
        if (length > slot.maxLength) {
            fail(TEXT_TOO_LONG, slot.name + " has " + length + " characters, at most " + slot.maxLength + " are taken");
            return false;
        }
        if (!slot.field.codes().isEmpty() && !slot.field.codes().containsKey(text)) {
            fail(UNKNOWN_CODE, slot.name + " '" + text + "' is not in its code table");
            return false;
        }
        return true;
    }

    private long time(JsonParser json, JsonToken value) {
        if (value == JsonToken.VALUE_NUMBER_INT && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            long millis = json.getLongValue();
            if (millis > -LARGEST_MILLIS && millis < LARGEST_MILLIS) {
                return millis * 1_000;
            }
        } else if (value == JsonToken.VALUE_STRING) {
            long micros = Timestamps.epochMicros(json.getString());
            if (micros != Timestamps.NOT_A_TIME) {
                return micros;
            }
        }
        fail(
                BAD_TIME,
                "time " + (value.isScalarValue() ? "'" + json.getString() + "' " : "")
                        + "is neither RFC 3339 with an offset nor epoch milliseconds");
        json.skipChildren();
        return Timestamps.NOT_A_TIME;
    }

    private void window(long micros, long nowMicros) {
        if (wrong != null) {
            return;
        }
        if (micros > nowMicros + window.aheadMicros()) {
            fail(
                    TIME_AHEAD,
                    "time is " + (micros - nowMicros) / 1_000_000 + " s ahead of ours; check the device's clock");
        } else if (micros < nowMicros - window.ageMicros()) {
            fail(TOO_OLD, "time is " + (nowMicros - micros) / 86_400_000_000L + " days old");
        }
    }

    /** What the payload did not bring: a mapped code is looked up, a required field is missed. */
    private void complete(Plan plan) {
        var mapping = plan.mapping;
        if (mapping != null && !tuple.has(mapping.to) && tuple.has(mapping.by) && tuple.has(mapping.from)) {
            String source = tuple.text(mapping.by);
            String sourceCode = tuple.text(mapping.from);
            OptionalLong code = mapping.table.lookUp(source, sourceCode);
            if (code.isPresent()) {
                tuple.integer(mapping.to, code.getAsLong());
            } else {
                fail(UNKNOWN_CODE, "code '" + sourceCode + "' of source '" + source + "' is in no mapping table");
                return;
            }
        }
        for (Slot slot : plan.required) {
            if (!tuple.has(slot.index)) {
                fail(MISSING_FIELD, slot.name + " is missing");
                return;
            }
        }
    }

    private void wrongType(JsonParser json, Slot slot, String expected) {
        fail(WRONG_TYPE, slot.name + " is not " + expected);
        json.skipChildren();
    }

    private void outOfRange(JsonParser json, Slot slot) {
        fail(
                OUT_OF_RANGE,
                slot.name + " " + json.getString() + " is not between " + slot.field.min() + " and "
                        + slot.field.max());
    }

    private void fail(DeadLetterReason reason, String why) {
        if (wrong == null) {
            wrong = reason;
            detail = why;
        }
    }

    private boolean isStrictUtf8(byte[] bytes) {
        boolean ascii = true;
        for (byte b : bytes) {
            if (b <= 0) {
                if (b == 0) {
                    return false;
                }
                ascii = false;
            }
        }
        if (ascii) {
            return true;
        }
        CharBuffer chars = CharBuffer.allocate(bytes.length);
        return !strictUtf8.reset().decode(ByteBuffer.wrap(bytes), chars, true).isError();
    }

    /** A stream's declaration laid out for reading: fields by name, words as bytes. */
    private static final class Plan {
        final StreamDeclaration stream;
        final Map<String, Slot> slots = new HashMap<>();
        final List<Slot> required = new ArrayList<>();
        final @Nullable MappingSlots mapping;

        Plan(StreamDeclaration stream) {
            this.stream = stream;
            for (int i = 0; i < stream.fields().size(); i++) {
                Slot slot = new Slot(i, stream.fields().get(i));
                slots.put(slot.name, slot);
                if (slot.field.required()) {
                    required.add(slot);
                }
            }
            this.mapping = stream.mapping()
                    .map(m -> new MappingSlots(
                            stream.indexOf(m.to()), stream.indexOf(m.by()), stream.indexOf(m.from()), m))
                    .orElse(null);
        }
    }

    private record MappingSlots(int to, int by, int from, io.tean.core.stream.CodeMapping table) {}

    private static final class Slot {
        final int index;
        final Field field;
        final String name;
        final double lowest;
        final double highest;
        final int maxLength;
        final int maxItems;
        final Map<String, byte[]> words = new HashMap<>();

        Slot(int index, Field field) {
            this.index = index;
            this.field = field;
            this.name = field.name();
            this.lowest = field.lowest();
            this.highest = field.highest();
            this.maxLength = field.maxLength() == null ? Integer.MAX_VALUE : field.maxLength();
            this.maxItems = field.maxItems() == null ? 0 : field.maxItems();
            field.values().keySet().forEach(word -> words.put(word, word.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
