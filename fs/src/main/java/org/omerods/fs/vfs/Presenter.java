package org.omerods.fs.vfs;

import java.time.Instant;
import org.omerods.storage.Collection;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.SymbolicLink;

/** Shows entries of the storage as files and directories. */
record Presenter(PresentationConfig config) {
    /** Linux never looks at those of a link. */
    private static final int LINK_PERMISSIONS = 0777;

    Attributes attributes(long inode, Entry entry) {
        return switch (entry) {
            case DataObject object ->
                new Attributes(
                        inode,
                        FileKind.FILE,
                        object.size(),
                        config.filePermissions(),
                        1,
                        config.uid(),
                        config.gid(),
                        object.modified());
            case Collection collection -> directory(inode, collection.modified());
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

    /** What readdir tells of {@code .} and {@code ..}: the kernel takes no more than the number and the kind. */
    Attributes dots(long inode) {
        return directory(inode, Instant.EPOCH);
    }

    private Attributes directory(long inode, Instant modified) {
        // One link: programs that count links to find leaf directories (find -noleaf) know that 1 means "not counted".
        return new Attributes(
                inode, FileKind.DIRECTORY, 0, config.directoryPermissions(), 1, config.uid(), config.gid(), modified);
    }
}
