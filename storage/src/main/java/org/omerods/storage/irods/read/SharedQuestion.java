package org.omerods.storage.irods.read;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.omerods.storage.irods.session.Exchange;

/**
 * One question for several reads, all of which were on their way before it is sent. It waits until it may go; then one of
 * those who wait for it sends it. Thread-safe.
 */
final class SharedQuestion {
    private final CountDownLatch mayGo = new CountDownLatch(1);
    private final AtomicBoolean claimed = new AtomicBoolean();
    private final CompletableFuture<Optional<Exchange>> sent = new CompletableFuture<>();
    /** Reads that need it; guarded by the lock of the {@link VersionChecks}. */
    int members;

    void letGo() {
        mayGo.countDown();
    }

    void awaitLetGo() throws InterruptedException {
        mayGo.await();
    }

    /** Takes the right to send it, or to give it up; true once. */
    boolean claim() {
        return claimed.compareAndSet(false, true);
    }

    void sent(Optional<Exchange> exchange) {
        sent.complete(exchange);
    }

    Optional<Exchange> awaitSent() throws InterruptedException {
        try {
            return sent.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a question is never completed with an exception", e);
        }
    }
}
