package org.omerods.storage.irods.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.omerods.storage.StorageException.Reason;

/**
 * One request under way. The connection's reading thread completes it; one thread waits for it, or gives it up: after
 * that its target is not touched any more, while the reply is still taken off the wire.
 */
public final class Exchange {
    /** So that an idle connection is preferred to one that has something to do. */
    private static final long REQUEST_LOAD_BYTES = 2048;

    /** 0.5 ms of the catalog. */
    private static final long QUERY_LOAD_BYTES = 512 << 10;

    /** 5 ms, of which most is waiting for the catalog: further reads of the object are better behind it than elsewhere. */
    private static final long OPEN_LOAD_BYTES = 1 << 20;

    private final Request request;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final Target target;

    Exchange(Request request, Runnable breakConnection) {
        this.request = request;
        this.target = new Target(request.target(), breakConnection);
    }

    private sealed interface Outcome {
        record Answered(Reply reply) implements Outcome {}

        record Lost(Reason reason, String message) implements Outcome {}
    }

    Request request() {
        return request;
    }

    Target target() {
        return target;
    }

    /** What it costs a server in bytes that it could send meanwhile: an agent sends about 1 GiB/s. */
    long load() {
        return targetBytes()
                + switch (request.api()) {
                    case GEN_QUERY -> QUERY_LOAD_BYTES;
                    case REPLICA_OPEN -> OPEN_LOAD_BYTES;
                    default -> REQUEST_LOAD_BYTES;
                };
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

    /** Runs {@code action} once, when the reply came or was lost; on the connection's reading thread: quick. */
    public void whenDone(Runnable action) {
        CompletableFuture<Void> _ = outcome.thenRun(action);
    }

    /** Gives up: when this returns, nothing writes into the target any more. */
    public void abandon() {
        target.abandon();
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
