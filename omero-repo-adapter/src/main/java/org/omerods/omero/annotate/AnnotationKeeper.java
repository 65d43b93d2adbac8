package org.omerods.omero.annotate;

import java.util.List;
import org.omerods.omero.remote.OmeroException;
import org.omerods.omero.remote.OmeroException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes OMERO have exactly one annotation with the wanted rows in a namespace of ours, or none. Safe to repeat at any time:
 * what a crash between two calls left (an annotation twice, an old one) is put right by the next run. Every change is read
 * back, because OMERO.web answers 200 for changes that did not happen. Thread-safe; two companions that keep the same image
 * at the same time may both create, and the next comparison removes one.
 */
public final class AnnotationKeeper {
    private static final Logger log = LoggerFactory.getLogger(AnnotationKeeper.class);

    private final Annotations annotations;

    public AnnotationKeeper(Annotations annotations) {
        this.annotations = annotations;
    }

    /** What had to be done. */
    public enum Outcome {
        UNCHANGED,
        CREATED,
        CHANGED,
        DELETED
    }

    /**
     * @param wanted the rows; empty: there shall be no annotation
     * @throws OmeroException REJECTED when OMERO took a change without an error and does not show it
     */
    public Outcome keep(ImageReference image, String namespace, List<MapPair> wanted) throws OmeroException {
        return keep(image, namespace, wanted, annotations.list(image, namespace));
    }

    /**
     * The same, for one who knows from elsewhere what is there.
     *
     * @param present what was there a moment ago, lowest number first
     */
    Outcome keep(ImageReference image, String namespace, List<MapPair> wanted, List<StoredAnnotation> present)
            throws OmeroException {
        if (isAsWanted(present, wanted)) {
            return Outcome.UNCHANGED;
        }
        Outcome outcome = change(image, namespace, wanted, present);
        if (!isAsWanted(annotations.list(image, namespace), wanted)) {
            throw new OmeroException(
                    Reason.REJECTED,
                    "annotate",
                    image + " (" + namespace + ")",
                    "OMERO reports success and does not show the change, as it does for images that are gone or that"
                            + " the service account may not annotate");
        }
        log.debug("{} {}: {}", image, namespace, outcome);
        return outcome;
    }

    private Outcome change(ImageReference image, String namespace, List<MapPair> wanted, List<StoredAnnotation> present)
            throws OmeroException {
        if (wanted.isEmpty()) {
            deleteAll(image, present);
            return Outcome.DELETED;
        }
        if (present.isEmpty()) {
            annotations.create(image, namespace, wanted);
            return Outcome.CREATED;
        }
        StoredAnnotation first = present.getFirst();
        if (!first.pairs().equals(wanted)) {
            annotations.replace(image, first.id(), wanted);
        }
        deleteAll(image, present.subList(1, present.size()));
        return Outcome.CHANGED;
    }

    private void deleteAll(ImageReference image, List<StoredAnnotation> superfluous) throws OmeroException {
        for (StoredAnnotation annotation : superfluous) {
            annotations.delete(image, annotation.id());
        }
    }

    private static boolean isAsWanted(List<StoredAnnotation> present, List<MapPair> wanted) {
        return wanted.isEmpty()
                ? present.isEmpty()
                : present.size() == 1 && present.getFirst().pairs().equals(wanted);
    }
}
