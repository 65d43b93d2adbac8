package org.omerods.fs.fuse.dev;

import java.util.function.Consumer;
import org.omerods.fs.vfs.Errno;
import org.omerods.fs.vfs.Reply;

/**
 * The answer of a request as a struct.
 *
 * @param undelivered takes back what the value holds (a handle, a reference) when the kernel will never give it back
 */
record StructReply<T>(DeviceRequest request, StructEncoder<T> encoder, Consumer<T> undelivered) implements Reply<T> {
    /** For values that hold nothing. */
    static <T> StructReply<T> of(DeviceRequest request, StructEncoder<T> encoder) {
        return new StructReply<>(request, encoder, value -> {});
    }

    @Override
    public void ok(T value) {
        if (!request.claimSuccess()) {
            if (request.failed()) {
                undelivered.accept(value);
            }
            return;
        }
        boolean sent = false;
        try {
            sent = request.sendStruct(encoder, value);
        } catch (RuntimeException | Error e) { // an answer must go out, whatever happens
            request.connection().guard().failed(request.opcode().label(), request, e);
            request.sendStatus(-Errno.EIO.number());
        }
        if (!sent) {
            undelivered.accept(value);
        }
    }

    @Override
    public void fail(Errno errno) {
        request.fail(errno);
    }
}
