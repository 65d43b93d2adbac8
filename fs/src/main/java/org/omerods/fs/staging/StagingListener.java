package org.omerods.fs.staging;

import java.nio.file.Path;
import org.omerods.storage.DataObject;

/** Hears what becomes of staged files. Called from any thread, without locks; must be quick. */
public interface StagingListener {
    /** The storage has the bytes, as the object {@code now}. */
    void uploaded(StagedFile file, DataObject now);

    /**
     * A local file has all bytes of {@code now}, and nobody uses it any more: it may be moved elsewhere in its filesystem.
     *
     * @return whether it was taken; else it is removed
     */
    boolean takes(DataObject now, Path bytes);

    /** The disk of this directory is full: whether something else was removed from it. Off the threads of requests. */
    default boolean makesRoom(Path directory) {
        return false;
    }

    /** Nobody uses the file and the storage has it as {@code now}: it is about to go. */
    void settled(StagedFile file, DataObject now);

    /** The storage will not have it: from now on its path leads to what the storage has, the bytes wait for a person. */
    void parked(StagedFile file);
}
