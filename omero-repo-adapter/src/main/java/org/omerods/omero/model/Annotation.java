package org.omerods.omero.model;

import java.util.List;

/**
 * An annotation of an image or a fileset.
 *
 * @param namespace empty when it has none
 * @param text of a tag or comment, the number of a rating, the name of an attached file; empty for a map
 * @param pairs of a map, in order; keys may occur twice
 */
public record Annotation(long id, Kind kind, String namespace, String text, List<Pair> pairs) {
    public Annotation {
        pairs = List.copyOf(pairs);
    }

    /** A key and its value, either of which may be empty. */
    public record Pair(String name, String value) {}

    public enum Kind {
        TAG,
        COMMENT,
        RATING,
        FILE,
        MAP
    }
}
