package org.omerods.storage.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.omerods.storage.AvuStore;
import org.omerods.storage.Collection;
import org.omerods.storage.Content;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.Listing;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.ObjectVersion;
import org.omerods.storage.ObjectWriter;
import org.omerods.storage.Space;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.SymbolicLink;

/**
 * A directory tree of this machine as a place. Files are data objects, directories collections. Symbolic links are told and
 * never followed; other special files are reported as problems of a listing. Holds no triples. Thread-safe.
 */
public final class LocalStorage implements Storage {
    private final Path root;
    private final LocalNames names;

    /**
     * @param root an existing directory
     * @throws StorageException NOT_FOUND, NOT_A_COLLECTION
     */
    public LocalStorage(Path root) throws StorageException {
        this.root = root.toAbsolutePath().normalize();
        this.names = new LocalNames(this.root);
        if (!Files.isDirectory(this.root)) {
            Reason reason = Files.exists(this.root) ? Reason.NOT_A_COLLECTION : Reason.NOT_FOUND;
            throw new StorageException(reason, "open tree", root.toString(), "is not a directory");
        }
    }

    @Override
    public Entry stat(StoragePath path) throws StorageException {
        return LocalErrors.run("stat", path, () -> LocalEntries.read(path, names.file(path)));
    }

    @Override
    public Listing list(StoragePath collection) throws StorageException {
        Path directory = names.file(collection);
        if (!(stat(collection) instanceof Collection)) {
            throw new StorageException(Reason.NOT_A_COLLECTION, "list", collection.value(), "is a file");
        }
        return LocalErrors.run("list", collection, () -> {
            List<Entry> entries = new ArrayList<>();
            List<String> problems = new ArrayList<>();
            try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
                for (Path child : children) {
                    addChild(collection, child, entries, problems);
                }
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
            return new Listing(entries, problems);
        });
    }

    private static void addChild(StoragePath collection, Path child, List<Entry> entries, List<String> problems)
            throws IOException {
        String name = LocalNames.nameOf(child);
        if (name.startsWith(LocalWriter.PART_PREFIX)) {
            return;
        }
        StoragePath path = collection.child(name);
        try {
            entries.add(LocalEntries.read(path, child));
        } catch (LocalEntries.SpecialFileException e) {
            problems.add(e.getMessage());
        } catch (java.nio.file.NoSuchFileException e) {
            // removed between the directory's reading and its own: it is not a child any more
        }
    }

    @Override
    public ObjectReader open(DataObject object) throws StorageException {
        LocalReader reader = LocalErrors.run("open", object.path(), () -> {
            Path file = names.file(object.path());
            return new LocalReader(
                    this, object, FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        });
        try {
            reader.verifyVersion();
            return reader;
        } catch (StorageException e) {
            reader.close();
            throw e;
        }
    }

    @Override
    public int maxPathBytes() {
        return names.maxPathBytes();
    }

    @Override
    public Space space() throws StorageException {
        return LocalErrors.run("space", StoragePath.ROOT, () -> {
            FileStore store = Files.getFileStore(root);
            return new Space(store.getTotalSpace(), store.getUsableSpace());
        });
    }

    @Override
    public ObjectWriter write(StoragePath path, WriteMode mode) throws StorageException {
        return LocalErrors.run("write", path, () -> {
            Path file = names.file(path);
            if (mode == WriteMode.CREATE && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(path.value());
            }
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new StorageException(Reason.IS_A_COLLECTION, "write", path.value(), "is a directory");
            }
            if (Files.isSymbolicLink(file)) {
                throw new StorageException(Reason.INVALID, "write", path.value(), "is a symbolic link");
            }
            return LocalWriter.open(this, path, file, mode);
        });
    }

    @Override
    public DataObject put(StoragePath path, WriteMode mode, Content content) throws StorageException {
        try (ObjectWriter writer = write(path, mode)) {
            return LocalContent.write(path, writer, content);
        }
    }

    @Override
    public DataObject overwrite(StoragePath path, ObjectVersion base, Content content) throws StorageException {
        if (stat(path) instanceof DataObject now && !now.mayBeOverwrittenFrom(base)) {
            if (LocalContent.isIn(path, names.file(path), content)) {
                return now;
            }
            throw new StorageException(
                    Reason.STALE, "write", path.value(), "is no longer the version that was changed");
        }
        return put(path, WriteMode.REPLACE, content);
    }

    @Override
    public SymbolicLink createLink(StoragePath path, String target) throws StorageException {
        Path written = LocalNames.target(path, target);
        LocalErrors.run("create link", path, () -> Files.createSymbolicLink(names.file(path), written));
        if (stat(path) instanceof SymbolicLink link) {
            return link;
        }
        throw new StorageException(Reason.STALE, "create link", path.value(), "was replaced meanwhile");
    }

    @Override
    public Entry touch(StoragePath path, Instant modified) throws StorageException {
        if (stat(path) instanceof SymbolicLink) {
            throw new StorageException(Reason.UNSUPPORTED, "touch", path.value(), "is a symbolic link");
        }
        LocalErrors.run("touch", path, () -> Files.setLastModifiedTime(names.file(path), FileTime.from(modified)));
        return stat(path);
    }

    @Override
    public void replace(StoragePath from, StoragePath to) throws StorageException {
        LocalErrors.run("replace", to, () -> {
            Path source = names.file(from);
            Path target = names.file(to);
            if (LocalEntries.read(from, source) instanceof Collection
                    || Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
                throw new StorageException(Reason.IS_A_COLLECTION, "replace", to.value(), "one of the two is one");
            }
            return Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
        });
    }

    @Override
    public void createCollection(StoragePath path) throws StorageException {
        LocalErrors.run("create collection", path, () -> Files.createDirectory(names.file(path)));
    }

    @Override
    public void rename(StoragePath from, StoragePath to) throws StorageException {
        LocalErrors.run("rename", from, () -> {
            Entry entry = LocalEntries.read(from, names.file(from));
            if (to.isIn(from)) {
                throw new StorageException(Reason.INVALID, "rename", from.value(), "cannot be moved into itself");
            }
            Path target = names.file(to);
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(to.value());
            }
            return Files.move(names.file(entry.path()), target);
        });
    }

    @Override
    public void deleteObject(StoragePath path) throws StorageException {
        if (stat(path) instanceof Collection) {
            throw new StorageException(Reason.IS_A_COLLECTION, "delete", path.value(), "is a directory");
        }
        LocalErrors.run("delete", path, () -> Files.deleteIfExists(names.file(path)));
    }

    @Override
    public void deleteCollection(StoragePath path) throws StorageException {
        if (!(stat(path) instanceof Collection)) {
            throw new StorageException(Reason.NOT_A_COLLECTION, "delete collection", path.value(), "is a file");
        }
        LocalErrors.run("delete collection", path, () -> Files.deleteIfExists(names.file(path)));
    }

    @Override
    public AvuStore avus() {
        return NoAvus.INSTANCE;
    }

    @Override
    public void close() {
        // readers own what is open
    }
}
