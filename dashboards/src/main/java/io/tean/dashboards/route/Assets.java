package io.tean.dashboards.route;

import io.tean.dashboards.screen.Asset;
import java.util.List;
import java.util.Map;

/** Serves what the pages refer to. */
public final class Assets {
    private Assets() {}

    public static Map<Route, Handler> handlers() {
        return Map.of(Route.ASSET, request -> {
            Asset asset = Asset.named(request.parameter("file")).orElseThrow(Refusal::notFound);
            return new Answer.Text(
                    200,
                    asset.contentType(),
                    asset.content(),
                    Map.of("Cache-Control", "public, max-age=31536000, immutable"),
                    List.of());
        });
    }
}
