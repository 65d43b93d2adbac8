package org.omerods.storage.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.omerods.storage.Collection;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.ObjectVersion;
import org.omerods.storage.ReplicaState;
import org.omerods.storage.StoragePath;
import org.omerods.storage.SymbolicLink;

/** What stat(2) tells of a file, as an entry. The inode number is the id. */
final class LocalEntries {
    private static final int KIND = 0170000;
    private static final int REGULAR = 0100000;
    private static final int DIRECTORY = 0040000;
    private static final int LINK = 0120000;

    private LocalEntries() {}

    /** A socket, pipe or device. */
    static final class SpecialFileException extends IOException {
        private static final long serialVersionUID = 1L;

        SpecialFileException(StoragePath path) {
            super(path + " is a special file and is not presented");
        }
    }

    /** One system call, two for a symbolic link, which is not followed. */
    static Entry read(StoragePath path, Path file) throws IOException {
        Map<String, Object> attributes =
                Files.readAttributes(file, "unix:mode,ino,size,lastModifiedTime,uid", LinkOption.NOFOLLOW_LINKS);
        int kind = number(attributes, "mode").intValue() & KIND;
        long inode = number(attributes, "ino").longValue();
        String owner = number(attributes, "uid").toString();
        Instant modified = value(attributes, "lastModifiedTime", FileTime.class).toInstant();
        if (kind == DIRECTORY) {
            return new Collection(path, inode, owner, modified, modified);
        }
        if (kind != REGULAR && kind != LINK) {
            throw new SpecialFileException(path);
        }
        ObjectVersion version =
                new ObjectVersion(inode, 0, number(attributes, "size").longValue(), modified, "");
        DataObject object = new DataObject(path, version, ReplicaState.GOOD, "", 1, owner, modified);
        return kind == LINK ? new SymbolicLink(object, LocalNames.targetOf(file)) : object;
    }

    private static Number number(Map<String, Object> attributes, String name) {
        return value(attributes, name, Number.class);
    }

    private static <T> T value(Map<String, Object> attributes, String name, Class<T> type) {
        return type.cast(Objects.requireNonNull(attributes.get(name), name));
    }
}
