package org.omerods.fs.meta;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import org.omerods.storage.Space;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;

/** The room of the place, as it told a short while ago. Thread-safe. */
public final class SpaceCache {
    /** Desktop programs ask every few seconds; the figure moves slowly. */
    private static final Duration TTL = Duration.ofSeconds(30);

    private final Storage storage;
    private final Cache<Class<Space>, Space> known;

    public SpaceCache(Storage storage, Ticker ticker) {
        this.storage = storage;
        this.known = Caffeine.newBuilder()
                .expireAfterWrite(TTL)
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    public Optional<Space> spaceIfKnown() {
        return Optional.ofNullable(known.getIfPresent(Space.class));
    }

    /** Asks the storage. */
    public Space space() throws StorageException {
        Space space = storage.space();
        known.put(Space.class, space);
        return space;
    }
}
