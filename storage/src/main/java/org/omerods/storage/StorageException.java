package org.omerods.storage;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The one failure of a {@link Storage}. Its message names the operation, the path, what went wrong and what to do about
 * it; {@link #reason()} is what programs decide by.
 */
public final class StorageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String operation;
    private final String path;
    private final String problem;

    /**
     * @param operation what was tried, a verb: {@code stat}, {@code read}
     * @param path what it was tried on; a host and port where it is about a connection
     * @param problem what went wrong, with the place's own error code where there is one
     */
    public StorageException(Reason reason, String operation, String path, String problem) {
        this(reason, operation, path, problem, null);
    }

    public StorageException(Reason reason, String operation, String path, String problem, @Nullable Throwable cause) {
        super(operation + " " + path + ": " + problem + "; " + reason.remedy(), cause);
        this.reason = requireNonNull(reason, "reason");
        this.operation = operation;
        this.path = path;
        this.problem = problem;
    }

    public Reason reason() {
        return reason;
    }

    public String operation() {
        return operation;
    }

    public String path() {
        return path;
    }

    /**
     * The same failure for another caller that waited for the same thing: with that caller's stack, and this one as the
     * cause. An exception is never shared between threads.
     */
    public StorageException forAnotherCaller() {
        return new StorageException(reason, operation, path, problem, this);
    }

    /** Whether it is worth repeating the same call at once: the way to the place was at fault, not the request. */
    public boolean retryable() {
        return reason.retryable();
    }

    /** Why an operation failed: a closed set. */
    public enum Reason {
        NOT_FOUND(false, "check the path and that this user may read the object and its collection"),
        ALREADY_EXISTS(false, "remove or rename what is there first"),
        NOT_A_COLLECTION(false, "the path names a data object"),
        IS_A_COLLECTION(false, "the path names a collection"),
        NOT_EMPTY(false, "remove what is in the collection first"),
        ACCESS_DENIED(false, "ask the owner for the permission (ichmod)"),
        LOGIN_REFUSED(false, "check user name, zone, password and authentication scheme (omerods doctor)"),
        LOCKED(false, "somebody else has it open for writing: try again when they are done"),
        STALE(false, "the object was changed elsewhere: open it again"),
        NO_GOOD_REPLICA(false, "all replicas are stale or being written: ask an administrator to repair the object"),
        NAME_TOO_LONG(false, "choose shorter names: the place limits the length of a path, and of each name in it"),
        INVALID(false, "the server cannot hold such a name, size or value"),
        UNSUPPORTED(false, "this place cannot do that"),
        READ_ONLY(false, "mounted read-only: nothing was changed"),
        NO_SPACE(false, "free space on the resource, or raise the quota"),
        UNAVAILABLE(true, "check that the server runs and can be reached (omerods doctor)"),
        TIMEOUT(true, "the server did not answer in time: check its load and the network"),
        CORRUPT(false, "the answer breaks the protocol or the checksum: report it with the log"),
        INTERRUPTED(false, "the caller gave up"),
        CLOSED(false, "the mount is being shut down");

        private final boolean retryable;
        private final String remedy;

        Reason(boolean retryable, String remedy) {
            this.retryable = retryable;
            this.remedy = remedy;
        }

        public boolean retryable() {
            return retryable;
        }

        /** Whether it concerns the way to the place, so that the other paths of a call for many would fail as well. */
        public boolean endsBulk() {
            return retryable || this == LOGIN_REFUSED || this == INTERRUPTED || this == CLOSED;
        }

        /** What a person can do about it: half a sentence. */
        public String remedy() {
            return remedy;
        }
    }
}
