package org.omerods.zone.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.omerods.zone.catalog.ReplicaRow;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.DataObjectInput;
import org.omerods.zone.wire.Status;

/** An open descriptor: the file, where it stands, and what the catalog knew when it was opened. For one thread. */
final class OpenReplica {
    private static final int SEEK_SET = 0;
    private static final int SEEK_CURRENT = 1;
    private static final int SEEK_END = 2;

    private final DataObjectInput input;
    private final OpenFlags flags;
    private final ReplicaRow row;
    private final FileChannel file;
    private final String token;
    private final boolean created;
    private final int stateBefore;
    private long position;
    private boolean written;

    /**
     * A descriptor.
     *
     * @param row the replica as the catalog has it after the open
     * @param token by which further connections join this writer; empty when reading
     * @param stateBefore the replica status before the open
     */
    OpenReplica(
            DataObjectInput input,
            OpenFlags flags,
            ReplicaRow row,
            FileChannel file,
            String token,
            boolean created,
            int stateBefore) {
        this.input = input;
        this.flags = flags;
        this.row = row;
        this.file = file;
        this.token = token;
        this.created = created;
        this.stateBefore = stateBefore;
    }

    DataObjectInput input() {
        return input;
    }

    ReplicaRow row() {
        return row;
    }

    FileChannel file() {
        return file;
    }

    String token() {
        return token;
    }

    OpenFlags flags() {
        return flags;
    }

    boolean created() {
        return created;
    }

    int stateBefore() {
        return stateBefore;
    }

    /** Whether closing has something to register. */
    boolean changed() {
        return written || created;
    }

    boolean written() {
        return written;
    }

    long position() {
        return position;
    }

    /** Goes on by {@code bytes} that were read. */
    void advance(long bytes) {
        position += bytes;
    }

    /** How many bytes a read of {@code wanted} delivers: a reader never sees more than the size at its open. */
    long readable(long wanted) throws IOException {
        long end = flags.writes() ? file.size() : Math.min(row.size(), file.size());
        return Math.max(0, Math.min(wanted, end - position));
    }

    /** Moves to where the next write goes, and registers it. */
    long beginWrite(long bytes) throws IOException, ApiException {
        if (!flags.writes()) {
            throw new ApiException(Status.FILE_NOT_WRITABLE, "the descriptor is open for reading");
        }
        if (flags.appends()) {
            position = file.size();
        }
        long start = position;
        position += bytes;
        written = true;
        return start;
    }

    /** Moves the position. A reader ends at the size that was known when he opened, but the end is that of the file. */
    long seek(int whence, long offset) throws IOException, ApiException {
        long base = switch (whence) {
            case SEEK_SET -> 0;
            case SEEK_CURRENT -> position;
            case SEEK_END -> file.size();
            default -> throw invalid();
        };
        long target = base + offset;
        if (target < 0) {
            throw invalid();
        }
        long end = whence == SEEK_END ? Math.max(row.size(), file.size()) : row.size();
        position = flags.writes() ? target : Math.min(target, end);
        return position;
    }

    private static ApiException invalid() {
        return new ApiException(Status.SEEK_INVALID, "invalid seek");
    }
}
