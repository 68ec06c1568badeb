package io.tean.dashboards.account;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import io.tean.dashboards.route.Refusal;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Hashes passwords with argon2id: 19 MiB, two passes, one lane (OWASP Password Storage Cheat Sheet). One takes a core for some tens of
 * milliseconds, so that they get half of the cores: a flood of logins must not starve the devices.
 */
final class PasswordHash {
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int HASH_BYTES = 32;
    private static final int SALT_BYTES = 16;
    private static final int AT_A_TIME = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    private static final int MOST_WAITING = 24;
    private static final int PATIENCE_SECONDS = 10;

    private static final Argon2Function FUNCTION =
            Argon2Function.getInstance(MEMORY_KIB, PASSES, LANES, HASH_BYTES, Argon2.ID);

    /**
     * Platform threads, which the system takes turns with: on a virtual one a hash would keep its carrier to the end, and every page would wait
     * behind it. Whoever waits here holds a place at the door: a flood of logins must leave places for everybody else.
     */
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            AT_A_TIME,
            AT_A_TIME,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().daemon().name("tean-password-", 0).factory());

    private final String hashOfNothing = of(Secret.random());

    /** The hash in PHC string format, salt and cost included. */
    String of(String password) {
        return inTurn(() ->
                Password.hash(password).addRandomSalt(SALT_BYTES).with(FUNCTION).getResult());
    }

    boolean matches(String password, String hash) {
        return inTurn(() -> Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash)));
    }

    /** The hash that stands in where there is no account; of a word that nobody knows. */
    String hashOfNothing() {
        return hashOfNothing;
    }

    /** Takes as long as a comparison: a stranger cannot tell by the time that an account does not exist. */
    void matchesNothing(String password) {
        matches(password, hashOfNothing);
    }

    private <T> T inTurn(Callable<T> work) {
        FutureTask<T> turn = new FutureTask<>(work);
        try {
            threads.execute(turn);
            return turn.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (RejectedExecutionException | TimeoutException e) {
            // One that nobody waits for any more must not take its turn.
            turn.cancel(false);
            throw Refusal.of(Refusal.Reason.BUSY, "too many people log in at a time: try again");
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot hash a password", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.of(Refusal.Reason.BUSY, "the service is stopping");
        }
    }
}
