package org.omerods.fs.fuse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of a mount that a {@link Session} of this process serves. Thread-safe. */
public final class ServedMount implements Mount {
    private static final Logger log = LoggerFactory.getLogger(ServedMount.class);

    /** After a plain unmount the kernel wakes the readers at once. */
    private static final long END_MILLIS = 5_000;
    /** Programs in the middle of a read get this long to finish before {@link #close} breaks them off. */
    private static final long GRACE_MILLIS = 500;

    private static final long RETRY_MILLIS = 50;

    private final String driver;
    private final Path mountPoint;
    private final String device;
    private final Session session;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Whatever answers the kernel: it ends when the kernel ends the mount. Thread-safe. */
    public interface Session {
        void awaitEnd() throws InterruptedException;

        /** Whether it ended within that time. */
        boolean awaitEnd(long millis) throws InterruptedException;

        /** The mount was taken away by force: nobody is interested in answers that are still under way. */
        default void abandon() {}
    }

    /** {@code device} is major:minor of the mount: what lies at the mount point may be another mount by now. */
    public ServedMount(String driver, Path mountPoint, String device, Session session) {
        this.driver = driver;
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
        return driver;
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
        if (awaitEnd(lazily ? GRACE_MILLIS : END_MILLIS)) {
            detachDead();
        } else {
            log.debug("{} is still in use", mountPoint);
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            if (!unmountInTime()) {
                abortConnection();
                Unmounting.forcibly(mountPoint);
                session.abandon();
                awaitEnd(END_MILLIS);
            } else if (!awaitEnd(GRACE_MILLIS)) { // it was detached before, and somebody still reads
                abortConnection();
                session.abandon();
                awaitEnd(GRACE_MILLIS);
            }
            detachDead();
        } catch (IOException | RuntimeException e) {
            log.warn("closing {}: {}", mountPoint, e.toString());
        }
    }

    /** For users other than root, whose forced unmount breaks nothing off. Works where fusectl is mounted. */
    private void abortConnection() {
        String minor = device.substring(device.indexOf(':') + 1);
        Path abort = Path.of("/sys/fs/fuse/connections", minor, "abort");
        try {
            if (Files.exists(abort)) {
                Files.writeString(abort, "1");
            }
        } catch (IOException e) {
            log.debug("the connection could not be aborted: {}", e.toString());
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

    /** Device numbers are used again: once the session has ended, what lies there is another mount. */
    private boolean isMounted() throws IOException {
        return !awaitEnd(0) && MountTable.read().contains(device, mountPoint);
    }

    /** A connection that was aborted leaves a mount on which all fails with ENOTCONN. */
    private void detachDead() {
        try {
            if (MountTable.read().contains(device, mountPoint)) {
                StaleMounts.cleanAt(mountPoint);
            }
        } catch (IOException e) {
            log.warn("{} has ended but stays in the mount table: {}", mountPoint, e.getMessage());
        }
    }

    /** False also when interrupted. */
    private boolean awaitEnd(long millis) {
        try {
            return session.awaitEnd(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
