package io.tean.dashboards;

import io.tean.dashboards.access.Viewer;
import io.tean.dashboards.route.Identity;
import java.util.Optional;

final class Nobody implements Identity {
    @Override
    public Optional<Viewer> session(String cookie) {
        return Optional.empty();
    }

    @Override
    public Optional<Viewer> token(String bearer) {
        return Optional.empty();
    }
}
