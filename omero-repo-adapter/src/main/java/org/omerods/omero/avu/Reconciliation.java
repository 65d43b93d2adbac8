package org.omerods.omero.avu;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongPredicate;
import org.omerods.omero.database.OmeroDatabase;
import org.omerods.omero.model.Fileset;
import org.omerods.omero.model.FilesetReader;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares everything: all filesets of a server with all triples in iRODS. What should be is read from the database in
 * batches and kept as numbers; iRODS is looked through once, ten thousand triples at a time, or only their digests, one of
 * each object; only objects that differ are then read exactly and changed. An object that is right costs no question of its
 * own and no write. Two batches are read at a time. One thread at a time may call it.
 */
public final class Reconciliation {
    private static final Logger log = LoggerFactory.getLogger(Reconciliation.class);

    /** Filesets read at once: more than are changed at once, because the statements cost more than the rows. */
    private static final int BATCH = 2_000;

    private final OmeroDatabase database;
    private final Mirror mirror;
    private final AvuStore avus;
    private final StoragePath top;

    /** @param top collection below which the triples of this server are looked for */
    public Reconciliation(OmeroDatabase database, Mirror mirror, AvuStore avus, StoragePath top) {
        this.database = database;
        this.mirror = mirror;
        this.avus = avus;
        this.top = top;
    }

    /** How closely the objects are looked at. */
    public enum Depth {
        /** By the digest that was written with the triples: single triples that others changed by hand go unnoticed. */
        DIGESTS,
        /** By every triple. */
        TRIPLES
    }

    /** Hears how far it is, and has the say between batches. */
    public interface Listener {
        /** Filesets read so far. */
        void read(long filesets);

        /**
         * A batch of differing filesets was changed.
         *
         * @param done filesets of all that differ
         */
        void changed(MirrorResult result, long done, long all) throws SQLException, StorageException;
    }

    /**
     * What came out.
     *
     * @param objects objects that should carry triples
     * @param different objects that did not carry what they should, and those that should carry none
     */
    public record Outcome(long filesets, long objects, long different) {}

    /** @param mine the filesets that are compared, by number; others are somebody else's */
    public Outcome run(LongPredicate mine, Depth depth, Listener listener) throws SQLException, StorageException {
        long begun = System.nanoTime();
        ConcurrentMap<StoragePath, Expectation> expected = new ConcurrentHashMap<>();
        Map<StoragePath, Set<Long>> leftovers = new HashMap<>();
        long filesets = switch (depth) {
            case TRIPLES -> lookAtTriples(mine, expected, leftovers, listener);
            case DIGESTS -> lookAtDigests(mine, expected, leftovers, listener);
        };
        log.debug(
                "read {} filesets and looked through {} in {}",
                filesets,
                top,
                Duration.ofNanos(System.nanoTime() - begun));
        leftovers
                .entrySet()
                .removeIf(left -> left.getValue().isEmpty()
                        ? !mine.test(Math.abs((long) left.getKey().hashCode()))
                        : left.getValue().stream().noneMatch(mine::test));
        long objects = expected.size();
        Set<StoragePath> bare = new HashSet<>();
        Map<Long, Set<StoragePath>> work = new TreeMap<>();
        expected.forEach((path, expectation) -> {
            if (depth == Depth.TRIPLES ? !expectation.isMet() : !expectation.hasDigest()) {
                if (depth == Depth.TRIPLES && expectation.isBare()) {
                    bare.add(path);
                }
                for (long fileset : expectation.filesets()) {
                    work.computeIfAbsent(fileset, f -> new HashSet<>()).add(path);
                }
            }
        });
        expected.clear();
        long different = work.values().stream().flatMap(Set::stream).distinct().count() + leftovers.size();
        change(work, bare, leftovers, listener);
        return new Outcome(filesets, objects, different);
    }

    private long lookAtTriples(
            LongPredicate mine,
            ConcurrentMap<StoragePath, Expectation> expected,
            Map<StoragePath, Set<Long>> leftovers,
            Listener listener)
            throws SQLException, StorageException {
        long filesets = expect(mine, expected, listener);
        for (String prefix : mirror.ownership().prefixes()) {
            avus.scan(top, prefix, (path, avu) -> see(path, avu, expected, leftovers));
        }
        return filesets;
    }

    private long lookAtDigests(
            LongPredicate mine,
            ConcurrentMap<StoragePath, Expectation> expected,
            Map<StoragePath, Set<Long>> leftovers,
            Listener listener)
            throws SQLException, StorageException {
        long filesets;
        try (DigestScan scan = DigestScan.start(mirror, avus, top, expected)) {
            filesets = expect(mine, expected, listener);
            scan.await();
        }
        expected.forEach((path, expectation) -> {
            if (expectation.isLeftover()) {
                long fileset = expectation.digestFileset();
                leftovers.put(path, fileset == 0 ? Set.of() : Set.of(fileset));
            }
        });
        expected.values().removeIf(Expectation::isLeftover);
        return filesets;
    }

    private long expect(LongPredicate mine, ConcurrentMap<StoragePath, Expectation> expected, Listener listener)
            throws SQLException, StorageException {
        long last = 0;
        long count = 0;
        try (TwoBatches batches = new TwoBatches()) {
            while (true) {
                long after = last;
                List<Long> ids = database.read(connection -> ids(connection, after));
                if (ids.isEmpty()) {
                    batches.awaitAll();
                    return count;
                }
                last = ids.getLast();
                List<Long> wanted = ids.stream().filter(mine::test).toList();
                batches.submit(() -> expect(wanted, expected));
                count += wanted.size();
                listener.read(count);
            }
        }
    }

    private void expect(List<Long> filesets, ConcurrentMap<StoragePath, Expectation> expected) throws SQLException {
        for (Fileset fileset : database.read(connection -> FilesetReader.read(connection, filesets))
                .values()) {
            mirror.wanted(List.of(fileset))
                    .forEach((path, triples) -> expected.compute(path, (p, known) -> {
                        Expectation expectation = known == null ? new Expectation() : known;
                        expectation.add(fileset.id(), triples);
                        return expectation;
                    }));
        }
    }

    private static List<Long> ids(Connection connection, long after) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (PreparedStatement statement =
                connection.prepareStatement("select id from fileset where id > ? order by id limit " + BATCH)) {
            statement.setLong(1, after);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
            }
        }
        return ids;
    }

    private void see(
            StoragePath path, Avu avu, Map<StoragePath, Expectation> expected, Map<StoragePath, Set<Long>> leftovers) {
        boolean marked = mirror.ownership().isMarked(avu);
        Expectation expectation = expected.get(path);
        if (expectation != null) {
            if (marked && avu.attribute().equals(mirror.mapper().digestAttribute())) {
                expectation.seesDigest(avu, 0);
            } else if (marked || mirror.ownership().isUnmarked(avu)) {
                expectation.sees(avu);
            }
        } else if (marked) {
            leftovers.computeIfAbsent(path, p -> new HashSet<>()).addAll(mirror.filesetsOf(List.of(avu)));
        }
    }

    private void change(
            Map<Long, Set<StoragePath>> work,
            Set<StoragePath> bare,
            Map<StoragePath, Set<Long>> leftovers,
            Listener listener)
            throws SQLException, StorageException {
        long all = (long) work.size() + (leftovers.isEmpty() ? 0 : 1);
        long done = 0;
        List<Long> ids = new ArrayList<>(work.keySet());
        for (int i = 0; i < ids.size(); i += Mirror.BATCH) {
            Set<Long> some = new HashSet<>(ids.subList(i, Math.min(ids.size(), i + Mirror.BATCH)));
            Set<StoragePath> paths = new HashSet<>();
            some.forEach(id -> paths.addAll(work.getOrDefault(id, Set.of())));
            MirrorResult result = mirror.mirror(some, paths, bare);
            // A fileset of a later batch may have the same object.
            bare.removeAll(paths);
            done += some.size();
            listener.changed(result, done, all);
        }
        List<StoragePath> paths = new ArrayList<>(leftovers.keySet());
        for (int i = 0; i < paths.size(); i += Mirror.BATCH) {
            Set<StoragePath> some = new HashSet<>(paths.subList(i, Math.min(paths.size(), i + Mirror.BATCH)));
            listener.changed(mirror.mirror(Set.of(), some, Set.of()), all, all);
        }
    }

    /** Filesets whose import has not ended, the newest first: nothing tells when it does. */
    public Set<Long> unfinished(int limit) throws SQLException {
        return database.read(connection -> {
            Set<Long> ids = new HashSet<>();
            try (PreparedStatement statement = connection.prepareStatement(
                            "select distinct i.fileset from pixels p join image i on i.id = p.image"
                                    + " where p.path is null and i.fileset is not null order by 1 desc limit "
                                    + limit);
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
            }
            return ids;
        });
    }
}
