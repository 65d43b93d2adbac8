package org.omerods.slides;

/** The file formats that {@link SlideMaker} can make. */
public enum SlideFormat {
    /** Hamamatsu NDPI: a JPEG with restart markers per level, offsets of 32 bits with their high words aside. */
    NDPI("ndpi"),
    /** Aperio SVS as a BigTIFF: JPEG tiles of 512 pixels, a thumbnail, a photo of the glass. */
    SVS("svs"),
    /** OME-TIFF as a BigTIFF: JPEG tiles of 512 pixels, the smaller levels as sub-directories. */
    OME_TIFF("ome.tiff");

    private final String extension;

    SlideFormat(String extension) {
        this.extension = extension;
    }

    /** How file names of this format end, without a dot. */
    public String extension() {
        return extension;
    }
}
