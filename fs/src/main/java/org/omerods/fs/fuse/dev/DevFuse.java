package org.omerods.fs.fuse.dev;

/** The kernel's device. */
final class DevFuse {
    static final String PATH = "/dev/fuse";

    /** What to do where it is missing. */
    static final String REMEDY =
            "load the module (modprobe fuse), or run the container with --device /dev/fuse" + " --cap-add SYS_ADMIN";

    private DevFuse() {}
}
