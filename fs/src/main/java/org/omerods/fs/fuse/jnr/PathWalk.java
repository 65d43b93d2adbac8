package org.omerods.fs.fuse.jnr;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.omerods.fs.vfs.Attributes;
import org.omerods.fs.vfs.Child;
import org.omerods.fs.vfs.Errno;
import org.omerods.fs.vfs.Filesystem;
import org.omerods.fs.vfs.Request;

/**
 * The way from the root to an inode by one lookup for each name of a path. Holds a reference to each inode on the way until
 * closed. Not thread-safe.
 */
final class PathWalk implements AutoCloseable {
    private final Filesystem filesystem;
    private final Answers answers;
    private final List<Long> references = new ArrayList<>();
    private long inode = Filesystem.ROOT_INODE;

    private PathWalk(Filesystem filesystem, Answers answers) {
        this.filesystem = filesystem;
        this.answers = answers;
    }

    /** Walks {@code path}, which is absolute within the mount. */
    static PathWalk to(Filesystem filesystem, Answers answers, Request request, String path) throws RefusedException {
        PathWalk walk = new PathWalk(filesystem, answers);
        try {
            for (String name : path.split("/")) {
                if (!name.isEmpty()) {
                    walk.enter(request, name);
                }
            }
            return walk;
        } catch (RefusedException | RuntimeException | Error e) {
            walk.close();
            throw e;
        }
    }

    private void enter(Request request, String name) throws RefusedException {
        long parent = inode;
        Child child = answers.of(reply -> filesystem.lookup(request, parent, name, reply), this::takeBack);
        @Nullable Attributes attributes = child.attributes();
        if (attributes == null) {
            throw new RefusedException(Errno.ENOENT);
        }
        inode = attributes.inode();
        references.add(inode);
    }

    private void takeBack(Child child) {
        @Nullable Attributes attributes = child.attributes();
        if (attributes != null) {
            filesystem.forget(attributes.inode(), 1);
        }
    }

    long inode() {
        return inode;
    }

    /** Leaves the reference to the inode itself to the caller, who forgets it later; the root has none. */
    void keepInode() {
        if (!references.isEmpty()) {
            references.removeLast();
        }
    }

    @Override
    public void close() {
        references.forEach(reference -> filesystem.forget(reference, 1));
        references.clear();
    }
}
