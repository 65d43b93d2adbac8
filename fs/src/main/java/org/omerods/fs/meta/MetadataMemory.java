package org.omerods.fs.meta;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.omerods.storage.Avu;
import org.omerods.storage.Entry;
import org.omerods.storage.StoragePath;

/**
 * What is remembered of the catalog, and the rule of what may be: nothing that was asked before an invalidation, and
 * nothing older than what is known already. Thread-safe; readers take no lock, the monitor orders keeping and invalidating.
 */
final class MetadataMemory {
    private final Cache<StoragePath, Known<Entry>> attributes;
    private final Cache<StoragePath, Known<Directory>> listings;
    private final Cache<StoragePath, Boolean> absences;
    private final Cache<StoragePath, Known<List<Avu>>> avus;

    /** Grows with each invalidation; written under the monitor. */
    private final AtomicLong epoch = new AtomicLong();

    MetadataMemory(MetadataCacheConfig config, Ticker ticker) {
        attributes = builder(config.attributeTtl(), ticker)
                .maximumSize(config.maxEntries())
                .build();
        listings = builder(config.listingTtl(), ticker)
                .maximumWeight(config.maxListingEntries())
                .weigher((StoragePath _, Known<Directory> known) ->
                        known.value().entries().size() + 1)
                .build();
        absences = builder(config.negativeTtl(), ticker)
                .maximumSize(config.maxEntries())
                .build();
        avus = builder(config.attributeTtl(), ticker)
                .maximumSize(config.maxEntries())
                .build();
    }

    private static Caffeine<Object, Object> builder(Duration ttl, Ticker ticker) {
        // Maintenance on the calling thread: it is short, and needs no pool.
        return Caffeine.newBuilder().expireAfterWrite(ttl).ticker(ticker).executor(Runnable::run);
    }

    /** To be taken before the storage is asked, and handed in with the answer. */
    long epoch() {
        return epoch.get();
    }

    Optional<Known<Entry>> entry(StoragePath path) {
        return Optional.ofNullable(attributes.getIfPresent(path));
    }

    Optional<Known<Directory>> listing(StoragePath path) {
        return Optional.ofNullable(listings.getIfPresent(path));
    }

    Optional<Known<List<Avu>>> avus(StoragePath path) {
        return Optional.ofNullable(avus.getIfPresent(path));
    }

    boolean isAbsent(StoragePath path) {
        return absences.getIfPresent(path) != null;
    }

    synchronized void keep(long askedIn, Known<Entry> known) {
        if (askedIn == epoch.get()) {
            keepNewer(known);
        }
    }

    synchronized void keepAbsence(long askedIn, StoragePath path) {
        if (askedIn == epoch.get()) {
            attributes.invalidate(path);
            absences.put(path, Boolean.TRUE);
        }
    }

    synchronized void keepListing(long askedIn, StoragePath path, Known<Directory> known) {
        if (askedIn == epoch.get()) {
            listings.put(path, known);
            known.value().entries().forEach(child -> keepNewer(new Known<>(child, known.asOfNanos())));
        }
    }

    /** Of a collection that did not exist before. */
    synchronized void keepEmptyListing(StoragePath path, Known<Directory> known) {
        listings.put(path, known);
    }

    synchronized void keepAvus(long askedIn, StoragePath path, Known<List<Avu>> known) {
        if (askedIn == epoch.get()) {
            avus.put(path, known);
        }
    }

    /** Forgets a path, and what its parent's listing says of it. */
    synchronized void invalidate(StoragePath path) {
        epoch.incrementAndGet();
        attributes.invalidate(path);
        absences.invalidate(path);
        avus.invalidate(path);
        listings.invalidate(path);
        listings.invalidate(path.parent());
    }

    synchronized void forgetTriples(StoragePath path) {
        epoch.incrementAndGet();
        avus.invalidate(path);
    }

    /** What this process did is newer than all that was asked before. */
    synchronized void change(Known<Entry> known) {
        StoragePath path = known.value().path();
        epoch.incrementAndGet();
        absences.invalidate(path);
        attributes.put(path, known);
        relist(path, listing -> listing.with(known.value()));
    }

    synchronized void remove(StoragePath path) {
        epoch.incrementAndGet();
        attributes.invalidate(path);
        avus.invalidate(path);
        listings.invalidate(path);
        absences.put(path, Boolean.TRUE);
        relist(path, listing -> listing.without(path.name()));
    }

    /** The listing of the parent with a change; it is no newer for that. */
    private void relist(StoragePath path, UnaryOperator<Directory> change) {
        if (!path.isRoot()) {
            listings.asMap()
                    .computeIfPresent(
                            path.parent(), (_, known) -> new Known<>(change.apply(known.value()), known.asOfNanos()));
        }
    }

    synchronized void forgetTree(StoragePath path) {
        epoch.incrementAndGet();
        attributes.asMap().keySet().removeIf(known -> known.isIn(path));
        absences.asMap().keySet().removeIf(known -> known.isIn(path));
        avus.asMap().keySet().removeIf(known -> known.isIn(path));
        listings.asMap().keySet().removeIf(known -> known.isIn(path));
        if (!path.isRoot()) {
            listings.invalidate(path.parent());
        }
    }

    private void keepNewer(Known<Entry> known) {
        StoragePath path = known.value().path();
        absences.invalidate(path);
        Known<Entry> old = attributes.getIfPresent(path);
        if (old == null || old.asOfNanos() - known.asOfNanos() <= 0) {
            attributes.put(path, known);
        }
    }
}
