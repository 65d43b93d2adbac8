package org.omerods.omero.imports;

/**
 * Names of the triples of an import.
 *
 * @param prefix of all of the companion's attributes, {@code omero::} unless configured otherwise
 */
public record ImportAttributes(String prefix) {
    public static final ImportAttributes STANDARD = new ImportAttributes("omero::");

    /** The state. */
    public String state() {
        return prefix + "import";
    }

    /** What all names below begin with. */
    public String below() {
        return state() + "::";
    }

    /** Where the images go, {@code Dataset:name:Liver}; as {@code omero import -T} takes it. */
    public String target() {
        return below() + "target";
    }

    /** Name of the OMERO user that shall own the images. */
    public String as() {
        return below() + "as";
    }

    /** Name of the OMERO group. */
    public String group() {
        return below() + "group";
    }

    /** Why it failed. */
    public String error() {
        return below() + "error";
    }

    /** What came of it: {@code Fileset:2 Image:2,3,4}. */
    public String result() {
        return below() + "result";
    }

    /** Which companion works on it; units: until when it may be believed to live. */
    public String claim() {
        return below() + "claim";
    }
}
