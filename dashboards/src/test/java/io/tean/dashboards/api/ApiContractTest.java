package io.tean.dashboards.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tean.dashboards.access.Role;
import io.tean.dashboards.access.TokenScope;
import io.tean.dashboards.api.ApiContract.Operation;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.route.Who;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class ApiContractTest {
    private static final ApiContract CONTRACT = ApiContract.read();

    static Stream<Route> routes() {
        return Arrays.stream(Route.values()).filter(route -> route.kind().ofApi());
    }

    static List<Operation> operations() {
        return CONTRACT.operations();
    }

    @Test
    void contract_isOpenApi() {
        SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        assertThat(schemas.getSchema(ApiContract.resource("openapi-3.1-schema.json"), InputFormat.JSON)
                        .validate(ApiContract.raw()))
                .isEmpty();
    }

    @Test
    void contractThatIsNone_isFound() {
        SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        String bad = ApiContract.resource("openapi.yaml").replace("operationId:", "operation:");
        assertThat(schemas.getSchema(ApiContract.resource("openapi-3.1-schema.json"), InputFormat.JSON)
                        .validate(bad, InputFormat.YAML))
                .isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void everyRoute_standsInTheContract_withItsMethodAndPath(Route route) {
        assertThat(CONTRACT.operations())
                .filteredOn(operation -> id(operation).equals(ApiContract.operationId(route)))
                .singleElement()
                .satisfies(operation -> {
                    assertThat(operation.method()).isEqualTo(route.method());
                    assertThat(operation.path()).isEqualTo(route.path().replaceAll(":([a-z]+)", "{$1}"));
                });
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyOperation_isARoute(Operation operation) {
        assertThat(routes().map(ApiContract::operationId)).contains(id(operation));
    }

    @ParameterizedTest
    @MethodSource("routes")
    void everyRoute_hasItsRulesInTheContract(Route route) {
        JsonNode operation = operation(route);
        assertThat(Optional.ofNullable(operation.get("x-token-scope")).map(JsonNode::stringValue))
                .isEqualTo(route.tokenScope().map(TokenScope::word));
        assertThat(ApiContract.texts(operation.get("x-roles"))).containsExactlyInAnyOrderElementsOf(roles(route.who()));
        assertThat(operation.has("security")).as("needs no credential").isEqualTo(route.who() instanceof Who.Anyone);
    }

    @ParameterizedTest
    @MethodSource("routes")
    void everyRoute_namesItsRefusals(Route route) {
        JsonNode responses = operation(route).get("responses");
        assertThat(responses.has("default")).isTrue();
        boolean known = !(route.who() instanceof Who.Anyone);
        assertThat(responses.has("401")).isEqualTo(known);
        assertThat(responses.has("403")).isEqualTo(known);
        assertThat(responses.has("404") || !route.path().contains(":")).isTrue();
    }

    @Test
    void rolesAndScopes_areThoseThatThereAre() {
        JsonNode schemas = ApiContract.raw().get("components").get("schemas");
        assertThat(ApiContract.texts(schemas.get("Role").get("enum")))
                .containsExactlyElementsOf(
                        Arrays.stream(Role.values()).map(Role::word).toList());
        assertThat(ApiContract.texts(schemas.get("TokenScope").get("enum")))
                .containsExactlyElementsOf(
                        Arrays.stream(TokenScope.values()).map(TokenScope::word).toList());
    }

    @Test
    void goodRequest_hasNoProblem() {
        assertThat(CONTRACT.problems("GET", "/api/v1/devices?page=2&size=50&sort=-added&q=a%20b", Optional.empty()))
                .isEmpty();
        assertThat(CONTRACT.problems("GET", "/api/v1/audit/7", Optional.empty()))
                .isEmpty();
        assertThat(CONTRACT.problems(
                        "POST",
                        "/api/v1/accounts",
                        Optional.of("{\"name\":\"li.wei\",\"display_name\":\"李伟\",\"role\":\"inspector\"}")))
                .isEmpty();
    }

    @Test
    void badRequests_areFound() {
        for (String address : List.of(
                "/api/v1/devices?size=201",
                "/api/v1/devices?size=many",
                "/api/v1/devices?sort=colour",
                "/api/v1/devices?colour=red",
                "/api/v1/audit?from=1.3.2026",
                "/api/v1/audit?from=2026-02-30",
                "/api/v1/audit/x",
                "/api/v1/nothing")) {
            assertThat(CONTRACT.problems("GET", address, Optional.empty()))
                    .as(address)
                    .isNotEmpty();
        }
        assertThat(CONTRACT.problems("DELETE", "/api/v1/devices", Optional.empty()))
                .isNotEmpty();
        assertThat(CONTRACT.problems("POST", "/api/v1/accounts", Optional.empty()))
                .isNotEmpty();
        assertThat(CONTRACT.problems("POST", "/api/v1/accounts", Optional.of("{\"name\":\"x\"}")))
                .isNotEmpty();
        assertThat(CONTRACT.problems("POST", "/api/v1/accounts", Optional.of("{")))
                .isNotEmpty();
    }

    @Test
    void badAnswers_areFound() {
        String page = "\"page\":1,\"size\":25,\"total\":0,\"more\":false";
        String json = "application/json; charset=utf-8";
        assertThat(problems(200, json, "{\"items\":[]," + page + "}")).isEmpty();
        assertThat(problems(200, json, "{\"items\":[]," + page + ",\"secret\":1}"))
                .isNotEmpty();
        assertThat(problems(200, json, "{\"items\":[{}]," + page + "}")).isNotEmpty();
        assertThat(problems(200, json, "{\"items\":[]}")).isNotEmpty();
        assertThat(problems(200, "text/html", "{\"items\":[]," + page + "}")).isNotEmpty();
        assertThat(problems(204, json, "")).isNotEmpty();
        assertThat(problems(404, json, "{}")).isNotEmpty();
        assertThat(problems(404, "application/problem+json", "{\"title\":\"?\"}"))
                .isNotEmpty();
    }

    private static List<String> problems(int status, String type, String body) {
        return CONTRACT.problems(Route.API_AUDIT, new MadeUpAnswer(status, type, body));
    }

    private static JsonNode operation(Route route) {
        return CONTRACT.operations().stream()
                .filter(operation -> id(operation).equals(ApiContract.operationId(route)))
                .findFirst()
                .orElseThrow()
                .node();
    }

    private static String id(Operation operation) {
        return operation.node().get("operationId").stringValue();
    }

    private static List<String> roles(Who who) {
        return switch (who) {
            case Who.Anyone ignored -> List.of("anyone");
            case Who.SignedIn ignored -> List.of("signed-in");
            case Who.Roles roles -> roles.roles().stream().map(Role::word).toList();
            case Who.LinkHolder ignored -> List.of("link-holder");
            case Who.Neighbours ignored -> List.of("neighbours");
        };
    }
}
