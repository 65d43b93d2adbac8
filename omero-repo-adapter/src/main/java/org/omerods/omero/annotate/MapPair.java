package org.omerods.omero.annotate;

import static java.util.Objects.requireNonNull;

/** A row of a map annotation. A key may occur in several rows, and both parts may be empty. */
public record MapPair(String key, String value) {
    public MapPair {
        requireNonNull(key, "key");
        requireNonNull(value, "value");
    }
}
