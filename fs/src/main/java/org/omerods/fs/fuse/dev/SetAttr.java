package org.omerods.fs.fuse.dev;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.omerods.fs.vfs.AttributeChange;

/** struct fuse_setattr_in: which of its fields are meant, and what they say. */
final class SetAttr {
    private static final int FATTR_MODE = 1;
    private static final int FATTR_UID = 1 << 1;
    private static final int FATTR_GID = 1 << 2;
    private static final int FATTR_SIZE = 1 << 3;
    private static final int FATTR_MTIME = 1 << 5;
    private static final int FATTR_FH = 1 << 6;
    private static final int FATTR_MTIME_NOW = 1 << 8;

    private static final int PERMISSIONS = 07777;

    private SetAttr() {}

    static AttributeChange decode(Incoming in) {
        int valid = in.intAt(0);
        return new AttributeChange(
                number(valid, FATTR_SIZE, in.longAt(16)),
                modified(valid, in),
                number(valid, FATTR_MODE, in.intAt(68) & PERMISSIONS),
                number(valid, FATTR_UID, in.intAt(76)),
                number(valid, FATTR_GID, in.intAt(80)),
                number(valid, FATTR_FH, in.longAt(8)));
    }

    private static Optional<Instant> modified(int valid, Incoming in) {
        if ((valid & FATTR_MTIME_NOW) != 0) {
            return Optional.of(Instant.now());
        }
        if ((valid & FATTR_MTIME) == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.ofEpochSecond(in.longAt(40), Integer.toUnsignedLong(in.intAt(60))));
        } catch (DateTimeException _) {
            return Optional.empty(); // a year that no calendar reaches: the time stays, as on filesystems with 32 bits
        }
    }

    private static OptionalLong number(int valid, int flag, long value) {
        return (valid & flag) == 0 ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static OptionalInt number(int valid, int flag, int value) {
        return (valid & flag) == 0 ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
