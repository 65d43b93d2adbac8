package org.omerods.fs.plan.layout;

import java.util.List;

/** What one kind of file makes of its directories. */
sealed interface SlideFormat permits AperioSvs, HamamatsuNdpi, OmeTiff, PlainTiff {
    /** The most special one first. */
    List<SlideFormat> ALL = List.of(new HamamatsuNdpi(), new AperioSvs(), new OmeTiff(), new PlainTiff());

    SlideKind kind();

    /**
     * Whether a file is of this kind.
     *
     * @param first directory
     * @param description the beginning of what it says of the image, or ""
     */
    boolean recognises(Directory first, String description);

    /** The images that are looked at region by region. */
    List<ImageTables> images(List<Directory> directories, FileBytes bytes);
}
