package org.omerods.fs.vfs;

import java.time.Instant;
import java.util.OptionalInt;
import org.omerods.storage.Collection;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.SymbolicLink;

/**
 * Shows entries of the storage as files and directories.
 *
 * @param changeable whether programs may change anything: else permissions that are kept are shown without those to write
 */
record Presenter(PresentationConfig config, boolean changeable) {
    private static final int TO_WRITE = 0222;

    /** Linux never looks at those of a link. */
    private static final int LINK_PERMISSIONS = 0777;

    Attributes attributes(long inode, Entry entry) {
        return switch (entry) {
            case DataObject object ->
                new Attributes(
                        inode,
                        FileKind.FILE,
                        object.size(),
                        permissions(object.permissions(), config.filePermissions()),
                        1,
                        config.uid(),
                        config.gid(),
                        object.modified());
            case Collection collection ->
                directory(
                        inode,
                        permissions(collection.permissions(), config.directoryPermissions()),
                        collection.modified());
            case SymbolicLink link ->
                new Attributes(
                        inode,
                        FileKind.SYMLINK,
                        link.object().size(),
                        LINK_PERMISSIONS,
                        1,
                        config.uid(),
                        config.gid(),
                        link.modified());
        };
    }

    private int permissions(OptionalInt kept, int ofAll) {
        if (kept.isEmpty()) {
            return ofAll;
        }
        return changeable ? kept.getAsInt() : kept.getAsInt() & ~TO_WRITE;
    }

    /** What readdir tells of {@code .} and {@code ..}: the kernel takes no more than the number and the kind. */
    Attributes dots(long inode) {
        return directory(inode, config.directoryPermissions(), Instant.EPOCH);
    }

    private Attributes directory(long inode, int permissions, Instant modified) {
        // One link: programs that count links to find leaf directories (find -noleaf) know that 1 means "not counted".
        return new Attributes(inode, FileKind.DIRECTORY, 0, permissions, 1, config.uid(), config.gid(), modified);
    }
}
