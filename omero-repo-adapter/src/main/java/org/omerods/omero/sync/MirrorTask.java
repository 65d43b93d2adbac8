package org.omerods.omero.sync;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.omerods.omero.avu.Mirror;
import org.omerods.omero.avu.MirrorResult;
import org.omerods.omero.avu.Reconciliation;
import org.omerods.omero.database.OmeroDatabase;
import org.omerods.omero.event.ChangeFeed;
import org.omerods.omero.event.Cursor;
import org.omerods.omero.event.DirtyFilesets;
import org.omerods.omero.event.LinkIndex;
import org.omerods.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the triples in iRODS as OMERO says: follows the changes, compares everything now and then, and shares the work
 * with other companions of the same server. A pass that is cut off anywhere is made good by the next one, of this companion
 * or another: the cursor moves only after what lies before it is done, and comparing twice changes nothing.
 */
public final class MirrorTask implements SyncTask, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MirrorTask.class);

    /** A removed link of which nothing is known costs a comparison of everything; not more often than this. */
    private static final Duration BETWEEN_FORCED = Duration.ofMinutes(10);
    /** How often it is looked whether somebody asked for something, and a cursor is written that moved over nothing. */
    private static final Duration HOUSEKEEPING = Duration.ofMinutes(1);
    /** How often the changes are followed while everything is compared. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    private final SyncConfig config;
    private final OmeroDatabase database;
    private final Mirror mirror;
    private final Reconciliation reconciliation;
    private final CursorStore store;
    private final Partitions partitions;
    private final SyncStatus status;
    private final InstantSource clock;
    private final ChangeFeed feed;
    private final LinkIndex links = new LinkIndex();
    private final DirtyFilesets dirtyFilesets = new DirtyFilesets(links);
    private final PendingImports pending = new PendingImports(System::nanoTime);

    private final Map<Integer, Cursor> cursors = new HashMap<>();
    private final Set<Integer> owed = new HashSet<>();
    private Map<Integer, Instant> reconciled = Map.of();
    private Set<Integer> held = Set.of();
    private Instant lastHousekeeping = Instant.EPOCH;
    private Instant lastForced = Instant.EPOCH;
    private Instant lastLook = Instant.EPOCH;
    private Instant lastSaved = Instant.EPOCH;
    private Duration pause = Duration.ZERO;
    private boolean linksKnown;
    /** Whether the next comparison looks at every triple, whatever the time. */
    private boolean everyTriple;

    MirrorTask(
            SyncConfig config,
            OmeroDatabase database,
            Mirror mirror,
            Reconciliation reconciliation,
            CursorStore store,
            Partitions partitions,
            SyncStatus status,
            InstantSource clock) {
        this.config = config;
        this.database = database;
        this.mirror = mirror;
        this.reconciliation = reconciliation;
        this.store = store;
        this.partitions = partitions;
        this.status = status;
        this.clock = clock;
        this.feed = new ChangeFeed(database);
    }

    @Override
    public String name() {
        return "mirror";
    }

    @Override
    public Duration pass() throws SQLException, StorageException {
        share();
        if (held.isEmpty()) {
            return config.idlePause();
        }
        if (!linksKnown) {
            database.read(connection -> {
                links.load(connection);
                return links;
            });
            Set<Long> unfinished = reconciliation.unfinished(PendingImports.MAX_ENTRIES);
            pending.update(unfinished, unfinished, oldest());
            linksKnown = true;
        }
        housekeep();
        reconcileIfDue();
        boolean busy = follow();
        Duration doubled = pause.multipliedBy(2);
        pause = busy ? config.busyPause() : longest(config.busyPause(), shortest(doubled, config.idlePause()));
        return pending.untilNext(pause);
    }

    /** Whether this companion has part of the work; with none it stands by. */
    public boolean hasWork() {
        return !held.isEmpty();
    }

    /** Lets the next pass compare everything, every triple. */
    public void requestReconciliation() {
        everyTriple = true;
        owed.addAll(held);
    }

    private void share() throws SQLException, StorageException {
        Set<Integer> now;
        try {
            now = partitions.refresh();
        } catch (SQLException e) {
            held = Set.of();
            cursors.clear();
            throw e;
        }
        Set<Integer> gained = new HashSet<>(now);
        gained.removeAll(cursors.keySet());
        cursors.keySet().retainAll(now);
        owed.retainAll(now);
        if (!gained.isEmpty()) {
            CursorStore.State state = store.load();
            reconciled = state.reconciled();
            for (int partition : gained) {
                Cursor cursor = state.cursors().get(partition);
                if (cursor == null) {
                    owed.add(partition);
                    cursor = feed.now();
                }
                cursors.put(partition, cursor);
            }
        }
        held = now;
        status.setLevel("mirror.partitions", held.size());
    }

    private void housekeep() throws StorageException {
        if (Duration.between(lastHousekeeping, clock.instant()).compareTo(HOUSEKEEPING) < 0) {
            return;
        }
        CursorStore.State state = store.load();
        reconciled = state.reconciled();
        if (state.requested()) {
            requestReconciliation();
            lastForced = Instant.EPOCH;
            store.answerRequest();
        }
        lastHousekeeping = clock.instant();
    }

    private void reconcileIfDue() throws SQLException, StorageException {
        Instant now = clock.instant();
        Set<Integer> due = new HashSet<>(owed);
        for (int partition : held) {
            Instant last = reconciled.getOrDefault(partition, Instant.EPOCH);
            if (Duration.between(last, now).compareTo(config.reconcileInterval()) >= 0) {
                due.add(partition);
            }
        }
        if (due.isEmpty() || Duration.between(lastForced, now).compareTo(BETWEEN_FORCED) < 0) {
            return;
        }
        lastForced = now;
        lastLook = now;
        Progress progress = new Progress(now);
        Reconciliation.Depth depth = everyTriple || due.stream().anyMatch(partition -> isDeepDue(partition, now))
                ? Reconciliation.Depth.TRIPLES
                : Reconciliation.Depth.DIGESTS;
        Reconciliation.Outcome outcome = reconciliation.run(id -> due.contains(Partitions.of(id)), depth, progress);
        everyTriple = false;
        status.add("reconcile.runs", 1);
        status.setLevel("reconcile.objects", outcome.objects());
        status.setLevel("reconcile.different", outcome.different());
        log.info(
                "compared {} filesets, {} objects by {} in {}: {} differed",
                outcome.filesets(),
                outcome.objects(),
                depth.name().toLowerCase(Locale.ROOT),
                Duration.between(now, clock.instant()),
                outcome.different());
        owed.removeAll(due);
        due.retainAll(held);
        save(due);
        store.saveReconciled(due, now);
        Map<Integer, Instant> times = new HashMap<>(reconciled);
        due.forEach(partition -> times.put(partition, now));
        reconciled = times;
    }

    /** The deep intervals follow each other from the epoch on: the first comparison in each of them is a deep one. */
    private boolean isDeepDue(int partition, Instant now) {
        long length = config.deepReconcileInterval().toMillis();
        Instant last = reconciled.getOrDefault(partition, Instant.EPOCH);
        return last.toEpochMilli() / length != now.toEpochMilli() / length;
    }

    /** Follows what changed. Returns whether there was anything. */
    private boolean follow() throws SQLException, StorageException {
        Cursor since = oldest();
        ChangeFeed.Changes changes = feed.read(since);
        Set<Long> filesets = pending.due();
        if (changes.reset()) {
            log.warn(
                    "the database is not the one of the last cursor, it was restored or moved: everything is compared");
            requestReconciliation();
            lastForced = Instant.EPOCH;
            linksKnown = false;
        } else if (!changes.isEmpty()) {
            DirtyFilesets.Dirty dirty = database.read(connection -> dirtyFilesets.find(connection, changes));
            filesets.addAll(dirty.filesets());
            if (dirty.unknownLinks() > 0) {
                status.add("mirror.unknown-links", dirty.unknownLinks());
                owed.addAll(held);
            }
        }
        filesets.removeIf(id -> !held.contains(Partitions.of(id)));
        status.setLevel("mirror.queue", filesets.size());
        List<Long> ids = new ArrayList<>(filesets);
        for (int i = 0; i < ids.size(); i += Mirror.BATCH) {
            Set<Long> some = Set.copyOf(ids.subList(i, Math.min(ids.size(), i + Mirror.BATCH)));
            MirrorResult result = mirror.mirror(some);
            count(result);
            pending.update(some, result.pending(), since);
            status.setLevel("mirror.queue", ids.size() - i - some.size());
        }
        boolean moved = !changes.next().equals(since);
        held.forEach(partition -> cursors.put(partition, changes.next()));
        Instant now = clock.instant();
        boolean late = Duration.between(lastSaved, now).compareTo(HOUSEKEEPING) >= 0;
        if (moved && !changes.deferred() && (!changes.isEmpty() || late)) {
            save(held);
        }
        status.setLevel("mirror.pending-imports", pending.size());
        status.setLevel("mirror.caught-up-at", now.getEpochSecond());
        return !changes.isEmpty() || !ids.isEmpty();
    }

    /** A cursor is not written while a comparison is owed: whoever starts next has to find out anew that it is. */
    private void save(Set<Integer> wanted) throws StorageException {
        Map<Integer, Cursor> done = new HashMap<>();
        cursors.forEach((partition, cursor) -> done.put(partition, pending.safe(cursor)));
        done.keySet().retainAll(wanted);
        done.keySet().removeAll(owed);
        if (!done.isEmpty()) {
            store.saveCursors(done);
            lastSaved = clock.instant();
        }
    }

    private Cursor oldest() {
        return cursors.values().stream()
                .min(Comparator.comparingLong(Cursor::transaction))
                .orElseThrow();
    }

    private void count(MirrorResult result) {
        status.add("mirror.objects-compared", result.objects());
        status.add("mirror.objects-changed", result.changed());
        status.add("mirror.triples-added", result.added());
        status.add("mirror.triples-removed", result.removed());
        status.add("mirror.objects-missing", result.missing());
        status.add("mirror.objects-refused", result.refused());
    }

    private static Duration longest(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    private static Duration shortest(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    @Override
    public void close() {
        partitions.close();
    }

    private final class Progress implements Reconciliation.Listener {
        private final Instant start;
        private Instant told;

        Progress(Instant start) {
            this.start = start;
            this.told = start;
        }

        @Override
        public void read(long filesets) {
            status.setLevel("reconcile.filesets-read", filesets);
        }

        @Override
        public void changed(MirrorResult result, long done, long all) throws SQLException, StorageException {
            count(result);
            Instant now = clock.instant();
            Duration gone = Duration.between(start, now);
            long left = done == 0 ? 0 : gone.toSeconds() * (all - done) / done;
            status.setLevel("reconcile.filesets-done", done);
            status.setLevel("reconcile.filesets-to-do", all);
            status.setLevel("reconcile.seconds-left", left);
            if (Duration.between(told, now).toSeconds() >= 10) {
                log.info("changed {} of {} filesets that differ, {} left", done, all, Duration.ofSeconds(left));
                told = now;
            }
            if (Duration.between(lastLook, now).compareTo(BETWEEN_LOOKS) >= 0) {
                lastLook = now;
                follow();
            }
        }
    }
}
