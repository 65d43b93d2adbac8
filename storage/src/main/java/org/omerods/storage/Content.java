package org.omerods.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Complete bytes that are to become an object: a file of this machine, or memory. They must not change while they are
 * uploaded. Positional, from any number of threads at once.
 */
public interface Content {

    /** Length in bytes, always the same. */
    long size();

    /**
     * Puts bytes from {@code offset} on into {@code target}, at least one, at most what remains there.
     *
     * @return how many; -1 at or behind the end
     * @throws IOException when they cannot be had, for example because the file is gone
     */
    int read(long offset, ByteBuffer target) throws IOException;

    /** The bytes of an array, which must not be changed any more. */
    static Content of(byte[] bytes) {
        return new Content() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public int read(long offset, ByteBuffer target) {
                if (offset >= bytes.length) {
                    return -1;
                }
                int length = Math.min(target.remaining(), bytes.length - (int) offset);
                target.put(bytes, (int) offset, length);
                return length;
            }
        };
    }

    /** The first {@code size} bytes of an open file, which stays the caller's to close. */
    static Content of(FileChannel file, long size) {
        return new Content() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public int read(long offset, ByteBuffer target) throws IOException {
                if (offset >= size) {
                    return -1;
                }
                int length = (int) Math.min(target.remaining(), size - offset);
                ByteBuffer part = target.slice(target.position(), length);
                int count = file.read(part, offset);
                if (count > 0) {
                    target.position(target.position() + count);
                }
                return count;
            }
        };
    }

    /** Fills {@code target} from {@code offset} on. @throws IOException also when the bytes end before it is full */
    default void readFully(long offset, ByteBuffer target) throws IOException {
        long at = offset;
        while (target.hasRemaining()) {
            int count = read(at, target);
            if (count <= 0) {
                throw new IOException("the content ends at " + at + " of " + size() + " bytes");
            }
            at += count;
        }
    }
}
