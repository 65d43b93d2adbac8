package org.omerods.fs.fuse.dev;

import java.io.IOException;
import java.nio.file.Path;
import org.omerods.fs.fuse.MountOptions;

/** Opens /dev/fuse and mounts it somewhere. */
@FunctionalInterface
interface DeviceMounter {
    /**
     * The open device of a mount whose first request waits.
     *
     * @throws IOException naming the mount point, the cause and the remedy; nothing is mounted then
     */
    DeviceChannel mount(Path mountPoint, MountOptions options) throws IOException;
}
