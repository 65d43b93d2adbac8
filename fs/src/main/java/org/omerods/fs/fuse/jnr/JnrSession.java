package org.omerods.fs.fuse.jnr;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.omerods.fs.fuse.MountTable;
import org.omerods.fs.fuse.ServedMount;
import ru.serce.jnrfuse.FuseException;

/** libfuse's main loop on a thread of its own, until the kernel ends the mount. Thread-safe. */
final class JnrSession implements ServedMount.Session {
    /** libfuse mounts within milliseconds, or waits for fusermount. */
    private static final long MOUNT_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(20);

    private static final long POLL_MILLIS = 5;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Callbacks callbacks;
    private volatile @Nullable Throwable failure;

    private JnrSession(Callbacks callbacks) {
        this.callbacks = callbacks;
    }

    /** Starts it; returns when the kernel has the mount. */
    static JnrSession start(Callbacks callbacks, Path mountPoint, String options) throws IOException {
        JnrSession session = new JnrSession(callbacks);
        Thread.ofPlatform().name("fuse-jnr-main").daemon().start(() -> session.serve(mountPoint, options));
        session.awaitMounted(mountPoint);
        return session;
    }

    private void serve(Path mountPoint, String options) {
        try {
            callbacks.mount(mountPoint, true, false, new String[] {"-o", options});
        } catch (FuseException | UnsatisfiedLinkError e) {
            failure = e;
        } finally {
            ended.countDown();
        }
    }

    private void awaitMounted(Path mountPoint) throws IOException {
        long deadline = System.nanoTime() + MOUNT_LIMIT_NANOS;
        try {
            while (MountTable.read().at(mountPoint).isEmpty()) {
                if (awaitEnd(POLL_MILLIS)) {
                    throw new IOException("libfuse refused to mount" + reason(), failure);
                }
                if (System.nanoTime() > deadline) {
                    throw new IOException("libfuse did not mount within 20 s");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while libfuse mounts", e);
        }
    }

    /** libfuse explains itself on the standard error stream only. */
    private String reason() {
        @Nullable Throwable now = failure;
        return now == null ? "" : ": " + now.getMessage() + " (its own words are on the standard error stream)";
    }

    @Override
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    @Override
    public boolean awaitEnd(long millis) throws InterruptedException {
        return ended.await(millis, TimeUnit.MILLISECONDS);
    }

    /** libfuse joins its threads at the end, and they may wait for the filesystem. */
    @Override
    public void abandon() {
        callbacks.abandon();
    }
}
