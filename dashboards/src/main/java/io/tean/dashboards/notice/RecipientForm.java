package io.tean.dashboards.notice;

import io.tean.core.notice.NoticeDecisions.Address;
import io.tean.core.notice.NoticeDecisions.Channel;
import io.tean.core.notice.NoticeDecisions.Digest;
import io.tean.core.notice.NoticeDecisions.Duty;
import io.tean.core.notice.NoticeDecisions.RecipientDraft;
import io.tean.dashboards.route.JsonBody;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.screen.Tongue;
import io.tean.dashboards.screen.Word;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** A recipient as somebody typed it in: nothing of it is believed yet. Its addresses are rows, of which empty ones do not count. */
public record RecipientForm(Map<String, String> values) {
    public static final String ORGANISATION = "organisation";
    public static final String DUTY = "duty";
    public static final String DIVISION = "division";
    public static final String NAME = "name";
    public static final String LANGUAGE = "language";
    public static final String DIGEST = "digest";
    /** How many addresses one can have. */
    public static final int ROWS = 5;

    public static final List<String> LANGUAGES = List.of("zh", "en");
    public static final List<String> DIGESTS =
            Arrays.stream(Digest.values()).map(Digest::name).toList();

    private static final List<String> PLAIN = List.of(ORGANISATION, DUTY, DIVISION, NAME, LANGUAGE, DIGEST);
    private static final String ADDRESSES = "addresses";
    private static final Pattern DIVISION_FORM = Pattern.compile("[0-9]{6}");
    private static final int LONGEST_NAME = 60;
    private static final int LONGEST_TO = 200;

    static final RecipientForm EMPTY = new RecipientForm(Map.of(LANGUAGE, "zh", DIGEST, Digest.DAY.name()));

    public RecipientForm {
        values = Map.copyOf(values);
    }

    /** @param row from 1 */
    public static String channel(int row) {
        return "channel-" + row;
    }

    /** @param row from 1 */
    public static String to(int row) {
        return "to-" + row;
    }

    static RecipientForm typed(Request request) {
        Map<String, String> values = new HashMap<>();
        PLAIN.forEach(field -> values.put(field, request.field(field).strip()));
        for (int row = 1; row <= ROWS; row++) {
            values.put(channel(row), request.field(channel(row)).strip());
            values.put(to(row), request.field(to(row)).strip());
        }
        return new RecipientForm(values);
    }

    /** @throws Refusal when it is no such object, or has more addresses than rows */
    static RecipientForm sent(Request request, Tongue programs) {
        List<String> known = new ArrayList<>();
        PLAIN.forEach(field -> known.add(ofApi(field)));
        known.add(ADDRESSES);
        JsonBody body = JsonBody.of(request, known.toArray(String[]::new));
        Map<String, String> values = new HashMap<>(EMPTY.values);
        PLAIN.forEach(field -> body.text(ofApi(field)).ifPresent(text -> values.put(field, text.strip())));
        List<JsonBody> addresses = body.objects(ADDRESSES, "channel", "to");
        if (addresses.size() > ROWS) {
            throw Refusal.wrongFields(Map.of(ADDRESSES, programs.say(Word.WRONG_RECIPIENT_ADDRESSES)));
        }
        for (int i = 0; i < addresses.size(); i++) {
            values.put(channel(i + 1), addresses.get(i).text("channel").orElse(""));
            values.put(to(i + 1), addresses.get(i).text("to").orElse(""));
        }
        return new RecipientForm(values);
    }

    static RecipientForm of(Recipient recipient) {
        Map<String, String> values = new HashMap<>();
        boolean bureaus = recipient.organisation().isEmpty();
        values.put(
                ORGANISATION,
                recipient.organisation().map(Recipient.Organisation::creditCode).orElse(""));
        values.put(DUTY, recipient.duty());
        values.put(DIVISION, recipient.division().filter(code -> bureaus).orElse(""));
        values.put(NAME, recipient.name());
        values.put(LANGUAGE, recipient.manner().language());
        values.put(DIGEST, recipient.manner().digest());
        for (int row = 1; row <= Math.min(ROWS, recipient.addresses().size()); row++) {
            values.put(channel(row), recipient.addresses().get(row - 1).channel());
            values.put(to(row), recipient.addresses().get(row - 1).to());
        }
        return new RecipientForm(values);
    }

    /** The field's name in the API. */
    static String ofApi(String field) {
        if (field.startsWith("channel-") || field.startsWith("to-")) {
            String[] parts = field.split("-", 2);
            return ADDRESSES + "[" + (Integer.parseInt(parts[1]) - 1) + "]." + parts[0];
        }
        return field.equals(DIVISION) ? "division_code" : field;
    }

    public String value(String field) {
        return values.getOrDefault(field, "");
    }

    /** What is wrong with it by itself, by field, in their order on the page. */
    Map<String, Word> problems(List<Channel> channels) {
        Map<String, Word> problems = new LinkedHashMap<>();
        if (!RecipientFilter.DUTIES.contains(value(DUTY))) {
            problems.put(DUTY, Word.WRONG_RECIPIENT_DUTY);
        } else {
            checkPlace(problems);
        }
        if (value(NAME).isEmpty() || value(NAME).length() > LONGEST_NAME || isUnfit(value(NAME))) {
            problems.put(NAME, Word.WRONG_RECIPIENT_NAME);
        }
        if (!LANGUAGES.contains(value(LANGUAGE))) {
            problems.put(LANGUAGE, Word.WRONG_CHOICE);
        }
        if (!DIGESTS.contains(value(DIGEST))) {
            problems.put(DIGEST, Word.WRONG_CHOICE);
        }
        for (int row = 1; row <= ROWS; row++) {
            checkAddress(problems, row, channels);
        }
        if (addresses().isEmpty()) {
            problems.putIfAbsent(channel(1), Word.WRONG_RECIPIENT_NO_ADDRESS);
        }
        return problems;
    }

    private void checkPlace(Map<String, Word> problems) {
        boolean bureaus = isBureaus();
        if (bureaus && !value(ORGANISATION).isEmpty()) {
            problems.put(ORGANISATION, Word.WRONG_RECIPIENT_BUREAU);
        } else if (!bureaus && value(ORGANISATION).isEmpty()) {
            problems.put(ORGANISATION, Word.WRONG_RECIPIENT_ORGANISATION);
        }
        if (!value(DIVISION).isEmpty()) {
            if (!bureaus) {
                problems.put(DIVISION, Word.WRONG_RECIPIENT_DIVISION);
            } else if (!DIVISION_FORM.matcher(value(DIVISION)).matches()) {
                problems.put(DIVISION, Word.WRONG_DIVISION);
            }
        }
    }

    private void checkAddress(Map<String, Word> problems, int row, List<Channel> channels) {
        String name = value(channel(row));
        String to = value(to(row));
        if (name.isEmpty()) {
            if (!to.isEmpty()) {
                problems.put(channel(row), Word.WRONG_RECIPIENT_CHANNEL);
            }
            return;
        }
        Optional<Channel> channel =
                channels.stream().filter(known -> known.name().equals(name)).findFirst();
        if (channel.isEmpty()) {
            problems.put(channel(row), Word.WRONG_RECIPIENT_CHANNEL_GONE);
        } else if (to.isEmpty() && channel.get().needsAddress()) {
            problems.put(to(row), Word.WRONG_RECIPIENT_TO);
        } else if (to.length() > LONGEST_TO || isUnfit(to)) {
            problems.put(to(row), Word.WRONG_RECIPIENT_TO_LONG);
        }
    }

    private boolean isBureaus() {
        return value(DUTY).equals(Duty.OFFICER.name()) || value(DUTY).equals(Duty.DISPATCHER.name());
    }

    private List<Address> addresses() {
        List<Address> addresses = new ArrayList<>();
        for (int row = 1; row <= ROWS; row++) {
            if (!value(channel(row)).isEmpty()) {
                addresses.add(new Address(value(channel(row)), value(to(row))));
            }
        }
        return addresses;
    }

    /** Of a form without problems. */
    RecipientDraft draft(OptionalInt organisation) {
        return new RecipientDraft(
                organisation,
                Duty.valueOf(value(DUTY)),
                value(DIVISION),
                value(NAME),
                value(LANGUAGE),
                Digest.valueOf(value(DIGEST)),
                addresses());
    }

    private static boolean isUnfit(String text) {
        return text.codePoints()
                .anyMatch(code -> Character.isISOControl(code) || Character.getType(code) == Character.SURROGATE);
    }
}
