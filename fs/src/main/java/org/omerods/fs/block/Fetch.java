package org.omerods.fs.block;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.omerods.fs.plan.ByteRange;
import org.omerods.storage.ObjectReader.Priority;
import org.omerods.storage.StorageException;

/** A range on its way, and all who wait for it. Thread-safe. */
final class Fetch {
    /** How a fetch ended that did not fail. */
    enum Outcome {
        /** The bytes are in the block file. */
        CACHED,
        /** There was no room for them: whoever needs them reads past the cache. */
        NO_ROOM
    }

    private final ByteRange range;
    private final Priority priority;
    private final CompletableFuture<Outcome> done = new CompletableFuture<>();

    private int[] checksums = {};

    Fetch(ByteRange range, Priority priority) {
        this.range = range;
        this.priority = priority;
    }

    ByteRange range() {
        return range;
    }

    Priority priority() {
        return priority;
    }

    /** What the index is to say of the blocks. Set and read by the thread that runs the fetch. */
    void checksums(int[] slots) {
        checksums = slots;
    }

    int[] checksums() {
        return checksums;
    }

    void finish(Outcome outcome) {
        done.complete(outcome);
    }

    void fail(StorageException failure) {
        done.completeExceptionally(failure);
    }

    /**
     * Waits for the end.
     *
     * @throws StorageException the waiter's own copy of what went wrong
     * @throws InterruptedException when the waiter gives up; the fetch goes on for the others
     */
    Outcome await() throws StorageException, InterruptedException {
        try {
            return done.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StorageException failure) {
                throw failure.forAnotherCaller();
            }
            throw new IllegalStateException("a fetch ends by fail or finish", e);
        }
    }
}
