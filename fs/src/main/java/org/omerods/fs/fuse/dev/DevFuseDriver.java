package org.omerods.fs.fuse.dev;

import java.io.IOException;
import java.nio.file.Path;
import org.omerods.fs.fuse.FuseDriver;
import org.omerods.fs.fuse.Mount;
import org.omerods.fs.fuse.MountOptions;
import org.omerods.fs.fuse.MountPoints;
import org.omerods.fs.fuse.MountReadiness;
import org.omerods.fs.fuse.MountTable;
import org.omerods.fs.fuse.ServedMount;
import org.omerods.fs.fuse.linux.DevFuse;
import org.omerods.fs.fuse.linux.Libc;
import org.omerods.fs.vfs.Filesystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speaks the kernel's protocol on /dev/fuse itself: no native library, requests of 1 MiB, answers in any order. As root it
 * mounts by mount(2), for others through fusermount3. Thread-safe.
 */
public final class DevFuseDriver implements FuseDriver {
    static final String NAME = "dev";

    private static final Logger log = LoggerFactory.getLogger(DevFuseDriver.class);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String unavailableBecause() {
        return DevFuse.unavailableBecause();
    }

    @Override
    public Mount mount(Filesystem filesystem, Path mountPoint, MountOptions options) throws IOException {
        String unavailable = unavailableBecause();
        if (!unavailable.isEmpty()) {
            throw new IOException("mount " + mountPoint + ": " + unavailable);
        }
        Path place = MountPoints.prepare(mountPoint);
        DeviceMounter mounter = Libc.effectiveUser() == 0 ? new RootMounter() : new FusermountMounter();
        DeviceChannel device = mounter.mount(place, options);
        Mount mount = serve(device, filesystem, place, options);
        try {
            MountReadiness.await(mount);
        } catch (IOException e) {
            mount.close();
            throw e;
        }
        log.info("mounted {} at {} by {}", options.source(), place, DevFuse.PATH);
        return mount;
    }

    private static Mount serve(DeviceChannel device, Filesystem filesystem, Path place, MountOptions options)
            throws IOException {
        try {
            DeviceSession session = DeviceSession.start(device, filesystem, options);
            String number = MountTable.read()
                    .at(place)
                    .map(MountTable.Entry::device)
                    .orElseThrow(() -> new IOException("it vanished from /proc/self/mountinfo at once"));
            ReadAhead.raise(number, options.readAheadBytes());
            return new ServedMount(NAME, place, number, session);
        } catch (IOException | RuntimeException e) {
            device.close(); // ends the connection
            MountPoints.abandon(place);
            throw new IOException("mount " + place + ": " + e.getMessage(), e);
        }
    }
}
