package org.omerods.fs.plan.layout;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the directories of a TIFF: those in the chain and those below them. Directories that point to themselves or to
 * nowhere end their branch. Not thread-safe.
 */
final class DirectoryWalk {
    /**
     * What is fetched around the start of a directory: writers put values and the next directory close by, on either side.
     */
    private static final long BEFORE_BYTES = 4 << 10;

    private static final long AFTER_BYTES = 12 << 10;

    /** Levels of a pyramid below one directory. */
    private static final int MAX_SUB_DIRECTORIES = 64;

    private record Pending(long offset, int root, boolean sub) {}

    private final FileBytes bytes;
    private final TiffDialect dialect;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final Deque<Directory> parents = new ArrayDeque<>();
    private final Set<Long> visited = new HashSet<>();
    private final List<Directory> found = new ArrayList<>();

    DirectoryWalk(FileBytes bytes, TiffDialect dialect, long first) {
        this.bytes = bytes;
        this.dialect = dialect;
        pending.add(new Pending(first, 0, false));
    }

    /** Goes as far as the bytes lead, asking for those that are missing. True when there is nothing more to find. */
    boolean advance() {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (int i = pending.size(); i > 0; i--) {
                moved |= visit(pending.removeFirst());
            }
            for (int i = parents.size(); i > 0; i--) {
                moved |= descend(parents.removeFirst());
            }
        }
        return pending.isEmpty() && parents.isEmpty();
    }

    /** What was found until now: in the order of the chain, each followed by those below it. */
    List<Directory> found() {
        List<Directory> ordered = new ArrayList<>(found);
        ordered.sort((a, b) -> Integer.compare(a.root(), b.root()));
        return ordered;
    }

    /** Whether the directory at an offset is here; asks for it otherwise. */
    static FileBytes.State here(FileBytes bytes, TiffDialect dialect, long offset) {
        if (!bytes.covers(offset, dialect.numberBytes)) {
            bytes.want(offset - BEFORE_BYTES, offset + AFTER_BYTES);
            return bytes.need(offset, dialect.numberBytes);
        }
        long length = Directory.length(bytes, dialect, offset);
        return length == 0 ? FileBytes.State.REFUSED : bytes.need(offset, length);
    }

    private boolean visit(Pending next) {
        if (visited.contains(next.offset()) || found.size() >= LayoutLimits.MAX_DIRECTORIES) {
            return true;
        }
        return switch (here(bytes, dialect, next.offset())) {
            case ASKED -> {
                pending.addLast(next);
                yield false;
            }
            case REFUSED -> true;
            case HERE -> {
                visited.add(next.offset());
                Directory directory = Directory.read(bytes, dialect, next.offset(), next.root(), next.sub());
                found.add(directory);
                if (!next.sub()) {
                    parents.add(directory);
                    if (directory.next() > 0) {
                        pending.addLast(new Pending(directory.next(), next.root() + 1, false));
                    }
                }
                yield true;
            }
        };
    }

    private boolean descend(Directory parent) {
        Optional<Field> field =
                parent.field(Tags.SUB_DIRECTORIES).filter(numbers -> numbers.isNumbers(MAX_SUB_DIRECTORIES));
        if (field.isEmpty()) {
            return true;
        }
        return switch (field.get().need(bytes)) {
            case ASKED -> {
                parents.addLast(parent);
                yield false;
            }
            case REFUSED -> true;
            case HERE -> {
                for (int i = 0; i < field.get().count(); i++) {
                    pending.addLast(new Pending(field.get().number(bytes, i), parent.root(), true));
                }
                yield true;
            }
        };
    }
}
