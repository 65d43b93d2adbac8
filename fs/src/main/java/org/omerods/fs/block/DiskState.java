package org.omerods.fs.block;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the disk of the block files takes bytes. After a failed write reads go past the cache for a while, since each
 * further try would fetch for nothing. Thread-safe.
 */
final class DiskState {
    private static final Logger log = LoggerFactory.getLogger(DiskState.class);

    /** Long enough to cost nothing, short enough that freed space is used soon. */
    static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private static final long NEVER = Long.MIN_VALUE;

    private final Ticker ticker;

    /** When the last write failed, by the ticker; {@link #NEVER} when the last write worked. */
    private final AtomicLong failedAt = new AtomicLong(NEVER);

    DiskState(Ticker ticker) {
        this.ticker = ticker;
    }

    boolean isFull() {
        long failed = failedAt.get();
        return failed != NEVER && ticker.read() - failed < RETRY_AFTER.toNanos();
    }

    void failed(IOException cause) {
        if (failedAt.getAndSet(ticker.read()) == NEVER) {
            log.warn("Cannot write block files, reads go past the cache until that works again: {}", cause.toString());
        }
    }

    void worked() {
        if (failedAt.get() != NEVER && failedAt.getAndSet(NEVER) != NEVER) {
            log.info("Block files can be written again");
        }
    }
}
