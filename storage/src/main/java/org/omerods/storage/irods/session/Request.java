package org.omerods.storage.irods.session;

import java.nio.ByteBuffer;
import org.omerods.storage.irods.wire.Api;

/** One call of the server. */
public final class Request {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Api api;
    private final byte[] body;
    private final ByteBuffer binary;
    private final ByteBuffer target;

    private Request(Api api, byte[] body, ByteBuffer binary, ByteBuffer target) {
        this.api = api;
        this.body = body;
        this.binary = binary;
        this.target = target;
    }

    public static Request of(Api api, byte[] body) {
        return new Request(api, body, NOTHING, NOTHING);
    }

    /** With bytes after the body; they are wholly on their way when the submission returns. */
    public static Request sending(Api api, byte[] body, ByteBuffer binary) {
        return new Request(api, body, binary, NOTHING);
    }

    /** With a place for the reply's binary part: its remaining bytes are the most that is accepted. */
    public static Request receiving(Api api, byte[] body, ByteBuffer target) {
        return new Request(api, body, NOTHING, target);
    }

    Api api() {
        return api;
    }

    byte[] body() {
        return body;
    }

    ByteBuffer binary() {
        return binary;
    }

    ByteBuffer target() {
        return target;
    }
}
