package io.tean.dashboards.register;

import io.tean.dashboards.route.Request;
import io.tean.dashboards.screen.Tongue;
import io.tean.dashboards.screen.Word;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The form for a machine's entry, as it was filled in. Its fields are the headings of the equipment file.
 *
 * @param texts by heading
 * @param problems by heading, each a sentence
 */
public record EquipmentForm(Map<String, String> texts, String reason, Map<String, String> problems) {
    static final String REASON = "reason";

    /** What every machine has. */
    private static final List<String> ALWAYS = List.of(
            "name",
            "state",
            "state_since",
            "use_registration_no",
            "rescue_code",
            "use_unit",
            "inspection_body",
            "division_code",
            "site_address",
            "crowded_place",
            "place_kind",
            "latitude",
            "longitude",
            "type_code",
            "catalogue",
            "factory_no",
            "made_on",
            "in_use_since",
            "supervised_on");

    /** What a category has beside it, with units in the names. */
    private static final Map<String, List<String>> PARAMETERS = Map.ofEntries(
            entry("elevator", "rated_load_kg", "rated_speed_mps", "floors"),
            entry(
                    "boiler",
                    "rated_pressure_mpa",
                    "rated_steam_tph",
                    "rated_heat_mw",
                    "water_volume_litre",
                    "max_safe_level_mm",
                    "min_safe_level_mm"),
            entry("pressure-vessel", "rated_pressure_mpa", "safety_grade", "design_life_years"),
            entry("mobile-pressure-vessel", "rated_pressure_mpa", "safety_grade", "design_life_years"),
            entry("pressure-piping", "rated_pressure_mpa", "safety_grade", "design_life_years"),
            entry("crane", "rated_load_kg", "rated_speed_mps"),
            entry("forklift", "rated_load_kg", "rated_speed_mps"),
            entry("tourist-vehicle", "rated_load_kg", "rated_speed_mps"),
            entry("amusement-ride", "rated_speed_mps", "design_life_years"),
            entry("passenger-ropeway", "rated_speed_mps", "design_life_years"),
            entry("filling-machine", "rated_pressure_mpa"));

    /** The liability insurance, of any category. */
    private static final List<String> INSURANCE = List.of("insurer", "policy_no", "insured_until");

    private static final Map<String, List<String>> CHOICES = Map.of(
            "state", EquipmentDirectory.STATES,
            "catalogue", List.of("", "2014", "old"),
            "crowded_place", List.of("true", "false"),
            "place_kind",
                    Stream.concat(Stream.of(""), EquipmentDirectory.PLACE_KINDS.stream())
                            .toList());
    private static final Map<String, String> FAMILIES = Map.of(
            "state",
            "EQUIPMENT_STATE",
            "catalogue",
            "CATALOGUE",
            "crowded_place",
            "ANSWER",
            "place_kind",
            "PLACE_KIND");

    public EquipmentForm {
        texts = new LinkedHashMap<>(texts);
        problems = Map.copyOf(problems);
    }

    private static Map.Entry<String, List<String>> entry(String category, String... headings) {
        return Map.entry(category, List.of(headings));
    }

    /** All that may be changed in a machine's entry: what its category has, and what it has anyhow. */
    static List<String> headings(Row machine) {
        List<String> headings = new ArrayList<>(ALWAYS);
        headings.addAll(PARAMETERS.getOrDefault(machine.text("category"), List.of()));
        headings.addAll(INSURANCE);
        machine.fields("parameters").keySet().stream()
                .filter(name ->
                        !headings.contains(name) && Word.of("FIELD", name).isPresent())
                .forEach(headings::add);
        return headings;
    }

    /** As it is registered. */
    static EquipmentForm of(Row machine) {
        Map<String, String> parameters = machine.fields("parameters");
        Map<String, String> texts = new LinkedHashMap<>();
        for (String heading : headings(machine)) {
            texts.put(heading, ALWAYS.contains(heading) ? machine.text(heading) : parameters.getOrDefault(heading, ""));
        }
        return new EquipmentForm(texts, "", Map.of());
    }

    /** As it was sent; what was not sent stays as it is registered. */
    static EquipmentForm sent(Row machine, Request request) {
        Map<String, String> texts = new LinkedHashMap<>();
        of(machine)
                .texts()
                .forEach((heading, known) -> texts.put(
                        heading,
                        request.fields(heading).stream()
                                .findFirst()
                                .map(String::strip)
                                .orElse(known)));
        return new EquipmentForm(texts, request.field(REASON).strip(), Map.of());
    }

    /** What differs from another form of the same machine. */
    Map<String, String> differences(EquipmentForm registered) {
        Map<String, String> cells = new LinkedHashMap<>(texts);
        cells.entrySet().removeIf(cell -> Objects.equals(registered.texts.get(cell.getKey()), cell.getValue()));
        return cells;
    }

    EquipmentForm with(Map<String, String> wrong) {
        return new EquipmentForm(texts, reason, wrong);
    }

    public List<String> headings() {
        return List.copyOf(texts.keySet());
    }

    public Word label(String heading) {
        return Word.of("FIELD", heading).orElseThrow();
    }

    public String problem(String heading) {
        return problems.getOrDefault(heading, "");
    }

    /** The problems that belong to no field of the form. */
    public List<String> otherProblems() {
        return problems.entrySet().stream()
                .filter(problem -> !texts.containsKey(problem.getKey())
                        && !problem.getKey().equals(REASON))
                .map(Map.Entry::getValue)
                .sorted()
                .toList();
    }

    /** Codes to choose from; empty for a field that is typed. */
    public List<String> choices(String heading) {
        return CHOICES.getOrDefault(heading, List.of());
    }

    public String choice(String heading, String code, Tongue t) {
        return code.isEmpty() ? "–" : t.term(FAMILIES.getOrDefault(heading, ""), code);
    }

    public String type(String heading) {
        return heading.endsWith("_on") || heading.endsWith("_since") || heading.endsWith("_until") ? "date" : "text";
    }
}
