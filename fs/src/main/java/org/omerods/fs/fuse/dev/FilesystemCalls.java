package org.omerods.fs.fuse.dev;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.omerods.fs.vfs.Attributes;
import org.omerods.fs.vfs.Child;
import org.omerods.fs.vfs.Errno;
import org.omerods.fs.vfs.Filesystem;
import org.omerods.fs.vfs.OpenedDirectory;
import org.omerods.fs.vfs.OpenedFile;
import org.omerods.fs.vfs.Reply;
import org.omerods.storage.NameCodec;

/**
 * Decodes requests and calls the filesystem, one method for each kind. Thread-safe. The offsets are those of the structs
 * fuse_*_in of linux/fuse.h.
 */
final class FilesystemCalls {
    /** Asked for each file by ls -l and cp. "Not supported" is remembered by ls for the whole filesystem. */
    private static final byte[] ACCESS_LISTS = "system.posix_acl_".getBytes(US_ASCII);
    /** File capabilities and labels: asked by the kernel and by ls; nothing here has them. */
    private static final byte[] SECURITY_LABELS = "security.".getBytes(US_ASCII);

    private final Filesystem filesystem;

    FilesystemCalls(Filesystem filesystem) {
        this.filesystem = filesystem;
    }

    void lookup(DeviceRequest request, Incoming in) {
        Reply<Child> reply = new StructReply<>(request, Wire::entry, this::takeBack);
        filesystem.lookup(request, in.node(), NameCodec.decode(in.nameAt(0)), reply);
    }

    private void takeBack(Child child) {
        @Nullable Attributes attributes = child.attributes();
        if (attributes != null) {
            filesystem.forget(attributes.inode(), 1);
        }
    }

    void forget(Incoming in) {
        filesystem.forget(in.node(), in.longAt(0));
    }

    void forgetMany(Incoming in) {
        int count = in.forgetCount();
        for (int i = 0; i < count; i++) {
            filesystem.forget(in.forgottenInode(i), in.forgottenLookups(i));
        }
    }

    void attributes(DeviceRequest request) {
        filesystem.attributes(request, request.node(), StructReply.of(request, Wire::attributes));
    }

    void access(DeviceRequest request, Incoming in) {
        filesystem.access(request, request.node(), in.intAt(0), new DoneReply(request));
    }

    void statistics(DeviceRequest request) {
        filesystem.statistics(request, StructReply.of(request, Wire::statistics));
    }

    void extendedAttribute(DeviceRequest request, Incoming in) {
        byte[] name = in.nameAt(8);
        if (startsWith(name, ACCESS_LISTS) || startsWith(name, SECURITY_LABELS)) {
            request.fail(Errno.EOPNOTSUPP);
            return;
        }
        filesystem.extendedAttribute(
                request, request.node(), NameCodec.decode(name), new BytesReply(request, in.intAt(0)));
    }

    void extendedAttributes(DeviceRequest request, Incoming in) {
        filesystem.extendedAttributes(request, request.node(), new BytesReply(request, in.intAt(0)).names());
    }

    void open(DeviceRequest request, Incoming in) {
        Reply<OpenedFile> reply =
                new StructReply<>(request, Wire::opened, (OpenedFile file) -> filesystem.release(file.handle()));
        filesystem.open(request, request.node(), in.intAt(0), reply);
    }

    void read(DeviceRequest request, Incoming in) {
        int size = in.intAt(16);
        filesystem.read(request, in.longAt(0), in.longAt(8), size, new ReadReply(request, size));
    }

    void release(DeviceRequest request, Incoming in) {
        filesystem.release(in.longAt(0));
        request.done();
    }

    void openDirectory(DeviceRequest request) {
        Reply<OpenedDirectory> reply = new StructReply<>(
                request, Wire::opened, (OpenedDirectory directory) -> filesystem.releaseDirectory(directory.handle()));
        filesystem.openDirectory(request, request.node(), reply);
    }

    void readDirectory(DeviceRequest request, Incoming in, boolean withAttributes) {
        ListingReply listing = new ListingReply(request, withAttributes, in.intAt(16));
        try {
            filesystem.readDirectory(request, in.longAt(0), in.longAt(8), listing, listing);
        } catch (RuntimeException | Error e) {
            listing.fail(Errno.EIO); // gives its memory back; the guard logs
            throw e;
        }
    }

    void releaseDirectory(DeviceRequest request, Incoming in) {
        filesystem.releaseDirectory(in.longAt(0));
        request.done();
    }

    private static boolean startsWith(byte[] name, byte[] prefix) {
        return name.length >= prefix.length && Arrays.equals(name, 0, prefix.length, prefix, 0, prefix.length);
    }
}
