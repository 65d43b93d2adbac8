package org.omerods.omero.remote;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.omerods.omero.remote.OmeroException.Reason;

/**
 * One log-in for all who need it: the first one does it, the others wait for its outcome. A failure is told to those who
 * waited and is not kept. Thread-safe, holds no lock while it logs in.
 */
final class SingleLogin<T> {
    private final Attempt<T> attempt;
    private final AtomicReference<@Nullable CompletableFuture<T>> login = new AtomicReference<>();

    /** A log-in. */
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws OmeroException;
    }

    SingleLogin(Attempt<T> attempt) {
        this.attempt = attempt;
    }

    /** What the last log-in left; logs in where there is none. */
    T current() throws OmeroException {
        CompletableFuture<T> mine = new CompletableFuture<>();
        CompletableFuture<T> there = login.compareAndExchange(null, mine);
        if (there != null) {
            return outcomeOf(there);
        }
        try {
            T result = attempt.run();
            mine.complete(result);
            return result;
        } catch (OmeroException e) {
            login.compareAndSet(mine, null);
            mine.completeExceptionally(e);
            throw e;
        } catch (RuntimeException | Error e) {
            login.compareAndSet(mine, null);
            mine.completeExceptionally(e);
            throw e;
        }
    }

    /** Forgets {@code stale}, unless somebody else has already replaced it. */
    @SuppressWarnings("ReferenceEquality") // two log-ins with equal content are still two log-ins
    void renew(T stale) {
        CompletableFuture<T> there = login.get();
        if (there != null && there.isDone() && !there.isCompletedExceptionally() && there.join() == stale) {
            login.compareAndSet(there, null);
        }
    }

    private static <T> T outcomeOf(CompletableFuture<T> login) throws OmeroException {
        try {
            return login.get();
        } catch (ExecutionException e) {
            Reason reason = e.getCause() instanceof OmeroException ours ? ours.reason() : Reason.UNEXPECTED;
            throw new OmeroException(reason, "log in to", "OMERO.web", "another caller's log-in failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OmeroException(Reason.INTERRUPTED, "log in to", "OMERO.web", "interrupted while waiting", e);
        }
    }
}
