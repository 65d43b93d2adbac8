package org.omerods.cli.mount;

import java.io.IOException;

/** This machine lacks something that the command needs; the message says what and how to get it. */
public final class MissingException extends IOException {
    private static final long serialVersionUID = 1L;

    public MissingException(String message) {
        super(message);
    }
}
