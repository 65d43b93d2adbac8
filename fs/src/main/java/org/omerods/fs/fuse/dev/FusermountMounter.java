package org.omerods.fs.fuse.dev;

import java.io.IOException;
import java.nio.file.Path;
import org.omerods.fs.fuse.MountOptions;
import org.omerods.fs.fuse.linux.DevFuse;
import org.omerods.fs.fuse.linux.Fusermount;
import org.omerods.fs.fuse.linux.FusermountDevice;

/** Mounts through fusermount3, for users other than root. */
final class FusermountMounter implements DeviceMounter {
    private static final String SUBTYPE = "omerods"; // the kernel shows fuse.omerods

    @Override
    public DeviceChannel mount(Path mountPoint, MountOptions options) throws IOException {
        String list = (options.readOnly() ? "ro" : "rw") + ",nosuid,nodev,default_permissions,max_read="
                + InitHandshake.MAX_TRANSFER_BYTES + ",subtype="
                + SUBTYPE + ",fsname=" + escape(options.source())
                + (options.allowOther() ? ",allow_other" : "");
        try {
            return new DeviceChannel(FusermountDevice.mount(Fusermount.find(), mountPoint, list));
        } catch (IOException e) {
            throw new IOException(
                    "mount " + mountPoint + ": " + e.getMessage() + remedy(String.valueOf(e.getMessage())), e);
        }
    }

    /** fusermount splits its options at commas that have no backslash before them. */
    private static String escape(String source) {
        return source.replace("\\", "\\\\").replace(",", "\\,");
    }

    private static String remedy(String complaint) {
        if (complaint.contains("user_allow_other")) {
            return "; have root add the line user_allow_other to /etc/fuse.conf, or mount without allow_other";
        }
        if (complaint.contains("no write access") || complaint.contains("bad mount point")) {
            return "; the directory must belong to the user who mounts";
        }
        return complaint.contains("failed to open") ? "; " + DevFuse.REMEDY : "";
    }
}
