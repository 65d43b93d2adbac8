package org.omerods.slides;

/** The file formats that {@link SlideMaker} can make. */
public enum SlideFormat {
    /** Hamamatsu NDPI: a JPEG with restart markers per level, offsets of 32 bits with their high words aside. */
    NDPI("ndpi");

    private final String extension;

    SlideFormat(String extension) {
        this.extension = extension;
    }

    /** How file names of this format end, without a dot. */
    public String extension() {
        return extension;
    }
}
