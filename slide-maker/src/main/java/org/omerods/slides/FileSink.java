package org.omerods.slides;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Writes a slide into a file and tells how far it is. Not thread-safe. */
final class FileSink implements SlideSink {
    private final FileChannel channel;
    private final Progress progress;
    private final long expectedBytes;
    private long position;

    FileSink(FileChannel channel, Progress progress, long expectedBytes) {
        this.channel = channel;
        this.progress = progress;
        this.expectedBytes = expectedBytes;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void write(byte[] bytes, int count) throws IOException {
        writeAt(ByteBuffer.wrap(bytes, 0, count), position);
        position += count;
        progress.at(position, Math.max(position, expectedBytes));
    }

    @Override
    public void patch(long at, byte[] bytes) throws IOException {
        writeAt(ByteBuffer.wrap(bytes), at);
    }

    private void writeAt(ByteBuffer bytes, long at) throws IOException {
        long next = at;
        while (bytes.hasRemaining()) {
            next += channel.write(bytes, next);
        }
    }
}
