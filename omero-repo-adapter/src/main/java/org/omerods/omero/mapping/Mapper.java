package org.omerods.omero.mapping;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.omerods.omero.model.Annotation;
import org.omerods.omero.model.Container;
import org.omerods.omero.model.Fileset;
import org.omerods.omero.model.Image;
import org.omerods.omero.model.OriginalFile;
import org.omerods.omero.model.ServerIdentity;
import org.omerods.storage.Avu;

/**
 * The triples that an object should carry because a fileset has it as one of its files. An object that several filesets
 * have carries those of all. Pure, thread-safe.
 */
public final class Mapper {
    static final String BISQUE_ID = "ipc-bisque-id";
    static final String BISQUE_URI = "ipc-bisque-uri";

    private final ServerIdentity server;
    private final MirrorPolicy policy;

    public Mapper(ServerIdentity server, MirrorPolicy policy) {
        this.server = server;
        this.policy = policy;
    }

    public ServerIdentity server() {
        return server;
    }

    public MirrorPolicy policy() {
        return policy;
    }

    /** Whether anything of a fileset may be shown: its import has succeeded and its group is one that may be shown. */
    public boolean shows(Fileset fileset) {
        return fileset.isComplete() && policy.groups().allows(fileset.group());
    }

    /** LSID of a fileset: what its objects are found by. */
    public String filesetLsid(long id) {
        return server.lsid("Fileset", id);
    }

    /** Attribute under which {@link #filesetLsid} stands. */
    public String filesetAttribute() {
        return Term.FILESET.attribute(policy.prefix());
    }

    /** Attribute under which the check number of an object stands. */
    public String digestAttribute() {
        return Term.DIGEST.attribute(policy.prefix());
    }

    /** The triples because of one file; none if nothing of the fileset may be shown. */
    public Set<Avu> triples(Fileset fileset, OriginalFile file) {
        Triples triples = new Triples();
        if (!shows(fileset)) {
            return triples.set;
        }
        String lsid = filesetLsid(fileset.id());
        String address = policy.webBase().isEmpty() ? "urn:uuid:" + server.databaseUuid() : policy.webBase();
        triples.add(Term.SERVER, address, server.databaseUuid().toString());
        triples.add(Term.FILESET, lsid, file.index() + "/" + fileset.files().size());
        triples.add(
                Term.ORIGINAL_FILE,
                server.lsid("OriginalFile", file.id()),
                file.repository() + ":" + file.managedPath());
        triples.add(
                Term.OWNER,
                fileset.owner().name(),
                Long.toString(fileset.owner().id()));
        triples.add(
                Term.GROUP,
                fileset.group().name(),
                Long.toString(fileset.group().id()));
        addAnnotations(triples, fileset.annotations());
        List<Image> images = fileset.images();
        if (images.size() > policy.maxImages()) {
            triples.add(Term.IMAGE_COUNT, Integer.toString(images.size()), lsid);
        }
        images.stream().limit(policy.maxImages()).forEach(image -> addImage(triples, image));
        return triples.set;
    }

    private void addImage(Triples triples, Image image) {
        String lsid = server.lsid("Image", image.id());
        String uuid = image.externalUuid().isEmpty()
                ? server.uuid("Image", image.id()).toString()
                : image.externalUuid();
        String url = policy.webBase().isEmpty() ? "" : policy.webBase() + "/webclient/?show=image-" + image.id();
        triples.add(Term.IMAGE, lsid, Integer.toString(image.series()));
        triples.add(Term.IMAGE_UUID, uuid, lsid);
        if (!url.isEmpty()) {
            triples.add(Term.IMAGE_URL, url, lsid);
        }
        if (policy.bisque()) {
            triples.set.add(TripleText.avu(BISQUE_ID, uuid, lsid));
            triples.set.add(TripleText.avu(BISQUE_URI, url.isEmpty() ? lsid : url, lsid));
        }
        if (image.roiCount() > 0) {
            triples.add(Term.ROI_COUNT, Long.toString(image.roiCount()), lsid);
        }
        for (Container container : image.containers()) {
            triples.add(term(container.kind()), server.lsid(container.kind().type(), container.id()), container.name());
        }
        addAnnotations(triples, image.annotations());
    }

    private void addAnnotations(Triples triples, List<Annotation> annotations) {
        for (Annotation annotation : annotations) {
            if (!policy.shows(annotation)) {
                continue;
            }
            String lsid = server.lsid("Annotation", annotation.id());
            switch (annotation.kind()) {
                case TAG -> triples.add(Term.TAG, annotation.text(), lsid);
                case COMMENT -> triples.add(Term.COMMENT, annotation.text(), lsid);
                case RATING -> triples.add(Term.RATING, annotation.text(), lsid);
                case FILE -> triples.add(Term.FILE, annotation.text(), lsid);
                case MAP -> addMap(triples, annotation, lsid);
            }
        }
    }

    private void addMap(Triples triples, Annotation map, String lsid) {
        if (!policy.terms().contains(Term.MAP)) {
            return;
        }
        String begin = Term.MAP.attribute(policy.prefix());
        if (!map.namespace().isEmpty()) {
            triples.set.add(TripleText.avu(begin + "ns", map.namespace(), lsid));
        }
        for (Annotation.Pair pair : map.pairs()) {
            String key = pair.name().isBlank() ? TripleText.EMPTY : pair.name();
            triples.set.add(TripleText.avu(begin + key, pair.value(), lsid));
        }
    }

    private static Term term(Container.Kind kind) {
        return switch (kind) {
            case DATASET -> Term.DATASET;
            case PROJECT -> Term.PROJECT;
            case PLATE -> Term.PLATE;
            case SCREEN -> Term.SCREEN;
        };
    }

    private final class Triples {
        final Set<Avu> set = new LinkedHashSet<>();

        void add(Term term, String value, String units) {
            if (policy.terms().contains(term)) {
                set.add(TripleText.avu(term.attribute(policy.prefix()), value, units));
            }
        }
    }
}
