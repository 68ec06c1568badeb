package io.tean.app.faults;

import java.util.List;
import java.util.regex.Pattern;

/** Lines of level ERROR that the service may write when the scenarios hurt it, each with its reason. */
final class AllowedErrors {
    private static final List<Pattern> PATTERNS = List.of(
            // The scheduler of the recurring jobs says so at each look while the database is away; health and
            // tean.job.lag tell it too.
            Pattern.compile("c\\.g\\.k\\.s\\.Run(UntilShutdown|AndLogErrors) Unhandled exception\\. Will keep running"),
            // The database went while it noted that a job had run: the note is found dead and the job runs again.
            Pattern.compile("c\\.g\\.k\\.s\\.ExecutePicked Failed while completing execution .* SQLRuntimeException"));

    private AllowedErrors() {}

    static boolean allows(String line) {
        return PATTERNS.stream().anyMatch(p -> p.matcher(line).find());
    }
}
