package org.omerods.omero.imports;

import java.util.List;
import org.omerods.storage.Avu;
import org.omerods.storage.Entry;

/**
 * What somebody wants imported. Texts are empty where nothing is said.
 *
 * @param entry the data object or collection
 * @param target container in OMERO, as {@code omero import -T} takes it
 * @param user OMERO user that shall own the images
 */
public record ImportRequest(Entry entry, String target, String user, String group) {

    /** Reads the wishes that stand beside the state. Of several triples of an attribute the first in order counts. */
    public static ImportRequest of(Entry entry, List<Avu> avus, ImportAttributes names) {
        return new ImportRequest(
                entry, value(avus, names.target()), value(avus, names.as()), value(avus, names.group()));
    }

    private static String value(List<Avu> avus, String attribute) {
        return avus.stream()
                .filter(avu -> avu.attribute().equals(attribute))
                .map(Avu::value)
                .sorted()
                .findFirst()
                .orElse("");
    }
}
