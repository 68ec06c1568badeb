package io.tean.app.command;

/** A command cannot be carried out as it was given; the message says why and what to do. */
final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandException(String message) {
        super(message);
    }
}
