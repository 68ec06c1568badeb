package io.tean.dashboards.submission;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.inspection.InspectionDecisions.Problem;
import io.tean.dashboards.InspectedCity;
import io.tean.dashboards.NoDecisions;
import io.tean.dashboards.NotedInspections;
import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.Person;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SubmissionsIT {
    private static final NotedInspections LEDGER = new NotedInspections();

    private static OpenHouse house;
    private static InspectedCity.People people;

    @BeforeAll
    static void open() {
        house = OpenHouse.open(NoDecisions.but(LEDGER));
        InspectedCity.moveInto(house);
        people = InspectedCity.people(house);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @BeforeEach
    void forget() {
        LEDGER.refuse(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "city, '', BJ-4 BJ-1 BJ-5",
        "city, state=all, BJ-5 BJ-4 BJ-3 BJ-2 BJ-1",
        "city, state=refused, BJ-3",
        "city, late=yes, BJ-4 BJ-1",
        "city, late=no, BJ-5",
        "city, owed=bureau, BJ-4",
        "city, owed=use-unit, BJ-1",
        "city, owed=body, BJ-5",
        "city, counted=missing&from=2026-03-01&day=2026-03-31, BJ-5 BJ-2",
        "city, body=none, BJ-4",
        "city, category=ELEVATOR&state=all, BJ-2 BJ-1",
        "city, q=bj-2&state=all, BJ-2",
        "division, state=all, BJ-2 BJ-1",
        "unit-v, state=all&sort=added, BJ-3 BJ-4 BJ-5",
        "firm, state=all, BJ-1"
    })
    void list_isFilteredSortedAndHeldToTheScope(String name, String query, String expected) {
        List<String> numbers = new ArrayList<>();
        json(ok(people.named(name), "/api/v1/inspection/submissions?" + query))
                .get("items")
                .forEach(item -> numbers.add(item.get("submission_no").asString()));
        assertThat(numbers).containsExactly(expected.split(" "));
        assertThat(ok(people.named(name), "/inspection/submissions?" + query)).contains(numbers);
        assertThat(ok(people.named(name), "/inspection/submissions.csv?" + query)
                        .lines())
                .hasSize(numbers.size() + 1);
    }

    @Test
    void submission_showsItsSteps_andTellsTheBureauWhoEnteredThem() {
        assertThat(ok(people.city(), "/inspection/submissions/BJ-5?lang=en"))
                .contains("Day agreed", "2026-03-27", "2026-03-31", "2099-01-01", "submission-step", "step-writer");
        assertThat(ok(people.unitV(), "/inspection/submissions/BJ-5?lang=en"))
                .contains("2026-03-27")
                .doesNotContain("step-writer", "Enter the next step");
        assertThat(json(ok(people.city(), "/api/v1/inspection/submissions/BJ-5"))
                        .get("next_steps")
                        .toString())
                .isEqualTo("[\"returned\",\"appointed\",\"inspected\"]");
    }

    @Test
    void foreignSubmission_isLikeOneThatIsNot() {
        assertThat(people.unitU().get("/inspection/submissions/BJ-5").statusCode())
                .isEqualTo(404);
        assertThat(people.division().get("/inspection/submissions/BJ-5").statusCode())
                .isEqualTo(404);
        assertThat(people.division()
                        .post("/inspection/submissions/BJ-5/step", Map.of("step", "inspected", "on", "2026-04-01"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(LEDGER.made()).isEmpty();
    }

    @Test
    void step_goesToTheLedger_withWhatItNeedsAndNothingElse() {
        HttpResponse<String> answer = people.city()
                .post(
                        "/inspection/submissions/BJ-5/step",
                        Map.of(
                                "step",
                                "appointed",
                                "on",
                                "2026-04-01",
                                "agreed-on",
                                "2026-04-07",
                                "reason",
                                "left over"));
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(LEDGER.made())
                .singleElement()
                .asString()
                .startsWith("BJ-5 Step[step=APPOINTED, on=2026-04-01, agreedOn=Optional[2026-04-07]")
                .contains("reason=Optional.empty")
                .endsWith("by city");
    }

    @ParameterizedTest
    @CsvSource({
        "step=accepted&on=2026-04-01, step",
        "step=nonsense&on=2026-04-01, step",
        "step=inspected&on=soon, on",
        "step=appointed&on=2026-04-01, agreed-on",
        "step=returned&on=2026-04-01, reason"
    })
    void stepThatCannotBe_isSaidBesideItsField(String form, String field) {
        HttpResponse<String> answer = people.city().post("/inspection/submissions/BJ-5/step", fields(form));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("href=\"#" + field + "\"");
        assertThat(LEDGER.made()).isEmpty();
    }

    @Test
    void report_needsConclusionAndNumber() {
        house.database().execute("UPDATE submission SET state = 'INSPECTED' WHERE submission_no = 'BJ-5'");
        try {
            assertThat(people.city()
                            .post("/inspection/submissions/BJ-5/step", fields("step=report-issued&on=2026-04-01"))
                            .body())
                    .contains("id=\"conclusion-problem\"", "id=\"report-no-problem\"");
        } finally {
            house.database().execute("UPDATE submission SET state = 'APPOINTED' WHERE submission_no = 'BJ-5'");
        }
    }

    @ParameterizedTest
    @CsvSource({"WRONG_DAY, on", "NOT_NOW, step", "INCOMPLETE, step", "SUBMITTED_ALREADY, report-no"})
    void whatTheLedgerRefuses_isSaidBesideTheField(Problem problem, String field) {
        LEDGER.refuse(Optional.of(problem));
        HttpResponse<String> answer =
                people.city().post("/inspection/submissions/BJ-5/step", fields("step=inspected&on=2026-04-01"));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("href=\"#" + field + "\"");
    }

    @Test
    void useUnit_submitsItsOwnMachinesOnly() {
        Map<String, String> draft =
                fields("submission-no=N-1&equipment-code=ELV-1002&kind=PERIODIC_INSPECTION&submitted-on=2026-04-01");
        assertThat(people.unitU().post("/inspection/submissions/new", draft).statusCode())
                .isEqualTo(303);
        assertThat(LEDGER.made()).singleElement().asString().startsWith("Submission[no=N-1, equipmentCode=ELV-1002");
        HttpResponse<String> foreign = people.unitV().post("/inspection/submissions/new", draft);
        assertThat(foreign.statusCode()).isEqualTo(422);
        assertThat(foreign.body()).contains("id=\"equipment-code-problem\"");
        assertThat(people.firm().post("/inspection/submissions/new", draft).statusCode())
                .isEqualTo(403);
        assertThat(LEDGER.made()).hasSize(1);
    }

    @Test
    void submissionWithWrongFields_keepsWhatWasTyped() {
        HttpResponse<String> answer = people.city()
                .post(
                        "/inspection/submissions/new",
                        fields("submission-no=new&equipment-code=ELV-1&body=X&kind=&submitted-on=x"));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("submission-no-problem", "equipment-code-problem", "body-problem", "kind-problem")
                .contains("submitted-on-problem", "value=\"ELV-1\"");
    }

    @Test
    void freezing_isForTheWholeBureau() {
        assertThat(people.city()
                        .post("/inspection/months", Map.of("month", "2026-03"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(LEDGER.made()).containsExactly("2026-03 by city");
        assertThat(people.division()
                        .post("/inspection/months", Map.of("month", "2026-03"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(people.city()
                        .post("/inspection/months", Map.of("month", "March"))
                        .body())
                .contains("month-problem");
        LEDGER.refuse(Optional.of(Problem.NOT_TO_BE_FROZEN));
        assertThat(people.city()
                        .post("/inspection/months", Map.of("month", "2099-03"))
                        .statusCode())
                .isEqualTo(422);
    }

    private static Map<String, String> fields(String form) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : form.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            fields.put(parts[0], parts[1]);
        }
        return fields;
    }

    private static JsonNode json(String body) {
        return new JsonMapper().readTree(body);
    }

    private static String ok(Person person, String path) {
        HttpResponse<String> answer = person.get(path);
        assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
        return answer.body();
    }
}
