package org.omerods.fs.meta;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import org.omerods.storage.Avu;
import org.omerods.storage.Entry;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Attributes, listings, absences and triples as the catalog told them, not longer ago than the configuration allows. The
 * {@code …IfKnown} methods never block; the others ask when they must, once for all who wait. A failure is never kept, but
 * for the plain absence. Thread-safe.
 */
public final class MetadataCache implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MetadataCache.class);

    /** As many catalog questions at a time as the connections of a client can carry, eight deep. */
    private static final int MAX_LOADS = 64;

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("catalog-", 0).factory());
    private final Semaphore permits = new Semaphore(MAX_LOADS, true);
    private final SingleFlight<StoragePath, Known<Entry>> stats = new SingleFlight<>("stat", threads);
    private final SingleFlight<StoragePath, Known<Directory>> lists = new SingleFlight<>("list", threads);
    private final SingleFlight<StoragePath, Known<List<Avu>>> avuLists = new SingleFlight<>("list triples of", threads);
    private final LongAdder statCalls = new LongAdder();
    private final LongAdder listCalls = new LongAdder();
    private final LongAdder avuCalls = new LongAdder();
    private final LongAdder hits = new LongAdder();
    private final Storage storage;
    private final MetadataCacheConfig config;
    private final Ticker ticker;
    private final MetadataMemory memory;
    private final Crowds crowds;

    public MetadataCache(Storage storage, MetadataCacheConfig config, Ticker ticker) {
        this.storage = storage;
        this.config = config;
        this.ticker = ticker;
        this.memory = new MetadataMemory(config, ticker);
        this.crowds = new Crowds(config.maxAgeAtOpen(), ticker);
    }

    public Optional<Known<Entry>> statIfKnown(StoragePath path) {
        return counted(memory.entry(path));
    }

    /** Whether the catalog said a moment ago that there is nothing; false when it has to be asked. */
    public boolean isKnownAbsent(StoragePath path) {
        return memory.isAbsent(path) || isMissingInFreshListing(path);
    }

    /** @throws StorageException NOT_FOUND when nothing is there, now or a moment ago */
    public Known<Entry> stat(StoragePath path) throws StorageException {
        Optional<Known<Entry>> known = statIfKnown(path);
        return known.isPresent() ? known.get() : ask(path);
    }

    /** As {@link #statIfKnown}, when that is young enough to open a file by it. */
    public Optional<Known<Entry>> statForOpenIfKnown(StoragePath path) {
        return statIfKnown(path).filter(known -> age(known).compareTo(config.maxAgeAtOpen()) <= 0);
    }

    /** As {@link #stat}, young enough to open a file by it. */
    public Known<Entry> statForOpen(StoragePath path) throws StorageException {
        Optional<Known<Entry>> known = statForOpenIfKnown(path);
        return known.isPresent() ? known.get() : ask(path);
    }

    /** Where many children are asked for one after the other, all are listed behind them, so that the others need not be. */
    private Known<Entry> ask(StoragePath path) throws StorageException {
        if (!path.isRoot() && crowds.asked(path.parent())) {
            listAhead(path.parent());
        }
        return stats.join(path, () -> loadEntry(path));
    }

    public Optional<Known<Directory>> listIfKnown(StoragePath path) {
        // By the time of the question: this mount's own changes are put into a listing without asking again.
        return counted(memory.listing(path).filter(known -> age(known).compareTo(config.listingTtl()) < 0));
    }

    /** The children; their attributes are then known, too. */
    public Known<Directory> list(StoragePath path) throws StorageException {
        Optional<Known<Directory>> known = listIfKnown(path);
        return known.isPresent() ? known.get() : lists.join(path, () -> loadListing(path));
    }

    /** Asks for the children, unless somebody does so already, and waits for nothing. Whoever needs them hears of a failure. */
    public void listAhead(StoragePath path) {
        var _ = lists.begin(path, () -> loadListing(path));
    }

    public Optional<Known<List<Avu>>> avusIfKnown(StoragePath path) {
        return counted(memory.avus(path));
    }

    public Known<List<Avu>> avus(StoragePath path) throws StorageException {
        Optional<Known<List<Avu>>> known = avusIfKnown(path);
        return known.isPresent() ? known.get() : avuLists.join(path, () -> loadAvus(path));
    }

    /** How much longer attributes may be believed. */
    public Duration remaining(Known<?> known) {
        Duration left = config.attributeTtl().minus(age(known));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Forgets a path and its parent's listing; answers that are under way are not kept. */
    public void invalidate(StoragePath path) {
        memory.invalidate(path);
        detachAll();
    }

    private void detachAll() {
        stats.detachAll();
        lists.detachAll();
        avuLists.detachAll();
    }

    /** Something that was just seen by other means than a question. */
    public <T> Known<T> known(T value) {
        return new Known<>(value, ticker.read());
    }

    /** This mount made or changed an entry: it is known from now on, in its parent's listing, too. */
    public void changed(Entry entry) {
        memory.change(known(entry));
        detachAll();
    }

    /** This mount changed what is kept beside an entry as triples. */
    public void forgetTriples(StoragePath path) {
        memory.forgetTriples(path);
        avuLists.detachAll();
    }

    /** This mount made a collection a moment ago: nothing else is in it yet. */
    public void madeEmpty(StoragePath collection) {
        memory.keepEmptyListing(collection, known(Directory.EMPTY));
    }

    /** This mount removed what was at a path. */
    public void removed(StoragePath path) {
        memory.remove(path);
        detachAll();
    }

    /** This mount moved or removed a tree: nothing is known of it any more. */
    public void forgetTree(StoragePath path) {
        memory.forgetTree(path);
        detachAll();
    }

    public MetadataStatistics statistics() {
        return new MetadataStatistics(statCalls.sum(), listCalls.sum(), avuCalls.sum(), hits.sum());
    }

    /** Begins no more questions; those under way end with the storage. */
    @Override
    public void close() {
        threads.shutdown();
    }

    private Known<Entry> loadEntry(StoragePath path) throws StorageException {
        long epoch = memory.epoch();
        long asOf = ticker.read();
        try {
            Known<Entry> known = new Known<>(asking(statCalls, () -> storage.stat(path)), asOf);
            memory.keep(epoch, known);
            return known;
        } catch (StorageException e) {
            if (e.reason() == Reason.NOT_FOUND) {
                memory.keepAbsence(epoch, path);
            }
            throw e;
        }
    }

    private Known<Directory> loadListing(StoragePath path) throws StorageException {
        long epoch = memory.epoch();
        long asOf = ticker.read();
        Known<Directory> known = asking(listCalls, () -> {
            var listing = storage.list(path);
            listing.problems().forEach(problem -> log.warn("Not shown in {}: {}", path, problem));
            return new Known<>(Directory.of(listing), asOf);
        });
        memory.keepListing(epoch, path, known);
        crowds.listed(path, known.value().entries().size());
        return known;
    }

    private Known<List<Avu>> loadAvus(StoragePath path) throws StorageException {
        long epoch = memory.epoch();
        long asOf = ticker.read();
        Known<List<Avu>> known =
                new Known<>(asking(avuCalls, () -> List.copyOf(storage.avus().list(path))), asOf);
        memory.keepAvus(epoch, path, known);
        return known;
    }

    private <V> V asking(LongAdder calls, SingleFlight.Loader<V> question) throws StorageException {
        permits.acquireUninterruptibly();
        try {
            calls.increment();
            return question.load();
        } finally {
            permits.release();
        }
    }

    /** A complete listing says what is missing as well, for as long as an absence may be believed. */
    private boolean isMissingInFreshListing(StoragePath path) {
        Optional<Known<Directory>> listing = memory.listing(path.parent());
        return listing.isPresent()
                && age(listing.get()).compareTo(config.negativeTtl()) < 0
                && memory.entry(path).isEmpty()
                && !listing.get().value().has(path.name());
    }

    private Duration age(Known<?> known) {
        return Duration.ofNanos(ticker.read() - known.asOfNanos());
    }

    private <T> Optional<T> counted(Optional<T> known) {
        if (known.isPresent()) {
            hits.increment();
        }
        return known;
    }
}
