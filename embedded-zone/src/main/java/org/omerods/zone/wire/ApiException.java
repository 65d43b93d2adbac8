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
    private final transient int[] toldAs;

    /** A refusal without a body. {@code reason} is for the log only. */
    public ApiException(int status, String reason) {
        this(status, reason, null, new int[0]);
    }

    /** A refusal whose reply carries {@code body}. */
    public ApiException(int status, String reason, byte @Nullable [] body) {
        this(status, reason, body, new int[0]);
    }

    private ApiException(int status, String reason, byte @Nullable [] body, int[] toldAs) {
        super(reason + " [" + status + "]", null, false, false);
        this.status = status;
        this.body = body;
        this.toldAs = toldAs;
    }

    /** A refusal whose reason is sent to the client, in an error stack. */
    public static ApiException told(int status, String reason) {
        return new ApiException(status, reason, null, new int[] {0});
    }

    /** A refusal whose reason is sent to the client, in an error stack with these statuses. */
    public static ApiException told(int status, String reason, int... stack) {
        return new ApiException(status, reason, null, stack.clone());
    }

    /** The negative status of the reply. */
    public int status() {
        return status;
    }

    /** The body of the reply, or null. */
    public byte @Nullable [] body() {
        return body;
    }

    /** The statuses under which the client is told the reason; empty where it is not told. */
    int[] toldAs() {
        return toldAs.clone();
    }
}
