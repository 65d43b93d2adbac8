package org.omerods.fs.vfs;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectVersion;

/**
 * Which version of a file the kernel's pages hold. The page cache belongs to the inode, not to the handle: while programs
 * have one version open, the other must not get into it, or both would read a mixture. So the version that was opened
 * first has the pages; a newer one that is opened meanwhile is read directly; after the last close the pages are dropped.
 * Thread-safe.
 */
final class PageCacheState {
    /** How a handle may use the pages. */
    enum Use {
        /** They are of its version. */
        KEEP,
        /** They are of another version: the kernel drops them at open. */
        DROP_FIRST,
        /** They are in use by another version. */
        DIRECT
    }

    private @Nullable DataObject seen;
    private @Nullable DataObject inPages;
    private int users;

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

    /** A handle is opened; {@link #closed} follows with the same use. */
    synchronized Use opened(DataObject object) {
        boolean same = inPages != null && inPages.version().equals(object.version());
        if (!same && users > 0) {
            return Use.DIRECT;
        }
        users++;
        inPages = object;
        return same ? Use.KEEP : Use.DROP_FIRST;
    }

    /** This mount made {@code now} of {@code before}, through these pages: they are right for it. */
    synchronized void becomes(ObjectVersion before, DataObject now) {
        if (inPages != null && inPages.version().equals(before)) {
            inPages = now;
        }
        seen = now;
    }

    synchronized void closed(Use use) {
        users -= use == Use.DIRECT ? 0 : 1;
    }
}
