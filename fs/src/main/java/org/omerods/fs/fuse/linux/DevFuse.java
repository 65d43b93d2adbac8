package org.omerods.fs.fuse.linux;

import java.nio.file.Files;
import java.nio.file.Path;

/** The kernel's device for filesystems in programs. */
public final class DevFuse {
    public static final String PATH = "/dev/fuse";

    /** What to do where it is missing. */
    public static final String REMEDY =
            "load the module (modprobe fuse), or run the container with --device /dev/fuse" + " --cap-add SYS_ADMIN";

    private DevFuse() {}

    /** Why this user cannot mount by it, with the remedy; empty when nothing speaks against it. */
    public static String unavailableBecause() {
        if (!Files.exists(Path.of(PATH))) {
            return PATH + " is missing: " + REMEDY;
        }
        int fd = Libc.open(PATH, Libc.O_RDWR | Libc.O_CLOEXEC);
        if (fd < 0) { // fusermount3 opens it with its user's rights as well
            return "opening " + PATH + " fails with " + LinuxErrno.describe(fd) + ": let users open it (chmod 666 "
                    + PATH + " by root), or run as root; in a container " + REMEDY;
        }
        Libc.close(fd);
        if (Libc.effectiveUser() != 0 && Fusermount.ifPresent().isEmpty()) {
            return "fusermount3 is missing: install it (Debian: apt-get install fuse3) or run as root";
        }
        return "";
    }
}
