package org.omerods.fs.staging;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The local file with the bytes of a staged file, sparse where nothing was written. A channel of Java is closed when a
 * thread that uses it is interrupted, and requests are interrupted all the time: it is then opened again and the call
 * repeated, which changes nothing since all calls are positional. A file that rests is opened again in the same way.
 * Thread-safe.
 */
final class StagedData implements AutoCloseable {
    private final Path path;

    /** Both guarded by this, the first also read without. */
    private volatile FileChannel channel;

    private boolean closed;

    private StagedData(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Opens the file, empty and new when it is not there. */
    static StagedData open(Path path) throws IOException {
        return new StagedData(path, channelOf(path));
    }

    private static FileChannel channelOf(Path path) throws IOException {
        // The channel closes the file; RandomAccessFile because its setLength makes files longer without writing.
        return new RandomAccessFile(path.toFile(), "rw").getChannel();
    }

    @FunctionalInterface
    private interface Use<T> {
        T with(FileChannel channel) throws IOException;
    }

    private <T> T use(Use<T> body) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                FileChannel used = channel;
                try {
                    return body.with(used);
                } catch (ClosedByInterruptException _) {
                    interrupted |= Thread.interrupted();
                    reopen(used);
                } catch (ClosedChannelException _) {
                    reopen(used);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized void reopen(FileChannel broken) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (!channel.isOpen() && channel.equals(broken)) {
            channel = channelOf(path);
        }
    }

    /**
     * Writes what remains in {@code source}, whose position tells how far it came: a disk that becomes full takes a part.
     *
     * @throws IOException when nothing was written
     */
    void write(long offset, ByteBuffer source) throws IOException {
        int start = source.position();
        try {
            use(channel -> {
                while (source.hasRemaining()) {
                    int _ = channel.write(source, offset + source.position() - start);
                }
                return offset;
            });
        } catch (IOException e) {
            if (source.position() == start) {
                throw e;
            }
        }
    }

    /** Fills {@code target}; what lies behind the end reads as zeros. */
    void read(long offset, ByteBuffer target) throws IOException {
        int start = target.position();
        use(channel -> {
            target.position(start);
            long at = offset;
            int count = 0;
            while (target.hasRemaining() && count >= 0) {
                count = channel.read(target, at);
                at += Math.max(0, count);
            }
            return at;
        });
        while (target.hasRemaining()) {
            target.put((byte) 0);
        }
    }

    Path path() {
        return path;
    }

    long length() throws IOException {
        return use(FileChannel::size);
    }

    void setLength(long length) throws IOException {
        use(channel -> {
            if (length <= channel.size()) {
                channel.truncate(length);
            } else {
                try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
                    file.setLength(length);
                }
            }
            return length;
        });
    }

    /** Makes everything that was written outlast a power cut. */
    void force() throws IOException {
        use(channel -> {
            channel.force(true);
            return channel;
        });
    }

    /** Gives the descriptor back until it is needed again. */
    synchronized void rest() throws IOException {
        channel.close();
    }

    /** Closes and removes the file. */
    void delete() throws IOException {
        close();
        Files.deleteIfExists(path);
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        channel.close();
    }
}
