package org.omerods.fs.fuse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A program that mounts a small filesystem with the driver and at the place that its arguments name, says so, and serves it
 * until the mount is gone or the program is killed.
 */
final class KilledDaemon {
    static final String CONTENT = "served by another program";

    private KilledDaemon() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        FakeFilesystem filesystem = new FakeFilesystem();
        filesystem.file(filesystem.root, "a", CONTENT.getBytes(UTF_8));
        boolean allowOther = arguments.length > 2;
        MountOptions options = new MountOptions("killed, daemon", allowOther, MountOptions.DEFAULT_READ_AHEAD_BYTES);
        try (Mount mount = FuseDrivers.choose(arguments[0]).mount(filesystem, Path.of(arguments[1]), options)) {
            System.out.println("mounted");
            mount.awaitUnmounted();
        }
    }
}
