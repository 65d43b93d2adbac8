package org.omerods.fs.block;

import org.omerods.storage.DataObject;

/** Is told what becomes of object versions. Must not block; called from any thread. */
public interface ContentListener {
    /** The storage says that it is another version by now: once for each version. */
    void stale(DataObject object);

    /** Its bytes are not those that the catalog's checksum is of: nothing of it may be shown any more. */
    default void wrong(DataObject object) {
        stale(object);
    }

    /** All bytes are here, and right as far as the catalog tells; told once or more: {@link CachedObject#complete} has a file unless something was evicted meanwhile. */
    default void complete(CachedObject object) {}
}
