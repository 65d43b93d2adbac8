package org.omerods.fs.fuse;

import java.io.IOException;
import java.nio.file.Path;
import org.omerods.fs.fuse.linux.Fusermount;
import org.omerods.fs.fuse.linux.Libc;
import org.omerods.fs.fuse.linux.LinuxErrno;

/** Takes mounts away: as root by umount2(2), else by fusermount3. */
public final class Unmounting {
    private Unmounting() {}

    /**
     * Unmounts what nobody uses.
     *
     * @throws MountBusyException naming the programs that use it
     */
    public static void plainly(Path mountPoint) throws IOException {
        unmount(mountPoint, 0);
    }

    /** The mount vanishes at once, and ends when its last user has closed what is open. */
    public static void lazily(Path mountPoint) throws IOException {
        unmount(mountPoint, Libc.MNT_DETACH);
    }

    /** As {@link #lazily}; as root also breaks off what its users wait for: they get errors. */
    public static void forcibly(Path mountPoint) throws IOException {
        unmount(mountPoint, Libc.MNT_DETACH | Libc.MNT_FORCE);
    }

    private static void unmount(Path mountPoint, int flags) throws IOException {
        if (Libc.effectiveUser() != 0) {
            unmountByFusermount(mountPoint, flags != 0);
            return;
        }
        int result = Libc.umount2(mountPoint.toString(), flags | Libc.UMOUNT_NOFOLLOW);
        if (result == -LinuxErrno.EBUSY) {
            throw busy(mountPoint);
        }
        if (result < 0) {
            throw new IOException("unmount " + mountPoint + ": umount2 failed with " + LinuxErrno.describe(result)
                    + (result == -LinuxErrno.EPERM ? "; it needs the capability CAP_SYS_ADMIN" : "")
                    + (result == -LinuxErrno.EINVAL ? "; nothing is mounted there" : ""));
        }
    }

    private static void unmountByFusermount(Path mountPoint, boolean lazily) throws IOException {
        String complaint = Fusermount.find().unmount(mountPoint, lazily);
        if (complaint.contains("busy")) {
            throw busy(mountPoint);
        }
        if (!complaint.isEmpty()) {
            throw new IOException("unmount " + mountPoint + ": " + complaint);
        }
    }

    private static MountBusyException busy(Path mountPoint) {
        return new MountBusyException("unmount " + mountPoint + ": busy, used by " + BusyProcesses.describe(mountPoint)
                + "; end these programs, or unmount lazily");
    }
}
