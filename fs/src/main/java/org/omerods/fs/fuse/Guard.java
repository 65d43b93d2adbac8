package org.omerods.fs.fuse;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.omerods.fs.vfs.Errno;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one operation of a filesystem: times it, and turns whatever it throws into EIO and one line of log, so that a
 * mistake in one request never ends the mount. Thread-safe.
 */
public final class Guard {
    private static final Logger log = LoggerFactory.getLogger(Guard.class);

    /** Stack traces are logged once per kind of failure, for at most this many kinds: a loop of reads fills no disk. */
    private static final int MAX_TRACED_FAILURES = 256;

    private final Set<String> traced = ConcurrentHashMap.newKeySet();

    /** An operation that answers 0 or a negative error number. */
    @FunctionalInterface
    public interface Operation {
        int run() throws Exception;
    }

    /**
     * Runs {@code body}.
     *
     * @param subject what it is about; its {@code toString} is for the log
     * @return what the body returned, or -EIO when it threw
     */
    public int run(String operation, Object subject, Operation body) {
        long start = log.isTraceEnabled() ? System.nanoTime() : 0;
        int result;
        try {
            result = body.run();
        } catch (Throwable e) { // an Error too: the mount must outlive an assertion or a missing class
            failed(operation, subject, e);
            result = -Errno.EIO.number();
        }
        if (start != 0) {
            log.trace("{} {}: {} after {} us", operation, subject, result, microsSince(start));
        }
        return result;
    }

    /** Logs a failure that answers EIO. */
    public void failed(String operation, Object subject, Throwable cause) {
        boolean first = traced.size() < MAX_TRACED_FAILURES
                && traced.add(operation + ' ' + cause.getClass().getName());
        if (first) {
            log.error("{} {} failed, answered with EIO", operation, subject, cause);
        } else {
            log.error("{} {} failed, answered with EIO: {}", operation, subject, cause.toString());
        }
    }

    private static long microsSince(long start) {
        return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
    }
}
