package org.omerods.fs.fuse.dev;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.omerods.fs.vfs.Errno;
import org.omerods.fs.vfs.Reply;
import org.omerods.storage.NameCodec;

/**
 * The answer of getxattr and listxattr: its length when the caller asks with room for 0 bytes, ERANGE when the room is too
 * small.
 *
 * @param room bytes that the caller has room for
 */
record BytesReply(DeviceRequest request, int room) implements Reply<byte[]> {
    @Override
    public void ok(byte[] value) {
        if (room != 0 && value.length > room) {
            request.fail(Errno.ERANGE);
        } else if (request.claimSuccess()) {
            try {
                send(value);
            } catch (RuntimeException | Error e) { // an answer must go out, whatever happens
                request.connection().guard().failed(request.opcode().label(), request, e);
                request.sendStatus(-Errno.EIO.number());
            }
        }
    }

    private void send(byte[] value) {
        if (room == 0) {
            request.sendStruct(Wire::extendedAttributeSize, value.length);
            return;
        }
        if (value.length <= ReplyBuffer.BODY_BYTES) {
            request.sendStruct(BytesReply::copy, value);
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            request.sendSegments(List.of(arena.allocateFrom(JAVA_BYTE, value)), value.length);
        }
    }

    private static int copy(MemorySegment out, byte[] value) {
        MemorySegment.copy(value, 0, out, JAVA_BYTE, 0, value.length);
        return value.length;
    }

    @Override
    public void fail(Errno errno) {
        request.fail(errno);
    }

    /** The same for a list of names, each ended by a zero byte. */
    Reply<List<String>> names() {
        return new Reply<>() {
            @Override
            public void ok(List<String> names) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                for (String name : names) {
                    bytes.writeBytes(NameCodec.encode(name));
                    bytes.write(0);
                }
                BytesReply.this.ok(bytes.toByteArray());
            }

            @Override
            public void fail(Errno errno) {
                request.fail(errno);
            }
        };
    }
}
