package io.tean.alerting.rule;

/** What people wrote down as data, such as rules, routes or channels, cannot be used; the message has one line for each problem, with file, line and column. */
public final class RuleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RuleException(String message) {
        super(message);
    }
}
