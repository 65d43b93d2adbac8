package org.omerods.fs.plan.layout;

/** How a directory is written. */
enum TiffDialect {
    /** TIFF 6.0: offsets of 32 bits. */
    CLASSIC(2, 12, 4, 4, false),
    /** Offsets and counts of 64 bits. */
    BIG(8, 20, 8, 8, false),
    /**
     * Hamamatsu's: entries as in TIFF 6.0, a pointer of 64 bits to the next directory, and behind it a word for each entry:
     * the high half of its value or offset.
     */
    NDPI(2, 12, 4, 8, true);

    /** Tag and type stand before the count. */
    static final int COUNT_AT = 4;

    final int numberBytes;
    final int entryBytes;
    final int valueBytes;
    final int pointerBytes;
    final boolean highWords;

    TiffDialect(int numberBytes, int entryBytes, int valueBytes, int pointerBytes, boolean highWords) {
        this.numberBytes = numberBytes;
        this.entryBytes = entryBytes;
        this.valueBytes = valueBytes;
        this.pointerBytes = pointerBytes;
        this.highWords = highWords;
    }

    /** Bytes of the count of values in an entry. */
    int countBytes() {
        return entryBytes - COUNT_AT - valueBytes;
    }

    /** Bytes of a directory with so many entries. */
    long directoryBytes(long entries) {
        return numberBytes + entries * entryBytes + pointerBytes + (highWords ? 4 * entries : 0);
    }
}
