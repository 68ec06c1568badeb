package io.tean.alerting.rule;

/** The catalogue cannot be used; the message has one line for each problem, with file, line and column. */
public final class RuleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RuleException(String message) {
        super(message);
    }
}
