package org.omerods.fs.block;

import java.nio.BufferOverflowException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.omerods.storage.ObjectVersion;

/**
 * The first {@value #BYTES} bytes of an index file: magic, format, CRC32C of the rest, then what the blocks are of. All
 * numbers are big-endian, texts are UTF-8 behind their length.
 *
 * @param key the version, as it is found again
 * @param blockBytes a slot of the index is about so many bytes of the object
 * @param origin whose view of which place it is: bytes that one user was given are not for another one
 * @param path where the object lay, for people
 * @param pinned whether a person wants it kept
 */
record IndexHeader(ContentKey key, int blockBytes, String origin, String path, boolean pinned) {
    /** Room for two paths of 1,088 bytes, as long as iRODS has them, an origin and a checksum, in whole pages. */
    static final int BYTES = 8 << 10;

    /** "OMBI". */
    private static final int MAGIC = 0x4f4d4249;

    /** Another number is another format: such a file is not used, and not converted either. */
    private static final int FORMAT = 1;

    private static final int CRC_AT = 8;
    private static final int CONTENT_AT = 12;

    /** The header's bytes; empty when its texts are too long to be kept. */
    Optional<ByteBuffer> encode() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        try {
            bytes.position(CONTENT_AT).putInt(blockBytes).put((byte) (pinned ? 1 : 0));
            ObjectVersion version = key.version();
            bytes.putLong(version.id()).putInt(version.replica()).putLong(version.size());
            Instant modified = version.modified();
            bytes.putLong(modified.getEpochSecond()).putInt(modified.getNano());
            put(bytes, version.checksum());
            put(bytes, key.path());
            put(bytes, origin);
            put(bytes, path);
        } catch (BufferOverflowException _) {
            return Optional.empty();
        }
        bytes.clear().putInt(MAGIC).putInt(FORMAT).putInt(crcOf(bytes));
        return Optional.of(bytes.clear());
    }

    /** What {@link #encode} made; empty when it is of another format, or damaged. */
    static Optional<IndexHeader> decode(ByteBuffer bytes) {
        if (bytes.remaining() != BYTES
                || bytes.getInt(0) != MAGIC
                || bytes.getInt(4) != FORMAT
                || bytes.getInt(CRC_AT) != crcOf(bytes)) {
            return Optional.empty();
        }
        try {
            ByteBuffer rest = bytes.duplicate().position(CONTENT_AT);
            int blockBytes = rest.getInt();
            boolean pinned = rest.get() == 1;
            long id = rest.getLong();
            int replica = rest.getInt();
            long size = rest.getLong();
            Instant modified = Instant.ofEpochSecond(rest.getLong(), rest.getInt());
            ObjectVersion version = new ObjectVersion(id, replica, size, modified, text(rest));
            ContentKey key = new ContentKey(version, text(rest));
            return Optional.of(new IndexHeader(key, blockBytes, text(rest), text(rest), pinned));
        } catch (BufferUnderflowException | IllegalArgumentException | DateTimeException _) {
            return Optional.empty();
        }
    }

    private static void put(ByteBuffer target, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        target.putInt(bytes.length).put(bytes);
    }

    private static String text(ByteBuffer source) {
        byte[] bytes = new byte[Math.clamp(source.getInt(), 0, source.remaining())];
        source.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static int crcOf(ByteBuffer header) {
        CRC32C crc = new CRC32C();
        crc.update(header.duplicate().clear().position(CONTENT_AT));
        return (int) crc.getValue();
    }
}
