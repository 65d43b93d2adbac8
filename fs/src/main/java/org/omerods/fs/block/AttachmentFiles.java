package org.omerods.fs.block;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * Small named byte arrays beside a block file, each in a file of its own: magic, format, length, CRC32C, bytes. A file that
 * is not as it was written is no attachment. Thread-safe; of two writers of one name the later wins as a whole.
 */
final class AttachmentFiles {
    static final String SUFFIX = ".attachment";

    /** Of what is not whole yet. */
    static final String PART_SUFFIX = SUFFIX + ".part";

    /** "OMA1". */
    private static final int MAGIC = 0x4f4d4131;

    static final int HEADER_BYTES = 12;

    /** A table of 8 million offsets: a slide of 500 GB has no more tiles. */
    static final int MAX_BYTES = 64 << 20;

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");

    private static final AtomicLong parts = new AtomicLong();

    private AttachmentFiles() {}

    static Path path(Path directory, String fileName, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("attachment name '" + name + "': must be " + NAME);
        }
        return directory.resolve(fileName + "." + name + SUFFIX);
    }

    /** What was attached. Empty when nothing was, or when it is damaged, which removes it. */
    static Optional<byte[]> read(Path file) throws IOException {
        byte[] all;
        try {
            if (Files.size(file) > MAX_BYTES + HEADER_BYTES) {
                return damaged(file);
            }
            all = Files.readAllBytes(file);
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(all);
        if (all.length < HEADER_BYTES || buffer.getInt() != MAGIC || buffer.getInt() != all.length - HEADER_BYTES) {
            return damaged(file);
        }
        int told = buffer.getInt();
        return told == crcOf(buffer) ? Optional.of(rest(all)) : damaged(file);
    }

    private static byte[] rest(byte[] all) {
        byte[] rest = new byte[all.length - HEADER_BYTES];
        System.arraycopy(all, HEADER_BYTES, rest, 0, rest.length);
        return rest;
    }

    private static Optional<byte[]> damaged(Path file) throws IOException {
        Files.deleteIfExists(file);
        return Optional.empty();
    }

    /** Writes beside and renames, so that no reader sees a part. */
    static void write(Path file, byte[] bytes) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES)
                .putInt(MAGIC)
                .putInt(bytes.length)
                .putInt(crcOf(ByteBuffer.wrap(bytes)))
                .flip();
        Path part = file.resolveSibling(file.getFileName() + "." + parts.incrementAndGet() + PART_SUFFIX);
        try {
            try (FileChannel channel =
                    FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer[] pieces = {header, ByteBuffer.wrap(bytes)};
                while (pieces[1].hasRemaining()) {
                    channel.write(pieces);
                }
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static int crcOf(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        return (int) crc.getValue();
    }
}
