package org.omerods.fs.vfs;

import java.nio.file.Path;
import java.util.Optional;

/** What a filesystem can tell the kernel about what the kernel remembers. Never blocks for long, never throws. */
public interface KernelCache {
    /** Pages and attributes of an inode are no longer right. */
    void forgetContent(long inode);

    /** A name no longer leads where it led. */
    void forgetEntry(long parent, String name);

    /** Whether {@link #backing} may have an answer. */
    default boolean passesThrough() {
        return false;
    }

    /**
     * Lets the kernel read a local file itself wherever a handle names it, in place of asking for each read.
     *
     * @return empty where the kernel cannot do that, or this process may not ask it to
     */
    default Optional<Backing> backing(Path file) {
        return Optional.empty();
    }

    /** A local file that the kernel may read itself. Closing it is the owner's, after the last handle with it. */
    interface Backing extends AutoCloseable {
        /** The kernel's number for it, more than 0. */
        int number();

        @Override
        void close();
    }

    /** For drivers that cannot tell. */
    KernelCache NONE = new KernelCache() {
        @Override
        public void forgetContent(long inode) {}

        @Override
        public void forgetEntry(long parent, String name) {}
    };
}
