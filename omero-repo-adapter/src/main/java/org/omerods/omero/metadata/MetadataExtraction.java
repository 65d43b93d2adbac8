package org.omerods.omero.metadata;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore.Operation;
import org.omerods.storage.DataObject;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;

/**
 * Brings the metadata of image files into the AVUs of their data objects. Only triples with the prefix of the choice are
 * added and removed, all of one object together; an object whose metadata are there already costs no write. Thread-safe.
 */
public final class MetadataExtraction {
    private final Storage storage;
    private final List<OmeXmlSource> sources;
    private final MetadataChoice choice;
    private final boolean dryRun;

    /**
     * @param sources tried in order
     * @param dryRun whether to find out only
     */
    public MetadataExtraction(
            Storage storage, List<? extends OmeXmlSource> sources, MetadataChoice choice, boolean dryRun) {
        this.storage = storage;
        this.sources = List.copyOf(sources);
        this.choice = choice;
        this.dryRun = dryRun;
    }

    /**
     * What became of one object.
     *
     * @param source where the metadata came from; empty when there are none
     * @param added triples that were, or in a dry run would be, added
     * @param removed likewise removed: those of an earlier run that do not hold any more
     */
    public record Outcome(String source, List<Avu> added, List<Avu> removed) {
        public Outcome {
            added = List.copyOf(added);
            removed = List.copyOf(removed);
        }

        public boolean hasMetadata() {
            return !source.isEmpty();
        }

        public boolean isUnchanged() {
            return added.isEmpty() && removed.isEmpty();
        }
    }

    /**
     * Extracts the metadata of one object.
     *
     * @throws MetadataException when it has metadata that cannot be read
     */
    public Outcome extract(DataObject object) throws StorageException, MetadataException {
        for (OmeXmlSource source : sources) {
            Optional<byte[]> xml = source.read(object);
            if (xml.isPresent()) {
                return write(object, source.name(), MetadataTriples.of(OmeDocument.parse(xml.get()), choice));
            }
        }
        return new Outcome("", List.of(), List.of());
    }

    private Outcome write(DataObject object, String source, List<Avu> wanted) throws StorageException {
        Set<Avu> present = new HashSet<>();
        for (Avu avu : storage.avus().list(object.path())) {
            if (avu.attribute().startsWith(choice.prefix())) {
                present.add(avu);
            }
        }
        List<Avu> added = wanted.stream().filter(avu -> !present.contains(avu)).toList();
        List<Avu> removed = present.stream()
                .filter(avu -> !wanted.contains(avu))
                .sorted(MetadataExtraction::order)
                .toList();
        if (!dryRun && !(added.isEmpty() && removed.isEmpty())) {
            List<Operation> operations = new ArrayList<>();
            removed.forEach(avu -> operations.add(new Operation.Remove(avu)));
            added.forEach(avu -> operations.add(new Operation.Add(avu)));
            storage.avus().apply(object.path(), operations);
        }
        return new Outcome(source, added, removed);
    }

    private static int order(Avu a, Avu b) {
        int byAttribute = a.attribute().compareTo(b.attribute());
        return byAttribute != 0 ? byAttribute : a.value().compareTo(b.value());
    }
}
