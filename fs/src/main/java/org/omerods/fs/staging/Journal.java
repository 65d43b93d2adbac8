package org.omerods.fs.staging;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.omerods.storage.DataObject;
import org.omerods.storage.StoragePath;

/**
 * What has to be known of a staged file beside its bytes, appended record by record, each with a checksum. A record is
 * written before the call that it is about is answered: what a program was told is here after the process was killed.
 * Thread-safe.
 *
 * <p>Format: the line {@link #MAGIC}, then records of a length (2 bytes), that many bytes, and their CRC-32C (4 bytes). The
 * first byte of a record is its kind.
 */
final class Journal implements AutoCloseable {
    static final String MAGIC = "omerods staged file 1\n";

    static final int CREATED = 'C';
    static final int MOVED = 'M';
    static final int LOCAL = 'L';
    static final int BASE_LIMIT = 'B';
    static final int TIME = 'T';
    static final int UPLOADED = 'U';
    static final int DIRTY = 'D';
    static final int PARKED = 'P';
    static final int PERMISSIONS = 'X';

    private final Path path;

    /** Not a channel: an interrupt must not close it. Null while it rests. Guarded by this. */
    private @Nullable FileOutputStream out;

    /** Of the good records, in bytes. Guarded by this. */
    private long length;

    /** Guarded by this. */
    private boolean closed;

    private Journal(Path path, FileOutputStream out, long length) {
        this.path = path;
        this.out = out;
        this.length = length;
    }

    private synchronized FileOutputStream out() throws IOException {
        FileOutputStream open = out;
        if (closed) {
            throw new ClosedChannelException();
        }
        if (open == null) {
            open = new FileOutputStream(path.toFile(), true);
            out = open;
        }
        return open;
    }

    /** Puts the fields of a record. */
    @FunctionalInterface
    private interface Fields {
        void put(DataOutputStream record) throws IOException;
    }

    static Journal create(Path path, StoragePath object, Optional<DataObject> base) throws IOException {
        Journal journal = new Journal(path, new FileOutputStream(path.toFile(), true), 0);
        try {
            journal.append(MAGIC.getBytes(StandardCharsets.US_ASCII));
            journal.append(CREATED, record -> {
                record.writeUTF(object.value());
                record.writeBoolean(base.isPresent());
                if (base.isPresent()) {
                    JournalReader.putObject(record, base.get());
                }
            });
            return journal;
        } catch (IOException e) {
            journal.delete();
            throw e;
        }
    }

    /** Goes on with one whose good part has {@code length} bytes. */
    static Journal reopen(Path path, long length) throws IOException {
        FileOutputStream out = new FileOutputStream(path.toFile(), true);
        out.getChannel().truncate(length);
        return new Journal(path, out, length);
    }

    void moved(StoragePath to) throws IOException {
        append(MOVED, record -> record.writeUTF(to.value()));
    }

    /** The bytes of a range are in the local file, and not the base's any more. */
    void local(long start, long end) throws IOException {
        append(LOCAL, record -> {
            record.writeLong(start);
            record.writeLong(end);
        });
    }

    /** From {@code limit} on nothing is the base's. */
    void baseLimit(long limit) throws IOException {
        append(BASE_LIMIT, record -> record.writeLong(limit));
    }

    /** A program set the time of modification. */
    void time(Instant modified) throws IOException {
        append(TIME, record -> JournalReader.putTime(record, modified));
    }

    /** Bits that are kept beside the object, or, when they are new, that a program set. */
    void permissions(StagedFile.Permissions permissions) throws IOException {
        append(PERMISSIONS, record -> {
            record.writeInt(permissions.bits().orElse(-1));
            record.writeBoolean(permissions.isNew());
        });
    }

    /** The storage has it all, as that version, of which {@code baseLimit} bytes are only there. */
    void uploaded(DataObject now, long baseLimit) throws IOException {
        append(UPLOADED, record -> {
            JournalReader.putObject(record, now);
            record.writeLong(baseLimit);
        });
    }

    /** A program wrote: the storage does not have all of it any more, and a time that was set is that no more. */
    void dirty() throws IOException {
        append(DIRTY, _ -> {});
    }

    void parked(String reason) throws IOException {
        String shortened = reason.substring(0, Math.min(reason.length(), 4096));
        append(PARKED, record -> record.writeUTF(shortened));
    }

    void force() throws IOException {
        out().getFD().sync();
    }

    private void append(int kind, Fields fields) throws IOException {
        append(record(kind, fields));
    }

    /** Wholly or not at all: a reader believes nothing that stands behind a torn record. */
    private synchronized void append(byte[] bytes) throws IOException {
        try {
            out().write(bytes);
            length += bytes.length;
        } catch (IOException e) {
            try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
                file.setLength(length);
            }
            throw e;
        }
    }

    private static byte[] record(int kind, Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream record = new DataOutputStream(bytes)) {
            record.writeShort(0);
            record.writeByte(kind);
            fields.put(record);
            record.writeInt(0);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        ByteBuffer whole = ByteBuffer.wrap(bytes.toByteArray());
        int length = whole.capacity() - Short.BYTES - Integer.BYTES;
        whole.putShort(0, (short) length);
        whole.putInt(Short.BYTES + length, checksum(whole.array(), Short.BYTES, length));
        return whole.array();
    }

    static int checksum(byte[] bytes, int offset, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, offset, length);
        return (int) checksum.getValue();
    }

    void delete() throws IOException {
        close();
        Files.deleteIfExists(path);
    }

    /** Gives the descriptor back until it is needed again. */
    synchronized void rest() throws IOException {
        FileOutputStream open = out;
        out = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        rest();
    }
}
