package io.tean.dashboards.api;

import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.status.Status;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/** Serves the contract itself, and how the service does. */
public final class ApiPages {
    private static final JsonMapper JSON = new JsonMapper();

    private final String contract = contract();
    private final Supplier<Status> status;

    public ApiPages(Supplier<Status> status) {
        this.status = status;
    }

    /** The routes of this family. */
    public Map<Route, Handler> handlers() {
        return Map.of(
                Route.API_CONTRACT,
                request -> new Answer.Text(200, "application/yaml", contract, Map.of(), List.of()),
                Route.API_STATUS,
                request -> Answer.json(200, JSON.writeValueAsString(StatusJson.of(status.get()))));
    }

    private static String contract() {
        try (InputStream in = ApiPages.class.getResourceAsStream("openapi.yaml")) {
            if (in == null) {
                throw new IllegalStateException("openapi.yaml is missing on the class path; build again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read openapi.yaml on the class path", e);
        }
    }
}
