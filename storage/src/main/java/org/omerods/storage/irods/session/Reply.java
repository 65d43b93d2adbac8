package org.omerods.storage.irods.session;

import org.omerods.storage.StorageException;
import org.omerods.storage.irods.wire.ErrorCode;
import org.omerods.storage.irods.wire.ErrorStack;

/** The answer to one request, wholly received. An error stack may be there with success too. */
public final class Reply {
    private final int status;
    private final byte[] body;
    private final byte[] errors;
    private final int binaryBytes;

    Reply(int status, byte[] body, byte[] errors, int binaryBytes) {
        this.status = status;
        this.body = body;
        this.errors = errors;
        this.binaryBytes = binaryBytes;
    }

    /** Negative for an error, otherwise what the call says: 0, a descriptor, a count. */
    public int status() {
        return status;
    }

    /** The structure; may be there with an error too. Not copied. */
    public byte[] body() {
        return body;
    }

    /** How many bytes went into the request's target. */
    public int binaryBytes() {
        return binaryBytes;
    }

    public boolean is(ErrorCode code) {
        return code.is(status);
    }

    /** This reply, if it is no error. */
    public Reply orThrow(String operation, String path) throws StorageException {
        if (status < 0) {
            throw failure(operation, path);
        }
        return this;
    }

    /** The error of this reply as an exception. */
    public StorageException failure(String operation, String path) {
        return new StorageException(ErrorCode.reason(status), operation, path, describe());
    }

    /** The error in words. */
    public String describe() {
        String message = ErrorStack.firstMessage(errors);
        return ErrorCode.describe(status) + (message.isEmpty() ? "" : " (" + message + ")");
    }
}
