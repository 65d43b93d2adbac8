package org.omerods.slides;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Leaves a hole in the file behind the first write that reaches a position. */
final class HoleSink implements SlideSink {
    private final FileChannel channel;
    private final long holeAt;
    private final long holeBytes;
    private long position;
    private boolean left;

    HoleSink(FileChannel channel, long holeAt, long holeBytes) {
        this.channel = channel;
        this.holeAt = holeAt;
        this.holeBytes = holeBytes;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void write(byte[] bytes, int count) throws IOException {
        channel.write(ByteBuffer.wrap(bytes, 0, count), position);
        position += count;
        if (!left && position >= holeAt) {
            left = true;
            position += holeBytes;
        }
    }

    @Override
    public void patch(long at, byte[] bytes) throws IOException {
        channel.write(ByteBuffer.wrap(bytes), at);
    }
}
