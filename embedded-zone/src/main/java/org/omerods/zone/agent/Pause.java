package org.omerods.zone.agent;

import java.io.InterruptedIOException;
import java.time.Duration;

/** A wait that was ordered as a fault. */
final class Pause {
    private Pause() {}

    /** Waits; ends the connection when the thread is interrupted. */
    static void of(Duration duration) throws InterruptedIOException {
        if (duration.isZero()) {
            return;
        }
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the zone is closing");
        }
    }
}
