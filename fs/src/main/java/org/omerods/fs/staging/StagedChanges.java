package org.omerods.fs.staging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.OptionalInt;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;

/**
 * What programs change of a staged file: its bytes, its length, its time, its permissions. Each change is in the journal
 * before it is answered. Thread-safe.
 */
final class StagedChanges {
    private final Staging staging;
    private final StagedState state;
    private final StagedBytes bytes;
    private final Journal journal;
    private final StagingSpace space;
    private final StagedUpload sending;
    private final Gate gate = new Gate();

    StagedChanges(
            Staging staging,
            StagedState state,
            StagedBytes bytes,
            Journal journal,
            StagingSpace space,
            StagedUpload sending) {
        this.staging = staging;
        this.state = state;
        this.bytes = bytes;
        this.journal = journal;
        this.space = space;
        this.sending = sending;
    }

    /**
     * Writes {@code source}, or what the disk takes of it: its position tells. False when it would have to wait; nothing is
     * written then.
     */
    boolean tryWrite(long offset, ByteBuffer source) throws StorageException {
        if (bytes.isCrumbled() || !gate.tryEnter()) {
            return false;
        }
        try {
            long room = bytes.roomFor(offset, source.remaining());
            if (!space.tryReserve(room)) {
                return false;
            }
            return write(offset, source, room, state.path());
        } finally {
            gate.leave();
        }
    }

    /** Writes {@code source}, or what the disk takes of it: its position tells. Waits for uploads and for room. */
    void write(long offset, ByteBuffer source) throws StorageException {
        long deadline = space.deadline();
        while (!writeWhatFits(offset, source)) {
            if (!staging.makesRoom() && !space.awaitRelease(deadline, state.path())) {
                throw new StorageException(
                        Reason.NO_SPACE, "write", state.path().value(), "the disk of staging.directory is full");
            }
        }
    }

    /** False when the disk takes nothing. */
    private boolean writeWhatFits(long offset, ByteBuffer source) throws StorageException {
        StoragePath to = state.path();
        if (bytes.isCrumbled()) {
            alone("write", () -> {
                if (!bytes.fill(to)) {
                    space.reserve(to, Long.MAX_VALUE);
                }
            });
        }
        // Before the gate: room comes from uploads, and one may be waiting for this file to hold still.
        long room = bytes.roomFor(offset, source.remaining());
        space.reserve(to, room);
        boolean entered = false;
        try {
            gate.enter();
            entered = true;
        } catch (InterruptedException e) {
            throw StagedFile.interrupted("write", to, e);
        } finally {
            if (!entered) {
                space.release(room);
            }
        }
        try {
            return write(offset, source, room, to);
        } finally {
            gate.leave();
        }
    }

    private boolean write(long offset, ByteBuffer source, long room, StoragePath to) throws StorageException {
        int start = source.position();
        long unused = room;
        try {
            changing(to);
            unused = 0; // what follows gives back what it does not use
            bytes.write(offset, source, room, to);
        } catch (StorageException e) {
            if (e.reason() != Reason.NO_SPACE) {
                throw e;
            }
            return false;
        } finally {
            space.release(unused);
        }
        state.bytesChanged(staging.now());
        long end = offset + source.position() - start;
        sending.early().ifPresent(begun -> begun.written(offset, end, state.path()));
        return true;
    }

    /** Makes the file shorter, or longer by zeros. */
    void truncate(long size) throws StorageException {
        alone("truncate", () -> {
            sending.early().ifPresent(begun -> begun.cutTo(size));
            changing(state.path());
            bytes.truncate(size, state.path());
            state.bytesChanged(staging.now());
        });
    }

    /** Sets the time of modification, which the object gets with the next upload. */
    void touch(Instant time) throws StorageException {
        alone("touch", () -> {
            changing(state.path());
            try {
                journal.time(time);
            } catch (IOException e) {
                throw StagedBytes.failed("touch", state.path(), e);
            }
            state.touched(time);
        });
    }

    /** Sets the permission bits that are kept beside the object, which it gets with the next upload; empty: none. */
    void setPermissions(OptionalInt bits) throws StorageException {
        alone("chmod", () -> {
            StagedFile.Permissions permissions = new StagedFile.Permissions(bits, true);
            if (state.hasPermissions(bits)) {
                return;
            }
            try {
                journal.permissions(permissions);
            } catch (IOException e) {
                throw StagedBytes.failed("chmod", state.path(), e);
            }
            state.permissionsChanged(permissions);
        });
    }

    /** Before the first change of a file that the storage has: a process that comes after this one must know. */
    private void changing(StoragePath to) throws StorageException {
        if (state.isFirstChange()) {
            try {
                journal.dirty();
            } catch (IOException e) {
                throw StagedBytes.failed("write", to, e);
            }
        }
    }

    /** Something to do while nobody writes and nothing is uploaded. */
    @FunctionalInterface
    interface Step {
        void run() throws StorageException;
    }

    void alone(String operation, Step step) throws StorageException {
        enterAlone(operation);
        try {
            step.run();
        } finally {
            gate.leaveAlone();
        }
    }

    void enterAlone(String operation) throws StorageException {
        try {
            gate.enterAlone();
        } catch (InterruptedException e) {
            throw StagedFile.interrupted(operation, state.path(), e);
        }
    }

    void leaveAlone() {
        gate.leaveAlone();
    }
}
