package org.omerods.fs.fuse.dev;

import java.io.IOException;
import java.nio.file.Path;
import org.omerods.fs.fuse.MountOptions;
import org.omerods.fs.fuse.MountTable;
import org.omerods.fs.fuse.linux.DevFuse;
import org.omerods.fs.fuse.linux.Libc;
import org.omerods.fs.fuse.linux.LinuxErrno;

/** Mounts by mount(2): needs CAP_SYS_ADMIN, and no program. */
final class RootMounter implements DeviceMounter {
    private static final long FLAGS = Libc.MS_NOSUID | Libc.MS_NODEV;

    @Override
    public DeviceChannel mount(Path mountPoint, MountOptions options) throws IOException {
        int fd = Libc.open(DevFuse.PATH, Libc.O_RDWR | Libc.O_CLOEXEC);
        if (fd < 0) {
            throw new IOException("mount " + mountPoint + ": opening " + DevFuse.PATH + " failed with "
                    + LinuxErrno.describe(fd) + "; " + DevFuse.REMEDY);
        }
        // Read-only so that every writing call is refused before it comes here.
        long flags = FLAGS | (options.readOnly() ? Libc.MS_RDONLY : 0);
        int result =
                Libc.mount(options.source(), mountPoint.toString(), MountTable.OMERODS_TYPE, flags, data(fd, options));
        if (result < 0) {
            Libc.close(fd);
            throw new IOException("mount " + mountPoint + ": mount(2) failed with " + LinuxErrno.describe(result)
                    + (result == -LinuxErrno.EPERM
                            ? "; it needs the capability CAP_SYS_ADMIN (container: --cap-add SYS_ADMIN, and an AppArmor"
                                    + " profile that allows mounts)"
                            : "; the kernel's log (dmesg) may say more"));
        }
        return new DeviceChannel(fd);
    }

    private static String data(int fd, MountOptions options) {
        return "fd=" + fd + ",rootmode=40000,user_id=" + Libc.effectiveUser() + ",group_id=" + Libc.effectiveGroup()
                + ",max_read=" + InitHandshake.MAX_TRANSFER_BYTES + ",default_permissions"
                + (options.allowOther() ? ",allow_other" : "");
    }
}
