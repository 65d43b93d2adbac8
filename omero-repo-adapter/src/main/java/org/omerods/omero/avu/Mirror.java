package org.omerods.omero.avu;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.omerods.omero.database.OmeroDatabase;
import org.omerods.omero.mapping.Mapper;
import org.omerods.omero.mapping.Ownership;
import org.omerods.omero.model.FileLocator;
import org.omerods.omero.model.Fileset;
import org.omerods.omero.model.FilesetReader;
import org.omerods.omero.model.OriginalFile;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore;
import org.omerods.storage.AvuStore.Operation;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the triples of objects what OMERO says, a batch of filesets at a time. Where a fileset's triples stand is not kept
 * anywhere: iRODS is asked for the objects that carry its LSID, so a file that was moved or deleted loses them whatever
 * happened in between. A batch may be cut off and repeated anywhere. One thread at a time.
 */
public final class Mirror {
    private static final Logger log = LoggerFactory.getLogger(Mirror.class);

    /** Filesets in a batch: some hundreds in a round trip, little memory, and never far to repeat after a failure. */
    public static final int BATCH = 500;

    private final OmeroDatabase database;
    private final Mapper mapper;
    private final Ownership ownership;
    private final FileLocator locator;
    private final AvuStore avus;

    public Mirror(OmeroDatabase database, Mapper mapper, FileLocator locator, AvuStore avus) {
        this.database = database;
        this.mapper = mapper;
        this.ownership = new Ownership(mapper);
        this.locator = locator;
        this.avus = avus;
    }

    public Mapper mapper() {
        return mapper;
    }

    public Ownership ownership() {
        return ownership;
    }

    /** The triples that the files of some filesets should carry, by object; without the digest, which is of them all. */
    public Map<StoragePath, Set<Avu>> wanted(Collection<Fileset> filesets) {
        Map<StoragePath, Set<Avu>> wanted = new HashMap<>();
        for (Fileset fileset : filesets) {
            if (mapper.shows(fileset)) {
                for (OriginalFile file : fileset.files()) {
                    locator.locate(file)
                            .ifPresent(path -> wanted.computeIfAbsent(path, p -> new LinkedHashSet<>())
                                    .addAll(mapper.triples(fileset, file)));
                }
            }
        }
        return wanted;
    }

    /** Compares and changes all objects that have, or had, to do with these filesets. */
    public MirrorResult mirror(Set<Long> filesets) throws SQLException, StorageException {
        List<String> lsids = filesets.stream().map(mapper::filesetLsid).toList();
        Set<StoragePath> carrying = new HashSet<>();
        avus.find(mapper.filesetAttribute(), lsids).values().forEach(carrying::addAll);
        return mirror(filesets, carrying, Set.of());
    }

    /**
     * The same for one who has looked through iRODS already.
     *
     * @param carrying objects that may carry triples because of these filesets
     * @param bare objects that are known to carry no triple of ours: they are not asked again
     */
    public MirrorResult mirror(Set<Long> filesets, Set<StoragePath> carrying, Set<StoragePath> bare)
            throws SQLException, StorageException {
        Map<Long, Fileset> snapshots = read(filesets);
        Map<StoragePath, Set<Avu>> wanted = wanted(snapshots.values());
        Set<StoragePath> paths = new HashSet<>(carrying);
        paths.addAll(wanted.keySet());
        Set<StoragePath> asked = new HashSet<>(paths);
        asked.removeAll(bare);
        Map<StoragePath, Set<Avu>> present = present(asked);
        addOthers(filesets, wanted, present);
        wanted.values().forEach(this::addDigest);

        Map<StoragePath, List<Operation>> changes = new HashMap<>();
        int added = 0;
        int removed = 0;
        for (StoragePath path : paths) {
            Set<Avu> there = present.getOrDefault(path, Set.of());
            List<Operation> operations =
                    AvuDiff.between(wanted.getOrDefault(path, Set.of()), ownership.own(there), there);
            if (!operations.isEmpty()) {
                changes.put(path, operations);
                int removals = (int) operations.stream()
                        .filter(Operation.Remove.class::isInstance)
                        .count();
                removed += removals;
                added += operations.size() - removals;
            }
        }
        Failures failures = apply(changes);
        Set<Long> pending = new HashSet<>();
        snapshots.values().stream().filter(fileset -> !fileset.isComplete()).forEach(f -> pending.add(f.id()));
        return new MirrorResult(
                paths.size(),
                changes.size() - failures.missing() - failures.refused(),
                added,
                removed,
                failures.missing(),
                failures.refused(),
                pending);
    }

    private Map<Long, Fileset> read(Set<Long> filesets) throws SQLException {
        return filesets.isEmpty() ? Map.of() : database.read(connection -> FilesetReader.read(connection, filesets));
    }

    private Map<StoragePath, Set<Avu>> present(Set<StoragePath> paths) throws StorageException {
        Map<StoragePath, Set<Avu>> present = new HashMap<>();
        for (String prefix : paths.isEmpty() ? List.<String>of() : ownership.prefixes()) {
            avus.listObjects(paths, prefix)
                    .forEach((path, triples) ->
                            present.computeIfAbsent(path, p -> new HashSet<>()).addAll(triples));
        }
        return present;
    }

    /** An object may belong to filesets outside the batch, by what it carries: they have their say about it too. */
    private void addOthers(Set<Long> filesets, Map<StoragePath, Set<Avu>> wanted, Map<StoragePath, Set<Avu>> present)
            throws SQLException {
        Set<Long> others = new HashSet<>();
        present.values().forEach(triples -> others.addAll(filesetsOf(triples)));
        others.removeAll(filesets);
        List<Long> ids = new ArrayList<>(others);
        for (int i = 0; i < ids.size(); i += BATCH) {
            Set<Long> some = Set.copyOf(ids.subList(i, Math.min(ids.size(), i + BATCH)));
            wanted(read(some).values()).forEach((path, triples) -> {
                if (present.containsKey(path)) {
                    wanted.computeIfAbsent(path, p -> new LinkedHashSet<>()).addAll(triples);
                }
            });
        }
    }

    private void addDigest(Set<Avu> triples) {
        filesetsOf(triples).stream()
                .min(Long::compare)
                .ifPresent(fileset -> triples.add(
                        new Avu(mapper.digestAttribute(), TripleHash.digest(triples), mapper.filesetLsid(fileset))));
    }

    /** The filesets of this server of which an object carries the LSID, as a triple or beside its digest. */
    public Set<Long> filesetsOf(Collection<Avu> triples) {
        Set<Long> ids = new HashSet<>();
        for (Avu avu : triples) {
            if (avu.attribute().equals(mapper.filesetAttribute())) {
                mapper.server().idOf("Fileset", avu.value()).ifPresent(ids::add);
            } else if (avu.attribute().equals(mapper.digestAttribute())) {
                mapper.server().idOf("Fileset", avu.units()).ifPresent(ids::add);
            }
        }
        return ids;
    }

    private record Failures(int missing, int refused) {}

    private Failures apply(Map<StoragePath, List<Operation>> changes) throws StorageException {
        int missing = 0;
        int refused = 0;
        for (StorageException failure : avus.applyAll(changes).values()) {
            switch (failure.reason()) {
                case NOT_FOUND -> {
                    missing++;
                    log.debug("not there: {}", failure.getMessage());
                }
                case ACCESS_DENIED, NAME_TOO_LONG, INVALID, READ_ONLY -> {
                    refused++;
                    log.warn("triples not written: {}", failure.getMessage());
                }
                case ALREADY_EXISTS,
                        NOT_A_COLLECTION,
                        IS_A_COLLECTION,
                        NOT_EMPTY,
                        LOGIN_REFUSED,
                        LOCKED,
                        STALE,
                        NO_GOOD_REPLICA,
                        UNSUPPORTED,
                        NO_SPACE,
                        UNAVAILABLE,
                        TIMEOUT,
                        CORRUPT,
                        INTERRUPTED,
                        CLOSED -> throw failure.forAnotherCaller();
            }
        }
        return new Failures(missing, refused);
    }
}
