package io.tean.register.intake;

import java.util.Optional;

/**
 * What an import did.
 *
 * @param refused rows with a problem; when all or nothing was wanted, nothing was taken in if there is one
 * @param problem of the file as a whole, such as an unknown heading
 */
public record Imported(
        long importId, long added, long changed, long unchanged, long refused, Optional<String> problem) {
    /** Whether all rows were taken in. */
    public boolean isWhole() {
        return refused == 0 && problem.isEmpty();
    }
}
