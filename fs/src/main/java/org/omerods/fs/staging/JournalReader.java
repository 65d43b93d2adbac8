package org.omerods.fs.staging;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectVersion;
import org.omerods.storage.ReplicaState;
import org.omerods.storage.StoragePath;

/** Reads back what a {@link Journal} holds, up to the first record that is torn. Used once, by one thread. */
final class JournalReader {
    private @Nullable StoragePath path;
    private @Nullable DataObject base;
    private final RangeSet local = new RangeSet();
    private long baseLimit;
    private boolean dirty = true;
    private @Nullable Instant touched;
    private OptionalInt permissions = OptionalInt.empty();
    private boolean newPermissions;
    private String parked = "";

    /**
     * What a journal tells.
     *
     * @param base the version that the path must still have, and whose bytes lie below {@code baseLimit} where they are
     *     not local; null for a new file
     * @param dirty whether the storage lacks something
     * @param touched the time of modification when a program set it; null when it is that of the last write
     * @param permissions that are kept beside it, or are to be
     * @param parked why it waits for a person; empty when it does not
     * @param length of the good part of the journal, in bytes
     */
    record State(
            StoragePath path,
            @Nullable DataObject base,
            RangeSet local,
            long baseLimit,
            boolean dirty,
            @Nullable Instant touched,
            StagedFile.Permissions permissions,
            String parked,
            long length) {}

    /** @throws IOException when it is no journal of this version: it is left alone then */
    static State read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        byte[] magic = Journal.MAGIC.getBytes(StandardCharsets.US_ASCII);
        if (!Arrays.equals(magic, Arrays.copyOf(bytes, magic.length))) {
            throw new IOException(file + " is not a journal of this version; it is left alone");
        }
        return new JournalReader().readAll(file, bytes, magic.length);
    }

    private State readAll(Path file, byte[] bytes, int start) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        int at = start;
        while (at + Short.BYTES <= bytes.length) {
            int length = Short.toUnsignedInt(left.getShort(at));
            int end = at + Short.BYTES + length;
            if (end + Integer.BYTES > bytes.length
                    || left.getInt(end) != Journal.checksum(bytes, at + Short.BYTES, length)) {
                break; // the process died while it wrote this: the call was not answered
            }
            apply(new DataInputStream(new ByteArrayInputStream(bytes, at + Short.BYTES, length)));
            at = end + Integer.BYTES;
        }
        StoragePath found = path;
        if (found == null) {
            throw new IOException(file + " does not say what it is of; it is left alone");
        }
        return new State(
                found,
                base,
                local,
                baseLimit,
                dirty,
                touched,
                new StagedFile.Permissions(permissions, newPermissions),
                parked,
                at);
    }

    private void apply(DataInputStream record) throws IOException {
        int kind = record.readUnsignedByte();
        switch (kind) {
            case Journal.CREATED -> created(record);
            case Journal.MOVED -> path = new StoragePath(record.readUTF());
            case Journal.LOCAL -> local.add(record.readLong(), record.readLong());
            case Journal.BASE_LIMIT -> baseLimit = Math.min(baseLimit, record.readLong());
            case Journal.TIME -> touched = getTime(record);
            case Journal.UPLOADED -> {
                base = getObject(record);
                baseLimit = record.readLong();
                dirty = false;
                touched = null;
                newPermissions = false;
            }
            case Journal.DIRTY -> {
                dirty = true;
                touched = null;
                parked = "";
            }
            case Journal.PERMISSIONS -> {
                int bits = record.readInt();
                permissions = bits < 0 ? OptionalInt.empty() : OptionalInt.of(bits);
                newPermissions = record.readBoolean();
                dirty |= newPermissions;
            }
            case Journal.PARKED -> parked = record.readUTF();
            default -> throw new IOException("a record of the unknown kind " + kind);
        }
    }

    private void created(DataInputStream record) throws IOException {
        path = new StoragePath(record.readUTF());
        if (record.readBoolean()) {
            DataObject object = getObject(record);
            base = object;
            baseLimit = object.size();
        }
    }

    static void putTime(DataOutputStream record, Instant time) throws IOException {
        record.writeLong(time.getEpochSecond());
        record.writeInt(time.getNano());
    }

    private static Instant getTime(DataInputStream record) throws IOException {
        return Instant.ofEpochSecond(record.readLong(), record.readInt());
    }

    static void putObject(DataOutputStream record, DataObject object) throws IOException {
        ObjectVersion version = object.version();
        record.writeUTF(object.path().value());
        record.writeLong(version.id());
        record.writeInt(version.replica());
        record.writeLong(version.size());
        putTime(record, version.modified());
        record.writeUTF(version.checksum());
        record.writeUTF(object.state().name());
        record.writeUTF(object.resource());
        record.writeInt(object.replicaCount());
        record.writeUTF(object.owner());
        putTime(record, object.created());
    }

    private static DataObject getObject(DataInputStream record) throws IOException {
        StoragePath path = new StoragePath(record.readUTF());
        ObjectVersion version = new ObjectVersion(
                record.readLong(), record.readInt(), record.readLong(), getTime(record), record.readUTF());
        return new DataObject(
                path,
                version,
                ReplicaState.valueOf(record.readUTF()),
                record.readUTF(),
                record.readInt(),
                record.readUTF(),
                getTime(record));
    }
}
