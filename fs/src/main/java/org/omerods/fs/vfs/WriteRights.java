package org.omerods.fs.vfs;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import org.omerods.storage.Access;
import org.omerods.storage.Collection;
import org.omerods.storage.Entry;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;

/**
 * Whether writing would be refused: asked before a file is staged, so that open(2) fails and not the upload of what was
 * written. The storage decides again at the upload. Thread-safe.
 */
final class WriteRights {
    /** One question for all files that a program makes in a directory. */
    private static final int MAX_REMEMBERED = 10_000;

    private final Storage storage;
    private final Cache<Key, Access> remembered;

    private record Key(boolean collection, long id) {}

    /** @param believed how long an answer is taken for true */
    WriteRights(Storage storage, Duration believed, Ticker ticker) {
        this.storage = storage;
        this.remembered = Caffeine.newBuilder()
                .expireAfterWrite(believed)
                .maximumSize(MAX_REMEMBERED)
                .ticker(ticker)
                .build();
    }

    /** @throws StorageException ACCESS_DENIED when it is known that the bytes or the children may not be changed */
    void require(Entry entry) throws StorageException {
        if (entry.id() == 0) {
            return;
        }
        Key key = new Key(entry instanceof Collection, entry.id());
        Access access = remembered.getIfPresent(key);
        if (access == null) {
            access = storage.access(entry);
            remembered.put(key, access);
        }
        if (access.forbidsWriting()) {
            throw new StorageException(
                    Reason.ACCESS_DENIED,
                    "write",
                    entry.path().value(),
                    "the access list gives this user no right to it");
        }
    }
}
