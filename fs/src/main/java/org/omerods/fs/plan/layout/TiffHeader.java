package org.omerods.fs.plan.layout;

import java.util.Optional;

/**
 * The first bytes of a TIFF.
 *
 * @param littleEndian order of its numbers
 * @param big whether it is a BigTIFF
 * @param first offset of the first directory
 * @param wideFirst what that offset is if the file is an NDPI, whose pointers have 64 bits; the same as {@code first} when the
 *     two agree
 */
record TiffHeader(boolean littleEndian, boolean big, long first, long wideFirst) {
    /** So many bytes of the file are needed. */
    static final int BYTES = 16;

    private static final int CLASSIC_MAGIC = 42;
    private static final int BIG_MAGIC = 43;

    static Optional<TiffHeader> read(byte[] head, long size) {
        if (head.length < BYTES || head[0] != head[1] || (head[0] != 'I' && head[0] != 'M')) {
            return Optional.empty();
        }
        FileBytes reader = new FileBytes(size);
        boolean little = head[0] == 'I';
        reader.setLittleEndian(little);
        long magic = reader.number(head, 2, 2);
        if (magic == BIG_MAGIC && reader.number(head, 4, 2) == 8 && reader.number(head, 6, 2) == 0) {
            long first = reader.number(head, 8, 8);
            return Optional.of(new TiffHeader(little, true, first, first));
        }
        if (magic != CLASSIC_MAGIC) {
            return Optional.empty();
        }
        long first = reader.number(head, 4, 4);
        long wide = little ? reader.number(head, 4, 8) : first;
        return Optional.of(new TiffHeader(little, false, first, wide > 0 && wide < size ? wide : first));
    }

    TiffDialect dialect() {
        return big ? TiffDialect.BIG : TiffDialect.CLASSIC;
    }
}
