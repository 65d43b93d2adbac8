package org.omerods.fs.vfs;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectVersion;

/**
 * Which version of a file the kernel's pages hold. The page cache belongs to the inode, not to the handle: while programs
 * have one version open, the other must not get into it, or both would read a mixture. So the version that was opened
 * first has the pages; a newer one that is opened meanwhile is read directly; after the last close the pages are dropped.
 *
 * <p>A version that is complete can be passed through: the kernel reads its file, and neither pages nor this filesystem are
 * asked. The kernel then refuses every other way of opening the inode (measured on 6.18: EIO), and refuses to begin with it
 * while somebody has pages. So the first handle decides, and all who open while it is open go the same way; another version
 * finds the inode taken. Thread-safe.
 */
final class PageCacheState {
    /** How a handle may use the pages. */
    enum Use {
        /** They are of its version. */
        KEEP,
        /** They are of another version: the kernel drops them at open. */
        DROP_FIRST,
        /** Not at all: they are in use by another version, or the handle does not read. */
        DIRECT,
        /** Not at all: the kernel reads the block file. */
        PASS,
        /** The kernel reads the file of another version for this inode: only another inode can have this one. */
        TAKEN
    }

    private @Nullable DataObject seen;
    private @Nullable DataObject inPages;
    private int users;
    private @Nullable PassedFile passed;
    private int passedUsers;

    /** The version last shown to the kernel. Returns the one before when it was another. */
    synchronized Optional<DataObject> see(DataObject object) {
        DataObject before = seen;
        seen = object;
        return Optional.ofNullable(before).filter(old -> !old.version().equals(object.version()));
    }

    /** Whether it is another version than the one last shown to the kernel. */
    synchronized boolean isNew(DataObject object) {
        return seen != null && !seen.version().equals(object.version());
    }

    /** Whether the next handle could be passed through; {@link #opened} decides. */
    synchronized boolean mayPass() {
        return passed == null && users == 0;
    }

    /** Whether the kernel reads the file of another version for this inode. */
    synchronized boolean isTakenByOtherThan(DataObject object) {
        return passed != null && !passed.isOf(object);
    }

    /** What became of an open; the number is that of the backing file for {@link Use#PASS}, else 0. */
    record Opened(Use use, int backing) {}

    /** Whether the kernel reads a block file for somebody. */
    synchronized boolean isPassed() {
        return passed != null;
    }

    /** A handle is opened whose reads have to come to the filesystem, since it writes or reads what is being written. */
    synchronized Use opened(DataObject object) {
        return passed == null ? opened(object, Optional.empty()).use() : Use.TAKEN;
    }

    /**
     * A handle is opened that changes the file. One that never reads has no use for the pages: what it writes goes past them
     * (measured: up to twice as fast), and the kernel drops those that it writes over.
     */
    synchronized Use openedToChange(DataObject object, boolean writeOnly) {
        return writeOnly && passed == null ? Use.DIRECT : opened(object);
    }

    /**
     * A handle is opened; {@link #closed} follows with the same use unless it is TAKEN.
     *
     * @param offer belongs to this from now on if the answer has its number
     */
    synchronized Opened opened(DataObject object, Optional<PassedFile> offer) {
        if (passed != null) {
            if (!passed.isOf(object)) {
                return new Opened(Use.TAKEN, 0);
            }
            passedUsers++;
            return new Opened(Use.PASS, passed.backing().number());
        }
        if (offer.isPresent() && users == 0) {
            passed = offer.get();
            passedUsers = 1;
            return new Opened(Use.PASS, offer.get().backing().number());
        }
        boolean same = inPages != null && inPages.version().equals(object.version());
        if (!same && users > 0) {
            return new Opened(Use.DIRECT, 0);
        }
        users++;
        inPages = object;
        return new Opened(same ? Use.KEEP : Use.DROP_FIRST, 0);
    }

    /** This mount made {@code now} of {@code before}, through these pages: they are right for it. */
    synchronized void becomes(ObjectVersion before, DataObject now) {
        if (inPages != null && inPages.version().equals(before)) {
            inPages = now;
        }
        seen = now;
    }

    /** Returns what nobody passes through any more, to be closed. */
    synchronized Optional<PassedFile> closed(Use use) {
        switch (use) {
            case KEEP, DROP_FIRST -> users--;
            case DIRECT, TAKEN -> {
                // has no part in pages or file
            }
            case PASS -> {
                passedUsers--;
                if (passedUsers == 0) {
                    Optional<PassedFile> over = Optional.ofNullable(passed);
                    passed = null;
                    return over;
                }
            }
        }
        return Optional.empty();
    }
}
