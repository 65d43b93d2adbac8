package org.omerods.fs.block;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * What the index says of each block: its CRC32C, mixed with its number, so that a block at the place of another one is
 * damaged as well; never 0, which means "not here".
 */
final class BlockChecksums {
    static final int NOT_HERE = 0;

    private BlockChecksums() {}

    /**
     * The slots of whole blocks.
     *
     * @param bytes beginning with block {@code firstBlock}; the last block may be shorter. Its position does not move
     */
    static int[] of(long firstBlock, ByteBuffer bytes, int blockBytes) {
        ByteBuffer rest = bytes.duplicate();
        int end = rest.limit();
        int[] slots = new int[Math.ceilDiv(rest.remaining(), blockBytes)];
        CRC32C crc = new CRC32C();
        for (int i = 0; i < slots.length; i++) {
            rest.limit(Math.min(end, rest.position() + blockBytes));
            crc.reset();
            crc.update(rest);
            slots[i] = slotOf((int) crc.getValue(), firstBlock + i);
        }
        return slots;
    }

    private static int slotOf(int crc, long block) {
        int mixed = crc ^ (int) ((block * 0x9E3779B97F4A7C15L) >>> 32);
        return mixed == NOT_HERE ? 1 : mixed;
    }
}
