package org.omerods.omero.avu;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.omerods.omero.mapping.Mapper;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;

/**
 * Looks through the digests of all objects on a thread of its own, while another reads what is expected: database and
 * catalog work at the same time. Closing ends it early and waits for it. Used by one thread.
 */
final class DigestScan implements AutoCloseable {
    private final Mirror mirror;
    private final StoragePath top;
    private final ConcurrentMap<StoragePath, Expectation> objects;
    private final FutureTask<StoragePath> task;
    private final Thread thread;

    private DigestScan(Mirror mirror, AvuStore avus, StoragePath top, ConcurrentMap<StoragePath, Expectation> objects) {
        this.mirror = mirror;
        this.top = top;
        this.objects = objects;
        this.task = new FutureTask<>(() -> {
            avus.scan(top, mirror.mapper().digestAttribute(), this::see);
            return top;
        });
        this.thread = Thread.ofPlatform().daemon().name("omero-digests").unstarted(task);
    }

    /** @param objects told of each digest that is seen; an entry is changed only inside {@code compute} */
    static DigestScan start(
            Mirror mirror, AvuStore avus, StoragePath top, ConcurrentMap<StoragePath, Expectation> objects) {
        DigestScan scan = new DigestScan(mirror, avus, top, objects);
        scan.thread.start();
        return scan;
    }

    private void see(StoragePath path, Avu avu) {
        Mapper mapper = mirror.mapper();
        if (avu.attribute().equals(mapper.digestAttribute())
                && mirror.ownership().isMarked(avu)) {
            long fileset = mapper.server().idOf("Fileset", avu.units()).orElse(0);
            objects.compute(path, (p, known) -> {
                Expectation expectation = known == null ? new Expectation() : known;
                expectation.seesDigest(avu, fileset);
                return expectation;
            });
        }
    }

    /** Waits until all are seen. */
    void await() throws StorageException {
        try {
            var _ = task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StorageException cause) {
                throw cause.forAnotherCaller();
            }
            throw new IllegalStateException("looking through the digests failed", e.getCause());
        } catch (CancellationException e) {
            throw new IllegalStateException("the scan was closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException(Reason.INTERRUPTED, "scan AVUs", top.value(), "somebody does not want to wait");
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
