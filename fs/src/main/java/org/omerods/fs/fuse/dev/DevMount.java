package org.omerods.fs.fuse.dev;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.omerods.fs.fuse.Mount;
import org.omerods.fs.fuse.MountBusyException;
import org.omerods.fs.fuse.MountTable;
import org.omerods.fs.fuse.Unmounting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A mount served by a {@link DeviceSession}. Thread-safe. */
final class DevMount implements Mount {
    private static final Logger log = LoggerFactory.getLogger(DevMount.class);

    /** After a plain unmount the kernel wakes the readers at once. */
    private static final long END_MILLIS = 5_000;
    /** Programs in the middle of a read get this long to finish before {@link #close} breaks them off. */
    private static final long GRACE_MILLIS = 500;

    private static final long RETRY_MILLIS = 50;

    private final Path mountPoint;
    private final String device;
    private final DeviceSession session;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** {@code device} is major:minor of the mount: what lies at the mount point may be another mount by now. */
    DevMount(Path mountPoint, String device, DeviceSession session) {
        this.mountPoint = mountPoint;
        this.device = device;
        this.session = session;
    }

    @Override
    public Path mountPoint() {
        return mountPoint;
    }

    @Override
    public String driver() {
        return DevFuseDriver.NAME;
    }

    @Override
    public void awaitUnmounted() throws InterruptedException {
        session.awaitEnd();
        detachDead();
    }

    @Override
    public void unmount(boolean lazily) throws IOException {
        if (isMounted()) {
            try {
                Unmounting.plainly(mountPoint);
            } catch (MountBusyException e) {
                if (!lazily) {
                    throw e;
                }
                Unmounting.lazily(mountPoint);
                log.info("{} is unmounted but in use: open files are served until they are closed", mountPoint);
                return;
            }
        }
        awaitEnd(lazily ? GRACE_MILLIS : END_MILLIS);
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            if (!unmountInTime() && isMounted()) {
                Unmounting.forcibly(mountPoint);
            }
            awaitEnd(END_MILLIS);
            detachDead();
        } catch (IOException | RuntimeException e) {
            log.warn("closing {}: {}", mountPoint, e.toString());
        }
    }

    /** Tries for a while: most programs need a mount for moments. */
    private boolean unmountInTime() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS);
        while (isMounted()) {
            try {
                Unmounting.plainly(mountPoint);
                return true;
            } catch (MountBusyException e) {
                if (System.nanoTime() > deadline) {
                    log.warn("{}: open files are broken off", e.getMessage());
                    return false;
                }
                awaitEnd(RETRY_MILLIS);
            }
        }
        return true;
    }

    private boolean isMounted() throws IOException {
        return !session.hasEnded() && MountTable.read().contains(device, mountPoint);
    }

    /** A connection that was aborted leaves a mount on which all fails with ENOTCONN. */
    private void detachDead() {
        try {
            if (MountTable.read().contains(device, mountPoint)) {
                Unmounting.lazily(mountPoint);
            }
        } catch (IOException e) {
            log.warn("{} has ended but stays in the mount table: {}", mountPoint, e.getMessage());
        }
    }

    private void awaitEnd(long millis) {
        try {
            if (!session.awaitEnd(millis)) {
                log.debug("{} is still in use after {} ms", mountPoint, millis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
