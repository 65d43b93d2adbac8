package org.omerods.fs.vfs;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A filesystem as a kernel sees it: inodes, handles, and one reply to each request. What changes something is answered with
 * EROFS unless a filesystem says otherwise, so that one that only reads need not speak of it.
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

    /** Opens a file. {@code flags} as of open(2), O_TRUNC included. */
    void open(Request request, long inode, int flags, Reply<OpenedFile> reply);

    /** Reads up to {@code size} bytes; fewer only at the end of the file. */
    void read(Request request, long handle, long offset, int size, Reply<ReadData> reply);

    /** Closes a file handle; answers nothing. */
    void release(long handle);

    /**
     * Makes a file unless it is there, and opens it; the child counts one reference.
     *
     * @param flags as of open(2): with O_EXCL a file that is there is EEXIST
     * @param permissions the lower twelve bits of a mode, the caller's umask taken off
     */
    default void create(
            Request request, long parent, String name, int flags, int permissions, Reply<CreatedFile> reply) {
        reply.fail(Errno.EROFS);
    }

    /**
     * Writes all of {@code data}; the answer is how many bytes that were. {@code data} is valid until this method returns,
     * whenever the answer comes.
     */
    default void write(Request request, long handle, long offset, MemorySegment data, Reply<Integer> reply) {
        reply.fail(Errno.EROFS);
    }

    /** A program closes one of its descriptors: what was written must be safe, or the answer says why it is not. */
    default void flush(Request request, long handle, Reply<Done> reply) {
        reply.ok(Done.DONE);
    }

    /** fsync(2) and fdatasync(2). */
    default void synchronize(Request request, long handle, Reply<Done> reply) {
        reply.ok(Done.DONE);
    }

    /** fallocate(2); {@code mode} as there, EOPNOTSUPP for those that are not known. */
    default void allocate(Request request, long handle, int mode, long offset, long length, Reply<Done> reply) {
        reply.fail(Errno.EROFS);
    }

    /** Changes size, times, owner, permissions; answers the attributes as they are now. */
    default void change(Request request, long inode, AttributeChange change, Reply<TimedAttributes> reply) {
        reply.fail(Errno.EROFS);
    }

    /** mkdir(2); the child counts one reference. */
    default void makeDirectory(Request request, long parent, String name, int permissions, Reply<Child> reply) {
        reply.fail(Errno.EROFS);
    }

    /** Removes a name that is not a directory. Who has the file open keeps it. */
    default void removeFile(Request request, long parent, String name, Reply<Done> reply) {
        reply.fail(Errno.EROFS);
    }

    /** rmdir(2). */
    default void removeDirectory(Request request, long parent, String name, Reply<Done> reply) {
        reply.fail(Errno.EROFS);
    }

    /** rename(2); without {@code replace} a target that is there is EEXIST (RENAME_NOREPLACE). */
    default void rename(Request request, Place from, Place to, boolean replace, Reply<Done> reply) {
        reply.fail(Errno.EROFS);
    }

    /** symlink(2); the child counts one reference. */
    default void makeLink(Request request, long parent, String name, String target, Reply<Child> reply) {
        reply.fail(Errno.EROFS);
    }

    /** Where a symbolic link leads; EINVAL for what is none. */
    default void readLink(Request request, long inode, Reply<String> reply) {
        reply.fail(Errno.EINVAL);
    }

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

    /** setxattr(2); {@code mode} says whether it may, must or must not be there. */
    default void setExtendedAttribute(
            Request request, long inode, String name, byte[] value, ExtendedAttributeMode mode, Reply<Done> reply) {
        reply.fail(Errno.EROFS);
    }

    /** removexattr(2); ENODATA where there is none. */
    default void removeExtendedAttribute(Request request, long inode, String name, Reply<Done> reply) {
        reply.fail(Errno.EROFS);
    }

    void statistics(Request request, Reply<FilesystemStatistics> reply);

    /** The driver can now be told of changes; called once, before the first request. */
    void attach(KernelCache kernel);
}
