package org.omerods.fs.fuse.jnr;

import org.omerods.fs.vfs.Errno;

/** The filesystem answered with an error number. Carries no stack: it is an answer, not a mistake. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Errno errno;

    RefusedException(Errno errno) {
        super(errno.name(), null, false, false);
        this.errno = errno;
    }

    Errno errno() {
        return errno;
    }
}
