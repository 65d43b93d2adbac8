package org.omerods.storage.irods.write;

import java.util.List;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore;
import org.omerods.storage.Content;
import org.omerods.storage.DataObject;
import org.omerods.storage.NameCodec;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.SymbolicLink;
import org.omerods.storage.irods.catalog.CatalogChanges;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes symbolic links: objects that hold their target, marked by a triple with the same value. Thread-safe. */
public final class Links {
    private static final Logger log = LoggerFactory.getLogger(Links.class);

    /** What a catalog holds as the value of a triple. */
    private static final int MAX_TARGET_CHARACTERS = 2700;

    private final Uploads uploads;
    private final CatalogChanges changes;
    private final AvuStore avus;
    private final String attribute;

    public Links(Uploads uploads, CatalogChanges changes, AvuStore avus, String attribute) {
        this.uploads = uploads;
        this.changes = changes;
        this.avus = avus;
        this.attribute = attribute;
    }

    public SymbolicLink create(StoragePath path, String target) throws StorageException {
        byte[] bytes = NameCodec.encode(target);
        if (target.codePointCount(0, target.length()) > MAX_TARGET_CHARACTERS
                || target.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
            throw new StorageException(
                    Reason.INVALID,
                    "create link",
                    path.value(),
                    "a target of " + bytes.length + " bytes cannot be the value of a triple: at most "
                            + MAX_TARGET_CHARACTERS + " characters of UTF-8");
        }
        DataObject object = uploads.createNew(path, Content.of(bytes));
        boolean marked = false;
        try {
            avus.apply(path, List.of(new AvuStore.Operation.Add(new Avu(attribute, target, ""))));
            marked = true;
        } finally {
            if (!marked) {
                discard(path);
            }
        }
        return new SymbolicLink(object, target);
    }

    private void discard(StoragePath path) {
        try {
            changes.deleteObject(path);
        } catch (StorageException e) {
            log.warn("a link that could not be marked stays behind as a file: {}", e.getMessage());
        }
    }
}
