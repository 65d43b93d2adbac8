package org.omerods.fs.vfs;

import static java.util.Objects.requireNonNull;

/** The answer of a create: the name and the open file. */
public record CreatedFile(Child child, OpenedFile file) {
    public CreatedFile {
        requireNonNull(child.attributes(), "attributes");
        requireNonNull(file, "file");
    }
}
