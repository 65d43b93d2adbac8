package org.omerods.storage.irods.session;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.omerods.storage.StorageException.Reason;

/**
 * One request under way. The connection's reading thread completes it; one thread waits for it, or gives it up: after
 * that its target is not touched any more, while the reply is still taken off the wire.
 */
public final class Exchange {
    private final Request request;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    /** Guards {@code abandoned} and the bytes of the target. Held for a copy only, never over I/O. */
    private final ReentrantLock targetLock = new ReentrantLock();

    private final ByteBuffer target;
    private boolean abandoned;

    Exchange(Request request) {
        this.request = request;
        this.target = request.target().slice();
    }

    private sealed interface Outcome {
        record Answered(Reply reply) implements Outcome {}

        record Lost(Reason reason, String message) implements Outcome {}
    }

    Request request() {
        return request;
    }

    /** Bytes that this exchange may bring. */
    int targetBytes() {
        return target.capacity();
    }

    /** Waits for the reply. An interrupted wait abandons the exchange. */
    public Reply await() throws ConnectionException, InterruptedException {
        try {
            return switch (outcome.get()) {
                case Outcome.Answered(Reply reply) -> reply;
                case Outcome.Lost(Reason reason, String message) -> throw new ConnectionException(reason, message);
            };
        } catch (InterruptedException e) {
            abandon();
            throw e;
        } catch (ExecutionException e) {
            throw new IllegalStateException("an exchange is never completed with an exception", e);
        }
    }

    /** Whether {@link #await} returns or throws at once. */
    public boolean isDone() {
        return outcome.isDone();
    }

    /** Gives up: when this returns, nothing writes into the target any more. */
    public void abandon() {
        targetLock.lock();
        try {
            abandoned = true;
        } finally {
            targetLock.unlock();
        }
    }

    void receive(ByteBuffer piece) {
        targetLock.lock();
        try {
            if (!abandoned) {
                target.put(piece);
            }
        } finally {
            targetLock.unlock();
        }
    }

    void answered(Reply reply) {
        outcome.complete(new Outcome.Answered(reply));
    }

    /** Whoever waits may read again, into the same target: nothing must arrive there late. */
    void lost(Reason reason, String message) {
        abandon();
        outcome.complete(new Outcome.Lost(reason, message));
    }
}
