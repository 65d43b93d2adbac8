package org.omerods.fs.staging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.omerods.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies the bytes of a staged file out, for a person. */
final class StagedExport {
    private static final Logger log = LoggerFactory.getLogger(StagedExport.class);

    private static final int BUFFER_BYTES = 1 << 20;

    private StagedExport() {}

    /** See {@link Staging#export}. */
    static long copy(StagedFile file, Path target) throws IOException {
        long size = file.size();
        long lost = 0;
        try (FileChannel out = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
            for (long at = 0; at < size; at += BUFFER_BYTES) {
                buffer.clear().limit((int) Math.min(BUFFER_BYTES, size - at));
                lost += read(file, at, buffer);
                for (ByteBuffer left = buffer.flip(); left.hasRemaining(); ) {
                    out.write(left, at + left.position());
                }
            }
        }
        return lost;
    }

    /** Fills the buffer, by zeros where the bytes cannot be had; returns how many those are. */
    private static long read(StagedFile file, long at, ByteBuffer buffer) {
        try {
            int _ = file.read(at, buffer);
            return 0;
        } catch (StorageException e) {
            log.warn("{} bytes at {} of {} cannot be exported: {}", buffer.limit(), at, file, e.getMessage());
            return file.bytes().readWhatIsLocal(at, buffer.clear().limit(buffer.limit()), file.path());
        }
    }
}
