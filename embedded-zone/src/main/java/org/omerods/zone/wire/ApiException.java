package org.omerods.zone.wire;

import org.jspecify.annotations.Nullable;

/**
 * A request that is answered with an error status, and with a body where the protocol wants one beside the error.
 *
 * <p>Not a fault of the server: it is the regular way to refuse, so it carries no stack trace.
 */
public final class ApiException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient byte @Nullable [] body;
    private final boolean told;

    /** A refusal without a body. {@code reason} is for the log only. */
    public ApiException(int status, String reason) {
        this(status, reason, null, false);
    }

    /** A refusal whose reply carries {@code body}. */
    public ApiException(int status, String reason, byte @Nullable [] body) {
        this(status, reason, body, false);
    }

    private ApiException(int status, String reason, byte @Nullable [] body, boolean told) {
        super(reason + " [" + status + "]", null, false, false);
        this.status = status;
        this.body = body;
        this.told = told;
    }

    /** A refusal whose reason is sent to the client, in an error stack. */
    public static ApiException told(int status, String reason) {
        return new ApiException(status, reason, null, true);
    }

    /** The negative status of the reply. */
    public int status() {
        return status;
    }

    /** The body of the reply, or null. */
    public byte @Nullable [] body() {
        return body;
    }

    /** Whether the client is told the reason. */
    boolean isTold() {
        return told;
    }
}
