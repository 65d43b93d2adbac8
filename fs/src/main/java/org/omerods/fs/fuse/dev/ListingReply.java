package org.omerods.fs.fuse.dev;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.omerods.fs.vfs.Attributes;
import org.omerods.fs.vfs.Child;
import org.omerods.fs.vfs.DirectorySink;
import org.omerods.fs.vfs.Done;
import org.omerods.fs.vfs.Errno;
import org.omerods.fs.vfs.Reply;
import org.omerods.storage.NameCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer of readdir and readdirplus: entries in pooled memory. Entries with attributes that never reach the kernel are
 * forgotten. Thread-safe: a filesystem that goes on offering after its answer must not write into memory that serves the
 * next listing.
 */
final class ListingReply implements DirectorySink, Reply<Done> {
    private static final Logger log = LoggerFactory.getLogger(ListingReply.class);

    /** FUSE_NAME_MAX of kernels before 6.15; a longer name would make the kernel refuse the whole page. */
    private static final int MAX_NAME_BYTES = 1024;

    private static final int TYPE_SHIFT = 12;

    private final DeviceRequest request;
    private final boolean withAttributes;
    private final int room;
    /** This and the following are guarded by this; null once answered. */
    private @Nullable MemorySegment memory;

    private int used;
    private boolean full;

    /** {@code size} is what the kernel has room for. */
    ListingReply(DeviceRequest request, boolean withAttributes, int size) {
        this.request = request;
        this.withAttributes = withAttributes;
        this.room = Math.min(size, ReplyBuffers.LISTING_BYTES);
        this.memory = request.connection().buffers().takeListing();
    }

    @Override
    public boolean withAttributes() {
        return withAttributes;
    }

    @Override
    public synchronized boolean offer(String name, long nextOffset, Child child) {
        MemorySegment out = memory;
        Attributes attributes = child.attributes();
        if (attributes == null || nextOffset <= 0) {
            throw new IllegalArgumentException("entry '" + name + "', next offset " + nextOffset + ": " + child);
        }
        if (out == null || full) {
            return false;
        }
        boolean dots = name.equals(".") || name.equals("..");
        byte[] bytes = NameCodec.encode(name);
        if (!nameable(bytes)) {
            log.warn("{}: left out the entry '{}', the kernel cannot hold such a name", request, name);
            if (withAttributes) {
                request.connection().filesystem().forget(attributes.inode(), 1);
            }
            return true;
        }
        int prefix = withAttributes ? Wire.ENTRY_BYTES : 0;
        if (used + prefix + Wire.direntBytes(bytes.length) > room) {
            full = true;
            return false;
        }
        if (withAttributes) {
            MemorySegment entry = out.asSlice(used, Wire.ENTRY_BYTES);
            used += dots ? Wire.noEntry(entry) : Wire.entry(entry, child);
        }
        int type = attributes.kind().modeBits() >> TYPE_SHIFT;
        used += Wire.directoryEntry(out.asSlice(used), attributes.inode(), nextOffset, type, bytes);
        return true;
    }

    private static boolean nameable(byte[] name) {
        for (byte b : name) {
            if (b == 0 || b == '/') {
                return false;
            }
        }
        return name.length > 0 && name.length <= MAX_NAME_BYTES;
    }

    @Override
    public synchronized void ok(Done done) {
        MemorySegment listing = memory;
        if (listing == null || !request.claimSuccess()) {
            return;
        }
        memory = null;
        if (!request.sendSegments(used == 0 ? List.of() : List.of(listing.asSlice(0, used)), used)) {
            forgetEntries(listing);
        }
        request.connection().buffers().giveListing(listing);
    }

    @Override
    public synchronized void fail(Errno errno) {
        MemorySegment listing = memory;
        if (listing != null && request.fail(errno)) {
            memory = null;
            forgetEntries(listing);
            request.connection().buffers().giveListing(listing);
        }
    }

    private void forgetEntries(MemorySegment listing) {
        int offset = 0;
        while (withAttributes && offset < used) {
            long inode = listing.get(JAVA_LONG, offset);
            if (inode != 0) {
                request.connection().filesystem().forget(inode, 1);
            }
            offset += Wire.ENTRY_BYTES;
            offset += Wire.direntBytes(listing.get(JAVA_INT, offset + 16));
        }
    }
}
