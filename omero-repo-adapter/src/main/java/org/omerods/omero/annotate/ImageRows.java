package org.omerods.omero.annotate;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.omerods.storage.Avu;
import org.omerods.storage.DataObject;

/**
 * From the objects of an image to the rows of its two annotations. Pure: the same objects in any order give the same rows,
 * so that rows can be compared instead of times.
 */
public final class ImageRows {
    /** Namespace of the annotation with the image's AVUs. */
    public static final String AVU_NAMESPACE = "irods.org/omero/avu";
    /** Namespace of the annotation that tells where the image's bytes lie. */
    public static final String LOCATION_NAMESPACE = "irods.org/omero/location";
    /** Annotations below it are the companion's own and are never mirrored to iRODS. */
    public static final String OWN_NAMESPACES = "irods.org/omero/";

    /** More rows than a person reads; the web client lays out each of them. */
    static final int MAX_ROWS = 500;
    /** A plate may have 100,000 files: the rest is told by number. */
    static final int MAX_LOCATIONS = 20;
    /** Django takes forms of 2.5 MB; in a form one character may become 18 bytes. */
    static final int MAX_CHARACTERS = 100_000;

    private static final String CUT = "(more)";

    private final Predicate<String> selection;
    private final String server;

    /**
     * @param server {@code host:port} of the iRODS server that people use, for the URI
     */
    public ImageRows(AvuSelection selection, String server) {
        this.selection = selection.filter();
        this.server = server;
    }

    /**
     * The AVUs of all objects: sorted, each row once. Units stand in brackets behind the value.
     *
     * @return empty when there are none that may be shown
     */
    public List<MapPair> avus(List<SourceObject> objects) {
        List<MapPair> rows = objects.stream()
                .flatMap(object -> object.avus().stream())
                .filter(avu -> selection.test(avu.attribute()))
                .map(ImageRows::row)
                .distinct()
                .sorted(Comparator.comparing(MapPair::key).thenComparing(MapPair::value))
                .toList();
        return bounded(rows);
    }

    private static MapPair row(Avu avu) {
        String value = avu.units().isEmpty() ? avu.value() : avu.value() + " [" + avu.units() + "]";
        return new MapPair(text(avu.attribute()), text(value));
    }

    /** Bytes that are no UTF-8 are lone surrogates here, which PostgreSQL refuses: they are shown as the replacement character. */
    private static String text(String value) {
        return new String(value.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
    }

    private static List<MapPair> bounded(List<MapPair> rows) {
        List<MapPair> taken = new ArrayList<>();
        int characters = 0;
        for (MapPair row : rows) {
            characters += row.key().length() + row.value().length();
            if (taken.size() == MAX_ROWS || characters > MAX_CHARACTERS) {
                int left = rows.size() - taken.size();
                taken.add(new MapPair(CUT, left + " rows are not shown here; iRODS has all of them"));
                break;
            }
            taken.add(row);
        }
        return taken;
    }

    /** Where the objects lie, in the order of their paths. {@code data_id} stays through renames. */
    public List<MapPair> location(List<SourceObject> objects) {
        List<DataObject> sorted = objects.stream()
                .map(SourceObject::object)
                .sorted(Comparator.comparing(DataObject::path))
                .toList();
        List<MapPair> rows = new ArrayList<>();
        for (DataObject object : sorted.subList(0, Math.min(MAX_LOCATIONS, sorted.size()))) {
            String path = text(object.path().value());
            rows.add(new MapPair("zone", path.substring(1, Math.max(1, path.indexOf('/', 1)))));
            rows.add(new MapPair("path", path));
            rows.add(new MapPair("data_id", Long.toString(object.id())));
            if (!object.version().checksum().isEmpty()) {
                rows.add(new MapPair("checksum", object.version().checksum()));
            }
            rows.add(new MapPair("uri", "irods://" + server + path));
        }
        if (sorted.size() > MAX_LOCATIONS) {
            rows.add(new MapPair("objects", Integer.toString(sorted.size())));
        }
        return rows;
    }
}
