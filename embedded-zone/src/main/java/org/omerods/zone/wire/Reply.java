package org.omerods.zone.wire;

/** The answer to a request: status, body, error stack and binary part, each of which may be empty. Immutable by agreement. */
public final class Reply {
    private static final byte[] EMPTY = {};

    private final int status;
    private final byte[] body;
    private final byte[] errorStack;
    private final Payload payload;

    private Reply(int status, byte[] body, byte[] errorStack, Payload payload) {
        this.status = status;
        this.body = body;
        this.errorStack = errorStack;
        this.payload = payload;
    }

    /** Success without a body. */
    public static final Reply DONE = of(0);

    /** A status without a body. */
    public static Reply of(int status) {
        return of(status, EMPTY);
    }

    /** A status with a body. */
    public static Reply of(int status, byte[] body) {
        return new Reply(status, body, EMPTY, new Payload.None());
    }

    /** A refusal as the protocol sends it. */
    public static Reply of(ApiException refusal) {
        byte[] body = refusal.body();
        Reply reply = of(refusal.status(), body == null ? EMPTY : body);
        int[] stack = refusal.toldAs();
        return stack.length == 0
                ? reply
                : reply.withErrorStack(Bodies.errorStack(String.valueOf(refusal.getMessage()), stack));
    }

    /** This reply with an error stack, which does not make it a failure. */
    public Reply withErrorStack(byte[] stack) {
        return new Reply(status, body, stack, payload);
    }

    /** This reply with a binary part. */
    public Reply withPayload(Payload binary) {
        return new Reply(status, body, errorStack, binary);
    }

    public int status() {
        return status;
    }

    /** The packed structure, not to be changed. */
    public byte[] body() {
        return body;
    }

    /** The packed error stack, not to be changed. */
    public byte[] errorStack() {
        return errorStack;
    }

    public Payload payload() {
        return payload;
    }
}
