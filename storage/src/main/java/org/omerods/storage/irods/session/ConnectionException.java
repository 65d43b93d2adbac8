package org.omerods.storage.irods.session;

import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;

/**
 * A connection could not be made or was lost; whatever was under way on it may or may not have happened. Layers above
 * translate it once, with operation and path.
 */
public final class ConnectionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    ConnectionException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    ConnectionException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** The same failure in the words of the layers above. */
    public StorageException toStorageException(String operation, String path) {
        return new StorageException(reason, operation, path, String.valueOf(getMessage()), this);
    }
}
