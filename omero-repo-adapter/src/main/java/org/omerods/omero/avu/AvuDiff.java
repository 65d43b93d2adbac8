package org.omerods.omero.avu;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore.Operation;

/** The changes that make what an object carries into what it should carry. Removals come first. */
final class AvuDiff {
    private static final Comparator<Avu> BY_TEXT =
            Comparator.comparing(Avu::attribute).thenComparing(Avu::value).thenComparing(Avu::units);

    private AvuDiff() {}

    /**
     * @param own the triples that the object carries and that may be removed
     * @param present all that it carries; what is there already is not added, whoever wrote it
     */
    static List<Operation> between(Set<Avu> wanted, Set<Avu> own, Set<Avu> present) {
        List<Operation> operations = new ArrayList<>();
        own.stream()
                .filter(avu -> !wanted.contains(avu))
                .sorted(BY_TEXT)
                .forEach(avu -> operations.add(new Operation.Remove(avu)));
        wanted.stream()
                .filter(avu -> !present.contains(avu))
                .sorted(BY_TEXT)
                .forEach(avu -> operations.add(new Operation.Add(avu)));
        return operations;
    }
}
