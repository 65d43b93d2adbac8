package org.omerods.omero.imports;

import static java.util.stream.Collectors.toCollection;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore;
import org.omerods.storage.AvuStore.Operation;
import org.omerods.storage.Entry;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which companion runs which import. The state triple {@code requested} is a token: of several companions exactly one
 * succeeds in removing it ({@link AvuStore#remove}), and that one runs the import.
 *
 * <p>So that a companion that dies loses nothing, it first writes a claim with its name and an expiry time, and renews it
 * while it works. What carries an expired claim, or none although it is under way, is requested again by whoever notices;
 * of several who notice, again, one succeeds in removing the triple. Clocks of companions may differ by less than the
 * lease. Thread-safe.
 */
final class ImportClaims {
    private static final Logger log = LoggerFactory.getLogger(ImportClaims.class);

    private final Storage storage;
    private final AvuStore avus;
    private final ImportAttributes names;
    private final String companion;
    private final Duration lease;
    private final InstantSource clock;

    /** @param companion a name that no other process has, or ever had */
    ImportClaims(Storage storage, ImportAttributes names, String companion, Duration lease, InstantSource clock) {
        this.storage = storage;
        this.avus = storage.avus();
        this.names = names;
        this.companion = companion;
        this.lease = lease;
        this.clock = clock;
    }

    /** What waits to be claimed, in the order of paths. */
    List<StoragePath> requested() throws StorageException {
        return avus.find(names.state(), ImportState.REQUESTED.text()).stream()
                .sorted()
                .toList();
    }

    /** Claims an import for this companion; empty when another one has it, or it is not requested any more. */
    Optional<ImportClaim> take(StoragePath path) throws StorageException {
        List<Avu> before = avus.list(path);
        List<Avu> tokens = states(before, ImportState.REQUESTED);
        if (tokens.isEmpty() || !claims(before).isEmpty()) {
            return Optional.empty();
        }
        ImportClaim claim = new ImportClaim(path, storage.stat(path).id(), newClaim());
        avus.apply(path, List.of(new Operation.Add(claim.avu())));
        if (!avus.remove(path, tokens.getFirst())) {
            avus.apply(path, List.of(new Operation.Remove(claim.avu())));
            return Optional.empty();
        }
        List<Operation> changes = new ArrayList<>();
        stateTriples(before).forEach(state -> changes.add(new Operation.Remove(state)));
        with(before, names.error()).forEach(old -> changes.add(new Operation.Remove(old)));
        with(before, names.result()).forEach(old -> changes.add(new Operation.Remove(old)));
        changes.add(new Operation.Add(state(ImportState.QUEUED)));
        avus.apply(path, changes);
        return Optional.of(claim);
    }

    /**
     * Says that this companion still works on it.
     *
     * @return the claim from now on; empty when it was lost, because it had expired and another companion took it
     */
    Optional<ImportClaim> renew(ImportClaim claim) throws StorageException {
        StoragePath path = whereNow(claim);
        Avu fresh = newClaim();
        if (fresh.equals(claim.avu())) {
            return Optional.of(claim);
        }
        avus.apply(path, List.of(new Operation.Add(fresh)));
        if (!avus.remove(path, claim.avu())) {
            avus.apply(path, List.of(new Operation.Remove(fresh)));
            return Optional.empty();
        }
        return Optional.of(new ImportClaim(path, claim.objectId(), fresh));
    }

    /** Writes a state, and keeps the claim. */
    void move(ImportClaim claim, ImportState to) throws StorageException {
        write(claim, to, List.of());
    }

    /** Writes the last state of this claim and gives it back, in one change. */
    void finish(ImportClaim claim, ImportState to, List<Avu> more) throws StorageException {
        List<Operation> changes = new ArrayList<>();
        more.forEach(avu -> changes.add(new Operation.Add(avu)));
        avus.list(whereNow(claim)).stream()
                .filter(avu ->
                        avu.attribute().equals(names.claim()) && avu.value().equals(companion))
                .forEach(mine -> changes.add(new Operation.Remove(mine)));
        write(claim, to, changes);
    }

    private void write(ImportClaim claim, ImportState to, List<Operation> more) throws StorageException {
        StoragePath path = whereNow(claim);
        List<Operation> changes = new ArrayList<>();
        stateTriples(avus.list(path)).forEach(old -> changes.add(new Operation.Remove(old)));
        changes.add(new Operation.Add(state(to)));
        changes.addAll(more);
        avus.apply(path, changes);
    }

    /** Where the object is now: it may be moved while it is imported, and takes its triples along. */
    private StoragePath whereNow(ImportClaim claim) throws StorageException {
        if (isThere(claim.path(), claim.objectId())) {
            return claim.path();
        }
        for (StoragePath path : avus.find(names.claim(), companion)) {
            if (isThere(path, claim.objectId())) {
                return path;
            }
        }
        throw new StorageException(
                Reason.NOT_FOUND, "report the import of", claim.path().value(), "is gone since it was claimed");
    }

    private boolean isThere(StoragePath path, long id) throws StorageException {
        try {
            return storage.stat(path).id() == id;
        } catch (StorageException e) {
            if (e.reason() == Reason.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /** Requests again what a companion that is gone has left under way. */
    void recover() throws StorageException {
        TreeSet<StoragePath> paths = new TreeSet<>(avus.find(names.claim()));
        paths.addAll(avus.find(names.state(), ImportState.QUEUED.text()));
        paths.addAll(avus.find(names.state(), ImportState.RUNNING.text()));
        for (StoragePath path : paths) {
            try {
                recover(path);
            } catch (StorageException e) {
                if (e.reason() != Reason.NOT_FOUND) {
                    throw e;
                }
            }
        }
    }

    private void recover(StoragePath path) throws StorageException {
        Instant now = clock.instant();
        List<Avu> there = avus.list(path);
        for (Avu claim : claims(there)) {
            if (now.isAfter(time(claim)) && avus.remove(path, claim)) {
                log.warn("companion {} has left the import of {}", claim.value(), path);
            }
        }
        List<Avu> left = avus.list(path);
        if (!claims(left).isEmpty() || !states(left, ImportState.REQUESTED).isEmpty()) {
            return;
        }
        List<Avu> underWay = new ArrayList<>(states(left, ImportState.QUEUED));
        underWay.addAll(states(left, ImportState.RUNNING));
        boolean lostBetween = !claims(there).isEmpty() && stateTriples(left).isEmpty();
        // Without a claim: written by hand, or its claim was removed just now. Young ones may be about to get one.
        if (!underWay.isEmpty()) {
            boolean abandoned = !claims(there).isEmpty()
                    || now.isAfter(time(underWay.getFirst()).plus(lease));
            if (abandoned && avus.remove(path, underWay.getFirst())) {
                requestAgain(path, underWay);
            }
        } else if (lostBetween) {
            requestAgain(path, List.of());
        }
    }

    private void requestAgain(StoragePath path, List<Avu> old) throws StorageException {
        log.info("the import of {} is requested again", path);
        List<Operation> changes = new ArrayList<>();
        old.forEach(avu -> changes.add(new Operation.Remove(avu)));
        changes.add(new Operation.Add(state(ImportState.REQUESTED)));
        avus.apply(path, changes);
    }

    Avu state(ImportState state) {
        return new Avu(names.state(), state.text(), now().toString());
    }

    private Avu newClaim() {
        return new Avu(names.claim(), companion, now().plus(lease).toString());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /** The time in a triple's units; what holds none is as old as can be. */
    private static Instant time(Avu avu) {
        try {
            return Instant.parse(avu.units());
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    /** Object and its wishes, for the one who holds the claim. */
    ImportRequest request(ImportClaim claim) throws StorageException {
        Entry entry = storage.stat(whereNow(claim));
        return ImportRequest.of(entry, avus.list(entry.path()), names);
    }

    private List<Avu> claims(List<Avu> all) {
        return with(all, names.claim());
    }

    private List<Avu> stateTriples(List<Avu> all) {
        return with(all, names.state());
    }

    private List<Avu> states(List<Avu> all, ImportState state) {
        return with(all, names.state()).stream()
                .filter(avu -> avu.value().equals(state.text()))
                .toList();
    }

    private static List<Avu> with(List<Avu> all, String attribute) {
        return all.stream()
                .filter(avu -> avu.attribute().equals(attribute))
                .sorted(Comparator.comparing(Avu::value).thenComparing(Avu::units))
                .collect(toCollection(ArrayList::new));
    }
}
