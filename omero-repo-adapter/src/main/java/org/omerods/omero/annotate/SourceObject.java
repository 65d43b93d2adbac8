package org.omerods.omero.annotate;

import java.util.List;
import org.omerods.storage.Avu;
import org.omerods.storage.DataObject;

/** A data object that an image is made of, with all its triples. */
public record SourceObject(DataObject object, List<Avu> avus) {
    public SourceObject {
        avus = List.copyOf(avus);
    }
}
