package org.omerods.cli.mount;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.omerods.cli.daemon.ControlServer;

/** Tells whoever gave a command how far it is, some times a second, and notices when nobody listens. Thread-safe. */
final class Progress {
    private static final long INTERVAL_NANOS = Duration.ofMillis(200).toNanos();

    private final ControlServer.Teller teller;
    private final long totalBytes;
    private long doneBytes;
    private long toldAt = System.nanoTime();
    private @Nullable IOException hungUp;

    Progress(ControlServer.Teller teller, long totalBytes) {
        this.teller = teller;
        this.totalBytes = totalBytes;
    }

    synchronized void add(long bytes) {
        doneBytes += bytes;
        long now = System.nanoTime();
        if (hungUp == null && now - toldAt > INTERVAL_NANOS) {
            toldAt = now;
            try {
                teller.tell(Map.of("doneBytes", doneBytes, "totalBytes", totalBytes));
            } catch (IOException e) {
                hungUp = e;
            }
        }
    }

    /** Whether somebody still wants to know. */
    synchronized boolean goOn() {
        return hungUp == null && !Thread.currentThread().isInterrupted();
    }

    synchronized void requireListener() throws IOException {
        if (hungUp != null) {
            throw hungUp;
        }
    }

    synchronized long doneBytes() {
        return doneBytes;
    }
}
