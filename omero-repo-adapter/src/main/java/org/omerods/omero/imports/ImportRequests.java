package org.omerods.omero.imports;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore.Operation;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;

/** Asks for imports, as anybody does who writes the triples. */
public final class ImportRequests {
    private ImportRequests() {}

    /**
     * Writes the wishes and the first state in one change. What was said before about target, user and group
     * is replaced; an import that is under way is not disturbed.
     *
     * @return false when it is under way already, and nothing was changed
     */
    public static boolean request(Storage storage, ImportRequest request, ImportAttributes names, InstantSource clock)
            throws StorageException {
        List<Avu> before = storage.avus().list(request.entry().path());
        List<Operation> changes = new ArrayList<>();
        for (Avu avu : before) {
            if (avu.attribute().equals(names.claim())) {
                return false;
            }
            boolean old = avu.attribute().equals(names.state())
                    || avu.attribute().equals(names.target())
                    || avu.attribute().equals(names.as())
                    || avu.attribute().equals(names.group());
            if (old) {
                changes.add(new Operation.Remove(avu));
            }
        }
        add(changes, names.target(), request.target());
        add(changes, names.as(), request.user());
        add(changes, names.group(), request.group());
        changes.add(new Operation.Add(new Avu(
                names.state(),
                ImportState.REQUESTED.text(),
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())));
        storage.avus().apply(request.entry().path(), changes);
        return true;
    }

    private static void add(List<Operation> changes, String attribute, String value) {
        if (!value.isEmpty()) {
            changes.add(new Operation.Add(new Avu(attribute, value, "")));
        }
    }
}
