package org.omerods.storage.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.omerods.storage.Content;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectWriter;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;

/** Copies content into files, and compares it with them. */
final class LocalContent {
    private static final int BLOCK_BYTES = 1024 * 1024;

    private LocalContent() {}

    /** Writes all of it and commits. */
    static DataObject write(StoragePath path, ObjectWriter writer, Content content) throws StorageException {
        ByteBuffer block = ByteBuffer.allocate((int) Math.min(BLOCK_BYTES, content.size()));
        for (long at = 0; at < content.size(); at += block.limit()) {
            block.clear().limit((int) Math.min(block.capacity(), content.size() - at));
            read(path, content, at, block);
            writer.write(at, block.flip());
        }
        return writer.commit();
    }

    /** Whether a file has exactly these bytes. */
    static boolean isIn(StoragePath path, Path file, Content content) throws StorageException {
        return LocalErrors.run("compare", path, () -> {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
                return channel.size() == content.size() && sameBytes(path, channel, content);
            }
        });
    }

    private static boolean sameBytes(StoragePath path, FileChannel channel, Content content)
            throws IOException, StorageException {
        Content present = Content.of(channel, content.size());
        ByteBuffer here = ByteBuffer.allocate(BLOCK_BYTES);
        ByteBuffer there = ByteBuffer.allocate(BLOCK_BYTES);
        for (long at = 0; at < content.size(); at += here.limit()) {
            int length = (int) Math.min(BLOCK_BYTES, content.size() - at);
            present.readFully(at, here.clear().limit(length));
            read(path, content, at, there.clear().limit(length));
            if (!here.flip().equals(there.flip())) {
                return false;
            }
        }
        return true;
    }

    private static void read(StoragePath path, Content content, long at, ByteBuffer block) throws StorageException {
        try {
            content.readFully(at, block);
        } catch (IOException e) {
            throw new StorageException(
                    Reason.UNAVAILABLE, "write", path.value(), "its content cannot be read: " + e.getMessage(), e);
        }
    }
}
