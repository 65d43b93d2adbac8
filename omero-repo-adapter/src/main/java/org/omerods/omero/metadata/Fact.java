package org.omerods.omero.metadata;

import java.util.Locale;
import java.util.Optional;

/** What can be taken from an image's metadata; its attribute is the prefix and {@link #suffix()}. */
public enum Fact {
    NAME("name"),
    SIZE_X("size-x"),
    SIZE_Y("size-y"),
    SIZE_Z("size-z"),
    SIZE_C("size-c"),
    SIZE_T("size-t"),
    PIXEL_TYPE("pixel-type"),
    PHYSICAL_SIZE_X("physical-size-x"),
    PHYSICAL_SIZE_Y("physical-size-y"),
    PHYSICAL_SIZE_Z("physical-size-z"),
    CHANNEL("channel"),
    ACQUISITION_DATE("acquisition-date"),
    OBJECTIVE_MAGNIFICATION("objective-magnification"),
    OBJECTIVE_NA("objective-na"),
    MICROSCOPE("microscope"),
    IMAGE_COUNT("image-count");

    private final String suffix;

    Fact(String suffix) {
        this.suffix = suffix;
    }

    public String suffix() {
        return suffix;
    }

    /** The fact of a suffix as a person writes it. */
    public static Optional<Fact> named(String text) {
        for (Fact fact : values()) {
            if (fact.suffix.equals(text.strip().toLowerCase(Locale.ROOT))) {
                return Optional.of(fact);
            }
        }
        return Optional.empty();
    }
}
