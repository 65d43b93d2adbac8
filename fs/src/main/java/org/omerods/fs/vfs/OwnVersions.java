package org.omerods.fs.vfs;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectVersion;

/**
 * The versions of a file that this mount made one of another, the last of which its handles read, whichever of them they
 * were opened with. Bounded. Thread-safe.
 */
final class OwnVersions {
    /** A handle that was opened so many versions ago and read nothing since gets ESTALE. */
    private static final int MAX_VERSIONS = 64;

    private final Set<ObjectVersion> earlier = new LinkedHashSet<>();
    private @Nullable DataObject last;

    synchronized void add(ObjectVersion before, DataObject now) {
        DataObject old = last;
        if (old != null && !old.version().equals(before) && !earlier.contains(before)) {
            earlier.clear(); // somebody else's version came in between
        }
        if (old != null) {
            earlier.add(old.version());
        }
        earlier.add(before);
        if (earlier.size() > MAX_VERSIONS) {
            earlier.remove(earlier.iterator().next());
        }
        last = now;
    }

    /** @param version null for a handle that was opened before there was any */
    synchronized Optional<DataObject> successorOf(@Nullable ObjectVersion version) {
        DataObject now = last;
        if (now == null || (version != null && (now.version().equals(version) || !earlier.contains(version)))) {
            return Optional.empty();
        }
        return Optional.of(now);
    }
}
