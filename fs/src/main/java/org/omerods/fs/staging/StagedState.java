package org.omerods.fs.staging;

import static java.util.Objects.requireNonNullElse;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectVersion;
import org.omerods.storage.ReplicaState;
import org.omerods.storage.StoragePath;

/**
 * What is known of a staged file besides its bytes: where it lies, what the storage has of it, who uses it, and how its upload
 * fares. One lock guards all of it; no I/O under it. Thread-safe.
 */
final class StagedState {
    /** Versions that one staged file became, for handles that were opened on one of them. */
    private static final int MAX_LINEAGE = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final long number;
    private final DataObject origin;

    private StoragePath path;
    private @Nullable DataObject base;
    private final Deque<ObjectVersion> lineage = new ArrayDeque<>();
    private Instant modified;
    private @Nullable Instant touched;
    private StagedFile.Permissions permissions;
    private long changes;
    private long uploadedChanges;

    /** What {@code changes} was after the last change of bytes: later ones set the time alone. */
    private long lastOfBytes;

    private int users;
    private boolean unlinked;
    private boolean retired;
    private @Nullable CompletableFuture<DataObject> upload;
    private @Nullable UploadFailure failure;

    /** @param size of the file now */
    StagedState(StagedFile.Start start, long size) {
        this.number = start.number();
        this.path = start.path();
        this.base = start.base();
        this.modified = start.modified();
        this.touched = start.touched();
        this.permissions = start.permissions();
        this.changes = start.dirty() ? 1 : 0;
        this.lastOfBytes = changes;
        this.origin = start.base() == null ? provisional(size) : start.base();
        this.lineage.add(origin.version());
    }

    private <T> T locked(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable step) {
        lock.lock();
        try {
            step.run();
        } finally {
            lock.unlock();
        }
    }

    StoragePath path() {
        return locked(() -> path);
    }

    void movedTo(StoragePath to) {
        change(() -> path = to);
    }

    /** The version it was begun with; of a new file one with an id below 0 that no catalog has. */
    DataObject origin() {
        return origin;
    }

    boolean isFrom(ObjectVersion version) {
        return locked(() -> lineage.contains(version));
    }

    /** What is to be shown of it: the storage's own words when that has all of it, else size and time as they are here. */
    DataObject entry(long size) {
        return locked(() -> {
            DataObject from = base;
            if (from != null && changes == uploadedChanges) {
                return from.at(path).with(permissions.bits());
            }
            return from == null ? provisional(size) : with(from, size);
        });
    }

    private DataObject with(DataObject from, long size) {
        ObjectVersion version = new ObjectVersion(from.id(), from.version().replica(), size, shownTime(), "");
        return new DataObject(
                path,
                version,
                ReplicaState.GOOD,
                from.resource(),
                from.replicaCount(),
                from.owner(),
                from.created(),
                permissions.bits());
    }

    private DataObject provisional(long size) {
        ObjectVersion version = new ObjectVersion(-number, 0, size, shownTime(), "");
        return new DataObject(path, version, ReplicaState.GOOD, "", 1, "", modified, permissions.bits());
    }

    private Instant shownTime() {
        return requireNonNullElse(touched, modified);
    }

    /** What the storage has of it last, where it lies now. */
    Optional<DataObject> stored() {
        return locked(() -> Optional.ofNullable(base).map(now -> now.at(path)));
    }

    boolean isDirty() {
        return locked(() -> !unlinked && changes != uploadedChanges);
    }

    boolean isUnlinked() {
        return locked(() -> unlinked);
    }

    void unlink() {
        change(() -> {
            unlinked = true;
            failure = null;
        });
    }

    /**
     * A new file without a byte that was refused is as good as removed, unless somebody has it open and may write to it yet:
     * nothing is lost but its name, and whoever made it was told.
     */
    void giveUpIfRefusedEmpty(long size) {
        change(() -> {
            UploadFailure known = failure;
            if (users == 0 && upload == null && known != null && known.parked() && base == null && size == 0) {
                unlinked = true;
                failure = null;
            }
        });
    }

    boolean isRetired() {
        return locked(() -> retired);
    }

    boolean isUsedOnce() {
        return locked(() -> users == 1);
    }

    /** One user more; false when it is retired. */
    boolean use() {
        return locked(() -> {
            users += retired ? 0 : 1;
            return !retired;
        });
    }

    void leave() {
        change(() -> users--);
    }

    /** Takes the last step of its life when nobody uses it and nothing is left to do. True once. */
    boolean retireIfDone() {
        return locked(() -> {
            boolean done = users == 0 && upload == null && (unlinked || changes == uploadedChanges);
            boolean now = done && !retired;
            retired |= now;
            return now;
        });
    }

    /** Whether nobody has it open, nor uploads it. */
    boolean isUnused() {
        return locked(() -> users == 0 && upload == null);
    }

    /** Whether nobody has it open, the storage lacks something of it, and nothing was tried yet. */
    boolean isAbandonedDirty() {
        return locked(() -> users == 0 && upload == null && failure == null && !unlinked && changes != uploadedChanges);
    }

    /** Whether a change has to be written down before it is made: a process that comes after this one must know. */
    boolean isFirstChange() {
        return locked(() -> changes == uploadedChanges || touched != null);
    }

    void bytesChanged(Instant now) {
        change(() -> {
            lastOfBytes = ++changes;
            modified = now;
            touched = null;
        });
    }

    void touched(Instant time) {
        change(() -> {
            changes++;
            touched = time;
        });
    }

    boolean hasPermissions(OptionalInt bits) {
        return locked(() -> permissions.bits().equals(bits));
    }

    void permissionsChanged(StagedFile.Permissions now) {
        change(() -> {
            changes++;
            permissions = now;
        });
    }

    long changes() {
        return locked(() -> changes);
    }

    /**
     * What an upload has to bring.
     *
     * @param mark of the changes that are in it
     * @param bytes whether bytes changed, not the time alone
     * @param base what the storage has; null for nothing
     * @param time to be set; null for none
     * @param permissions beside it, to be set when they are new
     */
    record Pending(
            StoragePath path,
            long mark,
            boolean bytes,
            @Nullable DataObject base,
            @Nullable Instant time,
            StagedFile.Permissions permissions) {}

    /** Empty when the storage lacks nothing, or nobody wants it any more. */
    Optional<Pending> pending() {
        return locked(() -> unlinked || changes == uploadedChanges
                ? Optional.empty()
                : Optional.of(new Pending(path, changes, lastOfBytes > uploadedChanges, base, touched, permissions)));
    }

    /** The storage has all changes up to a mark, as {@code now}. */
    void accepted(DataObject now, long mark) {
        change(() -> {
            base = now;
            uploadedChanges = mark;
            modified = now.modified();
            touched = null;
            permissions = new StagedFile.Permissions(now.permissions(), false);
            failure = null;
            lineage.addLast(now.version());
            if (lineage.size() > MAX_LINEAGE) {
                lineage.removeFirst();
            }
        });
    }

    /** The upload under way, begun when there is none. */
    CompletableFuture<DataObject> uploading(Supplier<CompletableFuture<DataObject>> begin) {
        return locked(() -> underWay(begin));
    }

    /** The same, unless the storage has all changes up to a mark, or nobody wants it any more. */
    Optional<CompletableFuture<DataObject>> uploadingUnlessStored(
            long mark, Supplier<CompletableFuture<DataObject>> begin) {
        return locked(() -> unlinked || uploadedChanges >= mark ? Optional.empty() : Optional.of(underWay(begin)));
    }

    private CompletableFuture<DataObject> underWay(Supplier<CompletableFuture<DataObject>> begin) {
        CompletableFuture<DataObject> running = upload;
        if (running == null) {
            running = begin.get();
            upload = running;
        }
        return running;
    }

    /** The upload under way ended; null: well. */
    void uploadEnded(@Nullable UploadFailure newFailure) {
        change(() -> {
            upload = null;
            if (newFailure != null) {
                failure = newFailure;
            }
        });
    }

    Optional<UploadFailure> failure() {
        return locked(() -> Optional.ofNullable(failure));
    }

    void failed(@Nullable UploadFailure known) {
        change(() -> failure = known);
    }
}
