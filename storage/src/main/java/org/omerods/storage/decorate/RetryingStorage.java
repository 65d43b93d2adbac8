package org.omerods.storage.decorate;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.omerods.storage.Content;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.Listing;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.ObjectVersion;
import org.omerods.storage.Space;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats questions, reads and uploads of complete content that failed on the way to the place
 * ({@link StorageException#retryable}). Other changes are never repeated: whether the first one arrived cannot be known.
 * The only place where is retried.
 */
public final class RetryingStorage extends ForwardingStorage {
    private static final Logger log = LoggerFactory.getLogger(RetryingStorage.class);

    private final RetryPolicy policy;
    private final Pauses pauses;
    private final DoubleSupplier random;

    public RetryingStorage(Storage delegate, RetryPolicy policy) {
        this(delegate, policy, Pauses.REAL, Math::random);
    }

    RetryingStorage(Storage delegate, RetryPolicy policy, Pauses pauses, DoubleSupplier random) {
        super(delegate);
        this.policy = policy;
        this.pauses = pauses;
        this.random = random;
    }

    /** How time passes: real, or in a test's hand. */
    interface Pauses {
        void pause(Duration duration) throws InterruptedException;

        long nanoTime();

        Pauses REAL = new Pauses() {
            @Override
            public void pause(Duration duration) throws InterruptedException {
                Thread.sleep(duration);
            }

            @Override
            public long nanoTime() {
                return System.nanoTime();
            }
        };
    }

    @FunctionalInterface
    private interface Body<T> {
        T run() throws StorageException;
    }

    @Override
    public Entry stat(StoragePath path) throws StorageException {
        return retry(() -> delegate.stat(path));
    }

    @Override
    public Listing list(StoragePath collection) throws StorageException {
        return retry(() -> delegate.list(collection));
    }

    @Override
    public Space space() throws StorageException {
        return retry(delegate::space);
    }

    @Override
    public ObjectReader open(DataObject object) throws StorageException {
        return new RetryingReader(retry(() -> delegate.open(object)));
    }

    @Override
    public DataObject put(StoragePath path, WriteMode mode, Content content) throws StorageException {
        return retry(() -> delegate.put(path, mode, content));
    }

    @Override
    public DataObject overwrite(StoragePath path, ObjectVersion base, Content content) throws StorageException {
        return retry(() -> delegate.overwrite(path, base, content));
    }

    private <T> T retry(Body<T> body) throws StorageException {
        long start = pauses.nanoTime();
        for (int attempt = 1; ; attempt++) {
            try {
                return body.run();
            } catch (StorageException e) {
                Duration pause = policy.pauseAfter(attempt, random.getAsDouble());
                Duration elapsed = Duration.ofNanos(pauses.nanoTime() - start);
                boolean late = elapsed.plus(pause).compareTo(policy.deadline()) > 0;
                if (!e.retryable() || attempt >= policy.attempts() || late) {
                    throw e;
                }
                log.debug("try {} of {} failed, next in {}: {}", attempt, policy.attempts(), pause, e.getMessage());
                waitFor(pause, e);
            }
        }
    }

    private void waitFor(Duration pause, StorageException failure) throws StorageException {
        try {
            pauses.pause(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException(
                    Reason.INTERRUPTED, failure.operation(), failure.path(), "interrupted between tries", failure);
        }
    }

    private final class RetryingReader implements ObjectReader {
        private final ObjectReader reader;

        RetryingReader(ObjectReader reader) {
            this.reader = reader;
        }

        @Override
        public DataObject object() {
            return reader.object();
        }

        @Override
        public void read(long offset, ByteBuffer target, Priority priority) throws StorageException {
            int position = target.position();
            retry(() -> {
                target.position(position);
                reader.read(offset, target, priority);
                return position;
            });
        }

        @Override
        public boolean readAndVerify(long offset, ByteBuffer target, Priority priority) throws StorageException {
            int position = target.position();
            return retry(() -> {
                target.position(position);
                return reader.readAndVerify(offset, target, priority);
            });
        }

        @Override
        public boolean readAndVerify(List<Part> parts, Priority priority) throws StorageException {
            int[] positions =
                    parts.stream().mapToInt(part -> part.target().position()).toArray();
            return retry(() -> {
                for (int i = 0; i < positions.length; i++) {
                    parts.get(i).target().position(positions[i]);
                }
                return reader.readAndVerify(parts, priority);
            });
        }

        @Override
        public void verifyVersion() throws StorageException {
            retry(() -> {
                reader.verifyVersion();
                return 0;
            });
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}
