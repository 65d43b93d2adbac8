package org.omerods.fs.plan.layout;

/** What a slide file is. The names are kept in layout indexes: never rename one. */
public enum SlideKind {
    TIFF,
    SVS,
    OME_TIFF,
    NDPI
}
