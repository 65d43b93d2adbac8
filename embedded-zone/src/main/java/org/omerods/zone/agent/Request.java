package org.omerods.zone.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.Link;
import org.omerods.zone.wire.Reply;
import org.omerods.zone.wire.Status;

/** One request: its body, and its binary part, which is still in the socket and is taken at most once. */
final class Request {
    private final byte[] body;
    private final Link link;
    private final long binaryLength;
    private long left;

    Request(byte[] body, Link link, int binaryLength) {
        this.body = body;
        this.link = link;
        this.binaryLength = binaryLength;
        this.left = binaryLength;
    }

    /** The body, which has to be there. */
    byte[] body() throws ApiException {
        if (body.length == 0) {
            throw new ApiException(Status.BODY_MISSING, "the request has no body");
        }
        return body;
    }

    /** Length of the binary part in bytes. */
    long binaryLength() {
        return binaryLength;
    }

    /** Writes the binary part into {@code file}. */
    void receive(FileChannel file, long position) throws IOException {
        link.receive(file, position, left);
        left = 0;
    }

    /** Sends an intermediate reply, and says whether the client answers with the four bytes of {@code expected}. */
    boolean ask(Reply reply, int expected) throws IOException {
        link.write(Agent.REPLY, reply);
        return link.readLength() == expected;
    }

    /** Passes over the first {@code bytes} of the binary part. */
    void skip(long bytes) throws IOException {
        link.skip(bytes);
        left -= bytes;
    }

    /** Passes over a binary part that nobody took. */
    void skipRest() throws IOException {
        link.skip(left);
        left = 0;
    }
}
