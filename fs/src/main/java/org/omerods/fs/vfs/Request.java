package org.omerods.fs.vfs;

/** Who asks, and whether they still want to know. Thread-safe. */
public interface Request {
    int uid();

    int gid();

    /** Process id of the asking program; 0 when the kernel asks for itself (read-ahead). */
    int pid();

    /**
     * Runs {@code action} once when the asking program is interrupted (a signal, FUSE_INTERRUPT), at once when it already
     * was. The request must still be answered, EINTR being the usual answer then. A later action replaces an earlier one.
     */
    void onInterrupt(Runnable action);
}
