package org.omerods.omero.promotion;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.omerods.omero.links.LinkReplacement;
import org.omerods.storage.AvuStore.Operation;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;

/**
 * The way back: a link of the managed repository becomes a local file again. The copy is compared with the registered
 * checksum before it takes the link's place by rename(2); the object in iRODS stays. Thread-safe for different files.
 */
public final class Recall {
    private static final int CHUNK = 8 << 20;

    private final PromotionPlace place;
    private final Storage storage;

    public Recall(PromotionPlace place, Storage storage) {
        this.place = place;
        this.storage = storage;
    }

    /**
     * @param managedPath below the repository
     * @return bytes that were copied
     * @throws IOException when it is no link into the mount, or the copy cannot be made or proved; the link stays then
     * @throws StorageException when the object cannot be read; the link stays then
     */
    public long recall(String managedPath) throws IOException, StorageException {
        Path local = place.local(managedPath);
        if (!Files.isSymbolicLink(local)) {
            throw new IOException("recall " + local + ": is no link, so there is nothing to recall");
        }
        Path before = Files.readSymbolicLink(local);
        StoragePath remote = place.mount()
                .remote(local.resolveSibling(before))
                .orElseThrow(() -> new IOException(
                        "recall " + local + ": leads to " + before + ", which is not below " + place.mount()));
        if (!(storage.stat(remote) instanceof DataObject object)) {
            throw new StorageException(Reason.IS_A_COLLECTION, "recall", remote.value(), "is no data object");
        }
        Path copy = LinkReplacement.temporary(local);
        try {
            copy(object, copy);
            LinkReplacement.adoptOwner(local, copy);
            if (!Files.isSymbolicLink(local) || !Files.readSymbolicLink(local).equals(before)) {
                throw new IOException("recall " + local + ": was changed by somebody else meanwhile");
            }
            Files.move(copy, local, StandardCopyOption.ATOMIC_MOVE);
            LinkReplacement.sync(local.resolveSibling(""));
        } finally {
            Files.deleteIfExists(copy);
        }
        unmark(remote);
        return object.size();
    }

    private void copy(DataObject object, Path copy) throws IOException, StorageException {
        try (FileChannel channel = FileChannel.open(
                        copy,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
                ObjectReader reader = storage.open(object)) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK);
            for (long at = 0; at < object.size(); ) {
                buffer.clear().limit((int) Math.min(CHUNK, object.size() - at));
                int length = buffer.remaining();
                reader.read(at, buffer, ObjectReader.Priority.DEMAND);
                buffer.flip();
                while (buffer.hasRemaining()) {
                    var _ = channel.write(buffer, at + buffer.position());
                }
                at += length;
            }
            reader.verifyVersion();
            String registered = object.version().checksum();
            Optional<String> own = Digest.of(channel, object.size(), registered);
            if (own.isPresent() && !own.get().equals(registered)) {
                throw new StorageException(
                        Reason.CORRUPT,
                        "recall",
                        object.path().value(),
                        "the copy has checksum " + own.get() + ", not " + registered);
            }
            channel.force(true);
        }
    }

    private void unmark(StoragePath remote) throws StorageException {
        List<Operation> marks = storage.avus().list(remote).stream()
                .filter(avu -> avu.attribute().equals(place.attribute()))
                .map(avu -> (Operation) new Operation.Remove(avu))
                .toList();
        if (!marks.isEmpty()) {
            storage.avus().apply(remote, marks);
        }
    }
}
