package org.omerods.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A file, opened for reads at any place, as a program does by pread(2). For one thread. */
public final class FileReader implements RandomReaders.Reader {
    private final FileChannel channel;
    private final ByteBuffer buffer;

    private FileReader(FileChannel channel, int maxReadBytes) {
        this.channel = channel;
        this.buffer = ByteBuffer.allocateDirect(maxReadBytes);
    }

    public static FileReader open(Path file, int maxReadBytes) throws IOException {
        return new FileReader(FileChannel.open(file), maxReadBytes);
    }

    @Override
    public void at(long offset, int length) throws IOException {
        buffer.clear().limit(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position()) < 0) {
                throw new EOFException("the file ends before byte " + (offset + length));
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
