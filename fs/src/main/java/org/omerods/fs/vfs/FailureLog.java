package org.omerods.fs.vfs;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes each failure once: what programs expect (a missing name) for those who debug, what an operator has to know as a
 * warning, and that not a thousand times while a server is down. Thread-safe.
 */
final class FailureLog {
    private static final Logger log = LoggerFactory.getLogger(FailureLog.class);

    /** One line for each reason in that time: the story stays readable, and a lasting trouble stays visible. */
    static final Duration QUIET = Duration.ofSeconds(10);

    private static final class Silence {
        private long since;
        private long suppressed;
    }

    private final Ticker ticker;

    /** Guarded by the monitor, as are its values. */
    private final Map<Reason, Silence> silences = new EnumMap<>(Reason.class);

    FailureLog(Ticker ticker) {
        this.ticker = ticker;
    }

    /** A rule of the filesystem said no. */
    void refused(String operation, Object subject, ErrnoException refusal) {
        log.debug("{} {}: {} ({})", operation, subject, refusal.errno(), refusal.getMessage());
    }

    void failed(String operation, Object subject, Duration duration, StorageException failure) {
        long millis = duration.toMillis();
        Errno errno = ErrnoOfReason.of(failure.reason());
        if (!isForTheOperator(failure.reason())) {
            log.debug("{} {}: {} after {} ms: {}", operation, subject, errno, millis, failure.getMessage());
            return;
        }
        long suppressed = suppressedUntilNow(failure.reason());
        if (suppressed < 0) {
            log.debug("{} {}: {} after {} ms: {}", operation, subject, errno, millis, failure.getMessage());
        } else if (isFault(failure)) {
            broke(operation, subject, failure);
        } else {
            String others = suppressed == 0 ? "" : " (" + suppressed + " more like this since the last line)";
            log.warn("{} {}: {} after {} ms: {}{}", operation, subject, errno, millis, failure.getMessage(), others);
        }
    }

    /** Whether a mistake of this program stands behind it: on a thread that fetched for others it became a failure. */
    private static boolean isFault(StorageException failure) {
        Throwable cause = failure;
        while (cause instanceof StorageException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return failure.reason() == Reason.CORRUPT && (cause instanceof RuntimeException || cause instanceof Error);
    }

    /** A mistake of this program: said with the stack. */
    void broke(String operation, Object subject, Throwable fault) {
        log.error("{} {}: EIO because of a fault in this program", operation, subject, fault);
    }

    private static boolean isForTheOperator(Reason reason) {
        return switch (reason) {
            case NOT_FOUND,
                    ALREADY_EXISTS,
                    NOT_A_COLLECTION,
                    IS_A_COLLECTION,
                    NOT_EMPTY,
                    ACCESS_DENIED,
                    LOCKED,
                    NAME_TOO_LONG,
                    INVALID,
                    UNSUPPORTED,
                    READ_ONLY,
                    INTERRUPTED,
                    CLOSED -> false;
            case LOGIN_REFUSED, STALE, NO_GOOD_REPLICA, NO_SPACE, UNAVAILABLE, TIMEOUT, CORRUPT -> true;
        };
    }

    /** How many were kept back since the last line; -1 when this one is to be kept back, too. */
    private synchronized long suppressedUntilNow(Reason reason) {
        long now = ticker.read();
        Silence silence = silences.get(reason);
        if (silence == null) {
            silence = new Silence();
            silences.put(reason, silence);
        } else if (now - silence.since < QUIET.toNanos()) {
            silence.suppressed++;
            return -1;
        }
        long suppressed = silence.suppressed;
        silence.since = now;
        silence.suppressed = 0;
        return suppressed;
    }
}
