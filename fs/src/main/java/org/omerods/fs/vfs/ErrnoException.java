package org.omerods.fs.vfs;

/** A rule of the filesystem itself says no: no storage was asked. */
final class ErrnoException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Errno errno;

    ErrnoException(Errno errno, String problem) {
        // No stack: this is an answer, not a fault, and programs ask for missing things all the time.
        super(problem, null, false, false);
        this.errno = errno;
    }

    Errno errno() {
        return errno;
    }
}
