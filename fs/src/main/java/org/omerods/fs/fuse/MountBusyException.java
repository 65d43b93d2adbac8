package org.omerods.fs.fuse;

import java.io.IOException;

/** Programs have files or directories of the mount open. The message names them and the remedy. */
public final class MountBusyException extends IOException {
    private static final long serialVersionUID = 1L;

    MountBusyException(String message) {
        super(message);
    }
}
