package org.omerods.fs.vfs;

import java.util.List;

/**
 * A filesystem as a kernel sees it: inodes, handles, and one reply to each request. Read-only so far.
 *
 * <p>Every operation returns soon and answers through its {@link Reply}, exactly once: inline when the answer is at hand,
 * from another thread when something has to be fetched. An operation never throws; it fails by {@link Errno}. All may be
 * called from any thread at any time.
 *
 * <p>Inode numbers are stable over restarts. The kernel's references to an inode are counted: {@link #lookup} and each
 * entry accepted by a {@link DirectorySink} with attributes count one, {@link #forget} takes them back.
 */
public interface Filesystem {
    /** The inode of the mount's root; never forgotten. */
    long ROOT_INODE = 1;

    /** Finds a child. A missing one is {@link Child#missing} where its absence may be remembered, else ENOENT. */
    void lookup(Request request, long parent, String name, Reply<Child> reply);

    /** The kernel gives back {@code count} references. */
    void forget(long inode, long count);

    void attributes(Request request, long inode, Reply<TimedAttributes> reply);

    /** access(2): {@code mask} of R_OK 4, W_OK 2, X_OK 1. */
    void access(Request request, long inode, int mask, Reply<Done> reply);

    /** Opens a file. {@code flags} as of open(2); writing fails with EROFS. */
    void open(Request request, long inode, int flags, Reply<OpenedFile> reply);

    /** Reads up to {@code size} bytes; fewer only at the end of the file. */
    void read(Request request, long handle, long offset, int size, Reply<ReadData> reply);

    /** Closes a file handle; answers nothing. */
    void release(long handle);

    /** Opens a directory; the result is its handle. The handle lists the directory as of its first read. */
    void openDirectory(Request request, long inode, Reply<OpenedDirectory> reply);

    /**
     * Hands entries to {@code sink} until it refuses one or the directory ends, then replies.
     *
     * @param offset 0, or the next offset of the entry after which to go on
     */
    void readDirectory(Request request, long handle, long offset, DirectorySink sink, Reply<Done> reply);

    /** Closes a directory handle; answers nothing. */
    void releaseDirectory(long handle);

    /** Names of all extended attributes. */
    void extendedAttributes(Request request, long inode, Reply<List<String>> reply);

    /** Value of one extended attribute; ENODATA where there is none. */
    void extendedAttribute(Request request, long inode, String name, Reply<byte[]> reply);

    void statistics(Request request, Reply<FilesystemStatistics> reply);

    /** The driver can now be told of changes; called once, before the first request. */
    void attach(KernelCache kernel);
}
