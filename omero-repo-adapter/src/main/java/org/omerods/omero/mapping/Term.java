package org.omerods.omero.mapping;

/**
 * What the companion says about an object: a closed set of attributes, each after the configured prefix.
 *
 * <p>Other attributes with the same prefix belong to others, {@code omero::import} among them.
 */
public enum Term {
    /** Address of OMERO.web; units: UUID of the database. */
    SERVER("server"),
    /** LSID of the fileset; units: place of the file in it, {@code 0/7}. */
    FILESET("fileset"),
    /** Check number of all other triples of ours on the object; units: LSID of one of its filesets. */
    DIGEST("digest"),
    /** LSID of the file; units: repository and path there. */
    ORIGINAL_FILE("originalfile"),
    /** LSID of an image; units: its series. */
    IMAGE("image"),
    /** UUID of an image; units: its LSID. */
    IMAGE_UUID("image::uuid"),
    /** Where OMERO.web shows an image; units: its LSID. */
    IMAGE_URL("image::url"),
    /** Number of images of a fileset that has more than are listed; units: LSID of the fileset. */
    IMAGE_COUNT("image::count"),
    /** Number of regions of interest of an image that has some; units: its LSID. */
    ROI_COUNT("roi::count"),
    /** LSID of a container; units: its name. */
    DATASET("dataset"),
    PROJECT("project"),
    PLATE("plate"),
    SCREEN("screen"),
    /** Login name; units: its number. */
    OWNER("owner"),
    /** Name of the group; units: its number. */
    GROUP("group"),
    /** Text of a tag; units: LSID of the annotation, as for all that follow. */
    TAG("tag"),
    COMMENT("comment"),
    RATING("rating"),
    /** Name of an attached file. */
    FILE("file"),
    /** Begin of an attribute that ends with the key of a map annotation. */
    MAP("map::");

    private final String suffix;

    Term(String suffix) {
        this.suffix = suffix;
    }

    /** The attribute, for {@link #MAP} its begin. */
    public String attribute(String prefix) {
        return prefix + suffix;
    }

    /** As configuration files write it: {@code image-uuid}. */
    public String word() {
        return suffix.endsWith("::") ? suffix.substring(0, suffix.length() - 2) : suffix.replace("::", "-");
    }
}
