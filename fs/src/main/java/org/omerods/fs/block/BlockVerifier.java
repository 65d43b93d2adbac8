package org.omerods.fs.block;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import org.omerods.fs.plan.ByteRange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares blocks of a file with what its index says of them. */
final class BlockVerifier {
    private static final Logger log = LoggerFactory.getLogger(BlockVerifier.class);

    private BlockVerifier() {}

    /**
     * Reads whole blocks from the disk and says which of them are as they were written.
     *
     * @param run in whole blocks, of one extent
     * @return a bit for each good block of the run. None when the disk cannot be read
     */
    static BitSet goodBlocks(BlockFile file, ByteRange run, int blockBytes) {
        BitSet good = new BitSet();
        long firstBlock = run.start() / blockBytes;
        int count = (int) Math.ceilDiv(run.length(), blockBytes);
        try {
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(run.length()));
            file.read(run.start(), bytes);
            int[] told = file.index().read(firstBlock, count);
            int[] found = BlockChecksums.of(firstBlock, bytes.flip(), blockBytes);
            for (int i = 0; i < count; i++) {
                good.set(i, told[i] == found[i]);
            }
        } catch (IOException e) {
            log.debug("cannot read {} of {}: {}", run, file.path(), e.toString());
        }
        return good;
    }
}
