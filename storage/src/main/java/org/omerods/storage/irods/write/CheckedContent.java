package org.omerods.storage.irods.write;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.omerods.storage.Content;
import org.omerods.storage.DataObject;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;

/**
 * Content that is being uploaded, and its checksum, which is computed while the bytes travel. For the thread that uploads
 * it; others may read the content.
 */
final class CheckedContent {
    private final StoragePath path;
    private final Content content;
    private final Map<ChecksumScheme, FutureTask<String>> checksums = new EnumMap<>(ChecksumScheme.class);

    CheckedContent(StoragePath path, Content content) {
        this.path = path;
        this.content = content;
    }

    StoragePath path() {
        return path;
    }

    Content content() {
        return content;
    }

    long size() {
        return content.size();
    }

    /** Begins to compute a checksum beside what happens next; on a thread of its own, since it takes a whole core. */
    void begin(ChecksumScheme scheme) {
        if (!checksums.containsKey(scheme)) {
            FutureTask<String> task = new FutureTask<>(() -> scheme.of(content));
            checksums.put(scheme, task);
            Thread.ofPlatform().daemon().name("upload-checksum").start(task);
        }
    }

    String checksum(ChecksumScheme scheme) throws StorageException {
        FutureTask<String> task = checksums.computeIfAbsent(scheme, s -> new FutureTask<>(() -> s.of(content)));
        task.run(); // does nothing where it runs already or is done
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw unreadable(path, e.getCause() instanceof IOException io ? io : new IOException(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException(Reason.INTERRUPTED, "write", path.value(), "interrupted while waiting", e);
        }
    }

    /** Whether the catalog proves that an object has these bytes. */
    boolean isIn(DataObject object) throws StorageException {
        return object.size() == size() && sameChecksum(object).orElse(false);
    }

    /** Whether the catalog proves that it has others. */
    boolean isNotIn(DataObject object) throws StorageException {
        return object.size() != size() || !sameChecksum(object).orElse(true);
    }

    private Optional<Boolean> sameChecksum(DataObject object) throws StorageException {
        String registered = object.version().checksum();
        Optional<ChecksumScheme> scheme = ChecksumScheme.of(registered);
        return scheme.isEmpty()
                ? Optional.empty()
                : Optional.of(checksum(scheme.get()).equals(registered));
    }

    static StorageException unreadable(StoragePath path, IOException e) {
        return new StorageException(
                Reason.INVALID, "write", path.value(), "its content cannot be read here: " + e.getMessage(), e);
    }
}
