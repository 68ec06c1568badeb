package io.tean.dashboards.register;

import io.tean.core.equipment.EquipmentDecisions;
import io.tean.core.equipment.EquipmentDecisions.Outcome;
import io.tean.core.equipment.MachineDuties;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.machine.MachineKey;
import io.tean.dashboards.machine.MachinePages;
import io.tean.dashboards.route.Address;
import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Frame;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.JsonBody;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Screens;
import io.tean.dashboards.screen.Tongue;
import io.tean.dashboards.screen.Word;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The list of equipment, one machine's entry and the form that changes it, for people and for programs. */
public final class EquipmentPages {
    /** Of equipment, as they are chosen from. */
    public static final List<String> CATEGORIES = EquipmentDirectory.CATEGORIES;

    private static final JsonMapper JSON = new JsonMapper();

    private final Jdbi jdbi;
    private final EquipmentDirectory equipment;
    private final Directory directory;
    private final EquipmentDecisions decisions;
    private final MachineDuties duties;
    private final MachinePages machines;
    private final Screens screens;
    private final InstantSource clock;

    public EquipmentPages(
            DataSource database,
            EquipmentDecisions decisions,
            MachineDuties duties,
            MachinePages machines,
            Screens screens,
            InstantSource clock) {
        this.jdbi = WebStore.over(database);
        this.equipment = new EquipmentDirectory(jdbi);
        this.directory = equipment.directory();
        this.decisions = decisions;
        this.duties = duties;
        this.machines = machines;
        this.screens = screens;
        this.clock = clock;
    }

    /** The routes of this family. */
    public Map<Route, Handler> handlers() {
        return Map.of(
                Route.EQUIPMENT, request -> directory.page(request, jdbi, screens),
                Route.EQUIPMENT_EXPORT, request -> directory.file(request, jdbi),
                Route.EQUIPMENT_WORKBOOK, request -> directory.file(request, jdbi),
                Route.EQUIPMENT_ENTRY, this::entry,
                Route.EQUIPMENT_FORM, request -> form(request, 200, found(request), EquipmentForm.of(found(request))),
                Route.EQUIPMENT_CHANGE, this::change,
                Route.API_EQUIPMENT, request -> directory.json(request, jdbi),
                Route.API_EQUIPMENT_ENTRY, request -> json(request, found(request)),
                Route.API_EQUIPMENT_CHANGE, this::changeForProgram);
    }

    private Answer entry(Request request) {
        Row machine = found(request);
        Tongue t = request.tongue();
        return Answer.page(screens.render(
                "equipment.jte",
                Map.of(
                        "frame",
                        Frame.of(request, machine.text("name") + " · " + machine.text("code")),
                        "machine",
                        machine,
                        "facts",
                        EquipmentDirectory.FACTS,
                        "identity",
                        EquipmentDirectory.IDENTITY,
                        "parameters",
                        parameters(machine, t, today()),
                        "duties",
                        duties.of(machine.text("code"), today()),
                        "today",
                        today(),
                        "parts",
                        equipment.parts(request.scope(), machine),
                        "changes",
                        Route.EQUIPMENT_FORM.isFor(request.viewer()),
                        "story",
                        machines.story(request, key(machine)))));
    }

    private static MachineKey key(Row machine) {
        return new MachineKey(
                Math.toIntExact(machine.key()), machine.text("code"), machine.text("name"), machine.text("category"));
    }

    private static Map<String, String> parameters(Row machine, Tongue t, LocalDate today) {
        Map<String, String> parameters = machine.fields("parameters");
        Map<String, String> said = new LinkedHashMap<>();
        parameters.forEach((name, value) -> said.put(t.term("FIELD", name), value));
        said.put(t.say(Word.INSURANCE), t.term("INSURANCE", insurance(parameters.get("insured_until"), today)));
        return said;
    }

    /** Insurance is encouraged, nowhere asked for: Shandong Art. 8; a platform keeps these three (domain 6.8). */
    private static String insurance(@Nullable String until, LocalDate today) {
        if (until == null) {
            return "NONE";
        }
        return LocalDate.parse(until).isBefore(today) ? "LAPSED" : "ACTIVE";
    }

    private Answer form(Request request, int status, Row machine, EquipmentForm form) {
        Frame frame =
                Frame.of(request, request.tongue().say(Word.EQUIPMENT_CHANGE_TITLE) + " · " + machine.text("code"));
        return Answer.page(
                status,
                screens.render(
                        "equipment-form.jte",
                        Map.of("frame", status == 200 ? frame : frame.ofChange(), "machine", machine, "form", form)));
    }

    private Answer change(Request request) {
        Row machine = found(request);
        EquipmentForm sent = EquipmentForm.sent(machine, request);
        String code = machine.text("code");
        if (sent.reason().isEmpty()) {
            Map<String, String> problem =
                    Map.of(EquipmentForm.REASON, request.tongue().say(Word.WRONG_CHANGE_REASON));
            return form(request, 422, machine, sent.with(problem));
        }
        Map<String, String> cells = sent.differences(EquipmentForm.of(machine));
        return switch (decisions.change(code, cells, sent.reason(), request.actor())) {
            case Outcome.Done ignored -> changed(code, "equipment-changed");
            case Outcome.Unchanged ignored -> changed(code, "equipment-unchanged");
            case Outcome.Unknown ignored -> throw Refusal.notFound();
            case Outcome.Refused(Map<String, String> problems) -> form(request, 422, machine, sent.with(problems));
        };
    }

    private static Answer changed(String code, String done) {
        return Answer.seeOther(Address.of(Route.EQUIPMENT_ENTRY.path(code), Map.of("done", done)));
    }

    private Answer changeForProgram(Request request) {
        Row machine = found(request);
        List<String> known = new ArrayList<>(EquipmentForm.headings(machine));
        known.add(EquipmentForm.REASON);
        JsonBody body = JsonBody.of(request, known.toArray(String[]::new));
        Map<String, String> cells = new HashMap<>();
        body.names().forEach(name -> cells.put(name, body.text(name).orElse("")));
        cells.remove(EquipmentForm.REASON);
        String reason = body.text(EquipmentForm.REASON)
                .orElseThrow(() -> Refusal.wrongFields(Map.of(EquipmentForm.REASON, "say why, for the record")));
        return switch (decisions.change(machine.text("code"), cells, reason, request.actor())) {
            case Outcome.Done ignored -> json(request, found(request));
            case Outcome.Unchanged ignored -> json(request, machine);
            case Outcome.Unknown ignored -> throw Refusal.notFound();
            case Outcome.Refused(Map<String, String> problems) -> throw Refusal.wrongFields(problems);
        };
    }

    private Answer json(Request request, Row machine) {
        Map<String, @Nullable Object> json = machine.json();
        json.put(
                "duties",
                duties.of(machine.text("code"), today()).stream()
                        .map(EquipmentPages::json)
                        .toList());
        equipment
                .parts(request.scope(), machine)
                .forEach(filled -> json.put(
                        filled.part().name(),
                        filled.rows().stream().map(Row::json).toList()));
        return Answer.json(200, JSON.writeValueAsString(json));
    }

    private static Map<String, Object> json(MachineDuties.Part duty) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rule", duty.rule());
        json.put("title", duty.title().en());
        json.put("title_zh", duty.title().zh());
        json.put("due_on", duty.dueOn());
        json.put("clause", duty.clause().en());
        json.put("clause_zh", duty.clause().zh());
        json.put("source", duty.source());
        json.put("mark", duty.mark());
        return json;
    }

    private LocalDate today() {
        return Entry.today(clock);
    }

    private Row found(Request request) {
        String code = request.parameter("code");
        // A text that the database cannot hold is no machine's code.
        if (code.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.notFound();
        }
        return equipment.find(request.scope(), code).orElseThrow(Refusal::notFound);
    }
}
