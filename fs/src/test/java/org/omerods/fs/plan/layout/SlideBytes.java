package org.omerods.fs.plan.layout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;

/** A file to be parsed: its size, and its bytes by offset. */
interface SlideBytes {
    long size();

    byte[] read(long offset, int length);

    static SlideBytes of(Path file) {
        return new SlideBytes() {
            @Override
            public long size() {
                try {
                    return Files.size(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public byte[] read(long offset, int length) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                    ByteBuffer buffer = ByteBuffer.allocate(length);
                    while (buffer.hasRemaining()) {
                        if (channel.read(buffer, offset + buffer.position()) < 0) {
                            throw new IllegalArgumentException(offset + " to " + (offset + length) + " is outside");
                        }
                    }
                    return buffer.array();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    /** Zeros, but for what was put somewhere. */
    final class Sparse implements SlideBytes {
        private final long size;
        private final TreeMap<Long, byte[]> pieces = new TreeMap<>();

        Sparse(long size) {
            this.size = size;
        }

        void put(long offset, byte[] bytes) {
            pieces.put(offset, bytes);
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public byte[] read(long offset, int length) {
            byte[] bytes = new byte[length];
            for (Map.Entry<Long, byte[]> piece : pieces.entrySet()) {
                long from = Math.max(offset, piece.getKey());
                long to = Math.min(offset + length, piece.getKey() + piece.getValue().length);
                if (to > from) {
                    System.arraycopy(
                            piece.getValue(), (int) (from - piece.getKey()), bytes, (int) (from - offset), (int)
                                    (to - from));
                }
            }
            return bytes;
        }
    }
}
