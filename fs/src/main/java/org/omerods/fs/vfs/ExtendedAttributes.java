package org.omerods.fs.vfs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore;
import org.omerods.storage.Collection;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.NameCodec;
import org.omerods.storage.SymbolicLink;

/**
 * Catalog facts and triples as extended attributes. Pure functions.
 *
 * <p>An attribute with several triples is one extended attribute with a line for each, in order; units, where there are
 * any, follow their value behind a tab. Names and values that the kernel cannot carry are left out.
 */
final class ExtendedAttributes {
    /** Before the name of a triple's attribute. */
    static final String AVU_PREFIX = "user.irods.avu.";

    static final String PREFIX = "user.irods.";

    /** XATTR_NAME_MAX of linux/limits.h, without the NUL. */
    private static final int MAX_NAME_BYTES = 255;

    /** XATTR_SIZE_MAX, and the limit of a list of names. */
    private static final int MAX_VALUE_BYTES = 64 << 10;

    private ExtendedAttributes() {}

    /** What the catalog says of every entry; values in order of the names as they are to be listed. */
    static SequencedMap<String, String> facts(Entry entry) {
        SequencedMap<String, String> facts = new LinkedHashMap<>();
        facts.put(PREFIX + "path", entry.path().value());
        switch (entry) {
            case DataObject object -> putObject(facts, object);
            case SymbolicLink link -> putObject(facts, link.object());
            case Collection collection ->
                putKnown(facts, "collection_id", collection.id() == 0 ? "" : Long.toString(collection.id()));
        }
        putKnown(facts, "owner", entry.owner());
        return facts;
    }

    private static void putObject(Map<String, String> facts, DataObject object) {
        putKnown(facts, "data_id", object.id() == 0 ? "" : Long.toString(object.id()));
        putKnown(facts, "checksum", object.version().checksum());
        putKnown(facts, "replica", Integer.toString(object.version().replica()));
        putKnown(facts, "status", object.state().name().toLowerCase(Locale.ROOT));
        putKnown(facts, "resource", object.resource());
    }

    /** One extended attribute for each attribute that triples have, sorted by name. */
    static SequencedMap<String, String> triples(List<Avu> avus) {
        Map<String, List<String>> lines = new TreeMap<>();
        for (Avu avu : avus) {
            String line = avu.units().isEmpty() ? avu.value() : avu.value() + "\t" + avu.units();
            lines.computeIfAbsent(AVU_PREFIX + avu.attribute(), _ -> new ArrayList<>())
                    .add(line);
        }
        SequencedMap<String, String> triples = new LinkedHashMap<>();
        lines.forEach((name, values) -> {
            String value = values.stream().sorted().collect(Collectors.joining("\n"));
            if (canBeCarried(name, value)) {
                triples.put(name, value);
            }
        });
        return triples;
    }

    /** The values that an extended attribute stands for: one in each line. */
    static List<String> lines(byte[] value) {
        return List.of(NameCodec.decode(value).split("\n", -1));
    }

    /** The steps after which the attribute of {@code name} has these values and no others. */
    static List<AvuStore.Operation> operations(List<Avu> present, String name, List<String> lines) {
        String attribute = name.substring(AVU_PREFIX.length());
        List<Avu> wanted =
                lines.stream().distinct().map(line -> avuOf(attribute, line)).toList();
        List<AvuStore.Operation> operations = new ArrayList<>();
        for (Avu avu : present) {
            if (avu.attribute().equals(attribute) && !wanted.contains(avu)) {
                operations.add(new AvuStore.Operation.Remove(avu));
            }
        }
        for (Avu avu : wanted) {
            if (!present.contains(avu)) {
                operations.add(new AvuStore.Operation.Add(avu));
            }
        }
        return operations;
    }

    private static Avu avuOf(String attribute, String line) {
        int tab = line.indexOf('\t');
        return tab < 0
                ? new Avu(attribute, line, "")
                : new Avu(attribute, line.substring(0, tab), line.substring(tab + 1));
    }

    /** All names, as many as a list may hold. */
    static List<String> names(Entry entry, List<Avu> avus) {
        List<String> names = new ArrayList<>(facts(entry).keySet());
        names.addAll(triples(avus).keySet());
        int room = MAX_VALUE_BYTES;
        for (int i = 0; i < names.size(); i++) {
            room -= NameCodec.encode(names.get(i)).length + 1;
            if (room < 0) {
                return List.copyOf(names.subList(0, i));
            }
        }
        return List.copyOf(names);
    }

    static Optional<byte[]> valueOf(SequencedMap<String, String> attributes, String name) {
        return Optional.ofNullable(attributes.get(name)).map(NameCodec::encode);
    }

    private static void putKnown(Map<String, String> facts, String name, String value) {
        if (!value.isEmpty()) {
            facts.put(PREFIX + name, value);
        }
    }

    private static boolean canBeCarried(String name, String value) {
        return NameCodec.encode(name).length <= MAX_NAME_BYTES
                && name.indexOf('\0') < 0
                && NameCodec.encode(value).length <= MAX_VALUE_BYTES;
    }
}
