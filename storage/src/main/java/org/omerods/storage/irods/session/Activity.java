package org.omerods.storage.irods.session;

import java.time.Duration;

/**
 * Whether something is awaited from a server, and when the last byte moved. A request that waits behind a long transfer
 * is not late as long as bytes flow; one that waits while nothing moves is. Thread-safe.
 */
final class Activity {
    private final Runnable onSilence;
    private volatile Duration patience = Duration.ZERO;
    private volatile boolean busy;
    private volatile long lastProgressNanos = System.nanoTime();

    Activity(Runnable onSilence) {
        this.onSilence = onSilence;
    }

    void begin() {
        lastProgressNanos = System.nanoTime();
        busy = true;
    }

    void progress() {
        lastProgressNanos = System.nanoTime();
    }

    void end() {
        lastProgressNanos = System.nanoTime();
        busy = false;
    }

    boolean isBusy() {
        return busy;
    }

    Duration sinceProgress() {
        return Duration.ofNanos(System.nanoTime() - lastProgressNanos);
    }

    /** How much longer than usual the server may be silent from now on. */
    void allow(Duration more) {
        patience = more;
    }

    void check(Duration timeout) {
        if (busy && sinceProgress().compareTo(timeout.plus(patience)) > 0) {
            onSilence.run();
        }
    }
}
