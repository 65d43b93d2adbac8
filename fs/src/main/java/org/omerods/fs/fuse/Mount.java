package org.omerods.fs.fuse;

import java.io.IOException;
import java.nio.file.Path;

/** A mount that is up. Thread-safe. */
public interface Mount extends AutoCloseable {
    Path mountPoint();

    /** Name of the driver that serves it. */
    String driver();

    /** Waits until it is unmounted by whomever. */
    void awaitUnmounted() throws InterruptedException;

    /**
     * Unmounts and waits for the driver's threads. While programs have files open: with {@code lazily} the mount vanishes
     * at once and they keep what they have until the process ends; without it an exception says who is busy.
     */
    void unmount(boolean lazily) throws IOException;

    /** Unmounts lazily, once; never throws. */
    @Override
    void close();
}
