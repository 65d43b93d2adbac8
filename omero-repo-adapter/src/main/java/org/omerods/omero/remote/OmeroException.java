package org.omerods.omero.remote;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** The one failure of a call to OMERO. Its message names what was tried, on what, what went wrong and what to do about it. */
public final class OmeroException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /**
     * @param operation what was tried, a verb: {@code annotate}
     * @param object what it was tried on: {@code Image:5}, an address
     * @param problem what OMERO said; never a secret
     */
    public OmeroException(Reason reason, String operation, String object, String problem) {
        this(reason, operation, object, problem, null);
    }

    public OmeroException(Reason reason, String operation, String object, String problem, @Nullable Throwable cause) {
        super(operation + " " + object + ": " + problem + "; " + reason.remedy, cause);
        this.reason = requireNonNull(reason, "reason");
    }

    public Reason reason() {
        return reason;
    }

    /** Whether the same call may succeed later without anybody changing anything. */
    public boolean retryable() {
        return reason.retryable;
    }

    /** Why a call failed: a closed set. */
    public enum Reason {
        UNAVAILABLE(true, "check that OMERO runs and can be reached from here"),
        TIMEOUT(true, "OMERO did not answer in time: check its load"),
        LOGIN_REFUSED(false, "check user, password and server number of the service account"),
        NOT_FOUND(false, "the object is gone, or the service account may not see it"),
        REJECTED(false, "the service account may lack the permission: see OMERO's log"),
        UNEXPECTED(false, "this OMERO answers differently from those that are known: report it with the log"),
        NO_PROGRAM(false, "install omero-py here, or name its omero program in the configuration"),
        INTERRUPTED(false, "the caller gave up");

        private final boolean retryable;
        private final String remedy;

        Reason(boolean retryable, String remedy) {
            this.retryable = retryable;
            this.remedy = remedy;
        }
    }
}
