package org.omerods.fs.vfs;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.omerods.storage.Entry;
import org.omerods.storage.StoragePath;

/** The inodes that the kernel refers to; the root always. Bounded by the kernel's own inode cache. Thread-safe. */
final class InodeTable {
    private final Map<Long, Inode> inodes = new ConcurrentHashMap<>();
    /** From the number that an entry would have to that of the inode that it has. */
    private final Map<Long, Long> aliases = new ConcurrentHashMap<>();

    private final Inode root;

    InodeTable(StoragePath rootPath) {
        root = new Inode(Filesystem.ROOT_INODE, FileKind.DIRECTORY, 0, rootPath);
        inodes.put(root.number(), root);
    }

    Inode root() {
        return root;
    }

    /** @throws ErrnoException ESTALE: the number is of a former mount, or was forgotten */
    Inode get(long number) throws ErrnoException {
        Inode inode = inodes.get(number);
        if (inode == null) {
            throw new ErrnoException(Errno.ESTALE, "no such inode " + number);
        }
        return inode;
    }

    /** @throws ErrnoException ESTALE, or ENOTDIR */
    Inode getDirectory(long number) throws ErrnoException {
        Inode inode = get(number);
        if (!inode.isDirectory()) {
            throw new ErrnoException(Errno.ENOTDIR, "not a directory");
        }
        return inode;
    }

    /** @throws ErrnoException ESTALE: something else lies at the path by now; the kernel then looks the path up again */
    void requireSame(Inode inode, Entry entry) throws ErrnoException {
        if (inode != root && !inode.isOf(entry)) {
            throw new ErrnoException(Errno.ESTALE, "something else lies at its path by now");
        }
    }

    /** What to call an inode in a log. */
    Object nameOf(long number) {
        Inode inode = inodes.get(number);
        return inode == null ? "inode " + number : inode;
    }

    /** The path above, inside the mount. */
    StoragePath parentOf(StoragePath path) {
        return path.equals(root.path()) ? path : path.parent();
    }

    /** The inode of an entry with one reference more. */
    Inode reference(Entry entry) {
        if (isRoot(entry)) {
            return root;
        }
        long number = numberToTry(entry);
        while (true) {
            AtomicBoolean admitted = new AtomicBoolean();
            Inode inode = inodes.compute(number, (free, present) -> {
                Inode used = present == null
                        ? new Inode(free, InodeNumbers.kindOf(entry), entry.id(), entry.path())
                        : present;
                admitted.set(used.admits(entry));
                used.references += admitted.get() ? 1 : 0;
                return used;
            });
            if (admitted.get()) {
                inode.seenAt(entry.path());
                return inode;
            }
            number = InodeNumbers.after(number);
        }
    }

    /** The number that {@link #reference} would find, without a reference. */
    long numberOf(Entry entry) {
        if (isRoot(entry)) {
            return root.number();
        }
        long number = numberToTry(entry);
        for (Inode inode = inodes.get(number); inode != null && !inode.admits(entry); inode = inodes.get(number)) {
            number = InodeNumbers.after(number);
        }
        return number;
    }

    private long numberToTry(Entry entry) {
        long number = InodeNumbers.of(entry);
        return aliases.isEmpty() ? number : aliases.getOrDefault(number, number);
    }

    /** The inode that an entry has now. */
    Optional<Inode> find(Entry entry) {
        return Optional.ofNullable(inodes.get(numberOf(entry))).filter(inode -> inode == root || inode.isOf(entry));
    }

    void forget(long number, long count) {
        if (number == root.number()) {
            return;
        }
        Inode left = inodes.computeIfPresent(number, (_, inode) -> {
            inode.references -= count;
            return inode.references > 0 ? inode : null;
        });
        if (left == null && !aliases.isEmpty()) {
            aliases.values().removeIf(aliased -> aliased == number);
        }
    }

    /** The file that had no number of the catalog has one now, and keeps its inode. */
    void identify(Inode inode, Entry entry) {
        inode.identify(entry.id());
        alias(inode, entry);
    }

    private void alias(Inode inode, Entry entry) {
        long natural = InodeNumbers.of(entry);
        if (natural != inode.number() && inodes.get(inode.number()) == inode) {
            aliases.put(natural, inode.number());
        }
    }

    /** A tree was renamed by this mount: its inodes keep their numbers. */
    void moved(StoragePath from, StoragePath to) {
        for (Inode inode : inodes.values()) {
            StoragePath old = inode.path();
            if (inode != root && inode.removed().isEmpty() && old.isIn(from)) {
                StoragePath now = old.moved(from, to);
                inode.seenAt(now);
                if (!inode.hasId()) {
                    aliases.put(InodeNumbers.ofPath(now, inode.isDirectory()), inode.number());
                }
            }
        }
    }

    /** The inode last seen at a path, unless its name was removed; slow, since it looks through all of them. */
    Optional<Inode> at(StoragePath path) {
        return inodes.values().stream()
                .filter(inode -> inode.removed().isEmpty() && inode.path().equals(path))
                .findAny();
    }

    int size() {
        return inodes.size();
    }

    private boolean isRoot(Entry entry) {
        return entry.path().equals(root.path());
    }
}
