package io.tean.dashboards.rescue;

import io.tean.core.rescue.FaultCause;
import io.tean.dashboards.figures.CaseList;
import io.tean.dashboards.figures.Counted;
import io.tean.dashboards.list.Choice;
import io.tean.dashboards.list.Where;
import io.tean.dashboards.register.EquipmentDirectory;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.screen.Tongue;
import io.tean.dashboards.screen.Word;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which number of the figures the cases stand behind: whoever follows a number comes with these filters of {@link CaseList}.
 *
 * @param filters by their names, in the order in which they are shown; the values were checked
 */
public record Behind(Map<String, String> filters) {
    static final Behind NOTHING = new Behind(Map.of());

    private static final Pattern CREDIT_CODE = Pattern.compile("[0-9A-Z]{18}");
    private static final Map<String, List<String>> WORDS = words();

    private static Map<String, List<String>> words() {
        Map<String, List<String>> words = new LinkedHashMap<>();
        words.put(
                CaseList.COUNTED, Stream.of(Counted.values()).map(Counted::word).toList());
        words.put(CaseList.LATE, List.of("arrival"));
        words.put(CaseList.ORIGIN, List.of("TELEMETRY", "CAR_BUTTON", "CALL"));
        words.put(CaseList.OUTCOME, List.of("RELEASED", "SELF_RELEASED", "FALSE_ALARM"));
        words.put(
                CaseList.CAUSE,
                withUnknown(Stream.of(FaultCause.values()).map(Enum::name).toList()));
        words.put(CaseList.PLACE_KIND, withUnknown(EquipmentDirectory.PLACE_KINDS));
        words.put(
                CaseList.HOUR,
                IntStream.range(0, 24).mapToObj(Integer::toString).toList());
        return words;
    }

    private static List<String> withUnknown(List<String> words) {
        List<String> all = new ArrayList<>(words);
        all.add(CaseList.UNKNOWN);
        return all;
    }

    /** @throws Refusal for a word that is none */
    static Behind of(Request request) {
        Map<String, String> filters = new LinkedHashMap<>();
        WORDS.forEach((name, words) -> Choice.of(request, name, words).ifPresent(word -> filters.put(name, word)));
        firm(request).ifPresent(firm -> filters.put(CaseList.FIRM, firm));
        return new Behind(filters);
    }

    /** The firm of the contract, by its credit code, as figures name it; a part of a name asks for units that were called. */
    static Optional<String> firm(Request request) {
        return request.query(CaseList.FIRM)
                .filter(firm -> firm.equals(CaseList.UNKNOWN)
                        || CREDIT_CODE.matcher(firm).matches());
    }

    public boolean isEmpty() {
        return filters.isEmpty();
    }

    /** What the cases are held to, in words. */
    public List<String> said(Tongue t) {
        return filters.entrySet().stream()
                .map(filter -> said(filter.getKey(), filter.getValue(), t))
                .toList();
    }

    private static String said(String name, String value, Tongue t) {
        if (value.equals(CaseList.UNKNOWN)) {
            return t.term("FIGURES_COLUMN", name) + ": " + t.say(Word.FIGURES_UNKNOWN);
        }
        return switch (name) {
            case CaseList.COUNTED -> t.term("COUNTED", value);
            case CaseList.LATE -> t.term("COUNTED", Counted.ARRIVED_LATE.word());
            case CaseList.ORIGIN -> t.term("CASE_ORIGIN", value);
            case CaseList.OUTCOME -> t.term("CASE_OUTCOME", value);
            case CaseList.CAUSE -> t.term("FAULT_CAUSE", value);
            case CaseList.PLACE_KIND -> t.term("PLACE_KIND", value);
            case CaseList.HOUR -> t.say(Word.FIGURES_HOUR, value);
            default -> t.term("FIGURES_COLUMN", name) + " " + value;
        };
    }

    /** Adds what {@code rescue_case c LEFT JOIN equipment e} is held to. */
    void narrow(Where where) {
        filters.forEach((name, value) -> {
            switch (name) {
                case CaseList.COUNTED -> Counted.of(value).ifPresent(counted -> counted(where, counted));
                case CaseList.LATE -> counted(where, Counted.ARRIVED_LATE);
                case CaseList.ORIGIN -> where.and("c.origin = :origin", "origin", value);
                case CaseList.OUTCOME -> where.and("c.outcome = :outcome", "outcome", value);
                case CaseList.CAUSE -> where.and("coalesce(c.cause, 'none') = :cause", "cause", value);
                case CaseList.PLACE_KIND ->
                    where.and("coalesce(e.place_kind, 'none') = :place_kind", "place_kind", value);
                case CaseList.HOUR ->
                    where.and(
                            "extract(hour FROM c.opened_at AT TIME ZONE 'Asia/Shanghai') = :hour",
                            "hour",
                            Integer.valueOf(value));
                case CaseList.FIRM ->
                    where.and(
                            "coalesce((SELECT f.credit_code FROM (" + CaseList.contractFirm("c")
                                    + ") f), 'none') = :contract_firm",
                            "contract_firm",
                            value);
                default -> throw new IllegalStateException("no filter " + name);
            }
        });
    }

    private static void counted(Where where, Counted counted) {
        where.and(counted.condition("c", "now()"));
    }
}
