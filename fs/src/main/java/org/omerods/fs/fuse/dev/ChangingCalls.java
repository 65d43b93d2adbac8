package org.omerods.fs.fuse.dev;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.omerods.fs.vfs.Attributes;
import org.omerods.fs.vfs.Child;
import org.omerods.fs.vfs.CreatedFile;
import org.omerods.fs.vfs.Done;
import org.omerods.fs.vfs.Errno;
import org.omerods.fs.vfs.ExtendedAttributeMode;
import org.omerods.fs.vfs.Filesystem;
import org.omerods.fs.vfs.Place;
import org.omerods.fs.vfs.Reply;
import org.omerods.storage.NameCodec;

/**
 * Decodes the requests that change something and calls the filesystem, one method for each kind. Thread-safe. The offsets
 * are those of the structs fuse_*_in of linux/fuse.h.
 */
final class ChangingCalls {
    /** What a kernel without FUSE_SETXATTR_EXT sends before the name: size and flags. */
    private static final int SETXATTR_BYTES = 8;

    private static final int WRITE_BYTES = 40;
    private static final int RENAME_BYTES = 8;
    private static final int RENAME2_BYTES = 16;

    private static final int RENAME_NOREPLACE = 1;
    private static final int XATTR_CREATE = 1;
    private static final int XATTR_REPLACE = 2;

    private static final int PERMISSIONS = 07777;
    private static final int FILE_TYPE = 0170000;
    private static final int REGULAR_FILE = 0100000;

    /** O_CREAT, O_EXCL and O_WRONLY of open(2). */
    private static final int CREATE_ONLY = 0301;

    /** Asked by cp -a and tar for each file; "not supported" makes them go on without. */
    private static final byte[] USER_NAMESPACE = "user.".getBytes(US_ASCII);

    private final Filesystem filesystem;

    ChangingCalls(Filesystem filesystem) {
        this.filesystem = filesystem;
    }

    void create(DeviceRequest request, Incoming in) {
        Reply<CreatedFile> reply = new StructReply<>(request, Wire::created, this::takeBack);
        filesystem.create(request, in.node(), name(in, 16), in.intAt(0), in.intAt(4) & PERMISSIONS, reply);
    }

    /** mknod(2) of a regular file is a create that leaves nothing open; other kinds cannot be objects. */
    void makeNode(DeviceRequest request, Incoming in) {
        int mode = in.intAt(0);
        if ((mode & FILE_TYPE) != REGULAR_FILE) {
            request.fail(Errno.EPERM);
            return;
        }
        Reply<Child> answer = new StructReply<>(request, Wire::entry, this::takeBack);
        filesystem.create(request, in.node(), name(in, 16), CREATE_ONLY, mode & PERMISSIONS, new Reply<>() {
            @Override
            public void ok(CreatedFile created) {
                closeNew(request, created, answer);
            }

            @Override
            public void fail(Errno errno) {
                answer.fail(errno);
            }
        });
    }

    private void closeNew(DeviceRequest request, CreatedFile created, Reply<Child> answer) {
        long handle = created.file().handle();
        filesystem.flush(request, handle, new Reply<>() {
            @Override
            public void ok(Done done) {
                filesystem.release(handle);
                answer.ok(created.child());
            }

            @Override
            public void fail(Errno errno) {
                filesystem.release(handle);
                takeBack(created.child());
                answer.fail(errno);
            }
        });
    }

    void write(DeviceRequest request, Incoming in) {
        filesystem.write(
                request,
                in.longAt(0),
                in.longAt(8),
                in.dataAt(WRITE_BYTES, in.intAt(16)),
                StructReply.of(request, (out, bytes) -> Wire.written(out, bytes)));
    }

    void flush(DeviceRequest request, Incoming in) {
        filesystem.flush(request, in.longAt(0), done(request));
    }

    void synchronize(DeviceRequest request, Incoming in) {
        filesystem.synchronize(request, in.longAt(0), done(request));
    }

    void allocate(DeviceRequest request, Incoming in) {
        filesystem.allocate(request, in.longAt(0), in.intAt(24), in.longAt(8), in.longAt(16), done(request));
    }

    void change(DeviceRequest request, Incoming in) {
        filesystem.change(request, in.node(), SetAttr.decode(in), StructReply.of(request, Wire::attributes));
    }

    void makeDirectory(DeviceRequest request, Incoming in) {
        Reply<Child> reply = new StructReply<>(request, Wire::entry, this::takeBack);
        filesystem.makeDirectory(request, in.node(), name(in, 8), in.intAt(0) & PERMISSIONS, reply);
    }

    void removeFile(DeviceRequest request, Incoming in) {
        filesystem.removeFile(request, in.node(), name(in, 0), done(request));
    }

    void removeDirectory(DeviceRequest request, Incoming in) {
        filesystem.removeDirectory(request, in.node(), name(in, 0), done(request));
    }

    void rename(DeviceRequest request, Incoming in) {
        rename(request, in, RENAME_BYTES, 0);
    }

    void renameWithFlags(DeviceRequest request, Incoming in) {
        rename(request, in, RENAME2_BYTES, in.intAt(8));
    }

    private void rename(DeviceRequest request, Incoming in, int namesAt, int flags) {
        if ((flags & ~RENAME_NOREPLACE) != 0) {
            request.fail(Errno.EINVAL); // an exchange or a whiteout: what rename(2) says of filesystems without them
            return;
        }
        byte[] name = in.nameAt(namesAt);
        Place from = new Place(in.node(), NameCodec.decode(name));
        Place to = new Place(in.longAt(0), name(in, namesAt + name.length + 1));
        filesystem.rename(request, from, to, (flags & RENAME_NOREPLACE) == 0, done(request));
    }

    void makeLink(DeviceRequest request, Incoming in) {
        byte[] name = in.nameAt(0);
        Reply<Child> reply = new StructReply<>(request, Wire::entry, this::takeBack);
        filesystem.makeLink(request, in.node(), NameCodec.decode(name), name(in, name.length + 1), reply);
    }

    void readLink(DeviceRequest request) {
        Reply<byte[]> bytes = new BytesReply(request, Integer.MAX_VALUE);
        filesystem.readLink(request, request.node(), new Reply<>() {
            @Override
            public void ok(String target) {
                bytes.ok(NameCodec.encode(target));
            }

            @Override
            public void fail(Errno errno) {
                bytes.fail(errno);
            }
        });
    }

    void setExtendedAttribute(DeviceRequest request, Incoming in) {
        byte[] name = in.nameAt(SETXATTR_BYTES);
        if (!isOfUsers(name)) {
            request.fail(Errno.EOPNOTSUPP);
            return;
        }
        byte[] value = in.dataAt(SETXATTR_BYTES + name.length + 1, in.intAt(0)).toArray(JAVA_BYTE);
        ExtendedAttributeMode mode = switch (in.intAt(4)) {
            case XATTR_CREATE -> ExtendedAttributeMode.CREATE;
            case XATTR_REPLACE -> ExtendedAttributeMode.REPLACE;
            default -> ExtendedAttributeMode.ANY;
        };
        filesystem.setExtendedAttribute(request, in.node(), NameCodec.decode(name), value, mode, done(request));
    }

    void removeExtendedAttribute(DeviceRequest request, Incoming in) {
        byte[] name = in.nameAt(0);
        if (!isOfUsers(name)) {
            request.fail(Errno.EOPNOTSUPP);
            return;
        }
        filesystem.removeExtendedAttribute(request, in.node(), NameCodec.decode(name), done(request));
    }

    private void takeBack(CreatedFile created) {
        filesystem.release(created.file().handle());
        takeBack(created.child());
    }

    private void takeBack(Child child) {
        @Nullable Attributes attributes = child.attributes();
        if (attributes != null) {
            filesystem.forget(attributes.inode(), 1);
        }
    }

    private static String name(Incoming in, int offset) {
        return NameCodec.decode(in.nameAt(offset));
    }

    private static Reply<Done> done(DeviceRequest request) {
        return new DoneReply(request);
    }

    private static boolean isOfUsers(byte[] name) {
        int length = USER_NAMESPACE.length;
        return name.length > length && Arrays.equals(name, 0, length, USER_NAMESPACE, 0, length);
    }
}
