package org.omerods.omero.promotion;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.omerods.omero.links.LinkReplacement;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore.Operation;
import org.omerods.storage.Content;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.ReplicaState;
import org.omerods.storage.Storage;
import org.omerods.storage.Storage.WriteMode;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves one file at a time, so that at every moment at least one complete copy exists and OMERO can read it:
 *
 * <ol>
 *   <li>the local file is read into an object of iRODS;
 *   <li>the checksum that iRODS has registered is compared with one computed from the local file, by a second reading;
 *   <li>the file must appear through the mount, with its size, since that is where OMERO will look;
 *   <li>if the local file is still the same one, rename(2) puts a link in its place. Readers that have it open keep it.
 * </ol>
 *
 * A kill between any two steps leaves the local file; the next run finds the object, compares it and goes on. Files are
 * named in iRODS as in the repository, and a different object of that name is never overwritten. Thread-safe for different
 * files.
 */
public final class Promoter {
    private static final Logger log = LoggerFactory.getLogger(Promoter.class);
    /** A mount believes for 5 s (cache.negative-ttl) that a name is missing. */
    public static final Duration PATIENCE_WITH_A_MOUNT = Duration.ofSeconds(20);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final PromotionPlace place;
    private final Storage storage;
    private final InstantSource clock;
    private final Duration patience;

    /**
     * @param patience how long a new object may take to appear through the mount, which believes for some seconds that a
     *     name is missing
     */
    public Promoter(PromotionPlace place, Storage storage, InstantSource clock, Duration patience) {
        this.place = place;
        this.storage = storage;
        this.clock = clock;
        this.patience = patience;
    }

    /** Moves a file, or tells why not. */
    public Promotion promote(LocalFile file, boolean dryRun) throws InterruptedException {
        String name = file.managedPath();
        Path local = place.local(name);
        try {
            BasicFileAttributes before =
                    Files.readAttributes(local, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (before.isSymbolicLink()) {
                return new Promotion.Left(name, "is a link already");
            }
            if (!before.isRegularFile()) {
                return new Promotion.Left(name, "is no file");
            }
            if (before.size() != file.size()) {
                return new Promotion.Failed(
                        name, "has " + before.size() + " bytes, and OMERO knows " + file.size() + ": it is left alone");
            }
            long freed = ((Integer) Files.getAttribute(local, "unix:nlink")) == 1 ? before.size() : 0;
            return dryRun ? new Promotion.WouldMove(name, freed) : move(name, local, before, freed);
        } catch (NoSuchFileException e) {
            return new Promotion.Left(name, "is not there (any more)");
        } catch (StorageException | IOException e) {
            if (e instanceof StorageException s && s.reason() == Reason.INTERRUPTED) {
                throw new InterruptedException(e.getMessage());
            }
            return new Promotion.Failed(name, String.valueOf(e.getMessage()));
        }
    }

    private Promotion move(String name, Path local, BasicFileAttributes before, long freed)
            throws IOException, StorageException, InterruptedException {
        StoragePath remote = place.remote(name);
        Path target = place.mount().local(remote).orElse(null);
        if (target == null) {
            return new Promotion.Failed(name, "has a name that the mount cannot show");
        }
        try (FileChannel channel = FileChannel.open(local, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            Optional<String> problem = copy(name, channel, before.size(), remote);
            if (problem.isPresent()) {
                return new Promotion.Failed(name, problem.get());
            }
        }
        if (!appears(target, before.size())) {
            return new Promotion.Failed(
                    name,
                    remote + " does not appear as " + target + " with " + before.size()
                            + " bytes: check that it is mounted there and readable for OMERO");
        }
        if (!LinkReplacement.replace(local, target, () -> isUnchanged(local, before))) {
            return new Promotion.Failed(name, "was changed while it was copied; the next run copies it again");
        }
        log.info("{} is {} now", local, remote);
        return new Promotion.Moved(name, freed);
    }

    /** @return why the object cannot take the place of the file */
    private Optional<String> copy(String name, FileChannel channel, long size, StoragePath remote)
            throws IOException, StorageException {
        Avu mark = new Avu(
                place.attribute(),
                name,
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        Optional<Entry> there = find(remote);
        if (there.isPresent()) {
            if (there.get() instanceof DataObject object && isSame(object, channel, size)) {
                mark(remote, mark); // an earlier run came this far, or somebody else has put it there
                return Optional.empty();
            }
            if (!mayReplace(there.get(), name)) {
                return Optional.of(remote + " is something else already; rename one of the two");
            }
        } else {
            createCollections(remote.parent());
            create(remote);
        }
        mark(remote, mark); // before the bytes, so that what a kill leaves of them is known as ours
        var _ = storage.put(remote, WriteMode.REPLACE, Content.of(channel, size));
        DataObject seen = (DataObject) storage.stat(remote);
        if (seen.version().checksum().isEmpty()) {
            return Optional.of(
                    remote + " has no checksum, so that the copy cannot be proved: let the server register them");
        }
        return isSame(seen, channel, size)
                ? Optional.empty()
                : Optional.of(remote + " has other bytes than the file ("
                        + seen.version().checksum() + ")");
    }

    private void create(StoragePath remote) throws StorageException {
        var _ = storage.put(remote, WriteMode.CREATE, Content.of(new byte[0]));
    }

    private void mark(StoragePath remote, Avu mark) throws StorageException {
        List<Avu> there = storage.avus().list(remote);
        boolean marked = there.stream()
                .anyMatch(avu ->
                        avu.attribute().equals(mark.attribute()) && avu.value().equals(mark.value()));
        if (!marked) {
            storage.avus().apply(remote, List.of(new Operation.Add(mark)));
        }
    }

    /** What is ours, holds nothing, or was never finished. */
    private boolean mayReplace(Entry entry, String name) throws StorageException {
        if (!(entry instanceof DataObject object)) {
            return false;
        }
        return object.size() == 0
                || object.state() == ReplicaState.STALE
                || object.state() == ReplicaState.INTERMEDIATE
                || storage.avus().list(object.path()).stream()
                        .anyMatch(avu -> avu.attribute().equals(place.attribute())
                                && avu.value().equals(name));
    }

    /** Whether the object is good and has the bytes of the local file, by the registered checksum. */
    private static boolean isSame(DataObject object, FileChannel channel, long size) throws IOException {
        String registered = object.version().checksum();
        return object.state() == ReplicaState.GOOD
                && object.size() == size
                && Digest.of(channel, size, registered).equals(Optional.of(registered));
    }

    private Optional<Entry> find(StoragePath path) throws StorageException {
        try {
            return Optional.of(storage.stat(path));
        } catch (StorageException e) {
            if (e.reason() == Reason.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void createCollections(StoragePath collection) throws StorageException {
        if (find(collection).isPresent()) {
            return;
        }
        if (!collection.isRoot()) {
            createCollections(collection.parent());
        }
        try {
            storage.createCollection(collection);
        } catch (StorageException e) {
            if (e.reason() != Reason.ALREADY_EXISTS) { // another one was faster
                throw e;
            }
        }
    }

    private boolean appears(Path target, long size) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                BasicFileAttributes seen = Files.readAttributes(target, BasicFileAttributes.class);
                if (seen.isRegularFile() && seen.size() == size && Files.isReadable(target)) {
                    return true;
                }
            } catch (IOException e) {
                log.debug("{} is not to be seen yet", target, e);
            }
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            Thread.sleep(LOOK_AGAIN);
        }
    }

    private static boolean isUnchanged(Path local, BasicFileAttributes before) throws IOException {
        BasicFileAttributes now = Files.readAttributes(local, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return now.isRegularFile()
                && Objects.equals(now.fileKey(), before.fileKey())
                && now.size() == before.size()
                && now.lastModifiedTime().equals(before.lastModifiedTime());
    }
}
