package org.omerods.fs.fuse;

import java.io.IOException;
import java.nio.file.Path;
import org.omerods.fs.vfs.Filesystem;

/** A way to mount a filesystem. */
public interface FuseDriver {
    /** As {@code --driver} names it: {@code dev}, {@code jnr}. */
    String name();

    /** Why this driver cannot work here, one sentence with the remedy; empty when it can. */
    String unavailableBecause();

    /**
     * Mounts; returns when the mount answers. A stale mount of a daemon that was killed is cleaned away first.
     *
     * @throws IOException when it cannot be mounted; the message names the mount point, the cause and the remedy
     */
    Mount mount(Filesystem filesystem, Path mountPoint, MountOptions options) throws IOException;
}
