package org.omerods.omero.metadata;

import java.util.EnumSet;
import java.util.Set;

/**
 * Which metadata become AVUs.
 *
 * @param prefix of all attributes; triples with it are ours, all others are never touched
 * @param facts what is taken
 * @param allImages whether every image of a file is taken, or only the first, which in a slide is the largest
 */
public record MetadataChoice(String prefix, Set<Fact> facts, boolean allImages) {
    /** Not {@code omero::}, which is the companion's. */
    public static final String DEFAULT_PREFIX = "ome::";

    public static final MetadataChoice DEFAULTS = new MetadataChoice(DEFAULT_PREFIX, EnumSet.allOf(Fact.class), false);

    public MetadataChoice {
        facts = Set.copyOf(facts);
        if (prefix.isBlank()) {
            throw new IllegalArgumentException("the prefix of metadata attributes must not be empty: without it nobody"
                    + " could tell which triples are ours to replace");
        }
        if (facts.isEmpty()) {
            throw new IllegalArgumentException("no metadata is chosen");
        }
    }
}
