package org.omerods.fs.fuse.jnr;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;
import org.omerods.fs.vfs.AttributeChange;
import org.omerods.fs.vfs.Done;
import org.omerods.fs.vfs.Errno;
import org.omerods.fs.vfs.ExtendedAttributeMode;
import org.omerods.fs.vfs.Filesystem;
import org.omerods.fs.vfs.Request;
import org.omerods.fs.vfs.TimedAttributes;
import ru.serce.jnrfuse.struct.FuseFileInfo;
import ru.serce.jnrfuse.struct.Timespec;

/** What libfuse calls when a program changes sizes, times, modes, owners and extended attributes. Thread-safe. */
abstract class AttributeCallbacks extends ReadingCallbacks {
    static final int PERMISSIONS = 07777;

    private static final int XATTR_CREATE = 1;
    private static final int XATTR_REPLACE = 2;

    /** Others are asked by cp -a and tar for each file; "not supported" makes them go on without. */
    private static final String USER_NAMESPACE = "user.";

    /** UTIME_NOW and UTIME_OMIT of utimensat(2), in place of nanoseconds. */
    private static final long NOW = (1L << 30) - 1;

    private static final long OMIT = (1L << 30) - 2;

    AttributeCallbacks(Filesystem filesystem) {
        super(filesystem);
    }

    private int change(String operation, String path, AttributeChange change) {
        return atPath(operation, path, (request, walk) -> {
            requireDecoded(path);
            return change(request, walk.inode(), change);
        });
    }

    private int change(Request request, long inode, AttributeChange change) throws RefusedException {
        answers.<TimedAttributes>of(reply -> filesystem.change(request, inode, change, reply));
        return 0;
    }

    private static AttributeChange sizeChange(long size, OptionalLong handle) {
        return new AttributeChange(
                OptionalLong.of(size),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                handle);
    }

    private static AttributeChange ownershipChange(OptionalInt permissions, OptionalInt uid, OptionalInt gid) {
        return new AttributeChange(OptionalLong.empty(), Optional.empty(), permissions, uid, gid, OptionalLong.empty());
    }

    @Override
    public int truncate(String path, long size) {
        return change("truncate", path, sizeChange(size, OptionalLong.empty()));
    }

    @Override
    public int ftruncate(@Nullable String path, long size, FuseFileInfo info) {
        return guarded("ftruncate", path, request -> {
            long handle = info.fh.longValue();
            return change(request, handles.inodeOf(handle), sizeChange(size, OptionalLong.of(handle)));
        });
    }

    @Override
    public int chmod(String path, long mode) {
        OptionalInt permissions = OptionalInt.of((int) mode & PERMISSIONS);
        return change("chmod", path, ownershipChange(permissions, OptionalInt.empty(), OptionalInt.empty()));
    }

    @Override
    public int chown(String path, long uid, long gid) {
        return change("chown", path, ownershipChange(OptionalInt.empty(), owner(uid), owner(gid)));
    }

    /** -1, in 32 bits, is one that stays. */
    private static OptionalInt owner(long id) {
        return (int) id == -1 ? OptionalInt.empty() : OptionalInt.of((int) id);
    }

    @Override
    public int utimens(String path, Timespec[] times) {
        return atPath("utimens", path, (request, walk) -> {
            requireDecoded(path);
            AttributeChange change = new AttributeChange(
                    OptionalLong.empty(),
                    modified(times[1].tv_sec.longValue(), times[1].tv_nsec.longValue()),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalLong.empty());
            return change(request, walk.inode(), change);
        });
    }

    private static Optional<Instant> modified(long seconds, long nanos) {
        if (nanos == NOW) {
            return Optional.of(Instant.now());
        }
        if (nanos == OMIT) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.ofEpochSecond(seconds, nanos));
        } catch (DateTimeException _) {
            return Optional.empty(); // a year that no calendar reaches: the time stays, as on filesystems with 32 bits
        }
    }

    @Override
    public int setxattr(String path, String name, Pointer value, long size, int flags) {
        if (!isOfUsers(name)) {
            return -Errno.EOPNOTSUPP.number();
        }
        ExtendedAttributeMode mode = switch (flags) {
            case XATTR_CREATE -> ExtendedAttributeMode.CREATE;
            case XATTR_REPLACE -> ExtendedAttributeMode.REPLACE;
            default -> ExtendedAttributeMode.ANY;
        };
        return atPath("setxattr", path, (request, walk) -> {
            requireDecoded(path);
            requireDecoded(name);
            byte[] bytes = new byte[Math.toIntExact(size)];
            value.get(0, bytes, 0, bytes.length);
            answers.<Done>of(reply -> filesystem.setExtendedAttribute(request, walk.inode(), name, bytes, mode, reply));
            return 0;
        });
    }

    @Override
    public int removexattr(String path, String name) {
        if (!isOfUsers(name)) {
            return -Errno.EOPNOTSUPP.number();
        }
        return atPath("removexattr", path, (request, walk) -> {
            requireDecoded(path);
            requireDecoded(name);
            answers.<Done>of(reply -> filesystem.removeExtendedAttribute(request, walk.inode(), name, reply));
            return 0;
        });
    }

    private static boolean isOfUsers(String name) {
        return name.length() > USER_NAMESPACE.length() && name.startsWith(USER_NAMESPACE);
    }
}
