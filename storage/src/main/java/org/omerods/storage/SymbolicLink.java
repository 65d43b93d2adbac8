package org.omerods.storage;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A symbolic link. In iRODS it is a small data object whose content is the target, marked by a triple whose value is the
 * target: other clients see a file that says where it leads. A place never follows links; whoever asked does.
 *
 * @param object the data object that stands for the link; its size is the length of the target in bytes
 * @param target where it leads, as it was written: absolute or relative, existing or not; not empty, without NUL
 */
public record SymbolicLink(DataObject object, String target) implements Entry {
    public SymbolicLink {
        requireNonNull(object, "object");
        if (target.isEmpty() || target.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("target of the link " + object.path() + ": empty, or with NUL");
        }
    }

    @Override
    public StoragePath path() {
        return object.path();
    }

    @Override
    public long id() {
        return object.id();
    }

    @Override
    public String owner() {
        return object.owner();
    }

    @Override
    public Instant created() {
        return object.created();
    }

    @Override
    public Instant modified() {
        return object.modified();
    }
}
