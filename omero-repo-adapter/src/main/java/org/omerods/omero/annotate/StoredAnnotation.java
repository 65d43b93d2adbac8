package org.omerods.omero.annotate;

import java.util.List;

/** A map annotation as OMERO has it: its number and its rows, in order. */
public record StoredAnnotation(long id, List<MapPair> pairs) {
    public StoredAnnotation {
        pairs = List.copyOf(pairs);
    }
}
