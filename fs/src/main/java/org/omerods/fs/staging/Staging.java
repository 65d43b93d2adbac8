package org.omerods.fs.staging;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectVersion;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one mount that are being written or wait to be uploaded. What an earlier process left is taken up again.
 * Thread-safe.
 */
public final class Staging implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Staging.class);

    /** Uploads that are under way when the mount ends get this long; what is not done is taken up at the next start. */
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(20);

    private final StagedTable table = new StagedTable();
    private final StagedDecisions decisions = new StagedDecisions(table);
    private final StagingDirectory directory;
    private final StagingConfig config;
    private final Storage storage;
    private final StagingListener listener;
    private final InstantSource clock;
    private final StagingSpace space;
    private final Uploads uploads;
    private final StagedFiles files;

    private Staging(
            StagingDirectory directory,
            StagingConfig config,
            Storage storage,
            BaseContents bases,
            StagingListener listener,
            InstantSource clock) {
        this.directory = directory;
        this.config = config;
        this.storage = storage;
        this.listener = listener;
        this.clock = clock;
        this.uploads = new Uploads(storage, config, clock, new Endings());
        this.space = new StagingSpace(config.maxBytes(), config.maxWait(), () -> uploads.underWay() > 0);
        this.files = new StagedFiles(this, directory, space, bases);
    }

    /**
     * Opens the directory and takes up what is in it; uploads of that begin with {@link #start}.
     *
     * @throws IOException when the directory cannot be used; the message says why and what to do
     */
    public static Staging open(
            Storage storage, StagingConfig config, BaseContents bases, StagingListener listener, InstantSource clock)
            throws IOException {
        StagingDirectory directory = StagingDirectory.open(config.directory(), config.identity());
        Staging staging = new Staging(directory, config, storage, bases, listener, clock);
        try {
            staging.recover();
            return staging;
        } catch (IOException e) {
            directory.close();
            throw e;
        }
    }

    private void recover() throws IOException {
        List<Long> numbers = directory.numbers();
        directory.removeOrphans(numbers);
        numbers.forEach(files::isTaken);
        for (long number : numbers) {
            try {
                files.recover(number).ifPresent(this::takeUp);
            } catch (IOException | IllegalArgumentException e) {
                log.error("A staged file of an earlier mount cannot be read: {}", e.toString());
            }
        }
    }

    private void takeUp(StagedFiles.Found found) {
        StagedFile file = found.file();
        file.restIfUnused();
        table.add(file);
        boolean parked = !found.parked().isEmpty();
        if (parked || table.claim(file.path(), file).isPresent()) {
            String reason = parked ? found.parked() : "another staged file is at its path";
            file.recovered(new UploadFailure(Reason.STALE, reason, 1, found.modified(), true));
        }
        if (parked) {
            unused(file);
        }
        if (file.isRetired()) {
            return; // it was refused while it was empty
        }
        log.info(
                "Taken up from an earlier mount: {} ({} bytes{})",
                file,
                file.size(),
                parked ? ", waits for a person" : "");
    }

    /** Begins to upload what was taken up. */
    public void start() {
        table.withPath().forEach(file -> uploads.schedule(file, Duration.ZERO));
    }

    /** The file that is staged for a path. */
    public Optional<StagedFile> at(StoragePath path) {
        return table.at(path);
    }

    /** The files that are staged directly in a collection. */
    public List<StagedFile> in(StoragePath collection) {
        return table.in(collection);
    }

    /** The files that are staged at a path or anywhere below it. */
    public List<StagedFile> below(StoragePath path) {
        return table.below(path);
    }

    /**
     * A new file with one user; empty when one is staged there.
     *
     * @param permissions to be kept beside it; empty: none
     * @throws StorageException NO_SPACE, or what the local disk says
     */
    public Optional<StagedFile> create(StoragePath path, OptionalInt permissions) throws StorageException {
        return Optional.ofNullable(stage(path, null, new StagedFile.Permissions(permissions, permissions.isPresent())));
    }

    /** The file that stands for an object whose bytes are about to change, with one user more. */
    public StagedFile overwrite(DataObject base) throws StorageException {
        while (true) {
            Optional<StagedFile> present = at(base.path());
            if (present.isPresent() && present.get().useOrAwaitEnd("write")) {
                return present.get();
            }
            StagedFile fresh = stage(base.path(), base, new StagedFile.Permissions(base.permissions(), false));
            if (fresh != null) {
                return fresh;
            }
        }
    }

    private @Nullable StagedFile stage(StoragePath path, @Nullable DataObject base, StagedFile.Permissions permissions)
            throws StorageException {
        StagedFile file;
        try {
            file = files.make(path, base, permissions, now());
        } catch (IOException e) {
            StorageException failure = StagedBytes.failed("create", path, e);
            if (failure.reason() == Reason.NO_SPACE && listener.makesRoom(config.directory())) {
                return stage(path, base, permissions);
            }
            throw failure;
        }
        if (table.claim(path, file).isPresent()) {
            delete(file);
            return null;
        }
        table.add(file);
        file.use();
        return file;
    }

    /**
     * Forgets the name of a staged file: its bytes go with its last user.
     *
     * @param removal what removes its object in the storage; run while it is not uploaded. When that fails nothing changes
     */
    public void unlink(StagedFile file, Move removal) throws StorageException {
        file.alone("unlink", () -> {
            file.cancelEarlyUpload();
            removal.run();
            file.unlink();
            table.release(file);
        });
        unused(file);
    }

    /** A change of names in the storage. */
    @FunctionalInterface
    public interface Move {
        void run() throws StorageException;
    }

    /**
     * Moves a tree: while {@code move} does so in the storage no staged file in it is uploaded or written, and then each
     * belongs to its new path. None ends its life meanwhile: programs close a file and rename it at once, and the kernel
     * tells of the close when it likes.
     */
    public void move(StoragePath from, StoragePath to, Move move) throws StorageException {
        List<StagedFile> files = new ArrayList<>();
        for (StagedFile file : below(from)) {
            if (file.useOrAwaitEnd("rename")) { // or its old path would still be shown
                files.add(file);
            }
        }
        List<StagedFile> held = new ArrayList<>();
        try {
            for (StagedFile file : files) {
                file.hold();
                held.add(file);
                file.cancelEarlyUpload();
            }
            move.run();
            for (StagedFile file : held) {
                StoragePath old = file.path();
                StoragePath moved = old.moved(from, to);
                file.movedTo(moved);
                table.moved(old, moved, file);
            }
        } finally {
            held.forEach(StagedFile::letGo);
            files.forEach(StagedFile::leave);
        }
    }

    public StagingStatus status() {
        List<StagedFile> files = List.copyOf(table.all());
        return new StagingStatus(
                files.size(),
                (int) files.stream().filter(StagedFile::isDirty).count(),
                uploads.underWay(),
                space.usedBytes(),
                space.maxBytes(),
                problems());
    }

    /** The files whose upload failed, the oldest first. */
    public List<StagedProblem> problems() {
        return decisions.problems();
    }

    /**
     * Uploads a file with a problem now: when its cause is gone, such as a missing permission. What somebody else replaced
     * stays a conflict; such a file is exported.
     *
     * @throws StorageException why it did not work; INVALID when there is no such file
     */
    public void retry(long number) throws StorageException {
        decisions.retry(number);
    }

    /**
     * Copies the bytes of a staged file out. What was never fetched of an object that is gone by now is zeros.
     *
     * @return how many bytes could not be had
     * @throws StorageException INVALID when there is no such file
     * @throws IOException when {@code target} exists or cannot be written
     */
    public long export(long number, Path target) throws StorageException, IOException {
        return decisions.export(number, target);
    }

    /**
     * Removes a staged file and its bytes for good.
     *
     * @throws StorageException INVALID when there is no such file, LOCKED when a program has it open
     */
    public void discard(long number) throws StorageException {
        StagedFile file = decisions.find("discard", number);
        unlink(file, () -> {});
        if (!file.isRetired()) {
            log.info("{} is discarded as soon as the program that has it open closes it", file);
        }
    }

    /** Of a file of which the storage has nothing, or an object without bytes. */
    Optional<EarlyUpload> earlyUploadOf(StagedBytes bytes, @Nullable DataObject base) {
        if (config.earlyBytes() == 0 || (base != null && base.size() > 0)) {
            return Optional.empty();
        }
        Optional<ObjectVersion> present = Optional.ofNullable(base).map(DataObject::version);
        return Optional.of(new EarlyUpload(storage, bytes, present, config.earlyBytes(), EarlyUpload.PATIENCE));
    }

    Instant now() {
        return clock.instant();
    }

    /** The disk is full: see what can be removed from it, false when there is nothing. */
    boolean makesRoom() {
        return listener.makesRoom(config.directory());
    }

    CompletableFuture<DataObject> upload(StagedFile file) {
        return uploads.start(file);
    }

    /** Somebody left a file, or an upload of it ended: see what is next. */
    void unused(StagedFile file) {
        file.giveUpIfRefusedEmpty();
        if (file.retireIfDone()) {
            retire(file);
        } else if (file.isAbandonedDirty()) {
            CompletableFuture<DataObject> _ = file.startUpload();
        } else {
            file.restIfUnused();
        }
    }

    private void retire(StagedFile file) {
        try {
            Optional<DataObject> last = file.lastUploaded();
            if (last.isPresent() && !file.isUnlinked()) {
                listener.settled(file, last.get()); // first: who has it open reads on by what this tells
                offer(file, last.get());
            }
        } finally {
            table.remove(file);
            delete(file);
            file.ended();
        }
    }

    /** Whoever looks for the bytes elsewhere before this fetches them. */
    private void offer(StagedFile file, DataObject now) {
        try {
            if (file.bytes().isWhole(now.size())) {
                file.bytes().offer(bytes -> listener.takes(now, bytes));
            }
        } catch (IOException e) {
            log.warn("Cannot hand over the bytes of {}: {}", file, e.toString());
        }
    }

    private static void delete(StagedFile file) {
        try {
            file.bytes().delete();
        } catch (IOException e) {
            log.warn("Cannot remove a staged file: {}", e.toString());
        }
    }

    /** What follows from the end of an upload. */
    private final class Endings implements Uploads.Ending {
        @Override
        public void succeeded(StagedFile file, DataObject object) {
            listener.uploaded(file, object);
        }

        @Override
        public void failed(StagedFile file, UploadFailure failure) {
            if (failure.parked()) {
                park(file, failure);
            }
        }

        private void park(StagedFile file, UploadFailure failure) {
            try {
                file.journalParked(failure.message());
            } catch (IOException e) {
                log.error("{} is not marked as waiting for a person", file, e);
            }
            table.release(file);
            listener.parked(file);
        }

        @Override
        public void ended(StagedFile file) {
            unused(file);
        }
    }

    /** Tries once more to upload what is dirty, within bounds; then leaves the rest to the next start. */
    @Override
    public void close() {
        table.withPath().stream().filter(StagedFile::isDirty).forEach(file -> {
            CompletableFuture<DataObject> _ = file.startUpload();
        });
        uploads.close(CLOSE_PATIENCE);
        table.all().forEach(StagedFile::cancelEarlyUpload);
        long left = table.all().stream().filter(StagedFile::isDirty).count();
        if (left > 0) {
            log.warn("{} staged files are not uploaded: they wait in {} for the next mount", left, config.directory());
        }
        for (StagedFile file : table.all()) {
            try {
                file.bytes().force();
                file.bytes().close();
            } catch (IOException e) {
                log.warn("Closing the staged file of {}: {}", file, e.toString());
            }
        }
        try {
            directory.close();
        } catch (IOException e) {
            log.warn("Closing {}: {}", config.directory(), e.toString());
        }
    }
}
