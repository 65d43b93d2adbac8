package org.omerods.fs.plan.layout;

/** The tags that tell where the bytes of an image are. */
final class Tags {
    static final int WIDTH = 256;
    static final int HEIGHT = 257;
    static final int DESCRIPTION = 270;
    static final int STRIP_OFFSETS = 273;
    static final int ROWS_PER_STRIP = 278;
    static final int STRIP_COUNTS = 279;
    static final int TILE_WIDTH = 322;
    static final int TILE_HEIGHT = 323;
    static final int TILE_OFFSETS = 324;
    static final int TILE_COUNTS = 325;
    static final int SUB_DIRECTORIES = 330;

    /** NDPI: that it is one. */
    static final int NDPI_FORMAT = 65420;

    /** NDPI: magnification; negative for what is no level (macro, map). */
    static final int NDPI_LENS = 65421;

    /** NDPI: focal plane, in nanometres from the middle one. */
    static final int NDPI_FOCUS = 65424;

    /** NDPI: where the restart intervals of the strip begin, from its start. */
    static final int NDPI_STARTS = 65426;

    /** NDPI: the high words of these. */
    static final int NDPI_STARTS_HIGH = 65432;

    private Tags() {}
}
