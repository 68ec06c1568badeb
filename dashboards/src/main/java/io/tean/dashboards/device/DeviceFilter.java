package io.tean.dashboards.device;

import io.tean.dashboards.list.Search;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which devices are asked for.
 *
 * @param organisation credit code of the one that runs them
 */
public record DeviceFilter(Search search, Optional<DeviceState> state, Optional<String> organisation) {
    private static final Pattern CREDIT_CODE = Pattern.compile("[0-9A-Z]{18}");

    /** @throws Refusal when a value cannot be used */
    static DeviceFilter of(Request request) {
        return new DeviceFilter(
                Search.of(request),
                request.query("state").map(DeviceFilter::state),
                request.query("organisation").map(code -> organisation(request, code)));
    }

    private static DeviceState state(String word) {
        return DeviceState.of(word).orElseThrow(() -> {
            String known =
                    Arrays.stream(DeviceState.values()).map(DeviceState::word).collect(Collectors.joining(", "));
            return Refusal.badParameter("state", "'" + word + "' is none of " + known);
        });
    }

    private static String organisation(Request request, String code) {
        if (!request.scope().ofBureau()) {
            throw Refusal.badParameter("organisation", "only accounts of the bureau may choose one");
        }
        if (!CREDIT_CODE.matcher(code).matches()) {
            throw Refusal.badParameter(
                    "organisation", "'" + code + "' is no credit code of 18 digits and capital letters");
        }
        return code;
    }

    /** Whether it leaves nothing out. */
    public boolean isEmpty() {
        return search.isBlank() && state.isEmpty() && organisation.isEmpty();
    }
}
