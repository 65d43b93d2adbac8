package org.omerods.omero.annotate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.omerods.omero.annotate.AnnotationKeeper.Outcome;
import org.omerods.omero.remote.OmeroException;
import org.omerods.omero.remote.OmeroException.Reason;
import org.omerods.storage.Avu;
import org.omerods.storage.DataObject;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks through all objects that the mirror has marked as belonging to an image ({@code omero::image}) and keeps the
 * annotations of those images. Which object belongs to which image is read from iRODS alone.
 *
 * <p>What was kept is remembered by its content, so that a pass in which nothing changed in iRODS asks OMERO nothing. A
 * full pass compares every image, which puts edits made in OMERO back. Not thread-safe: one pass at a time.
 */
public final class AnnotationPass {
    private static final Logger log = LoggerFactory.getLogger(AnnotationPass.class);
    private static final Pattern IMAGE = Pattern.compile("urn:lsid:[^:]*:Image:(.+)_(\\d{1,18})(?::\\d+)?");
    /** Objects whose triples are asked for at once. */
    private static final int BATCH = 2_000;
    /** Images whose annotations are read from OMERO's database at once. */
    private static final int COMPARED_AT_ONCE = 1_000;

    private final Storage storage;
    private final PresentAnnotations present;
    private final AnnotationKeeper keeper;
    private final ImageRows rows;
    private final String prefix;
    private final String databaseUuid;
    /** Of each image the content that OMERO was last seen to have. */
    private final Map<Long, Integer> kept = new HashMap<>();

    /**
     * @param present what is there already, where that can be known without a call for each image
     * @param prefix of the companion's attributes
     * @param databaseUuid of the OMERO server: a zone may serve several, whose images have the same numbers
     */
    public AnnotationPass(
            Storage storage,
            PresentAnnotations present,
            AnnotationKeeper keeper,
            ImageRows rows,
            String prefix,
            String databaseUuid) {
        this.storage = storage;
        this.present = present;
        this.keeper = keeper;
        this.rows = rows;
        this.prefix = prefix;
        this.databaseUuid = databaseUuid;
    }

    /**
     * What a pass did.
     *
     * @param images that were found in iRODS
     * @param compared with OMERO
     * @param changed annotations that were created, changed or deleted
     * @param failed images that OMERO refused; they are tried again in the next pass
     */
    public record Summary(int images, int compared, int changed, int failed) {}

    /** The objects of an image, by path, and the groups that they name. */
    private static final class Sources {
        final Map<StoragePath, List<Avu>> objects = new TreeMap<>();
        final Set<Long> groups = new TreeSet<>();

        long group() {
            return groups.size() == 1 ? groups.iterator().next() : ImageReference.ANY_GROUP;
        }
    }

    /**
     * @param full compare every image, not only those that changed in iRODS
     * @throws StorageException iRODS cannot be read
     * @throws OmeroException OMERO cannot be reached; what was kept stays kept, and the next pass goes on
     */
    public Summary run(boolean full) throws StorageException, OmeroException {
        Map<Long, Sources> images = images();
        int compared = 0;
        int changed = 0;
        int failed = 0;
        Set<Long> gone = new HashSet<>(kept.keySet());
        gone.removeAll(images.keySet());
        gone.forEach(image -> images.put(image, new Sources()));
        List<Long> due = new ArrayList<>();
        images.forEach((image, sources) -> {
            Integer before = kept.get(image);
            if (full || before == null || before != sources.objects.hashCode()) {
                due.add(image);
            }
        });
        for (int start = 0; start < due.size(); start += COMPARED_AT_ONCE) {
            Set<Long> some = new TreeSet<>(due.subList(start, Math.min(due.size(), start + COMPARED_AT_ONCE)));
            Present avus = new Present(ImageRows.AVU_NAMESPACE, present.find(some, ImageRows.AVU_NAMESPACE));
            Present locations =
                    new Present(ImageRows.LOCATION_NAMESPACE, present.find(some, ImageRows.LOCATION_NAMESPACE));
            for (long image : some) {
                Sources sources = images.getOrDefault(image, new Sources());
                compared++;
                try {
                    ImageReference reference = new ImageReference(image, sources.group());
                    List<SourceObject> objects = objects(sources);
                    changed += keep(reference, avus, rows.avus(objects));
                    changed += keep(reference, locations, rows.location(objects));
                    if (sources.objects.isEmpty()) {
                        kept.remove(image);
                    } else {
                        kept.put(image, sources.objects.hashCode());
                    }
                } catch (OmeroException e) {
                    if (e.retryable() || e.reason() == Reason.INTERRUPTED || e.reason() == Reason.LOGIN_REFUSED) {
                        throw e;
                    }
                    failed++;
                    kept.remove(image);
                    log.warn("{}", e.getMessage());
                }
            }
        }
        return new Summary(images.size() - gone.size(), compared, changed, failed);
    }

    /** What is known to be there in a namespace. */
    private record Present(String namespace, Optional<Map<Long, List<StoredAnnotation>>> annotations) {}

    /** @return how many annotations changed */
    private int keep(ImageReference image, Present there, List<MapPair> wanted) throws OmeroException {
        Outcome outcome = there.annotations().isEmpty()
                ? keeper.keep(image, there.namespace(), wanted)
                : keeper.keep(
                        image,
                        there.namespace(),
                        wanted,
                        there.annotations().get().getOrDefault(image.id(), List.of()));
        return outcome == Outcome.UNCHANGED ? 0 : 1;
    }

    private List<SourceObject> objects(Sources sources) throws StorageException {
        List<SourceObject> objects = new ArrayList<>();
        for (Map.Entry<StoragePath, List<Avu>> object : sources.objects.entrySet()) {
            try {
                if (storage.stat(object.getKey()) instanceof DataObject entry) {
                    objects.add(new SourceObject(entry, object.getValue()));
                }
            } catch (StorageException e) {
                if (e.reason() != StorageException.Reason.NOT_FOUND) { // removed since it was listed
                    throw e;
                }
            }
        }
        return objects;
    }

    private Map<Long, Sources> images() throws StorageException {
        List<StoragePath> paths =
                storage.avus().find(prefix + "image").stream().sorted().toList();
        Map<Long, Sources> images = new TreeMap<>();
        for (int start = 0; start < paths.size(); start += BATCH) {
            List<StoragePath> some = paths.subList(start, Math.min(paths.size(), start + BATCH));
            storage.avus().listObjects(some, "").forEach((path, avus) -> assign(path, avus, images));
        }
        return images;
    }

    private void assign(StoragePath path, List<Avu> avus, Map<Long, Sources> images) {
        List<Avu> sorted = avus.stream()
                .sorted((a, b) -> (a.attribute() + '\0' + a.value() + '\0' + a.units())
                        .compareTo(b.attribute() + '\0' + b.value() + '\0' + b.units()))
                .toList();
        for (Avu avu : sorted) {
            Matcher lsid = IMAGE.matcher(avu.value());
            if (avu.attribute().equals(prefix + "image")
                    && lsid.matches()
                    && lsid.group(1).equals(databaseUuid)) {
                Sources sources = images.computeIfAbsent(Long.valueOf(lsid.group(2)), id -> new Sources());
                sources.objects.put(path, sorted);
                sorted.stream()
                        .filter(group -> group.attribute().equals(prefix + "group")
                                && group.units().matches("\\d{1,18}"))
                        .forEach(group -> sources.groups.add(Long.valueOf(group.units())));
            }
        }
    }
}
