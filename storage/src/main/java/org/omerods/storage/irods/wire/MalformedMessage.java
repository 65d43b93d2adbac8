package org.omerods.storage.irods.wire;

/** Bytes from the server that break the protocol: nothing that follows them on that connection can be trusted. */
public final class MalformedMessage extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedMessage(String message) {
        super(message);
    }
}
