package org.omerods.storage.irods.session;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that ends connections on which nothing moves for too long, and does other work now and then. */
final class Watchdog implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

    /** How much later than the timeout a silent connection may be ended, as a part of the timeout. */
    private static final int CHECKS_PER_TIMEOUT = 4;

    private static final long MIN_PERIOD_MILLIS = 10;
    private static final long MAX_PERIOD_MILLIS = 1000;

    private final Set<Activity> watched = ConcurrentHashMap.newKeySet();
    private final Duration timeout;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("irods-watchdog").factory());

    Watchdog(Duration timeout) {
        this.timeout = timeout;
    }

    void start(Runnable housekeeping) {
        long period = Math.clamp(timeout.toMillis() / CHECKS_PER_TIMEOUT, MIN_PERIOD_MILLIS, MAX_PERIOD_MILLIS);
        ScheduledFuture<?> task =
                executor.scheduleWithFixedDelay(() -> check(housekeeping), period, period, TimeUnit.MILLISECONDS);
        log.trace("watching every {} ms: {}", period, task);
    }

    void watch(Activity activity) {
        watched.add(activity);
    }

    void forget(Activity activity) {
        watched.remove(activity);
    }

    private void check(Runnable housekeeping) {
        try {
            watched.forEach(activity -> activity.check(timeout));
            housekeeping.run();
        } catch (RuntimeException e) {
            log.error("a check of the connections failed; the next one comes", e); // else the executor would stop
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
