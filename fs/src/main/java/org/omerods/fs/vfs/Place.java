package org.omerods.fs.vfs;

import static java.util.Objects.requireNonNull;

/**
 * A name in a directory, whether or not something is there.
 *
 * @param parent inode of the directory
 */
public record Place(long parent, String name) {
    public Place {
        requireNonNull(name, "name");
    }

    @Override
    public String toString() {
        return name + " in inode " + parent;
    }
}
