package org.omerods.fs.vfs;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.omerods.fs.staging.StagedFile;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.ObjectVersion;
import org.omerods.storage.StoragePath;

/** A file or directory that the kernel refers to. Thread-safe. */
final class Inode {
    private final long number;
    private final FileKind kind;
    private final PageCacheState pages = new PageCacheState();
    private final OwnVersions own = new OwnVersions();
    private final AtomicInteger handles = new AtomicInteger();

    private final AtomicReference<@Nullable StagedFile> kept = new AtomicReference<>();

    /** Catalog id; before the first upload of a new file an id that no catalog has. */
    private volatile long id;

    /** The id that it had before its first upload. */
    private volatile long formerId;

    /** Where it was seen last: a renamed object keeps its inode. */
    private volatile StoragePath path;

    /** What is being written of it; all handles of its versions read that. */
    private volatile @Nullable StagedFile staged;

    /** What it was when this mount removed its name; null while it has one. */
    private volatile @Nullable Entry removed;

    /** Guarded by the {@link InodeTable}. */
    long references;

    Inode(long number, FileKind kind, long id, StoragePath path) {
        this.number = number;
        this.kind = kind;
        this.id = id;
        this.formerId = id;
        this.path = path;
    }

    long number() {
        return number;
    }

    boolean isDirectory() {
        return kind == FileKind.DIRECTORY;
    }

    FileKind kind() {
        return kind;
    }

    StoragePath path() {
        return path;
    }

    PageCacheState pages() {
        return pages;
    }

    void seenAt(StoragePath newPath) {
        path = newPath;
    }

    /** Whether the entry can be shown as this inode: it is its, and the kernel does not read another version's file for it. */
    boolean admits(Entry entry) {
        return isOf(entry) && !(entry instanceof DataObject object && pages.isTakenByOtherThan(object));
    }

    /** Whether the entry is this inode's: the same object, or where the place has no ids, the same path. */
    boolean isOf(Entry entry) {
        if (kind != InodeNumbers.kindOf(entry)) {
            return false;
        }
        boolean named = removed == null && path.equals(entry.path());
        return entry.id() == 0 ? id == 0 && named : id == entry.id() || formerId == entry.id();
    }

    Optional<StagedFile> staged() {
        return Optional.ofNullable(staged);
    }

    /** From now on it is what is staged. */
    void attach(StagedFile file) {
        staged = file;
    }

    /** It is no longer what is staged. */
    void detach(StagedFile file) {
        if (staged == file) {
            staged = null;
        }
    }

    /** Its bytes are the storage's object {@code now}, made of {@code before} by this mount. */
    void becomes(ObjectVersion before, DataObject now) {
        own.add(before, now);
        pages.becomes(before, now);
    }

    /** The catalog has a number for it. */
    void identify(long catalogId) {
        id = catalogId;
    }

    boolean hasId() {
        return id != 0;
    }

    /** The object that this mount made of a version that a handle has; empty when it made none. */
    Optional<DataObject> successorOf(@Nullable ObjectVersion version) {
        return own.successorOf(version);
    }

    /** What was removed of it, when its name is gone. */
    Optional<Entry> removed() {
        return Optional.ofNullable(removed);
    }

    void remove(Entry last) {
        removed = last;
    }

    void opened() {
        handles.incrementAndGet();
    }

    /** One handle less. With the last one goes what was kept for them. */
    void closedHandle() {
        if (handles.decrementAndGet() == 0) {
            StagedFile last = kept.getAndSet(null);
            if (last != null) {
                last.leave();
            }
        }
    }

    /** Keeps a file whose name is gone for the handles that are open; {@code file} counts this as a user. */
    void keep(StagedFile file) {
        attach(file);
        kept.set(file);
        if (!isOpen()) {
            StagedFile unwanted = kept.getAndSet(null);
            if (unwanted != null) {
                unwanted.leave();
            }
        }
    }

    boolean isOpen() {
        return handles.get() > 0;
    }

    @Override
    public String toString() {
        return path.value();
    }
}
